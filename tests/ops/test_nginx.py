"""The snippet for nginx (deploy/nginx.conf), with the real nginx in front of a server that counts who asks."""

import http.client
import http.server
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.bench.lift.proxy import nginx

pytestmark = pytest.mark.nightly

LIFETIME = 2


@dataclass
class Upstream:
    """A server that answers as the site would; ``wait`` is how long it takes, ``headers`` are those of its answers."""

    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    wait: float = 0.0
    status: int = 200
    headers: dict[str, str] = field(
        default_factory=lambda: {
            "Cache-Control": f"max-age=0, must-revalidate, s-maxage={LIFETIME}",
            "Vary": "Accept-Encoding",
            "ETag": '"x"',
        }
    )


@pytest.fixture
def upstream() -> Upstream:
    return Upstream()


@pytest.fixture
def address(upstream: Upstream, request: pytest.FixtureRequest) -> Iterator[str]:
    """That of nginx in front; the parameter says whether a CDN is in front of that."""

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            upstream.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
            left = int(self.headers.get("Content-Length") or 0)
            while left > 0:
                left -= len(self.rfile.read(min(left, 1_000_000)))
            time.sleep(upstream.wait)
            body = f"Answer {len(upstream.asked)}.".encode()
            self.send_response(upstream.status)
            for name, value in {**upstream.headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET

        def log_message(self, *args: Any) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        behind = getattr(request, "param", False)
        with nginx(f"127.0.0.1:{server.server_port}", behind_a_cdn=behind) as front:
            yield front.address.removeprefix("http://")
    finally:
        server.shutdown()
        server.server_close()


def ask(address: str, path: str = "/", method: str = "GET", **headers: str) -> tuple[int, bytes, Any]:
    connection = http.client.HTTPConnection(address, timeout=10)
    connection.request(method, path, headers=headers)
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response.status, body, response.headers


def many(address: str, number: int = 20) -> list[bytes]:
    bodies: list[bytes] = []
    threads = [threading.Thread(target=lambda: bodies.append(ask(address)[1])) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    return bodies


class TestWhatItKeeps:
    def test_is_asked_for_once_until_its_time_is_over(self, address: str, upstream: Upstream) -> None:
        assert [ask(address)[1] for _ in range(3)] == [b"Answer 1."] * 3
        time.sleep(LIFETIME + 1.1)
        assert ask(address)[1] == b"Answer 2."

    def test_is_asked_for_by_one_of_many(self, address: str, upstream: Upstream) -> None:
        upstream.wait = 0.5
        assert many(address) == [b"Answer 1."] * 20
        assert len(upstream.asked) == 1

    def test_is_never_shown_when_its_time_is_over(self, address: str, upstream: Upstream) -> None:
        ask(address)
        time.sleep(LIFETIME + 1.1)
        upstream.status = 503
        assert ask(address)[0] == 503

    def test_is_nothing_in_the_last_second_of_a_minute(self, address: str, upstream: Upstream) -> None:
        upstream.headers["Cache-Control"] = "max-age=0, must-revalidate, s-maxage=0"
        assert [ask(address)[1] for _ in range(2)] == [b"Answer 1.", b"Answer 2."]

    @pytest.mark.parametrize("said", ["private, no-store", "no-cache"])
    def test_is_nothing_that_is_for_one_visitor(self, address: str, upstream: Upstream, said: str) -> None:
        upstream.headers["Cache-Control"] = said
        answers = [ask(address) for _ in range(2)]
        assert [answer[1] for answer in answers] == [b"Answer 1.", b"Answer 2."]
        assert answers[0][2]["Cache-Control"] == said

    def test_is_nothing_of_whoever_may_be_signed_in(self, address: str, upstream: Upstream) -> None:
        assert ask(address, Cookie="a=b; sessionid=x")[1] == b"Answer 1."
        assert ask(address)[1] == b"Answer 2."
        assert ask(address, Cookie="sessionid=x")[1] == b"Answer 3."
        assert ask(address)[1] == b"Answer 2."

    def test_is_nothing_that_was_posted_or_sets_a_cookie(self, address: str, upstream: Upstream) -> None:
        assert [ask(address, method="POST")[1], ask(address)[1]] == [b"Answer 1.", b"Answer 2."]
        upstream.headers["Set-Cookie"] = "x=y"
        assert [ask(address, "/other/")[1] for _ in range(2)] == [b"Answer 3.", b"Answer 4."]

    @pytest.mark.parametrize("path", ["/preview/secret/", "/admin/"])
    def test_is_nothing_of_previews_and_the_desk(self, address: str, upstream: Upstream, path: str) -> None:
        assert [ask(address, path)[1] for _ in range(2)] == [b"Answer 1.", b"Answer 2."]


class TestWhatItTakes:
    @pytest.mark.parametrize(
        ("path", "megabytes", "status"),
        [
            ("/admin/reviews/picture/add/", 90, 200),
            ("/admin/reviews/picture/add/", 101, 413),
            ("/admin/reviews/picture/123/version/", 21, 200),
            ("/admin/reviews/picture/123/change/", 9, 413),
            ("/admin/reviews/picture/add/words/", 9, 413),
            ("/admin/", 7, 200),
        ],
    )
    def test_is_as_long_as_its_address_needs(
        self, address: str, path: str, megabytes: int, status: int
    ) -> None:
        connection = http.client.HTTPConnection(address, timeout=10)
        connection.putrequest("POST", path)
        connection.putheader("Content-Length", str(megabytes * 1024 * 1024))
        connection.endheaders()
        if status == 200:
            connection.send(bytes(megabytes * 1024 * 1024))
        assert connection.getresponse().status == status
        connection.close()


class TestWhatItTells:
    def test_the_site_which_host_and_scheme_and_one_of_three_encodings(
        self, address: str, upstream: Upstream
    ) -> None:
        for path in ("/", "/preview/secret/", "/admin/"):
            ask(address, path, **{"Accept-Encoding": "gzip, deflate, br, zstd"})
            heard = upstream.asked[-1][1]
            assert (heard["host"], heard["accept-encoding"]) == ("127.0.0.1", "br")
            assert (heard["x-forwarded-proto"], heard["x-forwarded-for"]) == ("http", "127.0.0.1")

    def test_encodings_apart(self, address: str, upstream: Upstream) -> None:
        bodies = [
            ask(address, **{"Accept-Encoding": accepted})[1]
            for accepted in ("br, gzip", "gzip", "", "gzip, deflate", "gzip, br;q=1.0", "br;q=0, gzip")
        ]
        assert bodies == [b"Answer %d." % number for number in (1, 2, 3, 2, 1, 2)]

    def test_browsers_to_ask_each_time_and_nothing_of_keys(self, address: str, upstream: Upstream) -> None:
        upstream.headers["Surrogate-Key"] = "film-1"
        for _ in range(2):
            headers = ask(address)[2]
            assert headers["Cache-Control"] == "max-age=0, must-revalidate"
            assert headers["ETag"] == '"x"'
            assert (headers["Surrogate-Key"], headers["Age"]) == (None, None)

    def test_browsers_to_keep_a_picture_for_a_day(self, address: str, upstream: Upstream) -> None:
        upstream.headers["Cache-Control"] = f"public, max-age=86400, s-maxage={LIFETIME}"
        for _ in range(2):
            assert ask(address, "/pictures/x/y.jpg")[2]["Cache-Control"] == "public, max-age=86400"
        assert len(upstream.asked) == 1

    def test_whoever_has_a_page_that_they_have_it(self, address: str, upstream: Upstream) -> None:
        ask(address)
        assert ask(address, **{"If-None-Match": '"x"'})[:2] == (304, b"")
        assert len(upstream.asked) == 1


@pytest.mark.parametrize("address", [True], indirect=True, ids=["behind a CDN"])
class TestBehindACdn:
    def test_it_keeps_nothing_and_passes_on_keys_and_lifetimes(
        self, address: str, upstream: Upstream
    ) -> None:
        upstream.headers["Surrogate-Key"] = "film-1"
        answers = [ask(address, **{"Accept-Encoding": "br"}) for _ in range(2)]
        assert [answer[1] for answer in answers] == [b"Answer 1.", b"Answer 2."]
        assert answers[1][2]["Surrogate-Key"] == "film-1"
        assert answers[1][2]["Cache-Control"] == f"max-age=0, must-revalidate, s-maxage={LIFETIME}"
        assert upstream.asked[-1][1]["accept-encoding"] == "br"
