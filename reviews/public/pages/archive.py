"""The archive: reviews by the year and month of first publication."""

from dataclasses import dataclass
from itertools import groupby
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.template.defaultfilters import date
from django.urls import reverse
from django.utils.translation import gettext as _

from reviews.models.prepared import Prepared
from reviews.models.shared.outlet import Outlet
from reviews.public.pages.page import Page, public_page, render_page
from reviews.public.pages.paging import NewestPages
from reviews.public.reading.archive import (
    MONTHS,
    CountedMonth,
    Period,
    bounds,
    count_by_month,
    count_by_month_of,
    gone_up_between,
    neighbours,
)


@dataclass(frozen=True)
class Volume:
    """A year of the archive, with its months that have reviews, in order."""

    year: Period
    months: list[CountedMonth]

    @property
    def calendar(self) -> list[CountedMonth]:
        """All twelve months, so that each is in the same place for every year; a month without reviews has count 0."""
        counts = {counted.month: counted.reviews for counted in self.months}
        months = [Period(self.year.year, month) for month in MONTHS]
        return [CountedMonth(month, counts.get(month, 0)) for month in months]

    @property
    def reviews(self) -> int:
        return sum(counted.reviews for counted in self.months)


@public_page
def archive(request: HttpRequest) -> HttpResponse:
    """Every year with a public review, newest first, with its months."""
    by_year = groupby(count_by_month(_zone()), key=lambda counted: counted.month.year)
    volumes = [Volume(Period(year), list(months)) for year, months in by_year]
    page = Page(
        reverse("archive"), _("Archive"), _("Every review here, by the month in which it first went up.")
    )
    return render_page("reviews/archive.html", page, {"volumes": volumes[::-1]})


@public_page
def archive_year(request: HttpRequest, year: int) -> HttpResponse:
    """The reviews first published in a year, newest first."""
    return _volume(request, "reviews/archive_year.html", year, None)


@public_page
def archive_month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """The reviews first published in a month, newest first."""
    return _volume(request, "reviews/archive_month.html", year, month)


def _volume(request: HttpRequest, template: str, year: int, month: int | None) -> HttpResponse:
    """The page of a year or month. Raises Http404 if no public review was first published in it."""
    zone = _zone()
    try:
        period = Period(year, month)
    except ValueError as error:
        raise Http404 from error
    volume = Volume(Period(year), count_by_month_of(year, zone))
    if not any(month in (None, counted.month.month) for counted in volume.months):
        raise Http404
    first, last = bounds(period, zone)
    reviews = _reviews.page(request, first, until=last)
    earlier, later = neighbours(period, zone)
    name = date(period.first, "F Y") if month else str(year)
    description = _("Reviews that first went up in %(period)s, newest first.") % {"period": name}
    page = Page(
        period.get_absolute_url() + reviews.query,
        _("Reviews from %(period)s") % {"period": name},
        description,
    )
    context = {"period": period, "volume": volume, "slice": reviews, "earlier": earlier, "later": later}
    return render_page(template, page, context)


_reviews = NewestPages(lambda at, by, first: gone_up_between(first, by, at).for_cards())
_outlet = Prepared(lambda: Outlet.objects.only("time_zone")[:1])


def _zone() -> ZoneInfo:
    """The time zone of the calendar. Needed before the page is made, because it decides which reviews are on it."""
    return next(iter(_outlet()), Outlet()).zone
