"""The lock that every verb takes: an approval and an embargo that come at once take effect one after the other.

A verb decides by the outlook that is read under its lock, and by nothing that was read before.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import transaction

from reviews import clock
from reviews.desk import windows
from reviews.desk.outlook import Outlook, outlooks_of
from reviews.desk.rules import PublishingError
from reviews.models import Edition, Film, Review

_held: ContextVar[dict[int, Outlook] | None] = ContextVar("held", default=None)
"""Outlooks of reviews that are locked, by primary key. A verb takes its own out."""


class Gone(PublishingError):
    """The review was deleted before its lock could be taken."""

    def __init__(self) -> None:
        super().__init__(["Somebody has deleted this review."])


@contextmanager
def locked(*films: int) -> Iterator[None]:
    """Hold a transaction with the rows of these films (primary keys) locked, always in the same order.

    PostgreSQL locks the rows; SQLite the whole database, whose transactions begin IMMEDIATE. The clock is read once
    the lock is held, and stands still for as long as it is.
    """
    with transaction.atomic():
        list(
            Film.objects.select_for_update(no_key=True).filter(pk__in=films).order_by("pk").values_list("pk")
        )
        with clock.reading_at(clock.now()):
            yield


@contextmanager
def locked_reviews(keys: Collection[int]) -> Iterator[list[Outlook]]:
    """Lock these reviews (primary keys) and every film that an edition of theirs, running or to come, is about.

    Yields their outlooks in the order in which they were begun, without those of deleted reviews. Reviews are always
    locked before films, and each kind in the order of keys.

    The first verb inside that is done to each of them decides by the same outlook, without another query.
    """
    with transaction.atomic():
        rows = Review.objects.select_for_update(no_key=True, of=("self",)).select_related("film", "critic")
        reviews = list(rows.filter(pk__in=keys).order_by("pk"))
        running = Edition.objects.filter(windows.is_running(), review__in=reviews)
        films = {review.film_id for review in reviews} | set(running.values_list("film", flat=True))
        with locked(*films):
            outlooks = outlooks_of(sorted(reviews, key=lambda review: review.sequence or 0))
            token = _held.set({each.review.pk: each for each in outlooks})
            try:
                yield outlooks
            finally:
                _held.reset(token)


@contextmanager
def looked_at(review: Review) -> Iterator[Outlook]:
    """Lock one review as above, to look at it before a verb is done or not; yields its outlook. Raises Gone."""
    with locked_reviews([review.pk]) as found:
        if not found:
            raise Gone
        yield found[0]


@contextmanager
def locked_review(review: Review) -> Iterator[Outlook]:
    """Lock one review for a verb; yields its outlook: the one that was looked at, if nothing was done since.

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
