"""Sitemaps (sitemaps.org 0.9): an index, and files of at most a thousand addresses for each section.

Only public rows are listed and counted, and only reviews have a ``lastmod``, from their edition. The address of a file
contains the uid at which it begins, which need not exist any more, so that every file costs the same.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID
from xml.sax.saxutils import escape

from django.db.models import F, QuerySet, Window
from django.db.models.functions import RowNumber
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from reviews.models.public.edition import Edition
from reviews.models.shared.critic import Critic
from reviews.models.shared.film import Film, Franchise
from reviews.models.shared.outlet import Outlet
from reviews.models.shared.person import Person
from reviews.models.shared.tag import Tag
from reviews.public.addresses import absolute
from reviews.public.reading.archive import count_by_month

CHUNK = 1_000
"""The most addresses in a file."""

_HEADER = '<?xml version="1.0" encoding="utf-8"?>\n'
_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_PAGES = (
    "home",
    "film_list",
    "critic_list",
    "review_list",
    "archive",
    "franchise_list",
    "person_list",
    "tag_list",
    "how_we_rate",
    "how_we_count",
    "correction_list",
    "about",
)

# By section: the route, the public rows, and the name of their uid column.
_ROWS: dict[str, tuple[str, Callable[[], QuerySet[Any]], str]] = {
    "reviews": ("review_detail", lambda: Edition.objects.public(), "review_uid"),
    "films": ("film_detail", lambda: Film.objects.public(), "uid"),
    "critics": ("critic_detail", lambda: Critic.objects.public(), "uid"),
    "franchises": ("franchise_detail", lambda: Franchise.objects.public(), "uid"),
    "people": ("person_detail", lambda: Person.objects.public(), "uid"),
    "tags": ("tag_detail", lambda: Tag.objects.public(), "uid"),
}


@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """Every sitemap file that is not empty."""
    begins = {section: _begins(section) for section in _ROWS}
    # The archive has pages as soon as there is a review.
    sections = ["pages", *(["archive"] if begins["reviews"] else [])]
    files = [reverse("sitemap_section", args=[section]) for section in sections] + [
        reverse("sitemap_section", args=[section]) + (f"?from={uid.hex}" if number else "")
        for section, uids in begins.items()
        for number, uid in enumerate(uids)
    ]
    entries = "".join(f"<sitemap><loc>{escape(absolute(path))}</loc></sitemap>\n" for path in files)
    return _xml(f"<sitemapindex {_NAMESPACE}>\n{entries}</sitemapindex>\n")


@require_safe
def sitemap_section(request: HttpRequest, section: str) -> HttpResponse:
    """One file of at most a thousand addresses. Raises Http404 after the last one."""
    start = _start(request)
    entries = list(_entries(section, start))
    if start and not entries:
        raise Http404
    urls = "".join(f"<url><loc>{escape(absolute(path))}</loc>{changed}</url>\n" for path, changed in entries)
    return _xml(f"<urlset {_NAMESPACE}>\n{urls}</urlset>\n")


def _begins(section: str) -> list[UUID]:
    """The uids at which the files of a section begin."""
    _route, rows, uid = _ROWS[section]
    placed = rows().order_by().annotate(place=Window(RowNumber(), order_by=uid))
    firsts = placed.annotate(rest=(F("place") - 1) % CHUNK).filter(rest=0)
    return list(firsts.order_by("place").values_list(uid, flat=True))


def _entries(section: str, start: UUID | None) -> Iterable[tuple[str, str]]:
    """Paths, each with its ``lastmod`` element or an empty string."""
    if section in _ROWS:
        return _listed(section, start)
    if section == "pages" and not start:
        return [(reverse(name), "") for name in _PAGES]
    if section == "archive" and not start:
        months = count_by_month(Outlet.objects.current().zone)
        return [(counted.month.get_absolute_url(), "") for counted in months]
    raise Http404


def _listed(section: str, start: UUID | None) -> Iterable[tuple[str, str]]:
    route, rows, uid = _ROWS[section]
    listed = rows().order_by(uid)
    if start:
        listed = listed.filter(**{f"{uid}__gte": start})
    if section == "reviews":
        moments = listed.values_list("slug", "visible_from")[:CHUNK]
        return [(reverse(route, args=[slug]), _lastmod(moment)) for slug, moment in moments]
    return [(reverse(route, args=[slug]), "") for slug in listed.values_list("slug", flat=True)[:CHUNK]]


def _lastmod(moment: dt.datetime) -> str:
    return f"<lastmod>{moment.astimezone(dt.UTC).isoformat(timespec='seconds')}</lastmod>"


def _start(request: HttpRequest) -> UUID | None:
    """The uid at which the file begins; None for the first file."""
    start = request.GET.get("from")
    if start is None:
        return None
    if not re.fullmatch("[0-9a-f]{32}", start):
        raise Http404
    return UUID(start)


def _xml(content: str) -> HttpResponse:
    return HttpResponse(_HEADER + content, content_type="application/xml; charset=utf-8")
