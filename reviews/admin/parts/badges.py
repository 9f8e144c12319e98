"""Badges for lists and panels: a shape, words, and a colour that only repeats what they say."""

import datetime as dt

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from reviews import clock
from reviews.admin.parts.moments.relative import distance, since
from reviews.desk.dates import moment_in_words
from reviews.models import Review
from reviews.rules.argument import Verdict


def sign(name: str) -> SafeString:
    """The shape of a badge, hidden from screen readers. Every desk page includes the SVG symbols."""
    return format_html(
        '<svg class="desk-sign is-{}" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" '
        'focusable="false"><use href="#sign-{}"/></svg>',
        name,
        name,
    )


def badge(name: str, words: object) -> SafeString:
    """A badge. ``name`` selects the shape and the colour."""
    return format_html(
        '<span class="desk-badge is-{}">{}<span>{}</span></span>',
        name,
        sign(name),
        words,
    )


def led(lead: str, value: object) -> SafeString:
    """A value of a list after the name of its column, which only a narrow window shows: there no column has a head."""
    return format_html('<span class="desk-lead">{}</span> {}', lead, value)


def verdict_badge(verdict: int | None) -> SafeString:
    """The badge of a verdict; None is no verdict (0 is mixed)."""
    if verdict is None:
        return badge("unstated", "No verdict")
    stated = Verdict(verdict)
    return badge(stated.name.lower(), stated.label)


def status_badge(review: Review) -> SafeString:
    """The badge of a review's status."""
    return badge(review.status, capfirst(review.get_status_display()))


def away(moment: dt.datetime, before: str = "") -> SafeString:
    """A relative time, such as ``goes up in 3 h 12 min``, with the exact time as its title and for screen readers."""
    return _timed(
        moment, f"{before} {distance(moment, clock.now(), timezone.get_current_timezone())}".strip()
    )


def ever_since(moment: dt.datetime, before: str = "") -> SafeString:
    """The start of a state, such as ``up since 4 June``, with the exact time in the same way."""
    return _timed(moment, f"{before} {since(moment, clock.now(), timezone.get_current_timezone())}".strip())


def _timed(moment: dt.datetime, words: str) -> SafeString:
    exact = moment_in_words(moment)
    return format_html(
        '<time datetime="{}" title="{}">{}<span class="visually-hidden"> ({})</span></time>',
        moment.astimezone(dt.UTC).isoformat(),
        exact,
        words,
        exact,
    )
