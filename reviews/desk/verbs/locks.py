"""The lock that every verb takes, so that simultaneous verbs take effect one after the other.

A verb decides only by the outlook that is read under its lock.

Rows are locked in one order: reviews, films (each by key), whatever a verb writes, then the head of the history, and
last the public state. The last two are taken at the end of the outermost transaction
(:mod:`reviews.desk.public_state.changes`), so whoever waits for either has all other locks already, also those of rows
that what was written names.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import transaction

from reviews import clock
from reviews.desk import counting, windows
from reviews.desk.outlook import Outlook, outlooks_of
from reviews.desk.permissions import PublishingError
from reviews.desk.public_state.changes import changing
from reviews.desk.public_state.watching import Watch
from reviews.models import Edition, Film, Review

_held: ContextVar[dict[int, Outlook] | None] = ContextVar("held", default=None)
"""Outlooks of locked reviews by primary key. A verb removes its own."""


class Gone(PublishingError):
    """The review was deleted before its lock could be taken."""

    def __init__(self) -> None:
        super().__init__(["Somebody has deleted this review."])


@contextmanager
def locked(*films: int) -> Iterator[None]:
    """Hold a transaction with the rows of these films (primary keys) locked, always in the same order.

    PostgreSQL locks the rows; SQLite the whole database (BEGIN IMMEDIATE). The clock is frozen at the moment of
    locking until the lock is released. What is done inside raises the public state if readers see the difference.
    """
    with (
        changing() as changes,
        _counted_afterwards(),
        _locked(*films),
        changes.watching(Watch({"film__in": films}, with_notes=True)),
    ):
        yield


@contextmanager
def _counted_afterwards() -> Iterator[None]:
    """Context manager: brings the kept counts up to date once what is done inside is committed."""
    yield
    transaction.on_commit(counting.settle, robust=True)


@contextmanager
def _locked(*films: int) -> Iterator[None]:
    list(Film.objects.select_for_update(no_key=True).filter(pk__in=films).order_by("pk").values_list("pk"))
    with clock.reading_at(clock.now()):
        yield


@contextmanager
def locked_reviews(keys: Collection[int]) -> Iterator[list[Outlook]]:
    """Lock these reviews (primary keys) and every film of their running or pending editions.

    Yields their outlooks in order of creation, without deleted reviews. Reviews are always locked before films, and
    each kind in the order of keys.

    The first verb for each review inside uses this outlook, without another query.
    """
    with changing() as changes, _counted_afterwards():
        chosen = Review.objects.filter(pk__in=keys).order_by("pk")
        # Not with film and critic: PostgreSQL leaves a row out if what it was joined with changed while it waited.
        list(chosen.select_for_update(no_key=True).values_list("pk"))
        reviews = list(chosen.with_nouns())
        running = Edition.objects.filter(windows.is_running(), review__in=reviews)
        films = {review.film_id for review in reviews} | set(running.values_list("film", flat=True))
        with _locked(*films), changes.watching(Watch({"review__in": list(keys)})):
            outlooks = outlooks_of(sorted(reviews, key=lambda review: review.sequence or 0))
            token = _held.set({each.review.pk: each for each in outlooks})
            try:
                yield outlooks
            finally:
                _held.reset(token)


@contextmanager
def looked_at(review: Review) -> Iterator[Outlook]:
    """Lock one review, to decide whether to do a verb; yields its outlook. Raises Gone."""
    with locked_reviews([review.pk]) as found:
        if not found:
            raise Gone
        yield found[0]


@contextmanager
def locked_review(review: Review) -> Iterator[Outlook]:
    """Lock one review for a verb; yields its outlook (that of ``looked_at``, if nothing was done since).

    Raises Gone.
    """
    if outlook := _taken(review):
        with transaction.atomic():
            yield outlook
        return
    with looked_at(review) as outlook:
        _taken(review)
        yield outlook


def _taken(review: Review) -> Outlook | None:
    return (_held.get() or {}).pop(review.pk, None)
