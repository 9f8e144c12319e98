"""Sitemaps (sitemaps.org 0.9): an index, and a file for each ten thousand addresses of a section.

Only public rows are listed and counted, and only reviews say when they changed: as their edition says it.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any
from xml.sax.saxutils import escape

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from reviews.addresses import absolute
from reviews.archive import count_by_month
from reviews.models.critic import Critic
from reviews.models.edition import Edition
from reviews.models.film import Film, Franchise
from reviews.models.outlet import Outlet
from reviews.models.person import Person
from reviews.models.tag import Tag
from reviews.numbers import whole_number

CHUNK = 10_000
MOST_FILES = 50_000
"""An index names no more (sitemaps.org)."""

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

# What is listed under a slug alone: its public rows in the order of their index.
_BY_SLUG: dict[str, tuple[str, Callable[[], QuerySet[Any]]]] = {
    "films": ("film_detail", lambda: Film.objects.public().alphabetical()),
    "critics": ("critic_detail", lambda: Critic.objects.public().alphabetical()),
    "franchises": ("franchise_detail", lambda: Franchise.objects.public().alphabetical()),
    "people": ("person_detail", lambda: Person.objects.public().alphabetical()),
    "tags": ("tag_detail", lambda: Tag.objects.public().alphabetical()),
}


@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """Every file of the sitemap that lists something."""
    counts = {section: rows().order_by().count() for section, (_, rows) in _BY_SLUG.items()}
    months = count_by_month(Outlet.objects.current().zone)
    counts |= {
        "reviews": sum(counted.reviews for counted in months),
        "archive": len(months),
        "pages": len(_PAGES),
    }
    files = [
        reverse("sitemap_section", args=[section]) + (f"?p={number}" if number > 1 else "")
        for section, count in counts.items()
        for number in range(1, _chunks(count) + 1)
    ]
    entries = "".join(f"<sitemap><loc>{escape(absolute(path))}</loc></sitemap>\n" for path in files)
    return _xml(f"<sitemapindex {_NAMESPACE}>\n{entries}</sitemapindex>\n")


@require_safe
def sitemap_section(request: HttpRequest, section: str) -> HttpResponse:
    """One file: ten thousand addresses at most. Raises Http404 past the last one."""
    number = _number(request)
    start = (number - 1) * CHUNK
    entries = list(_entries(section, start, start + CHUNK))
    if number > 1 and not entries:
        raise Http404
    urls = "".join(f"<url><loc>{escape(absolute(path))}</loc>{changed}</url>\n" for path, changed in entries)
    return _xml(f"<urlset {_NAMESPACE}>\n{urls}</urlset>\n")


def _entries(section: str, start: int, end: int) -> Iterable[tuple[str, str]]:
    """Paths, each with its ``lastmod`` element where there is one."""
    if section == "pages":
        return [(reverse(name), "") for name in _PAGES[start:end]]
    if section == "reviews":
        rows = Edition.objects.public().newest_first().values_list("slug", "visible_from")[start:end]
        return [(reverse("review_detail", args=[slug]), _lastmod(moment)) for slug, moment in rows]
    if section == "archive":
        months = count_by_month(Outlet.objects.current().zone)[start:end]
        return [(counted.month.get_absolute_url(), "") for counted in months]
    if section in _BY_SLUG:
        route, queryset = _BY_SLUG[section]
        return [
            (reverse(route, args=[slug]), "") for slug in queryset().values_list("slug", flat=True)[start:end]
        ]
    raise Http404


def _lastmod(moment: dt.datetime) -> str:
    return f"<lastmod>{moment.astimezone(dt.UTC).isoformat(timespec='seconds')}</lastmod>"


def _number(request: HttpRequest) -> int:
    """Which file of the section, from 1."""
    number = whole_number(request.GET.get("p", "1"), most=MOST_FILES)
    if not number:
        raise Http404
    return number


def _chunks(count: int) -> int:
    return -(-count // CHUNK)


def _xml(content: str) -> HttpResponse:
    return HttpResponse(_HEADER + content, content_type="application/xml; charset=utf-8")
