"""How often a critic parts company with colleagues, on what, and how contrary a verdict is."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from statistics import median_high, median_low
from typing import TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.rules.argument import (
    FIGURE_FROM,
    Calibration,
    InCommon,
    Parted,
    Stance,
    Verdict,
    calibrate,
    contrariness,
)
from tests.rules.argument.films import ASPECTS, STANCES, VERDICTS

PRAISE, MIXED, CRITICISM = Stance.PRAISE, Stance.MIXED, Stance.CRITICISM
RAVE, POSITIVE, NEUTRAL, NEGATIVE, PAN = sorted(Verdict, reverse=True)

Film: TypeAlias = InCommon[str]

FILM = st.builds(
    InCommon,
    VERDICTS,
    st.dictionaries(st.sampled_from(ASPECTS[:2]), STANCES),
    st.lists(VERDICTS, max_size=4),
    st.dictionaries(st.sampled_from(ASPECTS[:2]), st.lists(STANCES, max_size=4)),
)
FILMS = st.lists(FILM, max_size=12)


def on_verdict(verdict: Verdict | None, *others: Verdict | None) -> Film:
    return InCommon(verdict, {}, others, {})


def on_story(stance: Stance | None, *others: Stance) -> Film:
    return InCommon(None, {} if stance is None else {"story": stance}, (), {"story": others})


PARTED = on_verdict(PAN, POSITIVE, RAVE)
AGREED = on_verdict(POSITIVE, POSITIVE, RAVE)


class TestOnTheVerdict:
    @pytest.mark.parametrize(
        ("film", "parted"),
        [
            (on_verdict(NEGATIVE, POSITIVE, RAVE), True),
            (on_verdict(RAVE, PAN, NEGATIVE, POSITIVE), True),
            (on_verdict(PAN, POSITIVE, POSITIVE, None), True),
            # In favour with most of them, however strongly.
            (on_verdict(RAVE, POSITIVE, POSITIVE), False),
            # A mixed stance takes no side, as the critic's or as a colleague's.
            (on_verdict(NEUTRAL, POSITIVE, RAVE), False),
            (on_verdict(PAN, NEUTRAL, NEUTRAL), False),
        ],
    )
    def test_for_what_most_are_against_or_the_reverse(self, film: Film, parted: bool) -> None:
        assert calibrate([film] * 5, ()).verdict == Parted(5 * parted, 5)

    @pytest.mark.parametrize(
        "film",
        [
            on_verdict(None, POSITIVE, RAVE),
            on_verdict(PAN),
            on_verdict(PAN, POSITIVE),
            on_verdict(PAN, POSITIVE, None, None),
            on_verdict(PAN, POSITIVE, NEGATIVE),
            on_verdict(PAN, POSITIVE, NEUTRAL, NEGATIVE),
            on_verdict(PAN, POSITIVE, POSITIVE, NEUTRAL, NEGATIVE),
        ],
    )
    def test_a_film_does_not_count_without_two_colleagues_most_of_whom_agree(self, film: Film) -> None:
        assert calibrate([film] + [AGREED] * 5, ()) == Calibration(6, Parted(0, 5), ())


class TestOnAspects:
    @pytest.mark.parametrize(
        ("film", "parted"),
        [
            (on_story(PRAISE, CRITICISM, CRITICISM, PRAISE), True),
            (on_story(CRITICISM, PRAISE, PRAISE), True),
            (on_story(PRAISE, PRAISE, PRAISE), False),
            (on_story(MIXED, PRAISE, PRAISE), False),
            (on_story(PRAISE, MIXED, MIXED, CRITICISM), False),
        ],
    )
    def test_praise_of_what_most_criticise_or_the_reverse(self, film: Film, parted: bool) -> None:
        assert calibrate([film] * 5, ASPECTS).aspects == (("story", Parted(5 * parted, 5)),)

    @pytest.mark.parametrize(
        "film",
        [
            on_story(None, PRAISE, PRAISE),
            on_story(CRITICISM, PRAISE),
            on_story(CRITICISM),
            on_story(CRITICISM, PRAISE, CRITICISM),
            on_verdict(PAN, RAVE, RAVE),
        ],
    )
    def test_a_film_does_not_count_where_too_few_speak_of_it(self, film: Film) -> None:
        counted = calibrate([film] + [on_story(PRAISE, PRAISE, PRAISE)] * 5, ASPECTS)
        assert counted.aspects == (("story", Parted(0, 5)),)

    def test_most_often_parted_first_then_of_more_films_then_as_given(self) -> None:
        def films(aspect: str, times: int, of: int) -> list[Film]:
            return [
                InCommon(None, {aspect: PRAISE if n < times else CRITICISM}, (), {aspect: [CRITICISM] * 2})
                for n in range(of)
            ]

        told = films("music", 2, 6) + films("lead", 0, 5) + films("action", 5, 9)
        told += films("story", 1, 5) + films("ending", 2, 10)
        counted = calibrate(told, ASPECTS).aspects
        assert [aspect for aspect, _ in counted] == ["action", "music", "ending", "story", "lead"]
        tied = films("music", 1, 5) + films("story", 1, 5)
        assert [aspect for aspect, _ in calibrate(tied, ("story", "music")).aspects] == ["story", "music"]
        assert [aspect for aspect, _ in calibrate(tied, ("music", "story")).aspects] == ["music", "story"]

    def test_an_aspect_that_is_not_asked_for_is_not_counted(self) -> None:
        assert calibrate([on_story(PRAISE, PRAISE, PRAISE)] * 5, ("lead",)).aspects == ()


class TestTooFew:
    def test_four_films_make_no_figure_and_five_do(self) -> None:
        assert calibrate([PARTED] * 4, ()) == Calibration(4, None, ())
        assert calibrate([PARTED] * 5, ()) == Calibration(5, Parted(5, 5), ())

    def test_nor_on_an_aspect_however_many_films_there_are_in_common(self) -> None:
        films = [on_story(PRAISE, CRITICISM, CRITICISM)] * 4 + [AGREED] * 9
        assert calibrate(films, ASPECTS) == Calibration(13, Parted(0, 9), ())

    def test_nothing_in_common(self) -> None:
        assert calibrate([], ASPECTS) == Calibration(0, None, ())


class TestLaws:
    @given(st.data())
    def test_the_order_of_films_and_colleagues_does_not_matter(self, data: st.DataObject) -> None:
        films = data.draw(FILMS)
        shuffled = [
            InCommon(
                film.verdict,
                dict(data.draw(st.permutations(list(film.own.items())))),
                data.draw(st.permutations(film.verdicts)),
                {aspect: data.draw(st.permutations(held)) for aspect, held in film.stances.items()},
            )
            for film in data.draw(st.permutations(films))
        ]
        assert calibrate(shuffled, ASPECTS) == calibrate(films, ASPECTS)

    @given(FILMS)
    def test_a_colleague_who_states_nothing_changes_nothing(self, films: list[Film]) -> None:
        joined = [
            InCommon(film.verdict, film.own, [*film.verdicts, None], {"new": (), **film.stances})
            for film in films
        ]
        assert calibrate(joined, ASPECTS) == calibrate(films, ASPECTS)

    @given(FILMS)
    def test_all_that_is_praised_criticised_and_the_reverse_changes_no_figure(
        self, films: list[Film]
    ) -> None:
        assert calibrate(map(swapped, films), ASPECTS) == calibrate(films, ASPECTS)

    @given(FILMS)
    def test_no_figure_of_fewer_than_five_films_and_none_of_more_than_there_are(
        self, films: list[Film]
    ) -> None:
        counted = calibrate(films, ASPECTS)
        assert counted.films == len(films)
        for parted in filter(None, [counted.verdict, *(parted for _, parted in counted.aspects)]):
            assert 0 <= parted.times <= parted.films
            assert FIGURE_FROM <= parted.films <= len(films)

    @given(FILMS)
    def test_a_mixed_critic_never_parts_company(self, films: list[Film]) -> None:
        mixed = [
            InCommon(Verdict.MIXED, dict.fromkeys(film.own, MIXED), film.verdicts, film.stances)
            for film in films
        ]
        counted = calibrate(mixed, ASPECTS)
        assert not any(
            parted.times for parted in [counted.verdict, *dict(counted.aspects).values()] if parted
        )

    @given(FILMS)
    def test_it_agrees_with_a_count_in_full(self, films: list[Film]) -> None:
        counted = calibrate(films, ASPECTS)
        sides = [(film.verdict, film.verdicts) for film in films]
        assert spelled(counted.verdict) == in_full(sides)
        expected = {
            aspect: figure
            for aspect in ASPECTS
            if (figure := in_full([(f.own.get(aspect), f.stances.get(aspect, ())) for f in films]))
        }
        assert {aspect: spelled(parted) for aspect, parted in counted.aspects} == expected
        ranks = [
            (-Fraction(parted.times, parted.films), -parted.films, ASPECTS.index(aspect))
            for aspect, parted in counted.aspects
        ]
        assert ranks == sorted(ranks)


def swapped(film: Film) -> Film:
    """The same film with all verdicts and stances reversed."""
    return InCommon(
        None if film.verdict is None else Verdict(-film.verdict),
        {aspect: Stance(-stance) for aspect, stance in film.own.items()},
        [None if verdict is None else Verdict(-verdict) for verdict in film.verdicts],
        {aspect: [Stance(-stance) for stance in held] for aspect, held in film.stances.items()},
    )


def spelled(parted: Parted | None) -> tuple[int, int] | None:
    return None if parted is None else (parted.times, parted.films)


def in_full(films: Iterable[tuple[int | None, Sequence[int | None]]]) -> tuple[int, int] | None:
    """The figure counted film by film, without the rules' own code."""
    times = counted = 0
    for own, others in films:
        heads = [other for other in others if other is not None]
        camps = {
            1: [head for head in heads if head > 0],
            0: [head for head in heads if head == 0],
            -1: [head for head in heads if head < 0],
        }
        most = [side for side, camp in camps.items() if len(camp) > len(heads) - len(camp)]
        if own is None or len(heads) <= 1 or not most:
            continue
        counted += 1
        if own * most[0] < 0:
            times += 1
    return None if counted < 5 else (times, counted)


