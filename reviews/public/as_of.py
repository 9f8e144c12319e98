"""Whether a page is made for the desk, as of another moment. Then nothing of it is kept for readers, or taken from
what is kept for them, and the page names itself to no search engine."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils.safestring import mark_safe

SLOT = mark_safe("<!-- The desk says here what this page is. -->")
"""What the page has where the desk's banner belongs. Text that was typed is escaped, so it cannot contain this."""

_is_elsewhen: ContextVar[bool] = ContextVar("is_elsewhen", default=False)


def is_elsewhen() -> bool:
    """Whether the page is made as of another moment than readers' pages."""
    return _is_elsewhen.get()


@contextmanager
def elsewhen() -> Iterator[None]:
    """Make pages for the desk, within this context only."""
    token = _is_elsewhen.set(True)
    try:
        yield
    finally:
        _is_elsewhen.reset(token)
