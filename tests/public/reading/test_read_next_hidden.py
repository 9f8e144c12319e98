"""Hidden reviews do not influence what to read next, and the suggestions cost the same on any site."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reviews.desk.verbs import embargoes, publishing, withdrawing
from reviews.models import Aspect, Embargo, Film, Review
from reviews.rules.argument import Stance, Verdict
from reviews.seeding.factories import (
    MOMENT,
    make_aspect,
    make_credit,
    make_critic,
    make_edition,
    make_embargo,
    make_film,
    make_franchise,
    make_judgement,
    make_person,
    make_review,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

DAY = dt.timedelta(days=1)
READ = "/reviews/read/"


def draft(**fields: Any) -> None:
    hidden(make_review(**fields))


def scheduled(**fields: Any) -> None:
    publishing.publish(hidden(make_review(**fields)), at=MOMENT + DAY)


def withdrawn(**fields: Any) -> None:
    review = hidden(make_review(**fields))
    publishing.publish(review, at=MOMENT - DAY, backdated=True)
    withdrawing.withdraw(review)


def rights_ended(**fields: Any) -> None:
    review = hidden(make_review(rights_until=MOMENT, **fields))
    publishing.publish(review, at=MOMENT - DAY, backdated=True)


def embargoed(**fields: Any) -> None:
    film = fields.get("film") or make_film()
    embargoes.impose(Embargo(film=film, lifts_at=MOMENT + DAY, zone="UTC"))
    publishing.publish(hidden(make_review(**fields | {"film": film})))


def embargoed_behind_the_desks_back(**fields: Any) -> None:
    edition = publishing.publish(hidden(make_review(**fields)), at=MOMENT - DAY, backdated=True)
    make_embargo(edition.film, MOMENT + DAY, zone="UTC")


def hidden(review: Review) -> Review:
    for aspect in Aspect.objects.all():
        make_judgement(review, aspect=aspect, stance=Stance.CRITICISM)
    return review


HIDINGS = (draft, scheduled, withdrawn, rights_ended)
EMBARGOES = (embargoed, embargoed_behind_the_desks_back)


@pytest.fixture
def world() -> dict[str, Any]:
    """A public review with a say of every kind, none of whose suggestions there is yet; and one that has them all."""
    series = make_franchise(name="John Wick", slug="john-wick")
    director, critic = make_person(), make_critic()
    film = make_film(slug="film", franchise=series)
    make_credit(film=film, person=director, job="director")
    words: dict[str, Any] = {"film": film, "critic": critic, "tags": ("Action",), "verdict": Verdict.RAVE}
    review = make_review(slug="read", **words)
    make_judgement(review, aspect=make_aspect(name="Lead performance"), stance=Stance.PRAISE)
    publishing.publish(review, at=MOMENT - DAY, backdated=True)
    return {"film": film, "critic": critic, "series": series, "director": director}


def of_another_film(world: dict[str, Any], **film: Any) -> Film:
    return make_film(slug="another", **film)


PLACES: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "opposed on the film": lambda world: {"film": world["film"]},
    "by the critic": lambda world: {"critic": world["critic"]},
    "in the series": lambda world: {"film": of_another_film(world, franchise=world["series"])},
    "by the director": lambda world: {
        "film": make_credit(film=make_film(), person=world["director"], job="director").film
    },
    "with the tag": lambda world: {"tags": ("Action",)},
}


class TestHiddenReviewsHaveNoInfluence:
    def page(self) -> bytes:
        response = Client().get(READ)
        assert response.status_code == 200
        return response.content

    @pytest.mark.parametrize("place", PLACES)
    def test_public_ones_have(self, place: str, world: dict[str, Any]) -> None:
        before = self.page()
        make_edition(headline="Seen", verdict=Verdict.PAN, **PLACES[place](world))
        assert b"Seen" not in before
        assert b"Seen" in self.page()

    @pytest.mark.parametrize("place", PLACES)
    @pytest.mark.parametrize("hide", HIDINGS)
    def test_a_hidden_review(self, hide: Callable[..., None], place: str, world: dict[str, Any]) -> None:
        before = self.page()
        hide(headline="Secret", verdict=Verdict.PAN, **PLACES[place](world))
        assert self.page() == before

    @pytest.mark.parametrize("place", [place for place in PLACES if place != "opposed on the film"])
    @pytest.mark.parametrize("hide", EMBARGOES)
    def test_an_embargoed_one(self, hide: Callable[..., None], place: str, world: dict[str, Any]) -> None:
        before = self.page()
        hide(headline="Secret", verdict=Verdict.PAN, **PLACES[place](world))
        assert self.page() == before

    @pytest.mark.parametrize("place", PLACES)
    def test_a_hidden_one_does_not_take_a_public_ones_place(self, place: str, world: dict[str, Any]) -> None:
        fields = PLACES[place](world) | {"verdict": Verdict.PAN}
        make_edition(headline="Seen", at=MOMENT - 3 * DAY, **fields)
        before = self.page()
        for hide in HIDINGS:
            hide(headline="Secret", **fields)
        assert b"Seen" in before
        assert self.page() == before


class TestWhatItCosts:
    BUDGET = 10

    def queries(self) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert Client().get(READ).status_code == 200
        assert len(captured) <= self.BUDGET, [query["sql"] for query in captured]
        return len(captured)

    @pytest.mark.parametrize("place", PLACES)
    def test_it_asks_little_and_no_more_of_a_larger_site(self, place: str, world: dict[str, Any]) -> None:
        fields = PLACES[place](world) | {"verdict": Verdict.PAN}
        make_edition(film=world["film"], verdict=Verdict.PAN)
        make_edition(critic=world["critic"])
        make_edition(**fields)
        few = self.queries()
        for number in range(12):
            make_edition(**fields, at=MOMENT - number * DAY)
        assert self.queries() == few
