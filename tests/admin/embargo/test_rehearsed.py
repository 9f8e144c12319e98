"""What a page only states has not been done: what readers see is as it was, also for those who keep pages."""

from typing import Any

import pytest

from reviews.desk.verbs import embargoes, publishing
from reviews.models import Edition, Embargo, Film
from reviews.models.public.state import PublicState
from reviews.seeding.factories import MOMENT, make_film, make_outlet, make_review
from tests.admin.pages import fields_of, signed_in, text_of, url
from tests.desk.reading import DAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

TYPED = {
    "lift": {"because": "They wrote."},
    "move": {"lifts_at_0": "2025-06-07", "lifts_at_1": "09:00", "because": "They wrote."},
}


@pytest.fixture
def film() -> Film:
    """With a review that an embargo hides, and one that waits for its moment."""
    make_outlet()
    film = make_film()
    publishing.publish(make_review(film=film))
    publishing.publish(make_review(film=film), at=MOMENT + DAY)
    return film


def rows() -> list[Any]:
    return [list(model._default_manager.order_by("pk").values()) for model in (PublicState, Edition, Embargo)]


@pytest.mark.parametrize("verb", TYPED)
def test_an_end_that_is_not_confirmed(film: Film, verb: str) -> None:
    embargo, client = Embargo(film=film, lifts_at=MOMENT + 2 * DAY, zone="UTC"), signed_in("Publisher")
    embargoes.impose(embargo)
    before, address = rows(), url(verb, embargo)
    page = client.post(address, fields_of(client.get(address)) | TYPED[verb] | {"stated": ""})
    assert "it was to go up on" in text_of(page)
    assert rows() == before


def test_an_agreement_that_is_not_confirmed(film: Film) -> None:
    client, before, address = signed_in("Publisher"), rows(), "/admin/reviews/embargo/add/"
    typed = {"film": str(film.pk), "lifts_at_0": "2025-06-08", "lifts_at_1": "09:00"}
    typed |= {"lifts_at_zone": "Europe/London"}
    page = client.post(address, fields_of(client.get(address)) | typed)
    assert "Readers no longer see" in text_of(page)
    assert rows() == before
