"""The archive: public reviews by year and month of first publication, in the outlet's time zone."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Case, Count, Expression, Q, QuerySet, Subquery, Value, When
from django.urls import reverse

from reviews import clock
from reviews.models.insider import insider
from reviews.models.prepared import Prepared
from reviews.models.public.counts import MonthCount, Part, changes, state, together
from reviews.models.public.edition import Edition, EditionQuerySet

MONTHS = range(1, 13)


@dataclass(frozen=True, order=True)
class Period:
    """A year, or a month of one. Raises ValueError for an invalid month, and for years that dates cannot represent."""

    year: int
    month: int | None = None

    def __post_init__(self) -> None:
        if not 1 < self.year < 9999 or self.month not in (None, *MONTHS):
            raise ValueError(f"The archive has no {self.year}-{self.month}.")

    @property
    def first(self) -> dt.date:
        """Its first day."""
        return dt.date(self.year, self.month or 1, 1)

    @property
    def following(self) -> dt.date:
        """The first day after it."""
        if self.month is None or self.month == 12:
            return dt.date(self.year + 1, 1, 1)
        return dt.date(self.year, self.month + 1, 1)

    def get_absolute_url(self) -> str:
        if self.month is None:
            return reverse("archive_year", args=[self.year])
        return reverse("archive_month", args=[self.year, self.month])


@dataclass(frozen=True)
class CountedMonth:
    """A month, and how many public reviews were first published in it."""

    month: Period
    reviews: int


def bounds(period: Period, zone: ZoneInfo) -> tuple[dt.datetime, dt.datetime]:
    """The first and the last moment of a year or month."""
    return (
        _midnight(period.first, zone),
        _midnight(period.following, zone) - dt.timedelta.resolution,
    )


def gone_up_between(
    first: dt.datetime, last: dt.datetime | None, at: dt.datetime | None = None
) -> EditionQuerySet:
    """The public reviews that were first published between two moments, both included."""
    return Edition.objects.public(at, first_by=last).filter(first_visible_from__gte=first)


def count_by_month(zone: ZoneInfo) -> list[CountedMonth]:
    """Every month in which a public review was first published, in order. One query if counts are kept."""
    kept = _kept(zone)
    return _count_all(zone) if kept is None else kept


def _kept(zone: ZoneInfo, year: int | None = None) -> list[CountedMonth] | None:
    """The same by the kept counts, of a year or of all; None if they are not kept, or are of a later moment."""
    if insider():
        return None  # Kept counts are of what readers see.
    start, end = None, None
    if year is not None:
        start, end = (_midnight(day, zone) for day in (Period(year).first, Period(year).following))
    counted = _summed(_rows(clock.now(), zone.key, start, end), zone)
    if counted is None or year is None:
        return counted
    return [each for each in counted if each.month.year == year]


def _kept_rows(
    now: dt.datetime, zone: str, start: dt.datetime | None, end: dt.datetime | None
) -> QuerySet[Any, Any]:
    months = MonthCount.objects.all()
    if start is not None:
        months = months.filter(begins__gte=start, begins__lt=end)
    return together(
        [
            (Part.STATE, state(now).filter(zone=zone), ("pk", "settled_at", "pk")),
            (Part.KEPT, months, ("pk", "begins", "reviews")),
            # Of any year: they are few, and by their moments a database might find all of the year.
            *((part, editions, ("pk", "first_visible_from", "pk")) for part, editions in changes(now)),
        ]
    )


_rows = Prepared(_kept_rows)


def _summed(rows: Iterable[tuple[int, int, dt.datetime, int]], zone: ZoneInfo) -> list[CountedMonth] | None:
    is_kept, counts, seen = False, Counter[Period](), set[int]()
    for part, pk, moment, number in rows:
        local = moment.astimezone(zone)
        if part == Part.STATE:
            is_kept = True
        elif part == Part.KEPT:
            counts[Period(local.year, local.month)] += number
        elif pk not in seen:
            seen.add(pk)
            counts[Period(local.year, local.month)] += 1 if part == Part.ADDED else -1
    if not is_kept:
        return None
    return [CountedMonth(month, reviews) for month, reviews in sorted(counts.items()) if reviews]


def _count_all(zone: ZoneInfo) -> list[CountedMonth]:
    """Every month, counted from all public reviews. Two queries, or one without reviews."""
    now = clock.now()
    public = Edition.objects.public(now)
    oldest = public.order_by("first_visible_from").values_list("first_visible_from", flat=True).first()
    if oldest is None:
        return []
    begin, end = oldest.astimezone(zone), now.astimezone(zone)
    months = [
        Period(year, month)
        for year in range(begin.year, end.year + 1)
        for month in MONTHS
        if (begin.year, begin.month) <= (year, month) <= (end.year, end.month)
    ]
    return _counted(public, months, zone)


def count_by_month_of(year: int, zone: ZoneInfo) -> list[CountedMonth]:
    """The same for the months of one year. Raises ValueError for an invalid year."""
    kept = _kept(zone, year)
    if kept is not None:
        return kept
    return _counted(
        gone_up_between(*bounds(Period(year), zone)), [Period(year, month) for month in MONTHS], zone
    )


def neighbours(period: Period, zone: ZoneInfo) -> tuple[Period | None, Period | None]:
    """The last year (or month) before a period, and the first after it, with a public review. One query."""
    now, (first, last) = clock.now(), bounds(period, zone)
    before, after = first - dt.timedelta.resolution, last + dt.timedelta.resolution
    days = [at.astimezone(zone).date() for at in sorted(_nearest(min(before, now), now, after))]
    periods = [Period(day.year, day.month if period.month else None) for day in days]
    earlier = [each for each in periods if each < period]
    later = [each for each in periods if each > period]
    return (earlier[-1] if earlier else None, later[0] if later else None)


def _nearest_two(before: dt.datetime, now: dt.datetime, after: dt.datetime) -> QuerySet[Edition, dt.datetime]:
    """When the last review until a moment went up first, which is not later than now, and the first from another on."""
    # One bound for each: an index is used with the first that it meets. A subquery for one key, because PostgreSQL
    # would scan the whole table for a list of keys.
    earlier = Edition.objects.public(now, first_by=before).order_by("-first_visible_from")
    later = Edition.objects.public(now).filter(first_visible_from__gte=after).order_by("first_visible_from")
    last, first = Subquery(earlier.values("pk")[:1]), Subquery(later.values("pk")[:1])
    found = Edition.objects.filter(Q(pk=last) | Q(pk=first)).order_by()
    return found.values_list("first_visible_from", flat=True)


_nearest = Prepared(_nearest_two)


def _counted(public: EditionQuerySet, months: Sequence[Period], zone: ZoneInfo) -> list[CountedMonth]:
    """The number of these reviews for each of these consecutive months; every review is in one of them."""
    starts = [_midnight(month.first, zone) for month in months]
    counts = public.order_by().values_list(_numbered(starts, 0, len(starts))).annotate(Count("pk"))
    return [CountedMonth(months[number], reviews) for number, reviews in sorted(counts)]


def _numbered(starts: Sequence[dt.datetime], low: int, high: int) -> Expression:
    """The index of the last start that is not after a review's first publication.

    Bisects with nested CASE expressions: for a hundred months, the database makes seven comparisons per review.
    Truncating a moment in a time zone would make SQLite call Python for every row.
    """
    if high - low == 1:
        return Value(low)
    middle = (low + high) // 2
    later = When(first_visible_from__gte=starts[middle], then=_numbered(starts, middle, high))
    return Case(later, default=_numbered(starts, low, middle))


def _midnight(day: dt.date, zone: ZoneInfo) -> dt.datetime:
    """The moment at which a day begins in a zone."""
    return dt.datetime.combine(day, dt.time(), zone).astimezone(dt.UTC)
