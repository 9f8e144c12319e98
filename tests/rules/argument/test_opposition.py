"""Two critics against each other, and which two are opposed most."""

from collections.abc import Sequence
from itertools import combinations

import pytest
from hypothesis import given

from reviews.rules.argument import Position, Stance, Verdict, disagreement, sharpest, sharpest_with
from tests.rules.argument.films import positions

PRAISE, MIXED, CRITICISM = Stance.PRAISE, Stance.MIXED, Stance.CRITICISM
Positions = list[Position[int, str]]


def held(critic: int, verdict: int | None = None, **stances: Stance) -> Position[int, str]:
    return Position(critic, None if verdict is None else Verdict(verdict), stances)


class TestTwoCritics:
    def test_they_disagree_on_what_one_praises_and_the_other_criticises(self) -> None:
        one = held(1, -2, lead=CRITICISM, story=PRAISE, music=MIXED, action=PRAISE)
        other = held(2, 2, action=CRITICISM, lead=PRAISE, story=PRAISE, music=PRAISE)
        found = disagreement(one, other)
        assert (found.one, found.other) == (2, 1)
        assert found.aspects == ("lead", "action")
        assert found.distance == 4

    def test_the_more_favourable_stands_first_whichever_was_named_first(self) -> None:
        one, other = held(1, 1), held(2, 0)
        assert disagreement(one, other).one == disagreement(other, one).one == 1

    def test_of_equal_verdicts_whoever_praises_more_of_what_they_disagree_on_stands_first(self) -> None:
        one = held(1, lead=CRITICISM, story=CRITICISM, music=PRAISE)
        other = held(2, lead=PRAISE, story=PRAISE, music=CRITICISM)
        assert disagreement(one, other).one == 2

    def test_there_is_no_distance_to_a_verdict_that_is_not_stated(self) -> None:
        assert disagreement(held(1, 2), held(2)).distance == 0

    def test_a_mixed_verdict_has_a_place(self) -> None:
        assert disagreement(held(1, 2), held(2, 0)).distance == 2


class TestTheSharpest:
    def test_the_most_aspects_count_first(self) -> None:
        film = [held(1, 2, lead=PRAISE), held(2, -2, lead=CRITICISM), held(3, 1, lead=PRAISE, story=PRAISE)]
        film.append(held(4, 0, lead=CRITICISM, story=CRITICISM))
        found = sharpest(film)
        assert found is not None
        assert (found.one, found.other, found.aspects) == (3, 4, ("lead", "story"))

    def test_then_the_verdicts(self) -> None:
        found = sharpest([held(1, 1), held(2, -1), held(3, -2)])
        assert found is not None
        assert (found.one, found.other, found.distance) == (1, 3, 3)

    def test_of_equal_pairs_the_first(self) -> None:
        found = sharpest([held(1, 1), held(2, -1), held(3, -1)])
        assert found is not None
        assert found.other == 2

    @pytest.mark.parametrize(
        "film",
        [
            [],
            [held(1, 2, lead=PRAISE)],
            [held(1, 2), held(2, 0)],
            [held(1, lead=MIXED), held(2, lead=PRAISE)],
            [held(1), held(2)],
        ],
    )
    def test_there_is_none_where_nobody_is_opposed(self, film: Positions) -> None:
        assert sharpest(film) is None

    @given(positions())
    def test_no_other_pair_is_sharper(self, film: Positions) -> None:
        found = sharpest(film)
        best = strongest(list(combinations(film, 2)))
        if found is None:
            assert best is None
        else:
            assert best is not None
            assert {found.one, found.other} == {best[0].critic, best[1].critic}

    @given(positions(min_size=1))
    def test_with_one_critic_it_is_the_sharpest_of_their_own(self, film: Positions) -> None:
        one, *others = film
        found = sharpest_with(one, others)
        best = strongest([(one, other) for other in others])
        assert (found and {found.one, found.other}) == (best and {best[0].critic, best[1].critic})

    def test_a_thousand_critics_take_less_than_ten_times_as_long_a_pair(self) -> None:
        """The number of pairs is quadratic; the time per pair must not grow."""
        from timeit import timeit

        def film(size: int) -> Positions:
            return [
                held(n, n % 5 - 2, **{f"a{k}": Stance((n * k) % 3 - 1) for k in range(13)})
                for n in range(size)
            ]

        small, large = film(100), film(1000)
        few = min(timeit(lambda: sharpest(small), number=1) for _ in range(3)) / (100 * 99)
        many = timeit(lambda: sharpest(large), number=1) / (1000 * 999)
        assert many < 10 * few


def strongest(
    pairs: Sequence[tuple[Position[int, str], Position[int, str]]],
) -> tuple[Position[int, str], Position[int, str]] | None:
    """The same, with every pair counted in full."""
    best, found = (0, 0), None
    for one, other in pairs:
        aspects = sum(
            {stance, other.stances.get(aspect)} == {PRAISE, CRITICISM}
            for aspect, stance in one.stances.items()
        )
        stated = one.verdict is not None and other.verdict is not None
        distance = abs((one.verdict or 0) - (other.verdict or 0)) if stated else 0
        is_opposed = stated and {(one.verdict or 0) > 0, (other.verdict or 0) > 0} == {True, False}
        is_opposed = is_opposed and 0 not in (one.verdict, other.verdict)
        if (aspects or is_opposed) and (aspects, distance) > best:
            best, found = (aspects, distance), (one, other)
    return found
