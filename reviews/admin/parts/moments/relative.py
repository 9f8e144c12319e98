"""Relative times in words, for lists. "Now" is an argument, so every boundary can be tested.

Always shown with the exact moment (:mod:`reviews.admin.parts.badges`).
Not Django's ``timesince``: that counts in weeks and months, has no seconds, and joins units by commas.
"""

import datetime as dt

from django.utils.formats import date_format

DATED_AFTER = dt.timedelta(days=14)
"""From this distance on, the words are a date."""
COUNTED_IN_MONTHS = 2
"""From as many months on, a distance without a date is given in them and in years."""
HOURS_UNTIL = dt.timedelta(days=3)
"""Up to this distance, days are given with hours: an embargo's last day is counted in them."""


def distance(moment: dt.datetime, now: dt.datetime, zone: dt.tzinfo) -> str:
    """From now to a moment: ``in 3 h 12 min``, ``2 days ago``, ``on 4 June``. Rounded down.

    Both are aware; ``zone`` is that of the date.
    """
    apart = dt.timedelta(seconds=int(abs((moment - now).total_seconds())))
    if not apart:
        return "now"
    if apart >= DATED_AFTER:
        return f"on {date(moment, now, zone)}"
    return f"in {span(apart)}" if moment > now else f"{span(apart)} ago"


def apart(moment: dt.datetime, now: dt.datetime, zone: dt.tzinfo) -> str:
    """The same at any distance, where the date is beside it: ``in 20 days``, ``1 year 5 months ago``.

    Whole months and years from two months on, by the dates in ``zone``.
    """
    earlier, later = sorted((moment.astimezone(zone), now.astimezone(zone)))
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    months -= (later.day, later.time()) < (earlier.day, earlier.time())
    if months < COUNTED_IN_MONTHS:
        words = span(later - earlier)
    else:
        years, months = divmod(months, 12)
        words = _joined(_counted(years, "year") if years else "", _counted(months, "month") if months else "")
    return f"in {words}" if moment > now else f"{words} ago"


def since(moment: dt.datetime, now: dt.datetime, zone: dt.tzinfo) -> str:
    """The start of a state: ``since 17:00`` on the same day, else ``since 4 June``."""
    local = moment.astimezone(zone)
    if local.date() == now.astimezone(zone).date():
        return f"since {local:%H:%M}"
    return f"since {date(moment, now, zone)}"


def span(apart: dt.timedelta) -> str:
    """A duration of at least a second, in its one or two largest units: ``1 day 5 h``, ``12 min``."""
    minutes, seconds = divmod(int(apart.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    if days:
        return _joined(_counted(days, "day"), f"{hours} h" if hours and apart < HOURS_UNTIL else "")
    if hours:
        return _joined(f"{hours} h", f"{minutes} min" if minutes else "")
    return f"{minutes} min" if minutes else _counted(seconds, "second")


def date(moment: dt.datetime, now: dt.datetime, zone: dt.tzinfo) -> str:
    """A date, with its year if that is not the current one: ``4 June``, ``4 June 2024``."""
    local = moment.astimezone(zone)
    has_year = local.year != now.astimezone(zone).year
    return date_format(local, "j F Y" if has_year else "j F", use_l10n=False)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)
