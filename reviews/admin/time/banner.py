"""The banner over a page of the time machine: which moment it is of, what is not of that moment, and ways to others."""

import datetime as dt

from django.contrib.auth.models import User
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from reviews.admin.parts.moments.asked import MomentForm
from reviews.admin.parts.moments.relative import apart
from reviews.admin.time.addresses import as_of
from reviews.desk import time_machine
from reviews.desk.dates import moment_in_words, to_the_minute

RECORDS = "Films, people and the outlet are shown as they are recorded today."
OWN_COPY = "Your own reviews are shown as of then, everybody else’s as readers see them now."
"""For people who may see their own copy only."""


def banner(at: dt.datetime, now: dt.datetime, by: User, path: str) -> SafeString:
    """The banner for a person who reads the page at a path as of a moment; to be made inside ``reading_at``."""
    context = {
        "moment": _when(at, now),
        "what": _what(at, now, by),
        "records": RECORDS,
        "form": MomentForm.showing(at),
        "zone": timezone.get_current_timezone_name(),
        "path": path,
        "before": _step(time_machine.previous_step(), path),
        "after": _step(time_machine.next_step(), path),
    }
    return render_to_string("admin/time/banner.html", context)


def _when(at: dt.datetime, now: dt.datetime) -> str:
    if abs(at - now) < dt.timedelta(seconds=1):
        return f"The site as of now, {moment_in_words(at)}."
    away = apart(at, now, timezone.get_current_timezone())
    return f"The site as of {moment_in_words(at)}: {away}."


def _what(at: dt.datetime, now: dt.datetime, by: User) -> str:
    if not time_machine.sees_everything(by):
        return OWN_COPY if at > now else f"{OWN_COPY.removesuffix('.')}, if they were published by then."
    if at > now:
        return "Readers will see this if nothing is changed at the desk until then."
    return (
        "It shows what was live then by its publication date, even if it has been replaced or withdrawn since. "
        "Embargoes agreed later are ignored."
    )


def _step(moment: dt.datetime | None, path: str) -> dict[str, str] | None:
    return {"url": as_of(moment, path), "words": to_the_minute(moment)} if moment else None
