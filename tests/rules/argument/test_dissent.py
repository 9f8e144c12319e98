"""Lone voices, dissenters, and who parts company with the rest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.rules.argument import (
    Stance,
    Verdict,
    dissenters,
    lone_voice,
    partings,
    parts_company,
    side_against,
)
from tests.rules.argument.films import ROW, STANCES, VERDICTS

PRAISE, MIXED, CRITICISM = Stance.PRAISE, Stance.MIXED, Stance.CRITICISM


def row(stances: list[Stance]) -> dict[int, Stance]:
    return dict(enumerate(stances))


class TestLoneVoices:
    @pytest.mark.parametrize(
        ("stances", "lone"),
        [
            ([PRAISE, PRAISE, CRITICISM, PRAISE], 2),
            ([MIXED, PRAISE, PRAISE, PRAISE, PRAISE], 0),
            ([CRITICISM, CRITICISM, CRITICISM, MIXED], 3),
            # Two others are too few.
            ([PRAISE, PRAISE, CRITICISM], None),
            # The others do not all hold one stance.
            ([PRAISE, PRAISE, PRAISE, MIXED, CRITICISM], None),
            # Two agree with each other.
            ([PRAISE, PRAISE, PRAISE, CRITICISM, CRITICISM], None),
            ([PRAISE, CRITICISM], None),
            ([PRAISE] * 4, None),
            ([MIXED], None),
            ([], None),
        ],
    )
    def test_one_against_three_who_all_hold_one_other(self, stances: list[Stance], lone: int | None) -> None:
        assert lone_voice(row(stances)) == lone

    @given(ROW)
    def test_whoever_is_lone_is_against_three_of_one_mind(self, stances: dict[int, Stance]) -> None:
        lone = [
            critic
            for critic, stance in stances.items()
            for others in [[other for who, other in stances.items() if who != critic]]
            if len(others) >= 3 and len(set(others)) == 1 and stance not in others
        ]
        assert lone_voice(stances) == (lone[0] if lone else None)
        assert len(lone) <= 1


class TestDissent:
    @pytest.mark.parametrize(
        ("verdicts", "who"),
        [
            ([2, 1, 1, 0, -2], [4]),
            ([1, 1, 1, -1], [3]),
            ([-1, -2, -1, 2, None], [3]),
            ([1] * 6 + [-1, -2], [6, 7]),
            # Divided: outnumbered less than three to one.
            ([1, 1, 1, -1, -1], []),
            # Three for, but not more than half.
            ([1, 1, 1, 0, 0, 0, -1], []),
            # A mixed verdict takes no side.
            ([1, 1, 1, 1, 0], []),
            ([0, 0, 0, 0, 2], []),
            ([1, 1, -1], []),
            ([None] * 5, []),
            ([], []),
        ],
    )
    def test_the_side_that_is_outnumbered_three_to_one_by_a_majority(
        self, verdicts: list[int | None], who: list[int]
    ) -> None:
        given = {n: None if verdict is None else Verdict(verdict) for n, verdict in enumerate(verdicts)}
        assert dissenters(given) == who

    @given(st.lists(VERDICTS, max_size=50))
    def test_dissenters_are_all_of_one_side_and_few(self, verdicts: list[Verdict | None]) -> None:
        who = dissenters(dict(enumerate(verdicts)))
        stated = [verdict for verdict in verdicts if verdict is not None]
        sides = [(verdict > 0) - (verdict < 0) for verdict in stated]
        if not who:
            for side in (1, -1):
                fewest, most = sides.count(side), sides.count(-side)
                assert not fewest or 2 * most <= len(stated) or most < 3 * fewest
            return
        side = side_against(verdicts)
        assert who == [n for n, verdict in enumerate(verdicts) if verdict is not None and verdict * side > 0]
        assert len(stated) >= 4
        assert 3 * sides.count(side) <= sides.count(-side)
        assert 2 * sides.count(-side) > len(stated)

    @given(st.lists(VERDICTS, max_size=20))
    def test_the_reverse_of_every_verdict_leaves_the_dissenters_the_same(
        self, verdicts: list[Verdict | None]
    ) -> None:
        reversed_ = [None if verdict is None else Verdict(-verdict) for verdict in verdicts]
        assert dissenters(dict(enumerate(reversed_))) == dissenters(dict(enumerate(verdicts)))

    @given(st.lists(VERDICTS, max_size=20))
    def test_who_states_no_verdict_changes_nothing(self, verdicts: list[Verdict | None]) -> None:
        assert side_against([*verdicts, None]) == side_against(verdicts)


class TestPartings:
    @pytest.mark.parametrize(
        ("stance", "others", "parts"),
        [
            (CRITICISM, [PRAISE, PRAISE], True),
            (PRAISE, [CRITICISM, CRITICISM, PRAISE], True),
            (CRITICISM, [PRAISE], False),
            (CRITICISM, [PRAISE, MIXED], False),
            (CRITICISM, [MIXED, MIXED, MIXED], False),
            (MIXED, [PRAISE, PRAISE, PRAISE], False),
            (PRAISE, [PRAISE, PRAISE], False),
            (PRAISE, [], False),
        ],
    )
    def test_praise_of_what_most_others_criticise_or_the_reverse(
        self, stance: Stance, others: list[Stance], parts: bool
    ) -> None:
        assert parts_company(stance, others) is parts

    def test_by_aspect_in_the_order_of_the_rows(self) -> None:
        rows = {
            "story": row([PRAISE, CRITICISM, CRITICISM]),
            "music": row([PRAISE, PRAISE, CRITICISM]),
            "lead": row([CRITICISM, PRAISE, PRAISE]),
            "silent": {1: PRAISE, 2: PRAISE},
        }
        assert partings(0, rows) == ["story", "lead"]

    @given(STANCES, st.lists(STANCES, max_size=10))
    def test_nobody_parts_company_with_those_who_agree(self, stance: Stance, others: list[Stance]) -> None:
        if parts_company(stance, others):
            assert others.count(Stance(-stance)) > len(others) / 2
            assert stance is not MIXED
            assert len(others) >= 2
