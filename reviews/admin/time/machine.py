"""The time machine: a readers' page as of a moment, and the page that asks for one.

The views are the readers' own, and are not told who asks. Nothing is written, kept, or taken from what is kept.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.template.response import TemplateResponse
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils import timezone

from reviews import clock
from reviews.admin.parts.account import account_of
from reviews.admin.parts.moments.asked import MomentForm, asked_in
from reviews.admin.parts.pictures import addressed_at_the_desk
from reviews.admin.time.addresses import as_of, prefix_of
from reviews.admin.time.banner import OWN_COPY, RECORDS, banner
from reviews.admin.time.links import Leading
from reviews.desk import time_machine
from reviews.public import as_of as elsewhen
from reviews.public.pages import page_not_found

LONGEST_PATH = 2000
"""Characters of the path to go on to; a longer one is dropped."""
NOT_SHOWN = ("preview_link", "preview_link_picture", "rendition", "no_picture")
"""Public routes that are no pages of the site: a preview link counts who opens it, and what is known of a picture is
known to readers, too."""


def ask_page(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """The page that asks for a moment, or a redirect to the readers' page as of the moment that was asked for.

    ``?at=2025-06-08T12:00``, or the parts of the form; ``to`` is the path of the readers' page.
    """
    by = _reader_of(request)
    path = _path_in(request.GET.get("to", ""))
    form = asked_in(request.GET)
    if form.is_bound and form.is_valid():
        return HttpResponseRedirect(as_of(form.cleaned_data["at"], path))
    minute = clock.now().replace(second=0)
    if not form.is_bound:
        form = MomentForm.showing(minute)
    here = timezone.localtime(minute)
    context = {
        **site.each_context(request),
        "title": "Time machine",
        "subtitle": None,
        "form": form,
        "path": path,
        "own_copy": "" if time_machine.sees_everything(by) else OWN_COPY,
        "records": RECORDS,
        "today": f"{here:%Y-%m-%d}",
        "minute": f"{here:%H:%M}",
        "zone": timezone.get_current_timezone_name(),
    }
    return TemplateResponse(request, "admin/time/ask.html", context)


def shown_page(request: HttpRequest, at: dt.datetime, page: str) -> HttpResponse:
    """The readers' page at a path as of a moment, with what this person may see of it."""
    by, now = _reader_of(request), clock.now()
    prefix = prefix_of(at)
    path = request.get_full_path().removeprefix(prefix) or "/"
    with time_machine.reading_at(at, by):
        above = banner(at, now, by, path)
        with elsewhen.elsewhen(), addressed_at_the_desk():
            response = _made(_as_a_reader(request, f"/{page}"), f"/{page}")
    Leading(prefix, path).lead(response)
    response.content = response.content.replace(elsewhen.SLOT.encode(), above.encode(), 1)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response._csp_config = settings.SECURE_CSP  # type: ignore[attr-defined]
    return response


def _reader_of(request: HttpRequest) -> User:
    if not request.user.has_perm("reviews.view_review"):
        raise PermissionDenied
    return account_of(request)


def _path_in(asked: str) -> str:
    """The path of a page of this site, with its query; that of the front page for anything else."""
    is_path = asked.startswith("/") and not asked.startswith("//") and len(asked) <= LONGEST_PATH
    return asked if is_path and "\\" not in asked else "/"


def _as_a_reader(request: HttpRequest, path: str) -> HttpRequest:
    """The request that a reader would make: a GET without cookies."""
    made: Any = HttpRequest()
    made.method, made.path, made.path_info, made.GET = "GET", path, path, request.GET
    made.META = {
        name: value
        for name, value in request.META.items()
        if name in ("SERVER_NAME", "SERVER_PORT", "QUERY_STRING", "HTTP_HOST")
    } | {"REQUEST_METHOD": "GET"}
    made.user = AnonymousUser()
    return made  # type: ignore[no-any-return]


def _made(request: HttpRequest, path: str) -> HttpResponse:
    match = _resolved(path)
    if match is None:
        if not path.endswith("/") and _resolved(f"{path}/"):
            query = request.META.get("QUERY_STRING", "")
            return HttpResponsePermanentRedirect(f"{path}/?{query}" if query else f"{path}/")
        return page_not_found(request)
    request.resolver_match = match
    view: Callable[..., HttpResponse] = match.func
    try:
        return view(request, *match.args, **match.kwargs)
    except Http404:
        return page_not_found(request)


def _resolved(path: str) -> ResolverMatch | None:
    """The readers' page at a path; None if there is none."""
    try:
        match = resolve(path)
    except Resolver404:
        return None
    return None if match.namespaces or match.url_name in NOT_SHOWN else match
