"""Turns: uploads are decoded one at a time on a machine, so that memory and CPU are left for readers."""

import fcntl
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

MOST_AT_ONCE = 2
"""How many uploads a process accepts: one in work and one waiting. Others get "try again"."""

_places = threading.BoundedSemaphore(MOST_AT_ONCE)
_turn = threading.Lock()


class BusyUploadsError(Exception):
    """Other uploads are being read: try again in a moment."""


@contextmanager
def turn() -> Iterator[None]:
    """Context manager: wait until no other upload is being decoded. Not in a transaction. Raises BusyUploadsError."""
    if not _places.acquire(blocking=False):
        raise BusyUploadsError
    try:
        settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
        with _turn, (settings.VAR_DIR / "uploads.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
    finally:
        _places.release()
