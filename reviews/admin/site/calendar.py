"""The desk's calendar: a month of planned, embargoed, scheduled and published reviews, in the outlet's zone."""

import datetime as dt
import re
from calendar import Calendar
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, get_format
from django.utils.safestring import SafeString

from reviews import clock
from reviews.admin.parts.badges import badge
from reviews.admin.site.board import form_of
from reviews.admin.time.addresses import as_of
from reviews.desk.capped import Listed
from reviews.desk.dates import FIRST_YEAR, LAST_YEAR, moment_in_words
from reviews.desk.permissions import EDIT_ALL
from reviews.desk.planning.calendar import CalendarEntry, EntryKind, days_of
from reviews.models import Embargo

IN_A_MONTH, IN_A_DAY = 6, 200
"""The most entries of a day in the month's page, and on the day's own page."""
NOTHING: Listed[CalendarEntry] = Listed([], 0)


@dataclass(frozen=True)
class ShownEntry:
    """An entry of the desk (``planning.calendar.CalendarEntry``) in words, in the outlet's time zone.

    ``url`` is empty if this person may not open its subject, ``about`` if they see only their own copy. ``then`` is the
    page of the review or the film at that moment, in the time machine; empty for a day without a time.
    """

    sign: SafeString
    time: str
    exactly: str
    title: str
    about: str
    url: str
    then: str


@dataclass(frozen=True)
class CalendarDay:
    """A day, with the URL of its own page, which shows more entries."""

    date: dt.date
    name: str
    is_today: bool
    entries: Listed[ShownEntry]
    url: str


def calendar_page(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """A month (``?month=2025-06``) or a day (``?day=2025-06-12``); the current month if neither is valid."""
    by = request.user
    if not isinstance(by, User) or not by.has_perm("reviews.view_review"):
        raise PermissionDenied
    today = timezone.localdate(clock.now())
    day, month = _asked(request.GET.get("day"), "%Y-%m-%d"), _asked(request.GET.get("month"), "%Y-%m")
    if day is None and month is None and {"day", "month"} & request.GET.keys():
        messages.warning(request, "There is no such month in this calendar: this is the present one.")
    days = [day] if day else _days_of_month(month or today)
    found = days_of(
        by, days[0], days[-1], zone=timezone.get_current_timezone(), cap=IN_A_DAY if day else IN_A_MONTH
    )
    cells = [_cell(each, found.get(each, NOTHING), is_today=each == today, by=by) for each in days]
    context = {
        **site.each_context(request),
        "title": _said(days[0], "l j F Y" if day else "F Y"),
        "subtitle": None,
        "is_empty": not found,
        "day": cells[0] if day else None,
        "weeks": [] if day else _weeks(cells),
        "links": [_link(days[0].replace(day=1))] if day else _around(days, today),
        "zone": timezone.get_current_timezone_name(),
    }
    return TemplateResponse(request, "admin/calendar.html", context)


def _asked(text: str | None, form: str) -> dt.date | None:
    """The day, or the first of the month, that the query string names, if the calendar can show it."""
    if not text or not re.fullmatch(r"[0-9]{4}(-[0-9]{2}){1,2}", text):
        return None
    try:
        day = dt.datetime.strptime(text, form).date()  # noqa: DTZ007 A date has no zone.
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


def _days_of_month(day: dt.date) -> list[dt.date]:
    return [each for each in Calendar().itermonthdates(day.year, day.month) if each.month == day.month]


def _weeks(cells: list[CalendarDay]) -> list[list[CalendarDay | None]]:
    """The month's days in weeks, from the locale's first weekday; None for days of other months."""
    first_day = (
        int(get_format("FIRST_DAY_OF_WEEK")) - 1
    ) % 7  # Django counts from Sunday, Python from Monday.
    first = cells[0].date
    weeks = Calendar(first_day).monthdayscalendar(first.year, first.month)
    return [[cells[number - 1] if number else None for number in week] for week in weeks]


def _around(days: list[dt.date], today: dt.date) -> list[dict[str, Any]]:
    """The previous month, the current one unless shown, and the next, within the calendar's range."""
    before, after = days[0] - dt.timedelta(days=1), days[-1] + dt.timedelta(days=1)
    links = [_link(before, "prev")] if before.year >= FIRST_YEAR else []
    if today not in days:
        links.append({"url": reverse("admin:desk_calendar"), "name": "This month", "rel": ""})
    return [*links, *([_link(after, "next")] if after.year <= LAST_YEAR else [])]


def _link(day: dt.date, rel: str = "") -> dict[str, Any]:
    url = f"{reverse('admin:desk_calendar')}?month={day:%Y-%m}"
    return {"url": url, "name": _said(day, "F Y"), "rel": rel}


def _cell(day: dt.date, found: Listed[CalendarEntry], *, is_today: bool, by: User) -> CalendarDay:
    return CalendarDay(
        date=day,
        name=_said(day, "l j F"),
        is_today=is_today,
        entries=found.map(lambda entry: _shown(entry, by)),
        url=f"{reverse('admin:desk_calendar')}?day={day.isoformat()}",
    )


def _shown(entry: CalendarEntry, by: User) -> ShownEntry:
    subject = entry.subject
    if isinstance(subject, Embargo):
        may_look = by.has_perm("reviews.view_embargo")
        url = reverse("admin:reviews_embargo_change", args=[subject.pk]) if may_look else ""
        about = ""
    else:
        # An edition links to its review.
        url = form_of(getattr(subject, "review_id", subject.pk))
        about = str(subject.critic) if by.has_perm(EDIT_ALL) else ""
    at = entry.at.astimezone(timezone.get_current_timezone()) if entry.at else None
    return ShownEntry(
        sign=_sign(entry),
        time=f"{at:%H:%M}" if at else "",
        exactly=moment_in_words(at) if at else "",
        title=str(subject.film),
        about=about,
        then=as_of(entry.at, _page_of(subject)) if entry.at else "",
        url=url,
    )


def _page_of(subject: Any) -> str:
    """The public page of an edition, or of the film of an embargo."""
    page: str = (subject.film if isinstance(subject, Embargo) else subject).get_absolute_url()
    return page


def _sign(entry: CalendarEntry) -> SafeString:
    match entry.kind:
        case EntryKind.PLANNED:
            return badge("planned", "Planned")
        case EntryKind.GOES_UP:
            return badge("waiting", "Goes up")
        case EntryKind.NEVER:
            return badge("blocking", "Never goes up")
        case EntryKind.UP:
            return badge("live", "Up")
    assert isinstance(entry.subject, Embargo)
    whose = "Social media embargo" if entry.subject.covers == Embargo.Covers.SOCIAL else "Embargo"
    has_come = entry.subject.lifts_at <= clock.now()
    return badge("clear" if has_come else "held", f"{whose} {'lifted' if has_come else 'lifts'}")


def _said(day: dt.date, form: str) -> str:
    return date_format(day, form, use_l10n=False)
