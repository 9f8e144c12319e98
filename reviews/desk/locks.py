"""The lock that every verb takes: an approval and an embargo that come at once take effect one after the other."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from reviews import clock
from reviews.desk import windows
from reviews.models import Film, Review


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
def locked_review(review: Review) -> Iterator[Review]:
    """Lock every film that an edition of the review, running or to come, is about; yield the review as saved."""
    with transaction.atomic():
        fresh = Review.objects.select_for_update(no_key=True).get(pk=review.pk)
        running = set(windows.running(fresh).values_list("film", flat=True))
        with locked(fresh.film_id, *running):
            yield fresh
