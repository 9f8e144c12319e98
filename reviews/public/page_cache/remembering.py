"""What was read of the public state by a key, remembered while it is right. Bounded in number."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

from reviews.public.page_cache.validity import Basis, Standing

K = TypeVar("K")
V = TypeVar("V")


class Remembered(Generic[K, V]):
    """What readers may see, of what was asked for last. What is not there, or not public, is never remembered.

    Threads share it. ``most`` is how many values it holds.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = Lock()
        self._kept: OrderedDict[K, tuple[Basis, V]] = OrderedDict()
        self._of: tuple[int, int] | None = None

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: K, standing: Standing | None, read: Callable[[], V | None]) -> V | None:
        """The value by a key. ``read`` is asked unless it is remembered and still right; without a standing, always."""
        if standing is None:
            return read()
        of = standing.stamp, standing.put_back
        with self._lock:
            if self._of != of:
                # Nothing that was read before will ever be right again.
                self._kept.clear()
                self._of = of
            basis, value = self._kept.get(key, (None, None))
            if basis and standing.holds(basis):
                self._kept.move_to_end(key)
                return value
        value = read()
        with self._lock:
            if value is not None and self._of == of:
                self._kept[key] = standing.basis, value
                self._kept.move_to_end(key)
                while len(self._kept) > self._most:
                    self._kept.popitem(last=False)
        return value

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()
