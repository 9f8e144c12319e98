"""The lock that every verb takes: an approval and an embargo that come at once take effect one after the other."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import transaction

from reviews import clock
from reviews.desk import windows
from reviews.desk.document import documents
from reviews.desk.rules import PublishingError
from reviews.desk.verbs import checklist
from reviews.models import Edition, Film, Review

_held: ContextVar[dict[int, Review] | None] = ContextVar("held", default=None)
"""Reviews that are locked and read, by primary key. A verb takes its review out."""


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
def locked_reviews(keys: Collection[int]) -> Iterator[list[Review]]:
    """Lock these reviews (primary keys) and every film that an edition of theirs, running or to come, is about.

    Yields them as they are saved, with film and critic, in the order in which they were begun, without deleted ones.
    Reviews are always locked before films, and each kind in the order of keys.
    """
    with transaction.atomic():
        rows = Review.objects.select_for_update(no_key=True, of=("self",)).select_related("film", "critic")
        reviews = list(rows.filter(pk__in=keys).order_by("pk"))
        running = Edition.objects.filter(windows.is_running(), review__in=reviews)
        films = {review.film_id for review in reviews} | set(running.values_list("film", flat=True))
        with locked(*films):
            yield sorted(reviews, key=lambda review: review.sequence or 0)


@contextmanager
def asked_together(reviews: Sequence[Review]) -> Iterator[None]:
    """Read the facts for all of these reviews at once, instead of for each of the pages and verbs inside."""
    with (
        windows.KNOWN.being(windows.facts_of(reviews)),
        checklist.KNOWN.being(checklist.facts_of(reviews)),
        documents.KNOWN.being(documents.facts_of(reviews)),
    ):
        yield


@contextmanager
def locked_together(keys: Collection[int]) -> Iterator[list[Review]]:
    """Lock several reviews as above, for a verb that is done to each of them.

    The first ``locked_review`` of each inside yields the review that was read here, without another query.
    """
    with locked_reviews(keys) as reviews, asked_together(reviews):
        token = _held.set({review.pk: review for review in reviews})
        try:
            yield reviews
        finally:
            _held.reset(token)


@contextmanager
def locked_review(review: Review) -> Iterator[Review]:
    """Lock one review as above; yields it as it is saved. Raises Gone."""
    if held := (_held.get() or {}).pop(review.pk, None):
        with transaction.atomic():
            yield held
        return
    with locked_reviews([review.pk]) as found:
        if not found:
            raise Gone
        yield found[0]
