"""Renditions on pages that are not for readers: where their addresses are.

A page of the desk and that of a preview link show pictures of copy that readers may not see. Their files are never at
readers' addresses, and are kept by nothing on their way (:mod:`reviews.pictures.private`).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_below: ContextVar[str] = ContextVar("below", default="")


def below() -> str:
    """What the addresses of renditions begin with; empty for readers' pages."""
    return _below.get()


@contextmanager
def addressed_below(path: str) -> Iterator[None]:
    """Write the addresses of renditions below a path, absolute or relative, within this context only."""
    token = _below.set(path)
    try:
        yield
    finally:
        _below.reset(token)
