"""Request ids, and the security headers of settings.py."""

import logging
import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from contextvars import ContextVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse

GetResponse = Callable[[HttpRequest], HttpResponse]

_request_id: ContextVar[str] = ContextVar("request_id", default="-")
_ACCEPTABLE_ID = re.compile(r"[A-Za-z0-9._-]{8,64}", re.ASCII)


class RequestIdMiddleware:
    """Name each request, so that a visitor's report and a log line can be matched.

    An ``X-Request-ID`` set by a proxy is kept if it looks like one.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        offered = request.META.get("HTTP_X_REQUEST_ID", "")
        name = offered if _ACCEPTABLE_ID.fullmatch(offered) else secrets.token_hex(8)
        token = _request_id.set(name)
        try:
            response = self.get_response(request)
        finally:
            _request_id.reset(token)
        response.headers["X-Request-ID"] = name
        return response


class RequestIdFilter(logging.Filter):
    """Give every log record the id of the request it was written in (``-`` outside one)."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = _request_id.get()
        return True


def content_security_policy(directives: Mapping[str, Sequence[str]]) -> str:
    """Spell a policy as the header's value (CSP level 3)."""
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in directives.items())


class SecurityHeadersMiddleware:
    """Add Content-Security-Policy and Permissions-Policy.

    A view may set ``response._csp_config`` to directives of its own, as Django 6's ``csp_override`` does.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        directives = getattr(response, "_csp_config", settings.SECURE_CSP)
        response.headers.setdefault("Content-Security-Policy", content_security_policy(directives))
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        return response
