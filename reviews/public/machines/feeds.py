"""RSS 2.0: the newest reviews of all, of a film, by a critic, with a tag.

An item keeps its guid through corrections and new slugs. No date in a feed is the time of the request, and an empty
feed has none, so the response is the same to the byte while the site does not change.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from functools import cache, partial
from io import StringIO
from typing import Any, cast
from xml.sax.xmlreader import AttributesImpl

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.template.loader import get_template, render_to_string
from django.urls import reverse
from django.utils.feedgenerator import rfc2822_date
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import require_safe

from reviews import clock
from reviews.models.prepared import Prepared
from reviews.models.public.edition import Edition, EditionTag
from reviews.models.shared.critic import Critic
from reviews.models.shared.film import Film
from reviews.models.shared.outlet import Outlet
from reviews.models.shared.tag import Tag
from reviews.public import fragment_cache
from reviews.public.addresses import absolute, moved_or_404
from reviews.public.shown import Of
from reviews.text import clean_characters, one_line

FEED_SIZE = 20

_NAMESPACES = {
    "version": "2.0",
    "xmlns:atom": "http://www.w3.org/2005/Atom",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
}


@require_safe
def review_feed(request: HttpRequest) -> HttpResponse:
    """The newest reviews of all."""
    return _feed("", reverse("home"), reverse("review_feed"), _newest(clock.now()))


@require_safe
def film_feed(request: HttpRequest, slug: str) -> HttpResponse | HttpResponsePermanentRedirect:
    """The newest reviews of a film."""
    return _feed_of(request, slug, Film, _newest_on)


@require_safe
def critic_feed(request: HttpRequest, slug: str) -> HttpResponse | HttpResponsePermanentRedirect:
    """The newest reviews by a critic, and digests of that critic's reviews."""
    return _feed_of(request, slug, Critic, _newest_by)


@require_safe
def tag_feed(request: HttpRequest, slug: str) -> HttpResponse | HttpResponsePermanentRedirect:
    """The newest reviews with a tag."""
    return _feed_of(request, slug, Tag, lambda tag, at: [row.edition for row in _newest_tagged(tag, at)])


def _feed_of(
    request: HttpRequest, slug: str, noun: Any, newest: Callable[[int, dt.datetime], Sequence[Edition]]
) -> HttpResponse | HttpResponsePermanentRedirect:
    """The feed of one film, critic or tag; ``newest`` returns its reviews."""
    found = next(iter(_at(noun)(slug, clock.now())), None)
    if found is None:
        return moved_or_404(request, slug)
    path = reverse(f"{noun._meta.model_name}_feed", args=[found.slug])
    return _feed(str(found), found.get_absolute_url(), path, newest(found.pk, clock.now()))


@cache
def _at(noun: Any) -> Prepared[Any]:
    return Prepared(lambda slug, at: noun.objects.public(at).filter(slug=slug)[:1])


_newest = Prepared(lambda at: Edition.objects.public(at).newest_first().for_cards()[:FEED_SIZE])
_newest_on = Prepared(
    lambda film, at: Edition.objects.public(at).filter(film=film).newest_first().for_cards()[:FEED_SIZE]
)
_newest_by = Prepared(
    lambda critic, at: Edition.objects.public(at).filter(critic=critic).newest_first().for_cards()[:FEED_SIZE]
)
_newest_tagged = Prepared(
    lambda tag, at: EditionTag.objects.filter(tag=tag).public(at).newest_first().for_cards()[:FEED_SIZE]
)


def _feed(subject: str, page_path: str, path: str, newest: Sequence[Edition]) -> HttpResponse:
    outlet = Outlet.objects.current()
    title = f"{subject} · {outlet.name}" if subject else outlet.name
    xml = _Writer()
    xml.startDocument()
    xml.open("rss", **_NAMESPACES)
    xml.open("channel")
    xml.add("title", one_line(title))
    xml.add("link", absolute(page_path))
    xml.add("description", outlet.tagline or _("Film reviews, newest first."))
    xml.add("language", outlet.language)
    xml.add("atom:link", href=absolute(path), rel="self", type="application/rss+xml")
    if newest:
        xml.add("lastBuildDate", rfc2822_date(max(edition.visible_from for edition in newest)))
    _write_items(xml, newest, outlet)
    xml.endElement("channel")
    xml.endElement("rss")
    xml.endDocument()
    return HttpResponse(xml.text(), content_type="application/rss+xml; charset=utf-8")


_ITEM = Of(
    Edition,
    "review_uid",
    "slug",
    "headline",
    "standfirst",
    "excerpt",
    "verdict",
    "rating",
    "provenance",
    "source_name",
    "source_url",
    "first_visible_from",
    critic=Of(Critic, "name", "kind"),
)
_OUTLET = Of(Outlet, "name")


def _write_items(xml: "_Writer", editions: Iterable[Edition], outlet: Outlet) -> None:
    description = get_template("reviews/includes/feed/item.html")
    around = fragment_cache.surroundings()
    for edition in editions:
        values = _ITEM.values(edition), _OUTLET.values(outlet)
        key = (description.template, fragment_cache.digest(around, values))  # type: ignore[attr-defined]
        xml.write(fragment_cache.FRAGMENTS.get(key, partial(_item, *values)))


def _item(edition_values: Sequence[Any], outlet_values: Sequence[Any]) -> str:
    """An item, written from these values alone."""
    edition, outlet = cast(Edition, _ITEM.copy(edition_values)), cast(Outlet, _OUTLET.copy(outlet_values))
    xml = _Writer()
    xml.open("item")
    xml.add("title", one_line(edition.headline))
    xml.add("link", absolute(edition.get_absolute_url()))
    xml.add("guid", f"urn:uuid:{edition.review_uid}", isPermaLink="false")
    xml.add("pubDate", rfc2822_date(edition.first_visible_from))
    if author := _author(edition, outlet):
        xml.add("dc:creator", one_line(author))
    content = {"edition": edition, "outlet": outlet}
    xml.add("description", render_to_string("reviews/includes/feed/item.html", content).strip())
    xml.endElement("item")
    return xml.text()


def _author(edition: Edition, outlet: Outlet) -> str:
    """Who wrote the words: the outlet for a digest, nobody for an unknown author."""
    if edition.is_digest:
        return outlet.name
    return "" if edition.critic.is_unknown else edition.critic.name


class _Writer(SimplerXMLGenerator):
    """Writes XML into memory, to be sent as a whole, and well-formed for any text."""

    def __init__(self) -> None:
        self._buffer = StringIO()
        super().__init__(self._buffer, "utf-8")

    def open(self, name: str, /, **attributes: str) -> None:
        """Open an element that has child elements."""
        self.startElement(name, AttributesImpl(attributes))

    def add(self, name: str, content: str = "", /, **attributes: str) -> None:
        """Add an element with text."""
        clean = {key: clean_characters(value) for key, value in attributes.items()}
        self.addQuickElement(name, clean_characters(content), clean)

    def write(self, xml: str) -> None:
        """Add XML that was written before."""
        self._buffer.write(xml)

    def text(self) -> str:
        """The XML written so far."""
        return self._buffer.getvalue()
