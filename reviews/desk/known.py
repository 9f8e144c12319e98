"""What a verb that is done to several reviews asks of the database once for all of them, instead of once for each.

A verb knows it only while it holds their locks, so that nobody else can change it; see
:func:`reviews.desk.locks.locked_together`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Generic, TypeVar

Facts = TypeVar("Facts")


class Known(Generic[Facts]):
    """What a module knows in this context; nothing, unless somebody has gathered it."""

    def __init__(self) -> None:
        self._facts: ContextVar[Facts | None] = ContextVar("facts", default=None)

    @property
    def facts(self) -> Facts | None:
        return self._facts.get()

    @contextmanager
    def being(self, facts: Facts) -> Iterator[None]:
        token = self._facts.set(facts)
        try:
            yield
        finally:
            self._facts.reset(token)
