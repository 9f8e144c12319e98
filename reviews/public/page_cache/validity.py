"""Whether a kept page is what a reader would be shown now.

It is if nothing that readers see has changed since it was read: neither by a write (the stamp in the row of public
state) nor by the clock (the last moment at which something appeared or went).

A change of what is hidden moves no stamp. But whoever makes it may not know yet that it has appeared: its moment may
come before the commit, or by a reader's clock that is ahead. So a page that was read before such a change, at a moment
that is not before it, is not right any more.
"""

import datetime as dt
import logging
import time
from collections.abc import Mapping
from threading import Lock
from types import MappingProxyType
from typing import NamedTuple

from django.db import Error

from reviews import clock
from reviews.models.public import state
from reviews.models.public.moments import next_change
from reviews.models.public.state import PublicState

logger = logging.getLogger(__name__)


MOST_REMEMBERED = 4096
"""The most past states of the schedule that a process remembers the end of."""


class Basis(NamedTuple):
    """What a page was read from: stamp and schedule before its first query, and a moment (aware) not after it."""

    stamp: int
    at: dt.datetime
    schedule: int = 0


class Standing(NamedTuple):
    """What holds now: the stamp, and the moment since which nothing changed by the clock.

    ``put_back`` counts how often the clock was put back, or the database: then a page may tell of what is to come, or
    never was. ``ends`` holds when each earlier schedule began to change, by the clock of whoever changed it.
    """

    stamp: int
    since: dt.datetime
    at: dt.datetime
    put_back: int = 0
    schedule: int = 0
    ends: Mapping[int, dt.datetime] = MappingProxyType({})

    @property
    def basis(self) -> Basis:
        return Basis(self.stamp, self.at, self.schedule)

    def holds(self, basis: Basis) -> bool:
        """Whether a page with this basis is still right. One of the future is not: another clock is ahead of ours."""
        if basis.stamp != self.stamp or not self.since <= basis.at <= self.at:
            return False
        if basis.schedule == self.schedule:
            return True
        end = self.ends.get(basis.schedule)
        return end is not None and basis.at <= end


class Validity:
    """What one process knows. Its threads share it; readers never write the row."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._row: PublicState | None = None
        self._read = 0.0
        self._since = dt.datetime.max.replace(tzinfo=dt.UTC)
        self._due: dt.datetime | None = None
        self._at = dt.datetime.min.replace(tzinfo=dt.UTC)
        self._put_back = 0
        self._ends: dict[int, dt.datetime] = {}

    def standing(self, *, fresh: bool = False) -> Standing | None:
        """What holds now, from a row read ``KNOWN_FOR`` seconds ago at most, or just now if ``fresh``.

        None if it cannot be known: then nothing may be served from what is kept, and nothing kept.
        """
        with self._lock:
            try:
                return self._standing(fresh=fresh)
            except Error:
                logger.warning("The row of public state cannot be read, so no page is kept.", exc_info=True)
                self._row = None
                return None

    def _standing(self, *, fresh: bool) -> Standing | None:
        at, begun = clock.now(), time.monotonic()
        if at < self._at:
            self._row, self._put_back = None, self._put_back + 1
        looked, self._at = self._at, at
        if fresh or self._row is None or begun - self._read >= state.KNOWN_FOR:
            self._take(PublicState.objects.current(), at, looked)
            self._read = begun
        if self._row is None:
            return None
        if self._due is not None and self._due <= at:
            self._since, self._due = self._due, next_change(self._due)
            if self._due is not None and self._due <= at:
                self._since, self._due = at, next_change(at)
        row = self._row
        return Standing(row.stamp, self._since, at, self._put_back, row.schedule, self._ends)

    def _take(self, row: PublicState | None, at: dt.datetime, looked: dt.datetime) -> None:
        if row and self._row and _is_earlier(row, self._row):
            # A backup was restored: what this process has seen since may never have been.
            self._row, self._put_back = None, self._put_back + 1
        if row is None:
            self._row = None
        elif self._row is None:
            # What changed before this process looked is not known.
            self._row, self._since, self._due = row, at, next_change(at)
        elif row.schedule != self._row.schedule:
            self._end(self._row.schedule, looked if row.known_after is None else row.known_after)
            # Something may have been scheduled and have come since this process looked last: the row tells only of what
            # comes after it was written.
            is_behind = row.known_after is not None and at < row.known_after
            due = next_change(looked) if looked < at or is_behind else row.next_change
            has_come = any(each is not None and each <= at for each in (self._due, row.next_change, due))
            self._row, self._due = row, due
            if has_come:
                self._since, self._due = at, next_change(at)

    def _end(self, schedule: int, at: dt.datetime) -> None:
        """Note when a schedule began to change. One that was restored from a backup may end again."""
        self._ends[schedule] = min(at, self._ends.get(schedule, at))
        if len(self._ends) > MOST_REMEMBERED:
            del self._ends[next(iter(self._ends))]


def _is_earlier(row: PublicState, known: PublicState) -> bool:
    """Whether a row was written before another; of one by an earlier release it is not known."""
    if row.known_after is None or known.known_after is None:
        return False
    return row.known_after < known.known_after
