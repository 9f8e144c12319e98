"""Moments as the desk reads them."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from reviews.admin.moments import spoken_twice

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
