"""Kept counts follow an edition that a shell or a fixture writes, which no verb does."""

import datetime as dt
from pathlib import Path

import pytest
from django.core.management import call_command

from reviews.desk import counting
from reviews.models import Edition, EditionTag, Tag
from reviews.models.public.edition import Counted
from reviews.seeding.factories import MOMENT, make_edition
from reviews.seeding.site import make_site
from tests.desk.test_counting import assert_exact

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.mark.parametrize("what", ["tag replaced", "tag taken away", "tag added", "month", "saved late"])
def test_an_edition_that_is_changed_by_hand_is_counted_as_it_is(what: str) -> None:
    make_site(5)
    counting.settle()
    edition = Edition.objects.get(slug="review-1")
    tagged = EditionTag.objects.filter(edition=edition).order_by("pk")[0]
    another = Tag.objects.create(name="Another", slug="another")
    match what:
        case "tag replaced":
            tagged.tag = another
            tagged.save()
        case "tag taken away":
            tagged.delete()
        case "tag added":
            tagged.pk, tagged.tag = None, another
            tagged._state.adding = True
            tagged.save()
        case "month":
            edition.first_visible_from -= dt.timedelta(days=100)
            edition.save()
        case "saved late":
            # As it was read before it was counted.
            edition.counted = Counted.NOT_YET
            edition.save()
    assert_exact(MOMENT)
    counting.settle()
    assert_exact(MOMENT)


def test_counts_that_a_fixture_brings_of_fewer_reviews_are_not_relied_on(tmp_path: Path) -> None:
    make_site(3)
    counting.settle()
    dump = tmp_path / "dump.json"
    call_command("dumpdata", "reviews", output=str(dump), verbosity=0)
    make_edition(slug="later")
    counting.settle()
    call_command("loaddata", str(dump), verbosity=0)
    assert_exact(MOMENT)
    counting.settle()
    assert_exact(MOMENT)
