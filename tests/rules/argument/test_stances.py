"""Stances on one aspect: counts, opposed pairs, and the order of aspects."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.rules.argument import Stance, StanceCount, count_stances
from tests.rules.argument.films import STANCES

PRAISE, MIXED, CRITICISM = Stance.PRAISE, Stance.MIXED, Stance.CRITICISM
MANY = st.lists(STANCES, max_size=30)


class TestCounting:
    def test_each_stance_is_counted(self) -> None:
        assert count_stances([1, 1, 0, -1]) == StanceCount(praise=2, mixed=1, criticism=1)

    def test_a_number_that_is_no_stance_is_refused(self) -> None:
        with pytest.raises(ValueError, match="2"):
            count_stances([1, 2])

    @given(MANY)
    def test_everybody_who_speaks_is_counted_once(self, stances: list[Stance]) -> None:
        assert count_stances(stances).spoken == len(stances)


class TestMajority:
    @pytest.mark.parametrize(
        ("stances", "majority"),
        [
            ([], None),
            ([PRAISE], PRAISE),
            ([PRAISE, CRITICISM], None),
            ([MIXED, MIXED, CRITICISM], MIXED),
            ([CRITICISM, CRITICISM, PRAISE], CRITICISM),
            ([PRAISE, PRAISE, MIXED, CRITICISM], None),
        ],
    )
    def test_more_than_half_hold_it(self, stances: list[Stance], majority: Stance | None) -> None:
        assert count_stances(stances).majority is majority

    @given(MANY)
    def test_any_stances(self, stances: list[Stance]) -> None:
        held = [stance for stance in Stance if stances.count(stance) > len(stances) / 2]
        assert count_stances(stances).majority == (held[0] if held else None)


class TestContest:
    @given(MANY)
    def test_pairs_of_critics_are_counted(self, stances: list[Stance]) -> None:
        pairs = [abs(one - other) for one, other in combinations(stances, 2)]
        assert count_stances(stances).contest == (pairs.count(2), pairs.count(1), len(stances))

    def test_the_most_contested_come_first_and_then_those_on_which_most_agree(self) -> None:
        rows = [
            [PRAISE, PRAISE, CRITICISM, CRITICISM],
            [PRAISE, PRAISE, PRAISE, CRITICISM],
            [PRAISE, CRITICISM],
            [PRAISE, PRAISE, MIXED],
            [PRAISE, MIXED],
            [PRAISE, PRAISE, PRAISE],
            [MIXED],
        ]
        mixed_up = rows[3:] + rows[:3]
        assert sorted(mixed_up, key=lambda row: count_stances(row).contest, reverse=True) == rows
