"""Filters for readers' templates. None makes a query."""

import datetime as dt
from dataclasses import dataclass
from urllib.parse import urlsplit

from django import template
from django.conf import settings
from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.safestring import SafeString, mark_safe

from reviews import text
from reviews.models.public.edition import Edition
from reviews.public.provenance import provenance_line
from reviews.public.reading import summary
from reviews.rules import ratings
from reviews.rules.argument import Stance, Verdict

register = template.Library()

register.filter(intcomma)
register.filter(text.web_address)
register.filter(text.post_address)
register.filter("spoken", ratings.rating_in_words)
register.filter(provenance_line)
register.filter("tally_line", summary.count_line)
register.filter(summary.middle_line)
register.filter(summary.share_line)


@register.filter
def markdown(source: str) -> SafeString:
    """The HTML of Markdown in the outlet's own fields."""
    return mark_safe(text.render(source, site_host=urlsplit(settings.SITE_URL).netloc))


@register.filter
def rating(edition: Edition) -> ratings.Rating | None:
    """The critic's rating; None if there is none, or if an old one can no longer be parsed."""
    try:
        return ratings.parse(edition.rating, star_scale=edition.star_scale)
    except ratings.RatingError:
        return None


@register.filter
def verdict(edition: Edition) -> Verdict | None:
    """The verdict; ``None`` if unstated. A mixed one is falsy: compare with ``None``."""
    return None if edition.verdict is None else Verdict(edition.verdict)


@register.filter
def stand(edition: Edition) -> str:
    """The verdict as a class name: ``rave`` … ``pan``, or ``unstated``."""
    return "unstated" if edition.verdict is None else Verdict(edition.verdict).name.lower()


LONG_HEADLINE, LONG_TITLE = 80, 28
"""Lengths in characters from which a headline or a film's title is set smaller.

A title is set larger, so its limit is lower. From twice the limit, both are set smaller still.
"""


@register.filter
def headline_size(headline: str) -> str:
    """The length class of a headline; ``is-short`` for most."""
    return _size(headline, LONG_HEADLINE)


@register.filter
def title_size(title: str) -> str:
    """The length class of a film's title, in the same way."""
    return _size(title, LONG_TITLE)


def _size(words: str, long: int) -> str:
    return ("is-short", "is-long", "is-longer")[min(len(words) // long, 2)]


@dataclass(frozen=True)
class Step:
    """A step of the scale from pan to rave."""

    name: str
    is_here: bool


@register.filter
def scale(verdict: Verdict) -> list[Step]:
    """The five verdicts, pan first, with the given one marked."""
    return [Step(step.name.lower(), step is verdict) for step in sorted(Verdict)]


@register.filter
def stance_name(stance: int) -> str:
    """A stance as a class name: ``praise``, ``mixed`` or ``criticism``."""
    return Stance(stance).name.lower()


@register.filter(expects_localtime=True)
def exact(moment: dt.datetime | dt.date) -> str:
    """The value of a ``datetime`` attribute, to the second, with the offset of the outlet's zone."""
    return moment.isoformat(timespec="seconds") if isinstance(moment, dt.datetime) else moment.isoformat()
