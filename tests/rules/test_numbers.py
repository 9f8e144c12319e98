"""Numbers in requests: ASCII digits within bounds, or None."""

import pytest

from reviews.rules.numbers import COLUMN, KEY, whole_number


class TestWholeNumbers:
    @pytest.mark.parametrize(("typed", "number"), [("0", 0), ("7", 7), ("007", 7), (str(COLUMN), COLUMN)])
    def test_are_read(self, typed: str, number: int) -> None:
        assert whole_number(typed) == number

    @pytest.mark.parametrize(
        "typed", ["", "-1", "+1", "1.0", "1e3", " 1", "1_0", "٣", "²", "１", "1\x00", "\ud800", "9" * 5_000]
    )
    def test_nothing_else_is_one(self, typed: str) -> None:
        assert whole_number(typed) is None

    def test_end_at_the_bound(self) -> None:
        assert whole_number("100", most=100) == 100
        assert whole_number("101", most=100) is None
        assert whole_number(str(COLUMN + 1)) is None
        assert whole_number(str(KEY), most=KEY) == KEY
