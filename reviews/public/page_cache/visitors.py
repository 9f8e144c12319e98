"""Who asks: somebody with a session, or anybody. Whatever else a visitor sends along changes nothing."""

from django.conf import settings
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse


def may_have_session(request: HttpRequest) -> bool:
    """Whether the request might name a session. Quicker than reading its cookies."""
    return settings.SESSION_COOKIE_NAME in str(request.META.get("HTTP_COOKIE", ""))


def has_session(request: HttpRequest) -> bool:
    """Whether the request names a session that holds anything: one query, and none without the cookie."""
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    if not key:
        return False
    store = SessionMiddleware(lambda request: HttpResponse()).SessionStore(key)
    return not store.is_empty() and bool(store.keys())


def without_cookies(request: HttpRequest) -> None:
    """Take every cookie from a request, so that no view can read one."""
    request.COOKIES = {}
    request.META.pop("HTTP_COOKIE", None)
