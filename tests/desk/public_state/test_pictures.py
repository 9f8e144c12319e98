"""Terms of pictures that are changed: every process learns the next moment by the clock."""

import datetime as dt

import pytest

from reviews.models import PublicState
from reviews.seeding.factories import MOMENT, make_edition, make_film, make_picture

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("now")]

HOUR = dt.timedelta(hours=1)


def next_change() -> dt.datetime | None:
    return PublicState.objects.get().next_change


def test_an_embargo_that_is_moved_moves_the_next_change() -> None:
    picture = make_picture(embargo_until=MOMENT + 5 * HOUR)
    make_edition(film=make_film(poster=picture), at=MOMENT - HOUR)
    assert next_change() == MOMENT + 5 * HOUR
    for ends in (MOMENT + 3 * HOUR, MOMENT + 7 * HOUR):
        before = PublicState.objects.get()
        picture.embargo_until = ends
        picture.save()
        after = PublicState.objects.get()
        assert (after.next_change, after.schedule == before.schedule) == (ends, False)
        assert after.stamp == before.stamp


def test_an_end_of_rights_that_is_moved_moves_the_next_change() -> None:
    picture = make_picture()
    make_edition(film=make_film(poster=picture), at=MOMENT - HOUR)
    for ends in (MOMENT + 3 * HOUR, None, MOMENT + 7 * HOUR):
        picture.rights_until = ends
        picture.save()
        assert next_change() == ends
