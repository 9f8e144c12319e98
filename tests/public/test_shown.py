"""What is shown of a picture: nothing while its terms forbid it, and a copy that can be shown again."""

import datetime as dt

import pytest
from django.test import Client

from reviews import clock
from reviews.models import Picture, PictureFile
from reviews.public.shown import Of, OfPicture
from reviews.seeding.factories import MOMENT, make_edition, make_film, make_outlet, make_picture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

SHOWN = OfPicture("alt", file=Of(PictureFile, "token"))
HOUR = dt.timedelta(hours=1)


def test_it_is_nothing_outside_its_terms() -> None:
    picture = make_picture(embargo_until=MOMENT, rights_until=MOMENT + HOUR)
    for at, is_shown in ((MOMENT - HOUR, False), (MOMENT, True), (MOMENT + HOUR, False)):
        with clock.frozen_at(at):
            assert (SHOWN.values(picture) is not None) == is_shown


def test_of_a_copy_the_same_is_shown() -> None:
    """Part of a fragment may be a fragment, which is given copies."""
    values = SHOWN.values(make_picture(embargo_until=MOMENT, rights_until=MOMENT + HOUR))
    copied = SHOWN.copy(values)
    assert isinstance(copied, Picture)
    assert SHOWN.values(copied) == values


def test_a_poster_is_shown_on_every_page_that_lists_its_film() -> None:
    make_outlet()
    edition = make_edition(film=make_film(poster=make_picture()), at=MOMENT - HOUR)
    paths = ("/", "/films/", edition.critic.get_absolute_url(), edition.get_absolute_url())
    shown = {path: Client().get(path).content.count(b"<picture") for path in paths}
    assert [path for path, count in shown.items() if not count] == []
