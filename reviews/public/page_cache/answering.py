"""What a page says to the outside. It is the same whatever is hidden, and whether the page was kept.

Browsers ask each time. Shared caches may keep an answer to the next whole minute: the length of that time tells of the
clock alone, and not of what will happen when.
"""

import datetime as dt
import re
from collections.abc import Callable
from functools import lru_cache
from http.cookies import SimpleCookie

from django.http import HttpRequest, HttpResponse
from django.http.response import ResponseHeaders
from django.utils.http import parse_etags

from reviews import clock
from reviews.public.page_cache.representations import BROTLI, GZIP, IDENTITY, VARY, Form, Header, KeptPage

_PREFERRED = (BROTLI, GZIP, IDENTITY)
_WEIGHT = re.compile(r"q=(0(\.[0-9]{0,3})?|1(\.0{0,3})?)", re.I)
_MINUTE, _DAY = 60, 24 * 60 * 60
_LIFETIMES: tuple[Header, ...] = tuple(
    ("Cache-Control", f"max-age=0, must-revalidate, s-maxage={left}") for left in range(_MINUTE + 1)
)
"""By the whole seconds that are left of a minute."""
LONGEST_REMEMBERED = 120
"""The most characters of an ``Accept-Encoding`` that is not read anew each time. Browsers' have 30."""


def lifetime(at: dt.datetime, now: dt.datetime) -> Header:
    """The ``Cache-Control`` of an answer that is sent now and was right at a moment (both aware): its minute's rest.

    None is left if the clock was put back meanwhile.
    """
    return _LIFETIMES[_seconds_left(at, now)]


def lifetime_of_file(now: dt.datetime) -> str:
    """The ``Cache-Control`` of a picture that is sent now (aware): a day in browsers, whatever becomes of it.

    Shared caches, which an outlet can empty but not each in time, may keep it as long as a page.
    """
    return f"public, max-age={_DAY}, s-maxage={_seconds_left(now, now)}"


def _seconds_left(at: dt.datetime, now: dt.datetime) -> int:
    if now < at:
        return 0
    left = _MINUTE - at.second - at.microsecond / 1e6 - (now - at).total_seconds()
    return int(left) if left > 1 else 0


class KeptResponse(HttpResponse):
    """An answer of headers that were checked when the page was kept: made past Django's constructors."""

    def __init__(self, status: int, headers: dict[str, Header], body: bytes) -> None:
        # What HttpResponse(…) sets. A test compares them.
        self.headers = ResponseHeaders({})
        self.headers._store = headers
        self._charset = None
        self._resource_closers: list[Callable[[], None]] = []
        self._handler_class = None
        self.cookies = SimpleCookie()
        self.closed = False
        self.status_code = status
        self._reason_phrase = None
        self._container = [body]


def answer(
    page: KeptPage, request: HttpRequest, at: dt.datetime, made: HttpResponse | None = None
) -> HttpResponse:
    """The answer to a request for a page that was right at a moment (aware).

    ``made`` is the response that the page was made from, if it was made for this request.
    """
    meta = request.META
    form = page.form(encoding_for(meta.get("HTTP_ACCEPT_ENCODING", "")))
    asked = meta.get("HTTP_IF_NONE_MATCH")
    if asked and page.status == 200 and _has(asked, form):
        status, body = 304, b""
        headers = page.headers_of_304.copy()
    else:
        status, body = page.status, b"" if request.method == "HEAD" else form.body
        headers = page.headers.copy()
        headers["content-length"] = form.length
        if form.coding:
            headers["content-encoding"] = form.coding
    if page.status == 200:
        headers["etag"] = form.etag
    headers["vary"] = VARY
    headers["cache-control"] = lifetime(at, clock.now())
    if made is None or status == 304:
        return KeptResponse(status, headers, body)
    made.headers._store = headers
    made.content = body
    return made


def _has(if_none_match: str, form: Form) -> bool:
    """Whether the client has this form already (RFC 9110, 13.1.2: by weak comparison)."""
    _name, etag = form.etag
    if if_none_match == etag:
        return True
    tags = parse_etags(if_none_match)
    return tags == ["*"] or etag in [tag.removeprefix("W/") for tag in tags]


def encoding_for(accepted: str) -> str:
    """The best encoding that a client accepts (RFC 9110, 12.5.3): the smallest of those it likes best."""
    if not accepted:
        return IDENTITY
    return _remembered(accepted) if len(accepted) <= LONGEST_REMEMBERED else _best(accepted)


def _best(accepted: str) -> str:
    weights: dict[str, float] = {}
    for part in accepted.lower().split(","):
        name, _, rest = part.partition(";")
        weight = _WEIGHT.fullmatch(rest.strip())
        weights[name.strip()] = float(weight[1]) if weight else 0.0 if rest.strip() else 1.0
    anything = weights.get("*", 0.0)
    liked = {name: weights.get(name, anything) for name in (BROTLI, GZIP)}
    liked[IDENTITY] = weights.get(IDENTITY, 0.0 if max(liked.values()) else 1.0)
    best = max(_PREFERRED, key=lambda name: liked[name])
    return best if liked[best] else IDENTITY


_remembered = lru_cache(64)(_best)
