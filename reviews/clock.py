"""The only source of "now": the moment as of which the site is read.

Real time, unless a context manager sets another: ``reading_at`` for the code running inside it (a request, a preview),
``frozen_at`` for the whole process (tests, whose live server runs in another thread).
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_reading_at: ContextVar[dt.datetime | None] = ContextVar("reading_at", default=None)
_frozen_at: dt.datetime | None = None


def now() -> dt.datetime:
    """The moment as of which the site is read, aware and in UTC."""
    return _reading_at.get() or _frozen_at or dt.datetime.now(dt.UTC)


def is_set_here() -> bool:
    """Whether the code that runs reads the site as of another moment than everybody else."""
    return _reading_at.get() is not None


@contextmanager
def reading_at(moment: dt.datetime) -> Iterator[None]:
    """Read the site as of another moment, within this context only. Raises ValueError for a naive moment."""
    token = _reading_at.set(_aware(moment))
    try:
        yield
    finally:
        _reading_at.reset(token)


@contextmanager
def frozen_at(moment: dt.datetime) -> Iterator[None]:
    """Stop the clock for the whole process. Raises ValueError for a naive moment."""
    global _frozen_at
    before, _frozen_at = _frozen_at, _aware(moment)
    try:
        yield
    finally:
        _frozen_at = before


def _aware(moment: dt.datetime) -> dt.datetime:
    if moment.tzinfo is None:
        raise ValueError("The clock takes an aware datetime.")
    return moment.astimezone(dt.UTC)
