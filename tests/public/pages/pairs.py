"""Pairs of reviews for tests, and the pages about them."""

import datetime as dt
from typing import Any

from django.test import Client

from reviews.desk.verbs import publishing
from reviews.models import Film, Review
from reviews.seeding.factories import MOMENT, make_critic, make_film, make_judgement, make_review
from tests.reading import Document, read

DAY = dt.timedelta(days=1)
BODY = "The camera waits.\n\nThe lead carries every scene, and the fights are clear.\n\nThe script does less."


def publish(slug: str, film: Film, *, at: dt.datetime = MOMENT, says: Any = (), **fields: Any) -> Review:
    """A public review with a stance on each of these aspects: ``says=[(aspect, stance)]``, or with a passage too."""
    review = make_review(slug=slug, film=film, **{"body": BODY} | fields)
    for aspect, stance, *evidence in says:
        make_judgement(
            review, aspect=aspect, stance=stance, **({"evidence": evidence[0]} if evidence else {})
        )
    publishing.publish(review, at=at, backdated=at < MOMENT)
    return review


def two(*, one: Any = (), other: Any = (), **fields: Any) -> Document:
    """The page of two reviews with these stances: a rave in ``ada`` and a pan in ``bo``."""
    film = make_film(title="La Haine", release_year=1995)
    publish("ada", film, says=one, critic=make_critic(name="Ada Lens"), **{"verdict": 2} | fields)
    publish("bo", film, says=other, critic=make_critic(name="Bo Frame"), **{"verdict": -2} | fields)
    return read("/side-by-side/ada/bo/")


def answer(path: str) -> tuple[int, dict[str, str], bytes]:
    response = Client().get(path)
    own = {name: value for name, value in response.headers.items() if name != "X-Request-ID"}
    return response.status_code, own, response.content


def leads(path: str) -> tuple[int, str]:
    response = Client().get(path)
    return response.status_code, response.headers.get("Location", "")
