"""What every page has: the outlet, its time zone, a title, a canonical address, feeds."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from reviews import clock
from reviews.drawing.cards.contents import HEIGHT, WIDTH
from reviews.models.shared.outlet import Outlet
from reviews.public import as_of
from reviews.public.addresses import absolute
from reviews.public.machines.structured_data import Data, as_script
from reviews.public.navigation import section_of
from reviews.public.reading.cards import ShareCard
from reviews.public.reading.summary import SHARE_LENGTH
from reviews.text import one_line

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def public_page(view: View[P]) -> View[P]:
    """A view for readers: it answers GET and HEAD, and reads the site as of one moment.

    Otherwise a review that is published between two queries could be in a page's list but not in its count.
    """

    @wraps(view)
    def at_one_moment(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        with clock.reading_at(clock.now()):
            return view(request, *args, **kwargs)

    return require_safe(at_one_moment)


@dataclass(frozen=True)
class Feed:
    """A feed that a page links to in its head."""

    title: str
    path: str


@dataclass(frozen=True)
class Publication:
    """Metadata of a page that is an article. Moments are aware; ``None`` if it is not public yet.

    ``facts`` are label and text of what a share card shows beside the description: at most two.
    """

    author_path: str
    published: dt.datetime | None
    modified: dt.datetime | None
    facts: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class Page:
    """The data for the head of a page.

    ``path`` is the page's own address with those parts of the query that belong to it, without what a visitor added.
    ``notice`` returns the sentences of a preview for people outside; it is called in the outlet's time zone. ``banner``
    is HTML for a preview at the desk.
    """

    path: str
    title: str = ""
    description: str = ""
    feed: Feed | None = None
    publication: Publication | None = None
    structured_data: Callable[[Outlet], Data] | None = None
    card: Callable[[Outlet], ShareCard] | None = None
    is_preview: bool = False
    notice: Callable[[], Sequence[str]] | None = None
    banner: SafeString | str = ""
    is_error: bool = False

    @property
    def is_to_be_found(self) -> bool:
        """Whether search engines, feed readers and share cards may link to it."""
        return not (self.is_preview or self.is_error)


def render_page(
    template: str, page: Page, context: dict[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """The page, the same for every reader.

    It gets neither the request nor the user, so nothing of either can be shown. Dates are in the outlet's zone.

    Made for the desk as of another moment, it has a place for the desk's banner, and neither a canonical address nor
    structured data.
    """
    if as_of.is_elsewhen():
        page = replace(page, banner=as_of.SLOT, structured_data=None)
    outlet = Outlet.objects.current()
    frame = {"outlet": outlet, "page": page, "head": _head(page, outlet), "here": section_of(page.path)}
    with timezone.override(outlet.zone):
        notice = page.notice() if page.notice else []
        html = render_to_string(template, (context or {}) | frame | {"notice": notice})
    return HttpResponse(html, status=status)


@dataclass(frozen=True)
class _Image:
    """The page's share card: its address in full, its size in pixels, and what it says."""

    address: str
    alt: str
    width: int = WIDTH
    height: int = HEIGHT


@dataclass(frozen=True)
class _Head:
    title: str
    description: str
    canonical: str
    author: str
    feeds: list[Feed]
    structured_data: SafeString | str
    card: _Image | None


def _head(page: Page, outlet: Outlet) -> _Head:
    everything = Feed(_("All reviews"), reverse("review_feed"))
    is_found = page.is_to_be_found and not as_of.is_elsewhen()
    shared = page.card(outlet) if page.card and is_found else None
    description = " ".join((page.description or outlet.tagline).split())
    if len(description) > SHARE_LENGTH:
        description = f"{description[: SHARE_LENGTH - 1]}…"
    return _Head(
        title=one_line(f"{page.title} · {outlet.name}" if page.title else outlet.name),
        description=description,
        canonical=absolute(page.path) if is_found else "",
        author=absolute(page.publication.author_path)
        if page.publication and page.publication.author_path
        else "",
        feeds=[feed for feed in (page.feed, everything) if feed] if page.is_to_be_found else [],
        structured_data=as_script(page.structured_data(outlet))
        if page.structured_data and page.is_to_be_found
        else "",
        card=_Image(absolute(shared.path), shared.alt) if shared else None,
    )
