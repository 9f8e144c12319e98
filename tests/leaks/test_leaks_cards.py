"""The leak walk, for those who know everything: no card of anything hidden is answered, whatever it will say.

The address of a card is made of what it says. Here each is asked for that a hidden review, film, critic or franchise
would have if it were public now.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from reviews import clock
from reviews.audit.asking import SiteAnswer, ask, silently
from reviews.audit.planting import undone
from reviews.audit.surfaces import NO_DIGEST, Slugs
from reviews.desk.outlook import outlook_of
from reviews.models import Critic, Edition, Film, Franchise, Outlet, Review
from reviews.public.pages import cards
from reviews.public.reading.cards import critic_card, film_card, franchise_card, review_card
from reviews.rules.argument import tally
from tests.leaks.leaks import NOW
from tests.leaks.planting import hidden_in, plant
from tests.leaks.test_leaks import ALONE, INSERTED_LAST, hidden_in_place

pytestmark = pytest.mark.django_db


def cards_of(hidden: Slugs) -> Iterator[str]:
    """The paths of the cards that these would have."""
    outlet = Outlet.objects.current()
    for review in Review.objects.filter(slug__in=hidden["review"]):
        yield review_card(outlook_of(review).compose().edition, outlet).path
    for edition in Edition.objects.filter(slug__in=hidden["review"]):
        yield review_card(edition, outlet).path
    for film in Film.objects.filter(slug__in=hidden["film"]):
        for count in (tally([]), tally(Review.objects.filter(film=film).values_list("verdict", flat=True))):
            yield film_card(film, count, outlet).path
    for critic in Critic.objects.filter(slug__in=hidden["critic"]):
        for count in (
            tally([]),
            tally(Review.objects.filter(critic=critic).values_list("verdict", flat=True)),
        ):
            yield critic_card(critic, count, outlet).path
    for franchise in Franchise.objects.filter(slug__in=hidden["franchise"]):
        yield franchise_card(franchise, list(Film.objects.filter(franchise=franchise)), outlet).path


def asked(path: str) -> SiteAnswer:
    with silently():
        return ask(Client(), "GET", path)[0]


def test_no_card_of_anything_hidden_is_answered(
    monkeypatch: pytest.MonkeyPatch, record_property: Any
) -> None:
    drawn: list[object] = []
    monkeypatch.setattr(cards, "image_of", drawn.append)
    with undone():
        world = plant(hidden_in_place(ALONE), INSERTED_LAST)
        with clock.frozen_at(NOW):
            paths = set(cards_of(hidden_in(world)))
            answers = {path: asked(path) for path in paths}
            nothing = asked(reverse("review_card", args=["no-such-review", NO_DIGEST]))
    assert len(paths) > 10
    assert {path for path, answer in answers.items() if answer != nothing} == set()
    assert nothing.status == 404
    assert drawn == []
    record_property("comparisons", len(paths))
