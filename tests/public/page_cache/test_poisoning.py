"""What one visitor sends never reaches another: whoever comes next gets what an empty cache would have given them."""

from collections.abc import Mapping
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse, QueryDict
from django.test import Client

from reviews import clock
from reviews.models import Outlet, PublicState
from reviews.models.public import state
from reviews.public.page_cache import addressing, forget, middleware
from reviews.public.page_cache.addressing import Address
from reviews.public.page_cache.answering import answer
from reviews.public.page_cache.keeping import KEEPER
from reviews.public.page_cache.representations import KeptPage
from reviews.seeding.factories import make_account, make_edition, make_film, make_outlet
from tests.gate.night import in_turn
from tests.leaks.planting import build, populate
from tests.leaks.walk import known_addresses

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now", "pages_are_kept")]

PAGE, FILM, HOST = "/reviews/public/", "/films/public/", "reviews.example"
OURS = ("/", PAGE, FILM, "/films/", "/feed.xml", "/sitemap.xml", "/robots.txt", "/never/", "/reviews/never/")


def header(name: str, value: str) -> dict[str, str]:
    return {f"HTTP_{name.upper().replace('-', '_')}": value}


TRIES: Mapping[str, dict[str, Any]] = {
    # -- The query ----------------------------------------------------------------------------------------------
    "a query that no view reads": {"QUERY_STRING": "utm_source=x&fbclid=y"},
    "a query of half a megabyte": {"QUERY_STRING": "after=" + "x" * 500_000},
    "a query in another order": {"QUERY_STRING": "order=outlet&before=&x[]=1&BEFORE=x"},
    "a fragment in a query": {"QUERY_STRING": "after=x%23&%23before=x"},
    "a query of nothing": {"QUERY_STRING": "%00=%00&before=%00"},
    "a query of markup": {"QUERY_STRING": "x=%3Cscript%3E"},
    "a cursor that is none": {"QUERY_STRING": "before=x&after=x&from=x"},
    "an empty cursor": {"QUERY_STRING": "before=&after=&from="},
    "a cursor twice": {"QUERY_STRING": "before=20250101T000000000000Z-" + "0" * 32 + "&before=x"},
    "an order of aspects": {"QUERY_STRING": "order=outlet"},
    "half an escape": {"QUERY_STRING": "before=%E2%28&%"},
    "a query of bytes that are no text": {"QUERY_STRING": "after=\xff\xfe"},
    "a thousand parameters and more": {"QUERY_STRING": "&".join(f"a{n}=1" for n in range(6_000))},
    "a query after a semicolon": {"QUERY_STRING": "a=1;before=x"},
    # -- The host and the scheme --------------------------------------------------------------------------------
    "another host": header("Host", "elsewhere.example"),
    "another port": header("Host", f"{HOST}:8443"),
    "a host below ours": header("Host", f"x.{HOST}"),
    "a host in capitals": header("Host", HOST.upper()),
    "a host with a dot": header("Host", f"{HOST}."),
    "a host with a user": header("Host", f"x@{HOST}"),
    "a forwarded host": header("X-Forwarded-Host", "elsewhere.example"),
    "a forwarded server": header("X-Forwarded-Server", "elsewhere.example"),
    "a forwarded scheme": header("X-Forwarded-Proto", "https"),
    "a forwarded port": header("X-Forwarded-Port", "8443"),
    "a forwarded prefix": header("X-Forwarded-Prefix", "/elsewhere"),
    "all of them in one": header("Forwarded", "host=elsewhere.example;proto=https"),
    "https": {"wsgi.url_scheme": "https"},
    "an original address": header("X-Original-URL", "/admin/") | header("X-Rewrite-URL", "/admin/"),
    "a scheme of its own": {"wsgi.url_scheme": "HTTPS"},
    "two hosts in one": header("Host", f"{HOST}, elsewhere.example"),
    "a forwarded host among ours": header("X-Forwarded-Host", f"{HOST}:8443"),
    # -- The path -----------------------------------------------------------------------------------------------
    "a script's name": {"SCRIPT_NAME": "/elsewhere"},
    "a method in a header": header("X-HTTP-Method-Override", "POST"),
    # -- Cookies and who asks -----------------------------------------------------------------------------------
    "a session that is none": header("Cookie", f"sessionid={'x' * 32}"),
    "a cookie of messages": header("Cookie", "messages=x; csrftoken=y; django_language=de"),
    "two sessions": header("Cookie", f"sessionid={'x' * 32}; sessionid={'y' * 32}"),
    "a session in capitals": header("Cookie", "SESSIONID=x"),
    "a cookie of a megabyte": header("Cookie", "a=" + "x" * 1_000_000),
    "a password": header("Authorization", "Basic eDp4"),
    "a language": header("Accept-Language", "de"),
    # -- What is asked for --------------------------------------------------------------------------------------
    "a HEAD": {"REQUEST_METHOD": "HEAD"},
    "a POST": {"REQUEST_METHOD": "POST"},
    "OPTIONS": {"REQUEST_METHOD": "OPTIONS", **header("Access-Control-Request-Method", "GET")},
    "a method of its own": {"REQUEST_METHOD": "GET\t"},
    "a range": header("Range", "bytes=0-0"),
    "a part that it has": header("If-None-Match", "*"),
    "a weak one of many": header("If-None-Match", ", ".join([*(f'W/"{n}"' for n in range(2_000)), "*"])),
    "half a validator": header("If-None-Match", '"x'),
    "another page than": header("If-Match", '"x"')
    | header("If-Unmodified-Since", "Fri, 06 Jun 1975 12:00:00 GMT"),
    "a range of what it has": header("If-Range", "*") | header("Range", "bytes=-1,0-0,x"),
    "a date that it has": header("If-Modified-Since", "Fri, 06 Jun 2035 12:00:00 GMT"),
    "an encoding of ours": header("Accept-Encoding", "br"),
    "an encoding in capitals": header("Accept-Encoding", "GZIP;Q=1.0, Identity;q=0"),
    "no encoding of ours": header("Accept-Encoding", "br;q=0, gzip;q=0, identity;q=0, *;q=0"),
    "any encoding": header("Accept-Encoding", "*"),
    "an encoding by half": header("Accept-Encoding", "gzip;q=0.5;q=2, br;q=x, ;;,"),
    "an encoding of nobody's": header("Accept-Encoding", "zstd, x;q=1, \xff"),
    "another type": header("Accept", "application/json"),
    "a purge": {"REQUEST_METHOD": "PURGE"},
    "an order to store nothing": header("Cache-Control", "no-store") | header("Pragma", "no-cache"),
    "an origin": header("Origin", "https://elsewhere.example"),
    "a request's id": header("X-Request-ID", "elsewhere-0123456789"),
}


