"""Relative times in words."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from reviews.admin.parts.moments.relative import apart, distance, since

LONDON = ZoneInfo("Europe/London")
NOW = dt.datetime(2025, 6, 6, 12, 0, tzinfo=dt.UTC)


def after(**parts: float) -> dt.datetime:
    return NOW + dt.timedelta(**parts)


class TestDistance:
    @pytest.mark.parametrize(
        ("parts", "words"),
        [
            ({"seconds": 0}, "now"),
            ({"seconds": 0.9}, "now"),
            ({"seconds": 1}, "in 1 second"),
            ({"seconds": 2}, "in 2 seconds"),
            ({"seconds": 59.9}, "in 59 seconds"),
            ({"minutes": 1}, "in 1 min"),
            ({"minutes": 59, "seconds": 59}, "in 59 min"),
            ({"hours": 1}, "in 1 h"),
            ({"hours": 3, "minutes": 12}, "in 3 h 12 min"),
            ({"hours": 23, "minutes": 59}, "in 23 h 59 min"),
            ({"days": 1}, "in 1 day"),
            ({"days": 1, "hours": 5, "minutes": 59}, "in 1 day 5 h"),
            ({"days": 2, "hours": 23}, "in 2 days 23 h"),
            ({"days": 3}, "in 3 days"),
            ({"days": 3, "hours": 23}, "in 3 days"),
            ({"days": 13, "hours": 23}, "in 13 days"),
            ({"days": 14}, "on 20 June"),
            ({"days": 365}, "on 6 June 2026"),
        ],
    )
    def test_until_what_comes(self, parts: dict[str, float], words: str) -> None:
        assert distance(after(**parts), NOW, LONDON) == words

    @pytest.mark.parametrize(
        ("parts", "words"),
        [
            ({"seconds": -0.9}, "now"),
            ({"seconds": -1}, "1 second ago"),
            ({"minutes": -1, "seconds": -30}, "1 min ago"),
            ({"hours": -3, "minutes": -12}, "3 h 12 min ago"),
            ({"days": -2}, "2 days ago"),
            ({"days": -4, "hours": -6}, "4 days ago"),
            ({"days": -20}, "on 17 May"),
            ({"days": -200}, "on 18 November 2024"),
        ],
    )
    def test_from_what_has_been(self, parts: dict[str, float], words: str) -> None:
        assert distance(after(**parts), NOW, LONDON) == words

    def test_a_date_is_read_in_the_zone_given(self) -> None:
        late = dt.datetime(2025, 6, 30, 23, 30, tzinfo=dt.UTC)
        assert distance(late, NOW, LONDON) == "on 1 July"
        assert distance(late, NOW, dt.UTC) == "on 30 June"

    def test_hours_are_real_ones_across_a_change_of_clocks(self) -> None:
        before = dt.datetime(2025, 10, 26, 0, 30, tzinfo=LONDON)
        assert (
            distance(dt.datetime(2025, 10, 26, 3, 30, tzinfo=LONDON), before.astimezone(dt.UTC), LONDON)
            == "in 4 h"
        )


class TestApart:
    @pytest.mark.parametrize(
        ("moment", "words"),
        [
            (dt.datetime(2025, 6, 6, 15, 12, tzinfo=dt.UTC), "in 3 h 12 min"),
            (dt.datetime(2025, 8, 6, 11, 59, tzinfo=dt.UTC), "in 60 days"),
            (dt.datetime(2025, 8, 6, 12, tzinfo=dt.UTC), "in 2 months"),
            (dt.datetime(2026, 6, 6, 12, tzinfo=dt.UTC), "in 1 year"),
            (dt.datetime(2038, 7, 7, 12, tzinfo=dt.UTC), "in 13 years 1 month"),
            (dt.datetime(2025, 5, 1, 12, tzinfo=dt.UTC), "36 days ago"),
            (dt.datetime(2023, 12, 31, 12, tzinfo=dt.UTC), "1 year 5 months ago"),
            # In London it is the sixth already, an hour after midnight.
            (dt.datetime(2025, 4, 5, 23, 30, tzinfo=dt.UTC), "2 months ago"),
        ],
    )
    def test_is_counted_in_months_and_years_by_the_calendar(self, moment: dt.datetime, words: str) -> None:
        assert apart(moment, NOW, LONDON) == words


class TestSince:
    @pytest.mark.parametrize(
        ("moment", "words"),
        [
            (dt.datetime(2025, 6, 6, 9, 5, tzinfo=dt.UTC), "since 10:05"),
            (dt.datetime(2025, 6, 5, 23, 0, tzinfo=dt.UTC), "since 00:00"),
            (dt.datetime(2025, 6, 5, 22, 59, tzinfo=dt.UTC), "since 5 June"),
            (dt.datetime(2024, 12, 31, 23, 59, tzinfo=dt.UTC), "since 31 December 2024"),
            (dt.datetime(2025, 1, 1, 0, 0, tzinfo=dt.UTC), "since 1 January"),
        ],
    )
    def test_is_a_time_on_the_day_and_a_date_after_it(self, moment: dt.datetime, words: str) -> None:
        assert since(moment, NOW, LONDON) == words
