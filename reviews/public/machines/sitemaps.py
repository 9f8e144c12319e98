"""Sitemaps (sitemaps.org 0.9): an index, and files of about a thousand addresses for each section.

Only public rows are listed, and only reviews have a ``lastmod``, from their edition. A file is a range of uids; its
address contains the one at which it begins. How many equal ranges there are follows from a sample of public uids, which
are random: so the index costs the same whatever the size of the site, and nobody can tell from it what waits.
"""

import datetime as dt
import math
import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any
from uuid import UUID
from xml.sax.saxutils import escape

from django.db.models import Q, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from reviews import clock
from reviews.models.prepared import Prepared
from reviews.models.public.edition import Edition
from reviews.models.shared.critic import Critic
from reviews.models.shared.film import Film, Franchise
from reviews.models.shared.outlet import Outlet
from reviews.models.shared.person import Person
from reviews.models.shared.tag import Tag
from reviews.public.addresses import absolute
from reviews.public.reading.archive import count_by_month

CHUNK = 1_000
"""About how many addresses a file has at most: if the sample says that they are more, there are twice as many files."""

SAMPLE = 16
"""How many rows are looked at in each half of a section, which usually tells their number within a fifth."""

MOST_IN_A_FILE = 50_000
"""The protocol's bound, for uids that are not random."""

DEEPEST = 14
"""Sixteen thousand files a section; the protocol's bound for an index is fifty thousand."""

_IN_A_HALF, _LAST = 2**127 - 1, 2**128 - 1

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
_ROWS: dict[str, tuple[str, Callable[[dt.datetime], QuerySet[Any]], str]] = {
    "reviews": ("review_detail", lambda at: Edition.objects.public(at), "review_uid"),
    "films": ("film_detail", lambda at: Film.objects.public(at), "uid"),
    "critics": ("critic_detail", lambda at: Critic.objects.public(at), "uid"),
    "franchises": ("franchise_detail", lambda at: Franchise.objects.public(at), "uid"),
    "people": ("person_detail", lambda at: Person.objects.public(at), "uid"),
    "tags": ("tag_detail", lambda at: Tag.objects.public(at), "uid"),
}


@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """Every sitemap file that is not empty."""
    begins = {section: _begins(section) for section in _ROWS}
    # The archive has pages as soon as there is a review.
    sections = ["pages", *(["archive"] if begins["reviews"] else [])]
    files = [(section, "") for section in sections] + [
        (section, f"?from={uid.hex}" if uid.int else "") for section, uids in begins.items() for uid in uids
    ]
    path = {
        section: escape(absolute(reverse("sitemap_section", args=[section])))
        for section in (*begins, *sections)
    }
    entries = "".join(f"<sitemap><loc>{path[section]}{start}</loc></sitemap>\n" for section, start in files)
    return _xml(f"<sitemapindex {_NAMESPACE}>\n{entries}</sitemapindex>\n")


@require_safe
def sitemap_section(request: HttpRequest, section: str) -> HttpResponse:
    """One file of about a thousand addresses. Raises Http404 where nothing is public up to the next one."""
    start = _start(request)
    entries = list(_entries(section, start))
    if start and not entries:
        raise Http404
    site = escape(absolute(""))
    urls = "".join(f"<url><loc>{site}{escape(path)}</loc>{changed}</url>\n" for path, changed in entries)
    return _xml(f"<urlset {_NAMESPACE}>\n{urls}</urlset>\n")


def _begins(section: str) -> list[UUID]:
    """The uids at which the files of a section begin; none if nothing in it is public."""
    sample = _sampled(section, SAMPLE)(clock.now())
    if not sample:
        return []
    depth = _depth(sample)
    return [UUID(int=number << (128 - depth)) for number in range(2**depth)]


def _depth(sample: Iterable[UUID]) -> int:
    """A section is split into two to the power of this many files, each a range of uids.

    ``sample`` are the first uid of each half of all uids and its ``SAMPLE``-th, as far as there are any: how close they
    are tells how many rows there are. Uids that are not random do not fill both halves, and all go into one file.
    """
    lower: list[int] = []
    upper: list[int] = []
    for uid in sample:
        (upper if uid.int >> 127 else lower).append(uid.int & _IN_A_HALF)
    if len(lower) < 2 or len(upper) < 2:
        return 0
    share = (max(lower) + max(upper) + 2) / 2**128
    rows = 2 * SAMPLE / share
    return min(max(math.ceil(math.log2(rows / CHUNK)), 0), DEEPEST)


@cache
def _sampled(section: str, nth: int) -> Prepared[UUID]:
    """The first public uid of each half of all uids, and the one with this number there."""

    def compose(at: dt.datetime) -> QuerySet[Any, Any]:
        _route, rows, uid = _ROWS[section]
        wanted = Q()
        for first, last in ((0, _IN_A_HALF), (_IN_A_HALF + 1, _LAST)):
            # Both ends, or SQLite would rather sort all that is public than walk along the uids.
            half = rows(at).filter(**{f"{uid}__gte": UUID(int=first), f"{uid}__lte": UUID(int=last)})
            for place in (0, nth - 1):
                wanted |= Q(pk=Subquery(half.order_by(uid).values("pk")[place : place + 1]))
        everything: QuerySet[Any] = rows(at).model._default_manager.all()
        return everything.filter(wanted).order_by().values_list(uid, flat=True)

    return Prepared(compose)


def _entries(section: str, start: UUID | None) -> Iterable[tuple[str, str]]:
    """Paths, each with its ``lastmod`` element or an empty string."""
    if section in _ROWS:
        return _in_file(section, start or UUID(int=0))
    if section == "pages" and not start:
        return [(reverse(name), "") for name in _PAGES]
    if section == "archive" and not start:
        months = count_by_month(Outlet.objects.current().zone)
        return [(counted.month.get_absolute_url(), "") for counted in months]
    raise Http404


def _in_file(section: str, start: UUID) -> Iterable[tuple[str, str]]:
    """What begins at a uid and ends before the beginning of another file."""
    now = clock.now()
    size = 1 << (128 - _depth(_sampled(section, SAMPLE)(now)))
    last = UUID(int=start.int // size * size + size - 1)
    path = _paths(_ROWS[section][0])
    return [
        (path(slug), _lastmod(*moments) if moments else "")
        for slug, *moments in _listed(section, MOST_IN_A_FILE)(start, last, now)
    ]


@cache
def _listed(section: str, most: int) -> Prepared[tuple[Any, ...]]:
    _route, rows, uid = _ROWS[section]
    shown = ("slug", "visible_from") if section == "reviews" else ("slug",)
    return Prepared(
        lambda first, last, at: (
            rows(at)
            .filter(**{f"{uid}__gte": first, f"{uid}__lte": last})
            .order_by(uid)
            .values_list(*shown)[:most]
        )
    )


def _paths(route: str) -> Callable[[str], str]:
    """What makes the path of a route from a slug; a plain one needs no quoting."""
    before, _, after = reverse(route, args=[_SLUG]).partition(_SLUG)
    return lambda slug: f"{before}{slug}{after}" if slug.isascii() else reverse(route, args=[slug])


_SLUG = "a-slug"


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
