"""One maker for each page: who asks while it is being made waits for it, but not for long."""

import time
from collections.abc import Hashable
from threading import Event, Lock
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)

LONGEST_WAIT = 1.0
"""Seconds after which somebody who waits makes the page as well."""


class Flight:
    """A page that is being made. ``is_for_all`` at its end: False if each has to make their own."""

    def __init__(self) -> None:
        self.is_for_all = True
        self.landed = Event()


class Flights(Generic[K]):
    """The pages that this process is making, by key."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._under_way: dict[K, Flight] = {}

    def join(self, key: K) -> tuple[Flight, bool]:
        """The flight of a key, and whether the caller is its maker, who must ``land`` it whatever happens."""
        with self._lock:
            if flight := self._under_way.get(key):
                return flight, False
            flight = self._under_way[key] = Flight()
            return flight, True

    def land(self, key: K, *, is_for_all: bool) -> None:
        """End a flight: who waits looks for the page, and one of them becomes its maker if there is none."""
        with self._lock:
            flight = self._under_way.pop(key)
        flight.is_for_all = is_for_all
        flight.landed.set()


def time_left(since: float) -> float:
    """How many seconds somebody who began to wait then (``time.monotonic``) may still wait."""
    return max(0.0, LONGEST_WAIT - (time.monotonic() - since))
