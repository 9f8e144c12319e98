"""Moments in words."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from reviews.desk.dates import moment_in_words, short, spoken_twice

LONDON = ZoneInfo("Europe/London")


@pytest.mark.parametrize(
    ("moment", "zone", "words"),
    [
        ("2025-06-07T12:00", "UTC", "7 June 2025, 13:00 (Europe/London), which is 7 June 2025, 12:00 (UTC)"),
        ("2025-12-07T12:00", "UTC", "7 December 2025, 12:00 (Europe/London)"),
        ("2025-12-07T12:00", "Europe/Lisbon", "7 December 2025, 12:00 (Europe/London)"),
        (
            "2025-12-07T23:30",
            "Europe/Paris",
            "7 December 2025, 23:30 (Europe/London), which is 8 December 2025, 00:30 (Europe/Paris)",
        ),
    ],
)
def test_a_second_zone_is_named_only_where_its_clocks_read_differently(
    moment: str, zone: str, words: str
) -> None:
    with timezone.override(LONDON):
        assert spoken_twice(dt.datetime.fromisoformat(moment).replace(tzinfo=dt.UTC), zone) == words


@pytest.mark.parametrize(
    ("moment", "zone", "words"),
    [
        ("2025-10-26T00:30", "Europe/London", "26 October 2025, 01:30 BST (Europe/London)"),
        ("2025-10-26T01:30", "Europe/London", "26 October 2025, 01:30 GMT (Europe/London)"),
        ("2025-10-26T00:59:59", "Europe/London", "26 October 2025, 01:59:59 BST (Europe/London)"),
        ("2025-10-26T02:00", "Europe/London", "26 October 2025, 02:00 (Europe/London)"),
        ("2025-04-05T14:45", "Australia/Lord_Howe", "6 April 2025, 01:45 UTC+11 (Australia/Lord_Howe)"),
        ("2025-04-05T15:15", "Australia/Lord_Howe", "6 April 2025, 01:45 UTC+10:30 (Australia/Lord_Howe)"),
    ],
)
def test_a_time_that_comes_twice_is_named_with_its_clock(moment: str, zone: str, words: str) -> None:
    assert moment_in_words(dt.datetime.fromisoformat(moment).replace(tzinfo=dt.UTC), ZoneInfo(zone)) == words


def test_and_so_it_is_in_a_column() -> None:
    with timezone.override(LONDON):
        assert short(dt.datetime(2025, 10, 26, 0, 30, tzinfo=dt.UTC)) == "26 Oct 2025, 01:30 BST"
        assert short(dt.datetime(2025, 6, 4, 16, tzinfo=dt.UTC)) == "4 Jun 2025, 17:00"
        assert short(None) is None
