"""Turns: one thread of one process of a machine does it, a few wait, and the others are told to come again."""

import fcntl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

PAUSE = 0.02
"""Seconds between two looks at the lock that processes share."""


class BusyError(Exception):
    """Others are at it: ask again in a moment."""


class Turns:
    """The turns at what has a name: ``most_waiting`` threads of a process wait, each for ``longest_wait`` seconds."""

    def __init__(self, name: str, *, most_waiting: int, longest_wait: float) -> None:
        self._name = name
        self._longest_wait = longest_wait
        self._places = threading.BoundedSemaphore(most_waiting)
        self._turn = threading.Lock()

    @contextmanager
    def soon(self) -> Iterator[None]:
        """Context manager: a turn for somebody who cannot wait for long. Raises BusyError."""
        if not self._places.acquire(blocking=False):
            raise BusyError
        try:
            with self._alone(self._longest_wait):
                yield
        finally:
            self._places.release()

    @contextmanager
    def sometime(self) -> Iterator[None]:
        """Context manager: a turn, however long it takes until it comes."""
        with self._alone(float("inf")):
            yield

    @contextmanager
    def _alone(self, longest: float) -> Iterator[None]:
        """Context manager: no other thread or process of this machine has a turn meanwhile."""
        ends = time.monotonic() + longest
        if not self._turn.acquire(timeout=-1 if longest == float("inf") else longest):
            raise BusyError
        try:
            settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
            with (settings.VAR_DIR / f"{self._name}.lock").open("w") as lock:
                while not _is_locked(lock.fileno()):
                    if time.monotonic() > ends:
                        raise BusyError
                    time.sleep(PAUSE)
                yield
        finally:
            self._turn.release()


def _is_locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
