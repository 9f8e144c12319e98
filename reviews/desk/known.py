"""Facts that a bulk verb reads from the database once for all its reviews, instead of once for each.

The facts are used only while their reviews are locked, so nobody else can change them; see
:func:`reviews.desk.verbs.locks.locked_together`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Generic, TypeVar

Facts = TypeVar("Facts")


class Known(Generic[Facts]):
    """The facts that a module has in this context; None outside ``being``."""

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
