"""How a hit finds its page: by the words of the request alone, of which none is left out, and none is read twice."""

from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from reviews.models import PublicState
from reviews.public.page_cache import addressing, keeping
from reviews.public.page_cache.addressing import spelling_of
from reviews.public.page_cache.answering import KeptResponse
from reviews.seeding.factories import make_edition, make_outlet

HOST = "reviews.example"
PATHS = ("/", "/reviews/public/", "/reviews/?utm_source=x&before=x", "/feed.xml", "/nothing/")


def request(path: str = "/films/", **extra: Any) -> WSGIRequest:
    return RequestFactory().generic(extra.pop("REQUEST_METHOD", "GET"), path, **({"HTTP_HOST": HOST} | extra))


@pytest.mark.django_db
@pytest.mark.usefixtures("now", "pages_are_kept")
class TestAHit:
    @pytest.fixture(autouse=True)
    def site(self, now: object, settings: Any) -> None:
        settings.ALLOWED_HOSTS = [HOST]
        PublicState.objects.ensure()
        make_outlet()
        make_edition(slug="public")

    @pytest.mark.parametrize("path", PATHS)
    @pytest.mark.parametrize("cookie", ["", "messages=x; csrftoken=y"])
    def test_reads_no_address(self, path: str, cookie: str, monkeypatch: pytest.MonkeyPatch) -> None:
        def read(*args: object) -> None:
            raise AssertionError

        headers = {"Host": HOST} | ({"Cookie": cookie} if cookie else {})
        first = Client().get(path, headers=headers)
        monkeypatch.setattr(addressing, "resolve", read)
        monkeypatch.setattr(addressing, "QueryDict", read)
        monkeypatch.setattr(HttpRequest, "get_host", read)
        again = Client().get(path, headers=headers)
        assert (again.status_code, again.content) == (first.status_code, first.content)

    def test_remembers_no_more_spellings_than_have_room(self, settings: Any) -> None:
        settings.PAGE_CACHE_BYTES = 100_000
        for number in range(300):
            Client().get(f"/about/?x={'y' * number}", headers={"Host": HOST})
        assert 0 < len(keeping.KEEPER._spelled) < 20

    def test_keeps_one_page_however_the_host_is_spelled(self) -> None:
        """There are two to the power of its letters spellings, and each could push out everybody else's pages."""
        for host in (HOST, HOST.upper(), HOST.title(), f"{HOST}."):
            assert Client().get("/about/", headers={"Host": host}).status_code == 200
        assert len(keeping.KEEPER._pages) == 1


class TestASpelling:
    def test_has_all_that_decides(self) -> None:
        different = [
            request(),
            request(REQUEST_METHOD="HEAD", secure=True),
            request(HTTP_HOST="www.reviews.example"),
            request(HTTP_HOST=f"{HOST}:80"),
            request(SERVER_PORT="8000"),
            request("/films/?"),
            request("/films/?after=x"),
            request("/critics/"),
        ]
        different[1].environ["wsgi.url_scheme"] = "https"
        spelled = [spelling_of(each) for each in different]
        # An empty query is none.
        assert (None in spelled, len(set(spelled))) == (False, len(different) - 1)

    def test_is_none_where_more_decides(self, settings: Any) -> None:
        others = [
            request(REQUEST_METHOD="POST"),
            request(REQUEST_METHOD="PURGE"),
            request(SCRIPT_NAME="/elsewhere"),
        ]
        others.append(request())
        del others[-1].META["HTTP_HOST"]
        assert [spelling_of(each) for each in others] == [None] * len(others)
        settings.USE_X_FORWARDED_HOST = True
        assert spelling_of(request()) is None


def test_an_answer_is_what_django_would_have_made() -> None:
    header = ("Content-Type", "text/plain")
    ours = KeptResponse(410, {"content-type": header}, b"Gone.")
    theirs = HttpResponse(b"Gone.", status=410, headers=dict([header]))
    alike = {name: (repr(value), type(value)) for name, value in vars(theirs).items() if name != "headers"}
    assert {
        name: (repr(value), type(value)) for name, value in vars(ours).items() if name != "headers"
    } == alike
    assert bytes(ours) == bytes(theirs)
