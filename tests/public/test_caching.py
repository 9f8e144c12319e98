"""How responses may be cached, and that public ones are the same for everybody."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from reviews.public.page_cache import addressing
from reviews.seeding.factories import make_account, make_edition, make_outlet
from tests.leaks.walk import known_addresses
from tests.preview_page.sending import answer, sent

pytestmark = pytest.mark.django_db

PAGE = "/reviews/public/"
FILES = (addressing.PICTURES, addressing.CARDS)
NO_SESSIONS = {
    "a short one": "sessionid=x",
    "one that never was": f"sessionid={'x' * 32}",
    "an empty one": "sessionid=",
    "a proof that is none": "csrftoken=x",
    "both": f"sessionid={'x' * 32}; csrftoken=x",
    "a message": "messages=x; sessionid=x",
}
"""Cookies that anybody may send and that identify nobody."""


@pytest.fixture(autouse=True)
def site(now: object) -> None:
    make_outlet()
    make_edition(slug="public")
    assert Client().get(PAGE).status_code == 200


def asked(path: str, cookie: str = "") -> tuple[int, object, bytes]:
    client = Client(headers={"Cookie": cookie} if cookie else {}, raise_request_exception=False)
    return answer(path, client)


class TestEveryPublicAnswer:
    def test_is_revalidated_before_reuse(self) -> None:
        seen = set()
        for address in [
            *known_addresses(queries=True),
            PAGE,
            "/nothing",
            "/reviews/public",
            "/favicon.ico",
            "//",
        ]:
            response = Client().get(address)
            assert response.headers["Cache-Control"] == (
                # Nothing is kept of a file that is not there.
                "no-cache" if address.startswith(FILES) else "max-age=0, must-revalidate, s-maxage=60"
            ), address
            seen.add(response.status_code)
        assert seen >= {200, 301, 404}

    def test_to_a_head_too(self) -> None:
        assert Client().head(PAGE).headers["Cache-Control"] == Client().get(PAGE).headers["Cache-Control"]

    @pytest.mark.parametrize("method", ["post", "options", "delete"])
    def test_but_none_by_another_method_is_kept(self, method: str) -> None:
        assert getattr(Client(), method)(PAGE).headers["Cache-Control"] == "no-cache"

    def test_of_a_host_that_is_not_ours(self) -> None:
        response = Client().get(PAGE, headers={"host": "elsewhere.example"})
        assert (response.status_code, response.headers["Cache-Control"]) == (400, "no-cache")

    def test_on_the_way_to_https(self, settings: Any) -> None:
        settings.SECURE_SSL_REDIRECT = True
        response = Client().get(PAGE)
        assert (response.status_code, response.headers["Cache-Control"]) == (301, "no-cache")


class TestACookieThatIsNoSession:
    @pytest.mark.parametrize("cookie", NO_SESSIONS.values(), ids=NO_SESSIONS)
    def test_gets_what_anybody_gets(self, cookie: str) -> None:
        for path in (PAGE, "/", "/feed.xml", "/reviews/never/", "/reviews/public", "/robots.txt"):
            assert asked(path, cookie) == asked(path), path

    def test_nor_is_a_session_that_has_ended(self) -> None:
        client = Client()
        client.force_login(make_account("Publisher"))
        cookie = f"sessionid={client.cookies['sessionid'].value}"
        client.session.flush()
        assert asked(PAGE, cookie) == asked(PAGE)

    def test_nor_one_that_nobody_signed_in_to_beyond_its_page(self) -> None:
        client = Client()
        client.force_login(make_account("Publisher"))
        for path in ("/", "/feed.xml", "/reviews/never/"):
            assert answer(path, client) == answer(path), path

    def test_is_taken_back_at_the_desk(self) -> None:
        response = Client(headers={"Cookie": "sessionid=x"}).get("/admin/")
        assert response.cookies["sessionid"].value == ""


class TestWhoeverIsSignedIn:
    @pytest.mark.parametrize("role", ["Critic", "Editor", "Publisher"])
    def test_gets_a_page_that_no_cache_keeps_if_the_session_was_read(self, role: str) -> None:
        client = Client()
        client.force_login(make_account(role))
        assert client.get(PAGE).headers["Cache-Control"] == "private, no-store"

    def test_gets_the_csrf_cookie_of_the_desks_bar(self) -> None:
        client = Client()
        client.force_login(make_account("Publisher"))
        assert client.get(PAGE).cookies["csrftoken"].value


class TestTheDesk:
    def test_has_the_address_that_the_middleware_skips(self) -> None:
        assert reverse("admin:index") == addressing.DESK


class TestTheAddressOfAPreview:
    @pytest.fixture
    def path(self) -> str:
        path = sent()
        assert path.startswith(addressing.PREVIEWS)
        return path

    def test_without_its_slash_is_kept_by_nobody_either(self, path: str) -> None:
        headers = Client().get(path).headers
        response = Client().get(path.rstrip("/"))
        assert (response.status_code, response.headers["Location"]) == (301, path)
        for name in ("Cache-Control", "Referrer-Policy", "X-Robots-Tag"):
            assert response.headers[name] == headers[name] != ""
        assert headers["Cache-Control"] == "private, no-store"
        assert headers["Referrer-Policy"] == "no-referrer"

    def test_nor_on_the_way_to_https(self, path: str, settings: Any) -> None:
        settings.SECURE_SSL_REDIRECT = True
        response = Client().get(path)
        assert response.status_code == 301
        assert response.headers["Cache-Control"] == "private, no-store"
        assert response.headers["Referrer-Policy"] == "no-referrer"

    def test_is_answered_so_whether_or_not_it_opens_anything(self, path: str) -> None:
        never = f"/preview/{'x' * 43}"
        one, other = (answer(address) for address in (path.rstrip("/"), never))
        assert one[0] == other[0] == 301
        assert {**one[1][0], "Location": ""} == {**other[1][0], "Location": ""}
        assert answer(f"{never}/") == answer("/nothing/")

    def test_where_nothing_may_be_posted(self, path: str) -> None:
        response = Client().post(path)
        assert response.status_code == 405
        assert response.headers["Cache-Control"] == "private, no-store"
