"""What no cache may keep, and what a public response may not hold."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from reviews.public.page_cache.addressing import DESK, PREVIEWS

GetResponse = Callable[[HttpRequest], HttpResponse]

PERSONAL = "private, no-store"


class CachingMiddleware:
    """Tells personal responses from public ones, whose ``Cache-Control`` the page cache gives them.

    A public response sets and deletes no cookie and does not vary by cookie. No cache keeps a response for a signed-in
    user. Responses of the desk, and those with a header of their own, stay unchanged.

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
        elif "Cache-Control" not in response.headers and not request.path_info.startswith(DESK):
            if _used_a_session(request):
                response.headers["Cache-Control"] = PERSONAL
            else:
                _forget_cookies(response)
        return response


def _used_a_session(request: HttpRequest) -> bool:
    """Whether the response was made with a session that contains data."""
    session = getattr(request, "session", None)
    return session is not None and session.accessed and not session.is_empty()


def _forget_cookies(response: HttpResponse) -> None:
    response.cookies.clear()
    varies = [name.strip() for name in response.headers.get("Vary", "").split(",")]
    if others := [name for name in varies if name and name.lower() != "cookie"]:
        response.headers["Vary"] = ", ".join(others)
    elif "Vary" in response.headers:
        del response.headers["Vary"]
