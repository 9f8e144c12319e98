"""What a view can read of a request is in the key of its page, or is taken from the request before the view sees it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from reviews.models import PublicState
from reviews.public.page_cache.middleware import PageCacheMiddleware
from reviews.urls import urlpatterns

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now", "pages_are_kept")]

PAGE, HOST = "/reviews/", "reviews.example"


@pytest.fixture(autouse=True)
def made(now: object, settings: Any, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Put a view at an address that shows all that it is given, and count how often it is asked."""
    settings.ALLOWED_HOSTS = [HOST, f"www.{HOST}", f".{HOST}"]
    PublicState.objects.ensure()
    made = []

    def showing(request: HttpRequest) -> HttpResponse:
        made.append(1)
        sent = {name: request.META.get(name) for name in ("QUERY_STRING", "REQUEST_METHOD", "HTTP_COOKIE")}
        at = request.build_absolute_uri()
        return HttpResponse(f"{request.method} {at} {request.GET.urlencode()} {request.COOKIES} {sent}")

    route = next(each for each in urlpatterns if each.name == "review_list")
    monkeypatch.setattr(route, "callback", showing)
    return made


def asked(
    path: str = PAGE, method: str = "GET", *, secure: bool = False, below: str = "", **headers: str
) -> str:
    """What is answered; ``below`` is the prefix under which a server runs the site."""
    headers = {"Host": HOST} | headers
    response = Client().generic(method, path, secure=secure, headers=headers, SCRIPT_NAME=below)
    return response.content.decode()


def shown(at: str = f"http://{HOST}{PAGE}", query: str = "") -> str:
    sent = {"QUERY_STRING": query, "REQUEST_METHOD": "GET", "HTTP_COOKIE": None}
    return f"GET {at}{'?' if query else ''}{query} {query} {{}} {sent}"


@pytest.mark.parametrize(
    ("path", "method", "headers"),
    [
        (f"{PAGE}?utm_source=x&BEFORE=y&after=z", "GET", {}),
        (f"{PAGE}?", "GET", {}),
        (PAGE, "GET", {"Cookie": "messages=x; csrftoken=y"}),
        (PAGE, "GET", {"Cookie": f"sessionid={'x' * 32}"}),
        (PAGE, "HEAD", {}),
    ],
)
def test_what_decides_nothing_is_taken_from_the_request(
    path: str, method: str, headers: dict[str, Any], made: list[int]
) -> None:
    first = asked(path, method, **headers)
    assert first == (shown() if method == "GET" else "")
    assert [asked(), asked(path, **headers), len(made)] == [shown(), shown(), 1]


def test_of_the_query_only_what_the_view_reads_is_left_in_one_spelling() -> None:
    assert asked(f"{PAGE}?x=1&before=a%2fb&before=%63") == shown(query="before=c")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"path": f"{PAGE}?before=a"}, {"path": f"{PAGE}?before=b"}),
        ({"path": f"{PAGE}?before=a"}, {}),
        ({"Host": f"www.{HOST}"}, {}),
        ({"secure": True}, {}),
    ],
)
def test_what_decides_has_a_page_of_its_own(one: Any, other: Any, made: list[int]) -> None:
    answers = [asked(**each) for each in (one, other, one, other)]
    assert (answers[:2], len({*answers}), len(made)) == (answers[2:], 2, 2)


@pytest.mark.parametrize(
    "extra",
    [
        {"Host": f"x.{HOST}"},
        {"Host": f"{HOST}:8443"},
        {"below": "/elsewhere"},
        {"method": "POST"},
        {"method": "PURGE"},
    ],
)
def test_what_anybody_can_think_of_is_not_kept(extra: Any, made: list[int]) -> None:
    answers = [asked(**extra) for _ in range(2)]
    assert (len({*answers, asked()}), len(made)) == (2, 3)
    assert asked() == shown()


def set_cookie(response: Any) -> None:
    response.set_cookie("x", "y")


def says(name: str, value: str) -> Callable[[Any], None]:
    def say(response: Any) -> None:
        response.headers[name] = value

    return say


def has_status(status: int) -> Callable[[Any], None]:
    def end(response: Any) -> None:
        response.status_code = status

    return end


def streams(response: Any) -> None:
    response.streaming = True


class TestAnAnswer:
    """Of what is behind the page cache, whatever another middleware says of it."""

    def times_made(self, path: str, change: Callable[[Any], None]) -> int:
        made = []

        def make(request: HttpRequest) -> HttpResponse:
            made.append(1)
            response = HttpResponse("Mine.")
            change(response)
            return response

        cache = PageCacheMiddleware(make)
        for _ in range(2):
            assert cache(RequestFactory(headers={"Host": HOST}).get(path)).content == b"Mine."
        return len(made)

    @pytest.mark.parametrize(
        "change", [lambda response: None, says("Vary", "accept-encoding"), *map(has_status, (301, 404, 410))]
    )
    def test_for_all_is_kept(self, change: Callable[[Any], None]) -> None:
        assert self.times_made("/about/", change) == 1

    @pytest.mark.parametrize(
        "change",
        [
            set_cookie,
            says("Cache-Control", "private"),
            says("Vary", "Accept-Language"),
            says("Vary", "Accept-Encoding, Cookie"),
            *map(has_status, (206, 302, 400, 500)),
            streams,
        ],
    )
    def test_for_one_visitor_or_a_moment_is_not(self, change: Callable[[Any], None]) -> None:
        assert self.times_made("/about/", change) == 2

    @pytest.mark.parametrize("path", ["/preview/x/", "/admin/", "/static/x.css", "/films/public"])
    def test_at_an_address_of_no_page_is_not(self, path: str) -> None:
        assert self.times_made(path, lambda response: None) == 2
