"""How far away a moment is, in words for a list: every boundary can be tested, for "now" is given.

Words are for glancing at. Whoever shows them shows the exact moment beside them (:mod:`reviews.admin.parts.badges`).
Django's ``timesince`` says other words: it counts in weeks and months, knows no seconds, and joins units by commas.
"""

import datetime as dt

from django.utils.formats import date_format

DATED_AFTER = dt.timedelta(days=14)
"""From here on a date says more than a number of days."""
HOURS_UNTIL = dt.timedelta(days=3)
"""Up to here a number of days says the hours too: an embargo's last day is counted in them."""


def distance(moment: dt.datetime, now: dt.datetime, zone: dt.tzinfo) -> str:
    """From now to a moment: ``in 3 h 12 min``, ``2 days ago``, ``on 4 June``; what is left of a unit is cut off.

    All are aware; ``zone`` is the one in which a date is read.
    """
    apart = dt.timedelta(seconds=int(abs((moment - now).total_seconds())))
    if not apart:
        return "now"
    if apart >= DATED_AFTER:
        return f"on {date(moment, now, zone)}"
    return f"in {span(apart)}" if moment > now else f"{span(apart)} ago"


def since(moment: dt.datetime, now: dt.datetime, zone: dt.tzinfo) -> str:
    """Since when something holds: ``since 17:00`` on the same day, else ``since 4 June``."""
    local = moment.astimezone(zone)
    if local.date() == now.astimezone(zone).date():
        return f"since {local:%H:%M}"
    return f"since {date(moment, now, zone)}"


def span(apart: dt.timedelta) -> str:
    """A length of time of at least a second, in its one or two largest units: ``1 day 5 h``, ``12 min``."""
    minutes, seconds = divmod(int(apart.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    if days:
        return _joined(_counted(days, "day"), f"{hours} h" if hours and apart < HOURS_UNTIL else "")
    if hours:
        return _joined(f"{hours} h", f"{minutes} min" if minutes else "")
    return f"{minutes} min" if minutes else _counted(seconds, "second")


def date(moment: dt.datetime, now: dt.datetime, zone: dt.tzinfo) -> str:
    """A date, with its year where that is another than now's: ``4 June``, ``4 June 2024``."""
    local = moment.astimezone(zone)
    has_year = local.year != now.astimezone(zone).year
    return date_format(local, "j F Y" if has_year else "j F", use_l10n=False)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)
