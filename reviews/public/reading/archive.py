"""The archive: public reviews by the year and month in which they first went up, on the outlet's wall calendar."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db.models import Case, Count, Expression, Q, Subquery, Value, When
from django.urls import reverse

from reviews import clock
from reviews.models.public.edition import Edition, EditionQuerySet

MONTHS = range(1, 13)


@dataclass(frozen=True, order=True)
class Period:
    """A year, or a month of one. Raises ValueError for a month that no calendar has, and at the ends of time."""

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
    """A month, and how many public reviews went up in it."""

    month: Period
    reviews: int


def gone_up_in(period: Period, zone: ZoneInfo) -> EditionQuerySet:
    """The public reviews that first went up in a year or month."""
    start, end = _midnight(period.first, zone), _midnight(period.following, zone)
    return Edition.objects.public().filter(first_visible_from__gte=start, first_visible_from__lt=end)


def count_by_month(zone: ZoneInfo) -> list[CountedMonth]:
    """Every month in which a public review went up, the first one first. Two queries, or one without reviews."""
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
    """The months of a year in which a public review went up, in order. One query. Raises ValueError for no year."""
    return _counted(gone_up_in(Period(year), zone), [Period(year, month) for month in MONTHS], zone)


def neighbours(period: Period, zone: ZoneInfo) -> tuple[Period | None, Period | None]:
    """The last year (or month) before a period, and the first after it, in which a public review went up. One query."""
    public = Edition.objects.public()
    before = public.filter(first_visible_from__lt=_midnight(period.first, zone))
    after = public.filter(first_visible_from__gte=_midnight(period.following, zone))
    # A subquery for one key, because PostgreSQL would scan the whole table for a list of keys.
    last = Subquery(before.order_by("-first_visible_from").values("pk")[:1])
    first = Subquery(after.order_by("first_visible_from").values("pk")[:1])
    found = public.filter(Q(pk=last) | Q(pk=first)).order_by("first_visible_from")
    days = [at.astimezone(zone).date() for at in found.values_list("first_visible_from", flat=True)]
    periods = [Period(day.year, day.month if period.month else None) for day in days]
    earlier = [each for each in periods if each < period]
    later = [each for each in periods if each > period]
    return (earlier[-1] if earlier else None, later[0] if later else None)


def _counted(public: EditionQuerySet, months: Sequence[Period], zone: ZoneInfo) -> list[CountedMonth]:
    """How many of these reviews went up in each of these months, which follow one another; none went up outside."""
    starts = [_midnight(month.first, zone) for month in months]
    counts = public.order_by().values_list(_numbered(starts, 0, len(starts))).annotate(Count("pk"))
    return [CountedMonth(months[number], reviews) for number, reviews in sorted(counts)]


def _numbered(starts: Sequence[dt.datetime], low: int, high: int) -> Expression:
    """Which of the starts is the last that a review did not go up before.

    Found by halving: a database asks a review seven questions to file it under one of a hundred months, and SQLite
    is spared a call into Python for every row, which is what truncating a moment in a zone costs there.
    """
    if high - low == 1:
        return Value(low)
    middle = (low + high) // 2
    later = When(first_visible_from__gte=starts[middle], then=_numbered(starts, middle, high))
    return Case(later, default=_numbered(starts, low, middle))


def _midnight(day: dt.date, zone: ZoneInfo) -> dt.datetime:
    """The moment at which a day begins in a zone."""
    return dt.datetime.combine(day, dt.time(), zone).astimezone(dt.UTC)
