"""Purges: in a thread of their own, so that no editor waits for the CDN, and none is told of what is not public."""

import datetime as dt
import logging
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from threading import Lock, Thread
from typing import NamedTuple

from django.conf import settings

from reviews import clock
from reviews.desk.cdn.calling import NotPurged, call
from reviews.desk.cdn.unconfirmed import failures, forget, note
from reviews.rules.surrogate_keys import SITE

WAIT = 0.5
"""Seconds after a commit until the CDN is asked. Sooner, a process that does not know of the change yet (0.2 seconds)
could give it the old page again."""
TRIES, PAUSE = 3, 1.0
"""How often the CDN is asked, and how many seconds lie between."""
MOST_KEYS = 200
"""The most keys of one call; in place of more, everything is purged."""

logger = logging.getLogger("reviews.cdn")


class NotedPurge(NamedTuple):
    """A purge that was not sent out: the moment (aware) of the clock that ran then, and its keys."""

    at: dt.datetime
    keys: set[str]


class _Purges:
    """The keys that wait, and the thread that asks for them. Keys that come meanwhile are asked for together, and with
    them all that the CDN has not confirmed to any process."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._waiting: set[str] = set()
        self._unwritten: set[str] = set()
        self._is_running = False
        self.noted: list[NotedPurge] | None = None

    def ask(self, keys: Collection[str]) -> None:
        if self.noted is not None:
            self.noted.append(NotedPurge(clock.now(), set(keys)))
            return
        with self._lock:
            self._waiting.update(keys)
            if self._is_running:
                return
            # Not a daemon: a command or a worker that ends asks first.
            Thread(target=self._run, name="cdn-purge").start()
            self._is_running = True

    def _run(self) -> None:
        while True:
            time.sleep(WAIT)
            with self._lock:
                keys, self._waiting = self._waiting | self._unwritten, set()
            self._unwritten = keys
            try:
                _settle(keys)
                self._unwritten = set()
            except Exception:
                logger.exception("A purge failed.")
            with self._lock:
                if not self._waiting:
                    self._is_running = False
                    return


_PURGES = _Purges()


def purge(keys: Collection[str]) -> None:
    """Ask the CDN, soon, to drop the pages with any of these keys. Returns at once and never raises.

    Without a CDN it does nothing.
    """
    if not settings.CDN_PURGE_URL or not keys:
        return
    try:
        _PURGES.ask(keys)
    except RuntimeError:
        logger.exception("No thread for a purge could be started.")


@contextmanager
def purges_noted() -> Iterator[list[NotedPurge]]:
    """Send nothing out: collect each purge instead."""
    noted: list[NotedPurge] = []
    before, _PURGES.noted = _PURGES.noted, noted
    try:
        yield noted
    finally:
        _PURGES.noted = before


def _settle(keys: Collection[str]) -> None:
    """Ask for these keys and all that were not confirmed, and write down what is not confirmed now."""
    before = failures()
    wanted = set(keys).union(*(failure.keys for failure in before.values()))
    wanted = wanted if len(wanted) <= MOST_KEYS else {SITE}
    if reason := _refusal(wanted):
        logger.error("The CDN was asked %d times to drop pages, and %s.", TRIES, reason)
        note(wanted, reason)
    forget(before)


def _refusal(keys: Collection[str]) -> str:
    """Ask until the CDN confirms; why it has not, in words, or nothing."""
    for turn in range(1, TRIES + 1):
        try:
            call(keys)
        except NotPurged as error:
            reason = str(error)
        else:
            return ""
        if turn < TRIES:
            time.sleep(PAUSE)
    return reason
