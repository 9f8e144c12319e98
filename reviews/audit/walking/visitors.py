"""Who asks, and in which ways: the methods, encodings, roles and states of the page cache."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.test import Client
from django.test.utils import override_settings

from reviews.audit.accounts import new_account
from reviews.audit.asking import AS_EDITOR, OTHERS, ReadsTheDesk, SetsACookie, SiteAnswer, ask
from reviews.audit.walking.tours import TIME_MACHINE, Stop

COLD, WARM, UNCACHED, CONDITIONAL = "GET", "GET, warm", "GET, uncached", "GET, conditional"
ENCODED = {"GET, gzip": "gzip", "GET, br": "br, gzip;q=0.5"}
METHODS = ("HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE")
"""The other methods, without data: no reader's page takes any."""
AS_CRITIC = "GET as a critic"
ELSEWHERE = "GET, another process"
OF_A_CDN = "purge"
"""The way in which hiding something asks a CDN to drop pages."""

WORDS = {
    COLD: "a reader, for the first time",
    WARM: "a reader, from the page cache",
    UNCACHED: "a reader, with the page cache off",
    CONDITIONAL: "a reader, whose browser has the page already",
    ELSEWHERE: "a reader, from another process that cached the pages before anything was hidden",
    **{way: f"a reader, compressed ({way.rpartition(' ')[2]})" for way in ENCODED},
    **{method: f"a reader, by the method {method}" for method in METHODS},
    **{way: f"{way.removeprefix('GET as ')}, signed in" for way in (AS_EDITOR, *OTHERS)},
    OF_A_CDN: "a CDN that is asked to drop pages",
}
"""Who asked in each way, for people."""

NOT_TO_BE = (ReadsTheDesk, SetsACookie)


class Heard(NamedTuple):
    """An answer of a walk. ``fault`` says what no answer to a reader may do, and this one did."""

    stop: Stop
    way: str
    answer: SiteAnswer
    fault: str = ""


class Visitor(Client):
    """Asks at the site's own address."""

    def request(self, **request: Any) -> Any:
        place = urlsplit(settings.SITE_URL)
        usual = {"http": 80, "https": 443}[place.scheme]
        server = {
            "SERVER_NAME": place.hostname,
            "SERVER_PORT": str(place.port or usual),
            "wsgi.url_scheme": place.scheme,
        }
        return super().request(**request | server)


class Visitors:
    """A reader without an account, and one signed in for each role. A page is asked for cold, and at once again in the
    other ways; the time machine by a critic, whom it may tell nothing of others' copy."""

    def __init__(self) -> None:
        self.reader = Visitor(raise_request_exception=False)
        self.signed_in: dict[str, Client] = {}
        for way in (AS_EDITOR, *OTHERS):
            self.signed_in[way] = Visitor(raise_request_exception=False)
            self.signed_in[way].force_login(new_account(way.rpartition(" ")[2].capitalize()))

    def asking(self, stop: Stop) -> Iterator[Heard]:
        """Ask for an address in every way that it is to be asked for."""
        cold = self._heard(stop, COLD)
        yield cold
        if stop.route == TIME_MACHINE:
            yield self._asked(self.signed_in[AS_CRITIC], stop, AS_CRITIC, {})[0]
        if not stop.is_for_all:
            return
        yield self._heard(stop, WARM)
        if etag := cold.answer.headers.get("ETag"):
            yield self._heard(stop, CONDITIONAL, {"If-None-Match": etag})
        for way, encoding in ENCODED.items():
            yield self._heard(stop, way, {"Accept-Encoding": encoding})
        for method in METHODS:
            yield self._heard(stop, method)
        with override_settings(PAGE_CACHE=False):
            yield self._heard(stop, UNCACHED)
        yield from self._signed_in(stop)

    def _signed_in(self, stop: Stop) -> Iterator[Heard]:
        """Only the database knows a session's user: if no query read it, the answer cannot depend on the role."""
        heard, looked = self._asked(self.signed_in[AS_EDITOR], stop, AS_EDITOR, {})
        yield heard
        if looked:
            for way in OTHERS:
                yield self._asked(self.signed_in[way], stop, way, {})[0]

    def _heard(self, stop: Stop, way: str, headers: Mapping[str, str] | None = None) -> Heard:
        return self._asked(self.reader, stop, way, headers or {})[0]

    def _asked(self, client: Client, stop: Stop, way: str, headers: Mapping[str, str]) -> tuple[Heard, bool]:
        # At the desk's door everybody gets the cookie of its form.
        method = way.partition(" ")[0].rstrip(",")
        how = method if client is self.reader and ":" not in stop.route else f"{method} at the desk"
        try:
            answer, looked = ask(client, how, stop.address, **headers)
        except NOT_TO_BE as error:
            return Heard(stop, way, SiteAnswer(0, {}, b"", 0, 0), type(error).__name__), False
        if how != method:
            # Django writes the real time there, to say that a page of the desk is old at once.
            answer.headers.pop("Expires", None)
        return Heard(stop, way, answer), looked
