"""What a page says to the outside. It is the same whatever is hidden, and whether the page was kept.

Browsers ask each time. Shared caches may keep an answer to the next whole minute: the length of that time tells of the
clock alone, and not of what will happen when.
"""

import datetime as dt
import re
from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.utils.http import parse_etags

from reviews import clock
from reviews.public.page_cache.representations import BROTLI, GZIP, IDENTITY, Form, KeptPage

VARY = "Accept-Encoding"
_PREFERRED = (BROTLI, GZIP, IDENTITY)
_WEIGHT = re.compile(r"q=(0(\.[0-9]{0,3})?|1(\.0{0,3})?)", re.I)


def cache_control(at: dt.datetime, now: dt.datetime) -> str:
    """The lifetime of an answer that is sent now and was right at a moment (both aware): to the end of its minute."""
    end = at.replace(second=0, microsecond=0) + dt.timedelta(minutes=1)
    left = (end - now).total_seconds()
    return f"max-age=0, must-revalidate, s-maxage={int(left) if left > 1 else 0}"


def answer(
    page: KeptPage, request: HttpRequest, at: dt.datetime, made: HttpResponse | None = None
) -> HttpResponse:
    """The answer to a request for a page that was right at a moment (aware).

    ``made`` is the response that the page was made from, if it was made for this request.
    """
    form = page.form(encoding_for(request.META.get("HTTP_ACCEPT_ENCODING", "")))
    if page.status == 200 and _has(request.META.get("HTTP_IF_NONE_MATCH", ""), form):
        response = HttpResponse(status=304)
        del response.headers["Content-Type"]
        _set(response, page.headers_of_304)
    else:
        response = made or HttpResponse(status=page.status)
        if made is None:
            _set(response, page.headers)
        response.content = b"" if request.method == "HEAD" else form.body
        response.headers["Content-Length"] = str(len(form.body))
        if form.encoding != IDENTITY:
            response.headers["Content-Encoding"] = form.encoding
    if page.status == 200:
        response.headers["ETag"] = form.etag
    response.headers["Vary"] = VARY
    response.headers["Cache-Control"] = cache_control(at, clock.now())
    return response


def _set(response: HttpResponse, headers: Iterable[tuple[str, str]]) -> None:
    for name, value in headers:
        response.headers[name] = value


def _has(if_none_match: str, form: Form) -> bool:
    """Whether the client has this form already (RFC 9110, 13.1.2: by weak comparison)."""
    if not if_none_match:
        return False
    tags = parse_etags(if_none_match)
    return tags == ["*"] or form.etag in [tag.removeprefix("W/") for tag in tags]


def encoding_for(accepted: str) -> str:
    """The best encoding that a client accepts (RFC 9110, 12.5.3): the smallest of those it likes best."""
    if not accepted:
        return IDENTITY
    weights: dict[str, float] = {}
    for part in accepted.lower().split(","):
        name, _, rest = part.partition(";")
        weight = _WEIGHT.fullmatch(rest.strip())
        weights[name.strip()] = float(weight[1]) if weight else 0.0 if rest.strip() else 1.0
    anything = weights.get("*", 0.0)
    liked = {name: weights.get(name, anything) for name in (BROTLI, GZIP)}
    liked[IDENTITY] = weights.get(IDENTITY, 0.0 if max(liked.values()) else 1.0)
    return max(_PREFERRED, key=lambda name: liked[name])
