"""Filters for readers' templates. Pure: none of them asks the database for anything."""

import datetime as dt
from dataclasses import dataclass
from urllib.parse import urlsplit

from django import template
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from reviews import text
from reviews.models.public.edition import Edition
from reviews.public.provenance import provenance_line
from reviews.public.reading import summary
from reviews.rules import ratings
from reviews.rules.argument import Stance, Verdict

register = template.Library()

register.filter(text.web_address)
register.filter(text.post_address)
register.filter("spoken", ratings.rating_in_words)
register.filter(provenance_line)
register.filter("tally_line", summary.count_line)
register.filter(summary.middle_line)
register.filter(summary.share_line)


@register.filter
def markdown(source: str) -> SafeString:
    """Markdown of the outlet's own record as HTML."""
    return mark_safe(text.render(source, site_host=urlsplit(settings.SITE_URL).netloc))


@register.filter
def rating(edition: Edition) -> ratings.Rating | None:
    """The rating that the critic gave; nothing where none was given, or where an old one no longer reads as one."""
    try:
        return ratings.parse(edition.rating, star_scale=edition.star_scale)
    except ratings.RatingError:
        return None


@register.filter
def verdict(edition: Edition) -> Verdict | None:
    """The verdict; ``None`` where none is stated. A mixed one is falsy: compare with ``None``."""
    return None if edition.verdict is None else Verdict(edition.verdict)


@register.filter
def stand(edition: Edition) -> str:
    """Where the review stands, as a class name spells it: ``rave`` … ``pan``, or ``unstated``."""
    return "unstated" if edition.verdict is None else Verdict(edition.verdict).name.lower()


LONG_HEADLINE, LONG_TITLE = 80, 28
"""From how many characters on a headline, or the title of a film, is set smaller: a title may take its time.

A title is set larger, and so is long sooner. From twice as many on, either is set smaller still.
"""


@register.filter
def headline_size(headline: str) -> str:
    """How long a headline is, as a class name; ``is-short`` for most."""
    return _size(headline, LONG_HEADLINE)


@register.filter
def title_size(title: str) -> str:
    """How long a film's title is, likewise."""
    return _size(title, LONG_TITLE)


def _size(words: str, long: int) -> str:
    return ("is-short", "is-long", "is-longer")[min(len(words) // long, 2)]


@dataclass(frozen=True)
class Step:
    """A place on the scale from pan to rave."""

    name: str
    is_here: bool


@register.filter
def scale(verdict: Verdict) -> list[Step]:
    """The five verdicts, pan first, with the one that was given."""
    return [Step(step.name.lower(), step is verdict) for step in sorted(Verdict)]


@register.filter
def stance_name(stance: int) -> str:
    """A stance as a class name spells it: ``praise``, ``mixed`` or ``criticism``."""
    return Stance(stance).name.lower()


@register.filter(expects_localtime=True)
def exact(moment: dt.datetime | dt.date) -> str:
    """The value of a ``datetime`` attribute, to the second and with the offset of the outlet's zone."""
    return moment.isoformat(timespec="seconds") if isinstance(moment, dt.datetime) else moment.isoformat()
