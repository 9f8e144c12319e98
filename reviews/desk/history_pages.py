"""Who may read how much of a history, and how a long one is read a stretch at a time."""

import datetime as dt
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models import F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from reviews import clock
from reviews.desk.history import HistoryLine, lines
from reviews.desk.rules import EDIT_ALL
from reviews.models import Film, HistoryEntry, Review

LENGTH = 200
"""About how many entries are read at once."""


@dataclass(frozen=True)
class HistoryPage:
    """A part of a history, newest first. Its older part is the stretch before the moment ``older``, if there is any."""

    lines: list[HistoryLine]
    older: dt.datetime | None


def of_film(film: Film, *, by: User) -> QuerySet[HistoryEntry]:
    """What somebody may read of the history of a film, its embargoes and its reviews.

    Of a review only whoever may see the copy, of an embargo only whoever may see embargoes. What was written of a
    review that has been deleted since is read by those who see everybody's copy.
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
    """The newest part of a history, or the newest before a moment (aware), in at most four queries.

    It is ``length`` entries long, and longer where the oldest of them were written at one moment: a stretch begins
    and ends between moments, so that what came of a decision stands in exactly one, whichever holds the decision.
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
    """The last decision about each thing that any of the entries decides about."""
    about: list[str] = ["decides_uid", "edition_number"]
    last_first = Window(RowNumber(), partition_by=about, order_by=[F("at").desc(), F("sequence").desc()])
    return _in_order(entries.exclude(decides_uid=None).annotate(nth=last_first).filter(nth=1))


def _in_order(entries: QuerySet[HistoryEntry]) -> QuerySet[HistoryEntry]:
    return entries.order_by("at", "sequence")
