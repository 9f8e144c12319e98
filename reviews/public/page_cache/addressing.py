"""By what a page is kept: scheme, host, path, and of the query only what its view reads."""

from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, QueryDict
from django.http.request import split_domain_port
from django.urls import Resolver404, resolve

DESK, PREVIEWS, PICTURES, CARDS = "/admin/", "/preview/", "/pictures/", "/cards/"

LIST, LATER = ("after",), ("before",)
ASKED: Mapping[str, tuple[str, ...]] = {
    "film_list": LIST,
    "critic_list": LIST,
    "person_list": LIST,
    "person_detail": LIST,
    "tag_list": LIST,
    "franchise_list": LIST,
    "review_list": LATER,
    "critic_detail": LATER,
    "tag_detail": LATER,
    "archive_year": LATER,
    "archive_month": LATER,
    "correction_list": LATER,
    "film_detail": ("before", "order"),
    "film_side_by_side": ("one", "other"),
    "sitemap_section": ("from",),
}
"""What the view of a route reads of the query. Others read nothing of it."""

PAIRS = "side_by_side"


class Address(NamedTuple):
    """The key of a page. ``is_asked`` if anybody can think of any number of such addresses."""

    scheme: str
    host: str
    path: str
    query: str = ""
    is_asked: bool = False

    @property
    def weight(self) -> int:
        """About how many bytes of memory it takes."""
        return 300 + 4 * (len(self.path) + len(self.query))

    @property
    def where_nothing_is(self) -> "Address":
        """The one under which the page is kept that says so, for all addresses of the host."""
        return Address(self.scheme, self.host, "")


Spelling = tuple[str, str, str, str, str]
"""All that decides about an address, as the request has it: scheme, host, port, path and query."""


def spelling_of(request: HttpRequest) -> Spelling | None:
    """How a request spells the address that it asks for; None if more than this decides about it."""
    meta = request.META
    if (
        request.method not in ("GET", "HEAD")
        or request.path != request.path_info
        or settings.USE_X_FORWARDED_HOST
    ):
        return None
    try:
        return (
            str(request.scheme),
            meta["HTTP_HOST"],
            meta["SERVER_PORT"],
            request.path_info,
            meta.get("QUERY_STRING", ""),
        )
    except KeyError:
        return None


def is_for_readers(request: HttpRequest) -> bool:
    """Whether the answer may be like that to anybody else: a GET or HEAD at a host that is ours by its very name."""
    if request.method not in ("GET", "HEAD") or request.path != request.path_info:
        return False
    # Files have headers of their own, and whoever asks for one is looked up for nothing.
    if request.path_info.startswith((DESK, PICTURES, CARDS, settings.STATIC_URL)) or (
        settings.SECURE_SSL_REDIRECT and request.scheme == "http"
    ):
        return False
    try:
        host, port = split_domain_port(request.get_host())
    except SuspiciousOperation:
        return False
    return host in settings.ALLOWED_HOSTS and port in ("", request.META.get("SERVER_PORT", ""))


def address_of(request: HttpRequest) -> Address | None:
    """The address by which the page of a reader's request is kept; None if it is not to be.

    Takes out of the query what the view does not read, so that it cannot read it. The host is in its one spelling, too.
    """
    path = request.path_info
    if path.startswith(PREVIEWS):
        return None
    scheme, host = str(request.scheme), _host(request)
    try:
        match = resolve(path)
    except Resolver404:
        # With a slash it may be an address, and Django leads there.
        is_cut = not path.endswith("/") and _is_routed(f"{path}/")
        return None if is_cut else Address(scheme, host, "")
    try:
        query = _query(request, ASKED.get(str(match.url_name), ()))
    except SuspiciousOperation:
        return None
    return Address(scheme, host, path, query, bool(query) or match.url_name == PAIRS)


def _host(request: HttpRequest) -> str:
    """The host in its one canonical spelling: small letters, no last dot. The request gets it, too."""
    domain, port = split_domain_port(request.get_host())
    host = f"{domain}:{port}" if port else domain
    request.META["HTTP_HOST"] = host
    return host


def _query(request: HttpRequest, names: tuple[str, ...]) -> str:
    """The query in its one canonical spelling. The request gets it, too."""
    asked = request.META.get("QUERY_STRING", "")
    if not asked:
        return ""
    given = request.GET if names else QueryDict()
    query = urlencode({name: given[name] for name in names if name in given})
    request.META["QUERY_STRING"] = query
    readable: Any = request
    readable.GET = QueryDict(query)
    return query


def _is_routed(path: str) -> bool:
    try:
        resolve(path)
    except Resolver404:
        return False
    return True
