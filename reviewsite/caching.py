"""What no cache may keep."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import has_vary_header

from reviews.public.page_cache.addressing import DESK, PREVIEWS

GetResponse = Callable[[HttpRequest], HttpResponse]

PERSONAL = "private, no-store"


class CachingMiddleware:
    """Tells personal responses from public ones, whose ``Cache-Control`` the page cache gives them.

    A response that sets a cookie, varies by cookies or was made for a signed-in user is kept by no cache. Responses of
    the desk, and those with a header of their own, stay unchanged.

    An address below ``/preview/`` contains a secret: no cache keeps its response and no ``Referer`` repeats it. That
    includes redirects to the canonical form or to https. A 404 there is the same as anywhere else.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path_info.startswith(PREVIEWS) and response.status_code != 404:
            response.headers["Cache-Control"] = PERSONAL
            response.headers["X-Robots-Tag"] = "noindex, nofollow"
            response.headers["Referrer-Policy"] = "no-referrer"
        elif not request.path_info.startswith(DESK) and _is_for_one(request, response):
            response.headers.setdefault("Cache-Control", PERSONAL)
        return response


def _is_for_one(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether a response depends on who asks, or was made with a session that contains data."""
    session = getattr(request, "session", None)
    used = session is not None and session.accessed and not session.is_empty()
    return bool(response.cookies) or has_vary_header(response, "Cookie") or used
