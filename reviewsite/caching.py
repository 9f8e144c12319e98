"""What an answer says to caches: those of browsers, and those of proxies that stand before the site."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

GetResponse = Callable[[HttpRequest], HttpResponse]

PUBLIC = "no-cache"
"""It may be kept, and is asked about before each use: a withdrawn review is gone for everybody at once."""
PERSONAL = "private, no-store"
DESK = "/admin/"
PREVIEWS = "/preview/"


class CachingMiddleware:
    """Every answer says how it may be kept. One that is for everybody is the same for everybody.

    Whoever brings a cookie that is no session is a reader like any other: a public answer sets no cookie, deletes none
    and varies by none, whatever the layers below made of the one that was brought. What was made for somebody who is
    signed in is kept by nobody. An answer that says itself how it may be kept, and the desk's, are left alone.

    Of an address with a preview link's secret in it nothing is kept and no other site is told, a redirect to its
    canonical form or to https included. That there is nothing at one is said as at any other address.
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
            if _knew_who_asked(request):
                response.headers["Cache-Control"] = PERSONAL
            else:
                response.headers["Cache-Control"] = PUBLIC
                _forget_cookies(response)
        return response


def _knew_who_asked(request: HttpRequest) -> bool:
    """Whether somebody looked at a session, and there was one."""
    session = getattr(request, "session", None)
    return session is not None and session.accessed and not session.is_empty()


def _forget_cookies(response: HttpResponse) -> None:
    response.cookies.clear()
    varies = [name.strip() for name in response.headers.get("Vary", "").split(",")]
    if others := [name for name in varies if name and name.lower() != "cookie"]:
        response.headers["Vary"] = ", ".join(others)
    elif "Vary" in response.headers:
        del response.headers["Vary"]