@pytest.fixture(autouse=True)
def site(now: object, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(state, "KNOWN_FOR", 0)
    settings.ALLOWED_HOSTS = [HOST, f".{HOST}"]
    settings.SECURE_HSTS_SECONDS = 60  # Said over https alone.
    PublicState.objects.ensure()
    make_outlet()
    make_edition(slug="public", film=make_film(slug="public"))


def protect_nothing(patch: pytest.MonkeyPatch) -> None:
    """Keep every answer by its path alone, and show in each what the visitor sent: what a row must notice."""

    def made(self: Any, request: HttpRequest) -> tuple[HttpResponse, KeptPage]:
        response = self.get_response(request)
        sent = {name: str(value) for name, value in request.META.items() if not name.startswith("SERVER")}
        response.content = f"{sorted(sent.items())}".encode()
        page = KeptPage.made_from(response)
        return answer(page, request, clock.now()), page

    patch.setattr(middleware.PageCacheMiddleware, "_made", made)
    patch.setattr(middleware, "is_for_readers", lambda request: True)
    patch.setattr(middleware, "spelling_of", lambda request: None)
    patch.setattr(middleware, "has_session", lambda request: False)
    patch.setattr(middleware, "without_cookies", lambda request: None)
    patch.setattr(middleware, "address_of", lambda request: Address("", "", request.path_info))


def asked(path: str, **extra: Any) -> Any:
    client = Client(raise_request_exception=False)
    return client.generic(extra.pop("REQUEST_METHOD", "GET"), path, **(header("Host", HOST) | extra))


def told(response: Any) -> tuple[int, dict[str, str], bytes]:
    headers = {name: value for name, value in response.headers.items() if name != "X-Request-ID"}
    return response.status_code, headers, response.content


class TestWhoeverComesNext:
    @pytest.mark.parametrize("attempt", in_turn(list(TRIES)))
    def test_gets_what_an_empty_cache_gives(self, attempt: str) -> None:
        clean = {}
        for path in OURS:
            forget()
            clean[path] = told(asked(path))
        forget()
        for path in OURS:
            assert asked(path, **TRIES[attempt]).status_code < 500
        assert {path: told(asked(path)) for path in OURS} == clean
        # Nor does what is kept reach whoever tries.
        for path in OURS:
            warm = told(asked(path, **TRIES[attempt]))
            forget()
            assert told(asked(path, **TRIES[attempt])) == warm, path
            asked(path)

    @pytest.mark.nightly
    @pytest.mark.parametrize("attempt", TRIES)
    def test_is_noticed_to_get_anything_else(self, attempt: str, monkeypatch: pytest.MonkeyPatch) -> None:
        protect_nothing(monkeypatch)
        clean = told(asked(PAGE))
        forget()
        asked(PAGE, **TRIES[attempt])
        assert told(asked(PAGE)) != clean

    @pytest.mark.parametrize(
        "path",
        [
            "//",
            "//films/",
            "/films//",
            "/films/./",
            "/films/%2e%2e/",
            "/films/public",
            "/films/%00/",
            "/FILMS/",
            "/films%2F",
            "/films;x/",
            "/%66ilms/",
            "/films/../films/",
            "/films/%E2%80%8B/",
            "/films/e%CC%81/",
            "/films/%C3%A9/",
            "/films/%FF/",
            f"/films/{'x' * 5_000}/",
            "/films/PUBLIC/",
            "/films/%2570ublic/",
            "/films//public/",
            "/films/public%20/",
            "/films/public%2F",
        ],
    )
    def test_at_an_address_like_it(self, path: str) -> None:
        like_it = ("/films/", FILM, "/never/")
        clean = [told(asked(each)) for each in like_it]
        forget()
        crooked = told(asked(path))
        assert crooked[0] < 500
        assert [told(asked(each)) for each in like_it] == clean
        assert told(asked(path)) == crooked

    def test_gets_no_page_of_somebody_signed_in(self) -> None:
        clean = told(asked(PAGE))
        forget()
        client = Client()
        client.force_login(make_account("Publisher"))
        assert b"csrfmiddlewaretoken" in client.get(PAGE, headers={"Host": HOST}).content
        assert told(asked(PAGE)) == clean
        assert b"csrfmiddlewaretoken" in client.get(PAGE, headers={"Host": HOST}).content


class TestWhatAViewReads:
    def test_is_listed_for_every_route(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A view that reads more of the query would be given none of it."""
        read: dict[str, set[str]] = {}

        class Noting(QueryDict):
            def __getitem__(self, name: str) -> Any:
                noted.add(name)
                return super().__getitem__(name)

            def __contains__(self, name: object) -> bool:
                noted.add(str(name))
                return super().__contains__(name)

            def get(self, name: str, default: Any = None) -> Any:
                noted.add(name)
                return super().get(name, default)

        def stripped(request: HttpRequest, names: tuple[str, ...]) -> str:
            request.GET = Noting("")
            return ""

        Outlet.objects.all().delete()
        build(populate)
        monkeypatch.setattr(addressing, "_query", stripped)
        for address in known_addresses(queries=False):
            noted: set[str] = set()
            response = asked(address)
            if response.resolver_match:
                read.setdefault(response.resolver_match.url_name, set()).update(noted)
        assert {route: names for route, names in read.items() if names} == {
            route: set(names) for route, names in addressing.ASKED.items()
        }


class TestTheBound:
    def test_holds_whatever_is_asked_for(self, settings: Any) -> None:
        settings.PAGE_CACHE_BYTES = 200_000
        page = told(asked(PAGE))
        for number in range(60):
            asked(f"/films/?after={number:032x}-x")
            asked(f"/films/never-{number}/")
            asked(f"/never/{'x' * 500}/{number}/")
            asked(f"/side-by-side/one-{number}/public/")
        assert KEEPER.weight <= 200_000
        assert told(asked(PAGE)) == page
