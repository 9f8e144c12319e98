"""Behind a CDN every public answer says which things it names; otherwise none does."""

from typing import Any

import pytest
from django.test import Client

from reviews.models import PublicState
from reviews.rules.surrogate_keys import LISTS, SITE, key_of
from reviews.seeding.factories import make_account, make_edition, make_outlet
from tests.leaks.walk import known_addresses

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now", "pages_are_kept")]

PAGE = "/reviews/public/"


@pytest.fixture(autouse=True)
def site(settings: Any, now: object) -> None:
    settings.CDN_PURGE_URL = "http://cdn.invalid/"
    PublicState.objects.ensure()
    make_outlet()
    make_edition(slug="public", tags=("noir",))


def keys(path: str, client: Client | None = None, **headers: str) -> set[str]:
    response = (client or Client()).get(path, headers=headers)
    return {*response.headers.get("Surrogate-Key", "").split()}


class TestTheHeader:
    def test_is_not_there_without_a_cdn(self, settings: Any) -> None:
        settings.CDN_PURGE_URL = ""
        for address in known_addresses(queries=False):
            assert "Surrogate-Key" not in Client().get(address).headers, address

    def test_names_what_a_page_shows(self) -> None:
        edition = make_edition(slug="other")
        shown = {key_of(PAGE), key_of("/tags/noir/")}
        assert keys(PAGE) >= {SITE, *shown}
        assert key_of(edition.get_absolute_url()) in keys("/")
        assert LISTS in keys("/")
        assert LISTS not in keys(PAGE)

    def test_names_nothing_where_nothing_is(self) -> None:
        assert keys("/reviews/never/") == keys("/never/")
        assert LISTS in keys("/never/")

    def test_is_the_same_however_it_is_asked_for(self) -> None:
        for path in (PAGE, "/", "/feed.xml", "/sitemap-reviews.xml", "/never/"):
            cold = keys(path)
            etag = Client().get(path).headers.get("ETag", "")
            assert cold
            assert keys(path) == keys(path, accept_encoding="br") == cold
            assert keys(path, if_none_match=etag) == cold
            assert {*Client().head(path).headers["Surrogate-Key"].split()} == cold

    def test_is_not_there_where_no_cache_may_keep_the_answer(self) -> None:
        client = Client()
        client.force_login(make_account("Publisher"))
        assert keys(PAGE, client) == set()
        for path in ("/admin/", "/preview/x/", "/static/never.css"):
            assert keys(path) <= keys("/never/")
        assert "Surrogate-Key" not in Client().post(PAGE).headers
