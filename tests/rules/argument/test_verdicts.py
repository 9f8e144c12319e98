"""The count of verdicts: for, against and unstated, and the middle."""

from statistics import median_high, median_low

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.rules.argument import Stance, Tally, Verdict, tally

VERDICTS = st.lists(st.none() | st.sampled_from(Verdict))


class TestVerdicts:
    def test_verdicts_run_from_pan_to_rave(self) -> None:
        assert [(verdict.value, verdict.label) for verdict in sorted(Verdict)] == [
            (-2, "Pan"),
            (-1, "Negative"),
            (0, "Mixed"),
            (1, "Positive"),
            (2, "Rave"),
        ]

    def test_stances_run_from_criticism_to_praise(self) -> None:
        assert [(stance.value, stance.label) for stance in sorted(Stance)] == [
            (-1, "Criticism"),
            (0, "Mixed"),
            (1, "Praise"),
        ]


class TestCounting:
    def test_each_verdict_is_counted_on_its_side(self) -> None:
        counted = tally([2, 1, 1, 0, -1, -2, None])
        assert (counted.in_favour, counted.mixed, counted.against, counted.unstated) == (3, 1, 2, 1)

    def test_a_mixed_verdict_is_not_an_unstated_one(self) -> None:
        counted = tally([0, None, Verdict.MIXED])
        assert (counted.mixed, counted.unstated) == (2, 1)

    def test_the_total_holds_the_unstated_and_stated_does_not(self) -> None:
        counted = tally([1, 0, None])
        assert (counted.total, counted.stated) == (3, 2)

    def test_an_iterator_is_read_once(self) -> None:
        assert tally(iter([1, None, -1])) == tally([1, None, -1])

    @pytest.mark.parametrize("number", [3, -3, 100])
    def test_a_number_that_is_no_verdict_is_refused(self, number: int) -> None:
        with pytest.raises(ValueError, match=str(number)):
            tally([1, number])

    @given(VERDICTS)
    def test_every_review_is_counted_once(self, verdicts: list[Verdict | None]) -> None:
        assert tally(verdicts).total == len(verdicts)

    @given(VERDICTS)
    def test_the_order_does_not_matter(self, verdicts: list[Verdict | None]) -> None:
        assert tally(verdicts) == tally(reversed(verdicts))


class TestMiddle:
    @pytest.mark.parametrize(
        ("verdicts", "verdict"),
        [
            ([2], Verdict.RAVE),
            ([2, -2, 0], Verdict.MIXED),
            ([2, 1, 1, -2], Verdict.POSITIVE),
            ([0, 0], Verdict.MIXED),
            ([None, -1, None], Verdict.NEGATIVE),
        ],
    )
    def test_one_middle_verdict_is_given_twice(self, verdicts: list[int | None], verdict: Verdict) -> None:
        assert tally(verdicts).middle == (verdict, verdict)

    def test_two_middle_verdicts_that_differ_are_both_given_and_none_is_made_up(self) -> None:
        assert tally([2, 1, -1, -2]).middle == (Verdict.NEGATIVE, Verdict.POSITIVE)

    @given(VERDICTS)
    def test_the_middle_agrees_with_the_statistics(self, verdicts: list[Verdict | None]) -> None:
        stated = [verdict for verdict in verdicts if verdict is not None]
        middle = tally(verdicts).middle
        assert middle == ((median_low(stated), median_high(stated)) if stated else None)

    @given(VERDICTS)
    def test_the_middle_is_made_of_verdicts_that_were_given(self, verdicts: list[Verdict | None]) -> None:
        assert set(tally(verdicts).middle or ()) <= set(verdicts)


class TestRange:
    def test_the_range_runs_from_lowest_to_highest(self) -> None:
        assert tally([1, -2, None, 0]).range == (Verdict.PAN, Verdict.POSITIVE)

    def test_one_verdict_is_both_ends(self) -> None:
        assert tally([0]).range == (Verdict.MIXED, Verdict.MIXED)


class TestNothingStated:
    @pytest.mark.parametrize("verdicts", [[], [None], [None, None]])
    def test_without_a_verdict_there_is_no_middle_and_no_range(self, verdicts: list[None]) -> None:
        assert tally(verdicts) == Tally((), unstated=len(verdicts))
        assert tally(verdicts).middle is None


class TestDivision:
    def test_a_film_divides_its_critics_where_some_are_for_it_and_some_against(self) -> None:
        assert tally([1, -1]).is_divided
        assert not tally([2, 0, None]).is_divided
        assert not tally([]).is_divided

    def test_the_wider_range_divides_more_then_the_larger_minority(self) -> None:
        most_divided_first = [[2, 2, -2, -2], [2, 2, -2], [2, -1], [1, -1]]
        divisions = [tally(verdicts).division for verdicts in most_divided_first]
        assert divisions == sorted(set(divisions), reverse=True)

    def test_every_verdict_is_counted_pan_first(self) -> None:
        assert [count for _verdict, count in tally([2, 2, -1, None]).by_verdict] == [0, 1, 0, 0, 2]


class TestHeadlines:
    def test_no_verdict_stands_for_fewer_than_four(self) -> None:
        assert tally([1, 1, 1, None, None]).headline is None
        assert tally([1, 1, 1, -2]).headline == (Verdict.POSITIVE, Verdict.POSITIVE)

    def test_no_share_is_given_of_fewer_than_ten(self) -> None:
        assert tally([1] * 9 + [None]).share_in_favour is None
        assert tally([1] * 9 + [0]).share_in_favour == 90

    @given(VERDICTS)
    def test_a_share_is_of_the_stated_verdicts(self, verdicts: list[Verdict | None]) -> None:
        stated = [verdict for verdict in verdicts if verdict is not None]
        share = tally(verdicts).share_in_favour
        if len(stated) < 10:
            assert share is None
        else:
            assert share is not None
            assert abs(share - 100 * sum(verdict > 0 for verdict in stated) / len(stated)) <= 0.5
