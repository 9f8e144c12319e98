"""Drawings of a count of verdicts."""

from reviews.drawing.signs import MOST_SEATS
from reviews.rules.argument import Verdict, tally
from reviews.templatetags.drawing import row, seating


class TestSeating:
    def test_every_verdict_has_its_place_pan_first_even_where_nobody_sits(self) -> None:
        stands = seating(tally([2, 1, 1, 0, -2]))
        assert [(stand.name, stand.count) for stand in stands] == [
            ("pan", 1),
            ("negative", 0),
            ("mixed", 1),
            ("positive", 2),
            ("rave", 1),
        ]

    def test_a_seat_for_every_critic(self) -> None:
        assert [len(stand.seats) for stand in seating(tally([2] * 3 + [-2]))] == [1, 0, 0, 0, 3]

    def test_those_without_a_verdict_have_a_place_only_where_there_are_any(self) -> None:
        assert [stand.name for stand in seating(tally([1, None]))][-1] == "unstated"
        assert len(seating(tally([1]))) == 5

    def test_a_crowd_is_drawn_as_bars_in_proportion(self) -> None:
        stands = seating(tally([2] * 50 + [0] * 25))
        assert [(stand.height, stand.top) for stand in stands] == [
            (0, 100),
            (0, 100),
            (50, 50),
            (0, 100),
            (100, 0),
        ]
        assert not any(stand.seats for stand in stands)

    def test_nobody_at_all_can_be_drawn(self) -> None:
        assert [stand.count for stand in seating(tally([]))] == [0] * 5


class TestRow:
    def test_a_sign_for_each_critic_pan_first(self) -> None:
        assert row(tally([2, None, -2, 0])) == ["pan", "mixed", "rave", "unstated"]

    def test_a_crowd_has_no_row(self) -> None:
        assert len(row(tally([Verdict.RAVE] * MOST_SEATS))) == MOST_SEATS
        assert row(tally([Verdict.RAVE] * (MOST_SEATS + 1))) == []
