"""Where pages are kept: in memory, bounded in bytes, those least used forgotten first."""

from collections import OrderedDict
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Shelf(Generic[K, V]):
    """A bounded mapping. The caller says how much a value weighs, and again when that changes."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: OrderedDict[K, tuple[V, int]] = OrderedDict()
        self.weight = 0

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: K) -> V | None:
        with self._lock:
            found = self._kept.get(key)
            if found is None:
                return None
            self._kept.move_to_end(key)
            return found[0]

    def put(self, key: K, value: V, weight: int, *, most: int) -> None:
        """Keep a value, and forget others until all weigh at most ``most``; one heavier than that is not kept."""
        with self._lock:
            self._drop(key)
            if weight > most:
                return
            self._kept[key] = value, weight
            self.weight += weight
            while self.weight > most:
                self._drop(next(iter(self._kept)))

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()
            self.weight = 0

    def _drop(self, key: K) -> None:
        _value, weight = self._kept.pop(key, (None, 0))
        self.weight -= weight
