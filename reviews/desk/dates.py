"""Moments in words, in the outlet's zone, which is named. Form fields: :mod:`reviews.admin.parts.moments`."""

import datetime as dt

from django.utils import timezone
from django.utils.formats import date_format

from reviews.rules.wallclock import UTC, is_repeated, reading_of, zone_named

FIRST_YEAR, LAST_YEAR = 1900, 2100
OLD_PAGES = "Behind a shared cache (a CDN) readers may see the old pages until the minute ends."
"""What to add where something is hidden at once."""


def moment_in_words(moment: dt.datetime, zone: dt.tzinfo | None = None) -> str:
    """A moment with the name of its zone (default: the outlet's): ``4 June 2025, 17:00 (Europe/London)``.

    A time that occurs twice has its abbreviation: ``26 October 2025, 01:30 BST (Europe/London)``.
    """
    zone = zone or timezone.get_current_timezone()
    return f"{day(moment.astimezone(zone))}, {time_in(moment, zone)} ({zone})"


def spoken_in(name: str, moment: dt.datetime) -> str:
    """A moment in the zone of a stored name; in UTC with a note if the name is unknown."""
    zone = zone_named(name)
    return moment_in_words(moment, zone) if zone else f"{moment_in_words(moment, UTC)}: {unknown_zone(name)}"


def unknown_zone(name: str) -> str:
    """The note beside a time in UTC whose own zone is unknown."""
    return f"the time zone “{name}” is unknown here" if name else "no time zone is given"


def day(local: dt.date) -> str:
    """``4 June 2025``."""
    return date_format(local, "j F Y", use_l10n=False)


def time(local: dt.datetime) -> str:
    """``17:00``, with seconds if they are not zero."""
    return f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}"


def time_in(moment: dt.datetime, zone: dt.tzinfo) -> str:
    """The local time of a moment in a zone, with the abbreviation (``BST``) if that time occurs twice."""
    read = time(moment.astimezone(zone))
    return f"{read} {reading_of(moment, zone).letters}" if is_repeated(moment, zone) else read


def weekday(moment: dt.datetime, zone: dt.tzinfo | None = None) -> str:
    """The short weekday of a moment: ``Wed``."""
    return date_format(moment.astimezone(zone or timezone.get_current_timezone()), "D", use_l10n=False)


def short(moment: dt.datetime | None) -> str | None:
    """A moment for a column of a list, in the outlet's zone: ``4 Jun 2025, 17:00``."""
    if moment is None:
        return None
    zone = timezone.get_current_timezone()
    return f"{date_format(moment.astimezone(zone), 'j M Y', use_l10n=False)}, {time_in(moment, zone)}"


def spoken_twice(moment: dt.datetime, zone: str = "UTC") -> str:
    """A moment in the outlet's zone and, if they differ, in another."""
    here, there = timezone.get_current_timezone(), zone_named(zone)
    if there and moment.astimezone(here).replace(tzinfo=None) == moment.astimezone(there).replace(
        tzinfo=None
    ):
        return moment_in_words(moment)
    return f"{moment_in_words(moment)}, which is {spoken_in(zone, moment)}"


def in_front_of_a_cache(moment: dt.datetime) -> str:
    """What to add where a moment is chosen that is not on a whole minute; empty if it is.

    Shared caches in front of the site, such as a CDN's, keep pages to the end of a minute.
    """
    if moment.second == moment.microsecond == 0:
        return ""
    return (
        " Behind a shared cache (a CDN) readers may see the change up to 59 seconds late. "
        "To be on the second, choose a whole minute."
    )


def to_the_minute(moment: dt.datetime) -> str:
    """A moment for a page that names the outlet's zone elsewhere: ``4 June 2025, 17:00``."""
    zone = timezone.get_current_timezone()
    return f"{day(moment.astimezone(zone))}, {time_in(moment.replace(second=0, microsecond=0), zone)}"


def to_the_second(moment: dt.datetime) -> str:
    """A moment for evidence, in the outlet's zone: ``4 June 2025, 17:00:00 BST (16:00:00 UTC)``."""
    local = moment.astimezone(timezone.get_current_timezone())
    universal = moment.astimezone(dt.UTC)
    dated = "" if local.date() == universal.date() else f"{day(universal)}, "
    there = "" if local.utcoffset() == dt.timedelta(0) else f" ({dated}{universal:%H:%M:%S} UTC)"
    return f"{day(local)}, {local:%H:%M:%S %Z}{there}"


def moment_of(written: str) -> dt.datetime | None:
    """The moment of an ISO 8601 text with an offset; None if it is not valid."""
    try:
        moment = dt.datetime.fromisoformat(written)
    except ValueError:
        return None
    return moment if moment.tzinfo and FIRST_YEAR <= moment.year <= LAST_YEAR else None
