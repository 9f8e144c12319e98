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
