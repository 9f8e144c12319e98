"""What ``make bench`` measures: every kind of page, and steps at the desk that do what they say."""

import datetime as dt
from urllib.parse import unquote

import pytest
from django.test import Client
from django.urls import resolve

from reviews.models import Edition
from reviews.seeding.invented.writing import seed
from tests.bench.speed.desk import IN_BULK, Desk
from tests.bench.speed.pages import pages
from tests.leaks.walk import ROUTES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

NOT_MEASURED = {
    "how_we_count",
    "robots",
    "preview_link",
    "preview_link_picture",
    "rendition",
    "no_picture",
    *(f"{noun}_card" for noun in ("review", "film", "critic", "franchise")),
}
"""Two texts without a query, what is behind a secret and not for readers, and files (``make bench-pictures``)."""


@pytest.fixture
def archive(now: dt.datetime) -> None:
    seed(400, as_of=now, progress=lambda written: None)


@pytest.mark.usefixtures("archive")
class TestPages:
    def test_every_public_route_has_one_and_each_answers(self) -> None:
        found = pages()
        answers = {name: Client().get(address).status_code for name, address in found.items()}
        assert answers == {name: 404 if name.startswith("404") else 200 for name in found}
        paths = {unquote(address.partition("?")[0]) for address in found.values()} - {"/nothing/"}
        routes = {resolve(path).url_name for path in paths}
        assert routes == ROUTES - NOT_MEASURED


@pytest.mark.usefixtures("archive")
class TestDesk:
    def test_every_step_is_answered_and_publishes_what_it_says(self) -> None:
        before = Edition.objects.count()
        statuses = {name: ready()().status_code for name, ready in Desk().steps()}
        writes = {"save", "publish", f"publish {IN_BULK} in bulk"}
        assert statuses == {name: 302 if name in writes else 200 for name in statuses}
        assert writes <= statuses.keys()
        assert Edition.objects.count() == before + 1 + IN_BULK
