"""Purges: in a thread of their own, so that no editor waits for the CDN, and none is told of what is not public."""

import datetime as dt
import json
import logging
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Lock, Thread
from typing import NamedTuple

from django.conf import settings

from reviews import clock
from reviews.desk.cdn.calling import NotPurged, call
from reviews.rules.surrogate_keys import SITE

WAIT = 0.5
"""Seconds after a commit until the CDN is asked. Sooner, a process that does not know of the change yet (0.2 seconds)
could give it the old page again."""
TRIES, PAUSE = 3, 1.0
"""How often the CDN is asked, and how many seconds lie between."""
MOST_KEYS = 200
"""The most keys of one call; in place of more, everything is purged."""
FILE = "cdn-purge-failed.json"

logger = logging.getLogger("reviews.cdn")


@dataclass(frozen=True)
class PurgeFailure:
    """The last purge was not confirmed: since when (a moment in ISO 8601), and why, in words."""

    at: str
    reason: str


class NotedPurge(NamedTuple):
    """A purge that was not sent out: the moment (aware) of the clock that ran then, and its keys."""

    at: dt.datetime
    keys: set[str]


class _Purges:
    """The keys that wait, and the thread that asks for them. Keys that come meanwhile are asked for together, and those
    that the CDN has not confirmed, with the next purge of this process."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._waiting: set[str] = set()
        self._unconfirmed: set[str] = set()
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
                keys, self._waiting = self._waiting | self._unconfirmed, set()
            keys = keys if len(keys) <= MOST_KEYS else {SITE}
            self._unconfirmed = keys
            try:
                if _try(keys):
                    self._unconfirmed = set()
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


def last_failure() -> PurgeFailure | None:
    """The failure of the last purge; None if the CDN has confirmed it, or nothing was purged yet."""
    if not settings.CDN_PURGE_URL:
        return None
    try:
        return PurgeFailure(**json.loads(_file().read_text()))
    except (OSError, ValueError, TypeError):
        return None


@contextmanager
def purges_noted() -> Iterator[list[NotedPurge]]:
    """Send nothing out: collect each purge instead."""
    noted: list[NotedPurge] = []
    before, _PURGES.noted = _PURGES.noted, noted
    try:
        yield noted
    finally:
        _PURGES.noted = before


def _try(keys: Collection[str]) -> bool:
    """Ask until the CDN confirms, and say whether it has."""
    for turn in range(1, TRIES + 1):
        try:
            call(keys)
        except NotPurged as error:
            reason = str(error)
        else:
            _file().unlink(missing_ok=True)
            return True
        if turn < TRIES:
            time.sleep(PAUSE)
    logger.error("The CDN was asked %d times to drop pages, and %s.", TRIES, reason)
    _file().parent.mkdir(parents=True, exist_ok=True)
    _file().write_text(json.dumps(asdict(PurgeFailure(clock.now().isoformat(timespec="seconds"), reason))))
    return False


def _file() -> Path:
    return Path(settings.VAR_DIR) / FILE
