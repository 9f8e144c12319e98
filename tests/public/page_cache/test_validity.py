"""Whether a kept page is what a reader would be shown now."""

import datetime as dt

import pytest

from reviews.public.page_cache.validity import Basis, Standing
from reviews.seeding.factories import MOMENT


@pytest.mark.parametrize(
    ("stamp", "minutes", "holds"), [(1, 0, True), (1, 5, True), (2, 0, False), (1, -1, False), (1, 6, False)]
)
def test_a_page_holds_until_a_write_or_the_clock_changes_what_readers_see(
    stamp: int, minutes: int, holds: bool
) -> None:
    standing = Standing(1, since=MOMENT, at=MOMENT + dt.timedelta(minutes=5))
    assert standing.holds(Basis(stamp, MOMENT + dt.timedelta(minutes=minutes))) == holds


@pytest.mark.parametrize(
    ("schedule", "minutes", "holds"), [(7, 2, True), (6, 1, True), (6, 2, False), (5, 1, False)]
)
def test_a_page_of_an_earlier_schedule_holds_if_it_is_of_a_moment_before_the_change(
    schedule: int, minutes: int, holds: bool
) -> None:
    """Of a schedule that this process never saw it is not known when it changed."""
    minute = dt.timedelta(minutes=1)
    ends = {6: MOMENT + minute}
    standing = Standing(1, since=MOMENT, at=MOMENT + 5 * minute, schedule=7, ends=ends)
    assert standing.holds(Basis(1, MOMENT + minutes * minute, schedule)) == holds
