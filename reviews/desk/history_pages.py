"""History entries visible to a user, and keyset pagination over them."""

import datetime as dt
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models import F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from reviews import clock
from reviews.desk.history import HistoryLine, lines
from reviews.desk.permissions import EDIT_ALL
from reviews.models import Film, HistoryEntry, Review

LENGTH = 200
"""Entries on a page. Entries of one moment stay on one page, so a page may be longer."""


@dataclass(frozen=True)
class HistoryPage:
    """A page of a history, newest first. The next page begins before ``older`` (aware; None: there is none)."""

    lines: list[HistoryLine]
    older: dt.datetime | None


def of_film(film: Film, *, by: User) -> QuerySet[HistoryEntry]:
    """The entries about a film, its embargoes and its reviews that a user may read.

    Entries about a review need permission to see its copy, those about an embargo permission to see embargoes, and
    those about a deleted review permission to see all copy.
    """
    readable = Q(review_uid=None, decides_uid=None)
    if by.has_perm("reviews.view_embargo"):
        readable |= Q(review_uid=None)
    if by.has_perm(EDIT_ALL):
        readable |= Q(review_uid__isnull=False)
    else:
        own = Review.objects.filter(critic__user=by.pk)
        readable |= Q(review_uid__in=own.values("uid"))
    return HistoryEntry.objects.of_film(film.uid).filter(readable)


def stretch(
    entries: QuerySet[HistoryEntry], *, before: dt.datetime | None = None, length: int = LENGTH
) -> HistoryPage:
    """The newest page of a history, or the newest before a moment (aware). Takes at most four queries.

    It has ``length`` entries, and more if several entries share the oldest moment. Pages are divided between moments,
    so an event derived from a decision is on exactly one page, even if the decision is on another.
    """
    now = before or clock.now()
    within = entries.filter(at__lt=before) if before else entries
    oldest = list(within.order_by("-at").values_list("at", flat=True)[length - 1 : length + 1])
    begins = oldest[0] if len(oldest) == 2 else None
    earlier = within.filter(at__lt=begins) if begins else within.none()
    held = within.filter(at__gte=begins) if begins else within
    found = [
        line
        for line in lines([*_in_force(earlier), *_in_order(held)], now)
        if (begins is None or line.at >= begins) and (before is None or line.at < before)
    ]
    return HistoryPage(found[::-1], begins if earlier.exists() else None)


def _in_force(entries: QuerySet[HistoryEntry]) -> QuerySet[HistoryEntry]:
    """The last decision about each subject that the entries decide about."""
    about: list[str] = ["decides_uid", "edition_number"]
    last_first = Window(RowNumber(), partition_by=about, order_by=[F("at").desc(), F("sequence").desc()])
    return _in_order(entries.exclude(decides_uid=None).annotate(nth=last_first).filter(nth=1))


def _in_order(entries: QuerySet[HistoryEntry]) -> QuerySet[HistoryEntry]:
    return entries.order_by("at", "sequence")
