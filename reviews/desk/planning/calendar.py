"""The days of a stretch of time and what falls on each: planned, under embargo until then, to go up, gone up.

Days are those of one zone, whatever its clocks do meanwhile.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber, TruncDate

from reviews import clock
from reviews.desk.capped import Listed
from reviews.desk.rules import BEFORE_APPROVAL
from reviews.desk.visible_to import Sight, sight_of
from reviews.models import Edition, Embargo, Review
from reviews.models.keys import Sequenced


class EntryKind(StrEnum):
    """What an entry is. What is planned is not approved yet; a review is up from the day it first went up."""

    PLANNED = "planned"
    LIFTS = "lifts"
    GOES_UP = "goes up"
    NEVER = "never"
    UP = "up"


@dataclass(frozen=True)
class CalendarEntry:
    """Something that falls on a day; ``at`` is its moment, aware, where it has one."""

    kind: EntryKind
    at: dt.datetime | None
    subject: Review | Edition | Embargo


Days = dict[dt.date, Listed[CalendarEntry]]


def days_of(by: User, first: dt.date, last: dt.date, *, zone: dt.tzinfo, cap: int) -> Days:
    """The days from first to last, inclusive, on which something falls that this person may see.

    Each holds ``cap`` entries at most, whole days before moments. As many queries for an archive as for an empty desk.
    """
    sight = sight_of(by)
    begins, ends = midnight(first, zone), midnight(last + dt.timedelta(days=1), zone)
    found: dict[dt.date, list[CalendarEntry]] = {}
    totals: dict[dt.date, int] = {}
    for kind, rows, moment in _rows(sight, first, last, begins, ends):
        day = TruncDate(moment, tzinfo=zone) if kind is not EntryKind.PLANNED else F(moment)
        for row in _first_of_each_day(rows, day, moment, cap):
            if row.place == 1:
                totals[row.day] = totals.get(row.day, 0) + row.in_all
            at = None if kind is EntryKind.PLANNED else getattr(row, moment)
            found.setdefault(row.day, []).append(CalendarEntry(_kind(kind, row), at, row))
    return {day: Listed(sorted(entries, key=_order)[:cap], totals[day]) for day, entries in found.items()}


def midnight(day: dt.date, zone: dt.tzinfo) -> dt.datetime:
    """When a day begins in a zone, in UTC: the first midnight of two, the moment of the change where there is none."""
    return dt.datetime.combine(day, dt.time(), zone).astimezone(dt.UTC)


def _rows(
    sight: Sight, first: dt.date, last: dt.date, begins: dt.datetime, ends: dt.datetime
) -> list[tuple[EntryKind, QuerySet[Any], str]]:
    """Every kind with its rows and the column that says when."""
    now = clock.now()
    editions = sight.editions().filter(visible_from__gte=begins, visible_from__lt=ends)
    planned = sight.reviews().defer("body").filter(status__in=BEFORE_APPROVAL)
    kept = Q(ended_at=None) | Q(ended_at__gte=F("lifts_at"))
    return [
        (EntryKind.PLANNED, planned.filter(planned_on__gte=first, planned_on__lte=last), "planned_on"),
        (
            EntryKind.LIFTS,
            sight.embargoes().filter(kept, lifts_at__gte=begins, lifts_at__lt=ends),
            "lifts_at",
        ),
        (EntryKind.GOES_UP, editions.filter(visible_from__gt=now), "visible_from"),
        (EntryKind.UP, editions.opened(now).filter(first_visible_from=F("visible_from")), "visible_from"),
    ]


def _first_of_each_day(rows: QuerySet[Any], day: Any, moment: str, cap: int) -> QuerySet[Any]:
    """The first rows of each day, numbered (``place``), with how many the day has (``in_all``), in one query."""
    numbered = rows.annotate(day=day).annotate(
        place=Window(RowNumber(), partition_by=F("day"), order_by=[moment, _last_in_order(rows.model)]),
        in_all=Window(Count("pk"), partition_by=F("day")),
    )
    first: QuerySet[Any] = numbered.filter(place__lte=cap).order_by("day", "place")
    return first


def _last_in_order(model: type[Any]) -> str:
    """The field that orders rows of the same time by when they were made: a random key does not."""
    return "sequence" if issubclass(model, Sequenced) else "pk"


def _kind(kind: EntryKind, row: Any) -> EntryKind:
    is_empty = (
        kind is EntryKind.GOES_UP and row.visible_until is not None and row.visible_until <= row.visible_from
    )
    return EntryKind.NEVER if is_empty else kind


def _order(entry: CalendarEntry) -> tuple[bool, dt.datetime]:
    return entry.at is not None, entry.at or dt.datetime.min.replace(tzinfo=dt.UTC)
