"""With whose eyes the site is read: a reader's, or those of somebody at the desk, who may see more of it.

Readers' code asks for what is public, and never who asks. At the desk, the same pages are read as of another moment.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.db.models import Model, Q, QuerySet


@dataclass(frozen=True)
class Insider:
    """Somebody at the desk who reads the site as of the clock's moment.

    ``own`` are the reviews (primary keys) that they may see; None if they may see every review and every embargo. What
    they may not see is shown to them as readers see it ``now``: the site of next Thursday would tell what is scheduled,
    and that of last Thursday what has been withdrawn.
    """

    own: QuerySet[Model, int] | None
    now: dt.datetime

    @property
    def sees_everything(self) -> bool:
        return self.own is None


_insider: ContextVar[Insider | None] = ContextVar("insider", default=None)


def insider() -> Insider | None:
    """Who reads the site; None for a reader."""
    return _insider.get()


@contextmanager
def reading_as(someone: Insider | None) -> Iterator[None]:
    """Read the site with somebody's eyes (None: a reader's), within this context only."""
    token = _insider.set(someone)
    try:
        yield
    finally:
        _insider.reset(token)


def seen(at: dt.datetime, condition: Callable[[dt.datetime], Q], *, edition: str = "") -> Q:
    """The condition as of a moment; for an insider, that of now for the reviews that they may not see.

    Of those, reviews that went up later than the moment are left out. ``edition`` is the look-up of a row's edition.
    """
    someone = insider()
    if someone is None or someone.own is None:
        return condition(at)
    own = Q(**{f"{edition}review__in": someone.own})
    others = condition(someone.now) & Q(**{f"{edition}first_visible_from__lte": at})
    return (own & condition(at)) | (~own & others)
