"""Calendar entries by day: planned reviews, lifting embargoes, scheduled and published editions.

Days are local days of one time zone, also when its clocks change.
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
from reviews.desk.permissions import BEFORE_APPROVAL
from reviews.desk.visible_to import VisibleCopy, visible_to
from reviews.models import Edition, Embargo, Review
from reviews.models.keys import Sequenced


class EntryKind(StrEnum):
    """The kind of an entry. A planned review is not approved yet; ``UP`` is on the day of first publication."""

    PLANNED = "planned"
    LIFTS = "lifts"
    GOES_UP = "goes up"
    NEVER = "never"
    UP = "up"


@dataclass(frozen=True)
class CalendarEntry:
    """An entry of a day; ``at`` is its moment (aware), None if it has only a day.

    What happens and to which row: the admin's ``ShownEntry`` is the same entry in words and links.
    """

    kind: EntryKind
    at: dt.datetime | None
    subject: Review | Edition | Embargo


Days = dict[dt.date, Listed[CalendarEntry]]


def days_of(by: User, first: dt.date, last: dt.date, *, zone: dt.tzinfo, cap: int) -> Days:
    """The days from first to last, inclusive, that have entries visible to this person.

    Each has at most ``cap`` entries; those without a moment come first. The number of queries is constant.
    """
    visible = visible_to(by)
    begins, ends = midnight(first, zone), midnight(last + dt.timedelta(days=1), zone)
    found: dict[dt.date, list[CalendarEntry]] = {}
    totals: dict[dt.date, int] = {}
    for kind, rows, moment in _rows(visible, first, last, begins, ends):
        day = TruncDate(moment, tzinfo=zone) if kind is not EntryKind.PLANNED else F(moment)
        for row in _first_of_each_day(rows, day, moment, cap):
            if row.place == 1:
                totals[row.day] = totals.get(row.day, 0) + row.in_all
            at = None if kind is EntryKind.PLANNED else getattr(row, moment)
            found.setdefault(row.day, []).append(CalendarEntry(_kind(kind, row), at, row))
    return {day: Listed(sorted(entries, key=_order)[:cap], totals[day]) for day, entries in found.items()}


def midnight(day: dt.date, zone: dt.tzinfo) -> dt.datetime:
    """The start of a day in a zone, in UTC: the first of two midnights, or the clock change that skips midnight."""
    return dt.datetime.combine(day, dt.time(), zone).astimezone(dt.UTC)


def _rows(
    visible: VisibleCopy, first: dt.date, last: dt.date, begins: dt.datetime, ends: dt.datetime
) -> list[tuple[EntryKind, QuerySet[Any], str]]:
    """Each kind with its rows and the column of their time."""
    now = clock.now()
    editions = visible.editions().filter(visible_from__gte=begins, visible_from__lt=ends)
    planned = visible.reviews().defer("body").filter(status__in=BEFORE_APPROVAL)
    kept = Q(ended_at=None) | Q(ended_at__gte=F("lifts_at"))
    return [
        (EntryKind.PLANNED, planned.filter(planned_on__gte=first, planned_on__lte=last), "planned_on"),
        (
            EntryKind.LIFTS,
            visible.embargoes().filter(kept, lifts_at__gte=begins, lifts_at__lt=ends),
            "lifts_at",
        ),
        (EntryKind.GOES_UP, editions.filter(visible_from__gt=now), "visible_from"),
        (EntryKind.UP, editions.opened(now).filter(first_visible_from=F("visible_from")), "visible_from"),
    ]


def _first_of_each_day(rows: QuerySet[Any], day: Any, moment: str, cap: int) -> QuerySet[Any]:
    """The first rows of each day with their rank (``place``) and the day's count (``in_all``), in one query."""
    numbered = rows.annotate(day=day).annotate(
        place=Window(RowNumber(), partition_by=F("day"), order_by=[moment, _last_in_order(rows.model)]),
        in_all=Window(Count("pk"), partition_by=F("day")),
    )
    first: QuerySet[Any] = numbered.filter(place__lte=cap).order_by("day", "place")
    return first


def _last_in_order(model: type[Any]) -> str:
    """The field that orders rows of the same time by creation; a random (UUID) primary key cannot."""
    return "sequence" if issubclass(model, Sequenced) else "pk"


def _kind(kind: EntryKind, row: Any) -> EntryKind:
    is_empty = (
        kind is EntryKind.GOES_UP and row.visible_until is not None and row.visible_until <= row.visible_from
    )
    return EntryKind.NEVER if is_empty else kind


def _order(entry: CalendarEntry) -> tuple[bool, dt.datetime]:
    return entry.at is not None, entry.at or dt.datetime.min.replace(tzinfo=dt.UTC)
