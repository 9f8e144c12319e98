"""The instants that a local time in a time zone can mean: one, or two if the clocks repeat or skip it.

The rules are those of PEP 495: when clocks are put back, a local time occurs twice; when they are put forward, a local
time that they skip can be read with the offset before the change or after it. This module does not choose: the person
who typed the time is asked. Offsets are from the IANA time zone database, which also has changes of half an hour
(Australia/Lord_Howe) and of a whole day (Pacific/Apia, 30 December 2011).
"""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

UTC = ZoneInfo("UTC")
SECOND = dt.timedelta(seconds=1)


@dataclass(frozen=True)
class Reading:
    """One instant that a local time can mean: ``at`` (aware, in UTC), and what the clocks show then.

    ``local`` (naive) is the given time, unless ``is_skipped``: no clock shows that time, and ``local`` is what they
    show at ``at``.
    """

    at: dt.datetime
    local: dt.datetime
    offset: dt.timedelta
    abbreviation: str
    is_skipped: bool = False

    @property
    def letters(self) -> str:
        """The shortest name of the zone's time then: ``BST``; ``UTC+10:30`` if the zone has no abbreviation."""
        return self.abbreviation if self.abbreviation.isalpha() else offset_words(self.offset)

    @property
    def clock(self) -> str:
        """The full name: ``BST (UTC+1)``."""
        offset = offset_words(self.offset)
        return f"{self.letters} ({offset})" if self.letters != offset else offset


@dataclass(frozen=True)
class Change:
    """A clock change in a zone: at the instant ``at`` (aware, UTC) clocks go from ``before`` to ``after`` (naive)."""

    at: dt.datetime
    before: dt.datetime
    after: dt.datetime

    @property
    def is_forward(self) -> bool:
        """Whether it skips local times; otherwise it repeats some."""
        return self.after > self.before


def zone_named(name: str) -> ZoneInfo | None:
    """The zone with a stored name; None if this machine's time zone database does not have it.

    A name that was not saved at the desk may be anything, or come from a machine with more zones.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        # OSError: a directory of the database, such as "Europe".
        return None


def instants(local: dt.datetime, zone: ZoneInfo) -> list[Reading]:
    """The readings of a local time (naive) in a zone, in order of the instants: one or two.

    Raises ValueError for an aware time, OverflowError within a day of the earliest or latest date.
    """
    first, second = _offsets(local, zone)
    if first == second:
        return [_reading(local - first, zone)]
    # For a skipped time the offset before the change gives the later instant.
    is_skipped = first < second
    return [
        _reading(local - offset, zone, is_skipped=is_skipped)
        for offset in sorted((first, second), reverse=True)
    ]


def change_at(local: dt.datetime, zone: ZoneInfo) -> Change | None:
    """The clock change that repeats or skips a local time (naive); None if the time occurs once.

    Found to the second, by bisecting the interval between the two instants that the time can mean.
    """
    first, second = _offsets(local, zone)
    if first == second:
        return None
    early, late = sorted((local - first, local - second))
    before = _offset_at(early, zone)
    while late - early > SECOND:
        middle = early + (late - early) // 2
        if _offset_at(middle, zone) == before:
            early = middle
        else:
            late = middle
    moment = late.replace(microsecond=0)
    return Change(moment.replace(tzinfo=dt.UTC), moment + before, moment + _offset_at(late, zone))


def is_repeated(moment: dt.datetime, zone: dt.tzinfo) -> bool:
    """Whether the clocks of a zone show the same local time at another instant as at this one (aware)."""
    local = moment.astimezone(zone)
    first, second = local.replace(fold=0).utcoffset(), local.replace(fold=1).utcoffset()
    return first != second


def reading_of(moment: dt.datetime, zone: dt.tzinfo) -> Reading:
    """What the clocks of a zone show at an instant (aware)."""
    return _reading(moment.astimezone(dt.UTC).replace(tzinfo=None), zone)


def offset_words(offset: dt.timedelta) -> str:
    """An offset as text: ``UTC+1``, ``UTC−3:30``, ``UTC+0``."""
    sign = "−" if offset < dt.timedelta() else "+"
    minutes, seconds = divmod(int(abs(offset).total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    words = f"UTC{sign}{hours}"
    if minutes or seconds:
        words += f":{minutes:02}"
    return f"{words}:{seconds:02}" if seconds else words


def _offsets(local: dt.datetime, zone: ZoneInfo) -> tuple[dt.timedelta, dt.timedelta]:
    """The offsets of a time before a clock change and after it."""
    if local.tzinfo is not None:
        raise ValueError("A time on a wall is naive.")
    first, second = (local.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1))
    assert first is not None  # A named zone knows its offset at any time.
    assert second is not None
    return first, second


def _reading(utc: dt.datetime, zone: dt.tzinfo, *, is_skipped: bool = False) -> Reading:
    """The reading of an instant (naive, in UTC)."""
    at = utc.replace(tzinfo=dt.UTC, fold=0)
    there = at.astimezone(zone)
    return Reading(
        at=at,
        local=there.replace(tzinfo=None, fold=0),
        offset=_offset_at(utc, zone),
        abbreviation=there.tzname() or "",
        is_skipped=is_skipped,
    )


def _offset_at(utc: dt.datetime, zone: dt.tzinfo) -> dt.timedelta:
    offset = utc.replace(tzinfo=dt.UTC).astimezone(zone).utcoffset()
    assert offset is not None
    return offset