class TestContrariness:
    @pytest.mark.parametrize(
        ("own", "others", "steps"),
        [
            (PAN, [POSITIVE, POSITIVE, POSITIVE], 3),
            (PAN, [RAVE, POSITIVE, POSITIVE, NEUTRAL], 3),
            (RAVE, [PAN, PAN, PAN], 4),
            (NEUTRAL, [RAVE, RAVE, RAVE, POSITIVE, None], 2),
            # Between the two middle ones, and one step outside them.
            (NEUTRAL, [POSITIVE, POSITIVE, NEGATIVE, NEGATIVE], 0),
            (RAVE, [POSITIVE, POSITIVE, NEGATIVE, NEGATIVE], 1),
            # An unstated verdict is on neither side, and does not make up the number.
            (PAN, [RAVE, RAVE, None], 0),
            (PAN, [RAVE, RAVE], 0),
            (None, [RAVE, RAVE, RAVE], 0),
            (PAN, [], 0),
        ],
    )
    def test_how_far_beyond_the_middle_of_three_others(
        self, own: Verdict | None, others: list[Verdict | None], steps: int
    ) -> None:
        assert contrariness(own, others) == steps

    @given(VERDICTS, st.lists(VERDICTS, max_size=8))
    def test_it_agrees_with_the_statistics(self, own: Verdict | None, others: list[Verdict | None]) -> None:
        stated = [int(other) for other in others if other is not None]
        expected = 0
        if own is not None and len(stated) > 2:
            expected = max(0, median_low(stated) - own, own - median_high(stated))
        assert contrariness(own, others) == expected

    @given(VERDICTS, st.lists(VERDICTS, max_size=8))
    def test_reversed_it_is_as_far(self, own: Verdict | None, others: list[Verdict | None]) -> None:
        turned = [None if verdict is None else Verdict(-verdict) for verdict in others]
        assert contrariness(None if own is None else Verdict(-own), turned) == contrariness(own, others)
