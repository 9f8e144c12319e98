"""A verb that waits for a lock then sees what the others have written."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction

from reviews.desk.verbs import publishing
from reviews.desk.verbs.locks import locked_reviews
from reviews.models import Review
from reviews.seeding.factories import make_critic, make_film, make_review
from tests.desk.reading import reread

pytestmark = pytest.mark.django_db(transaction=True)

PAUSE = 0.3
"""Seconds in which the verb begins to wait; taking longer does no harm."""
MADE: dict[str, Callable[[], Any]] = {"film": make_film, "critic": make_critic}


@contextmanager
def changing(review: Review, **columns: Any) -> Iterator[None]:
    """Another user has written these columns, and commits after a while."""
    is_written = threading.Event()

    def write() -> None:
        try:
            with transaction.atomic():
                Review.objects.filter(pk=review.pk).update(**columns)
                is_written.set()
                threading.Event().wait(PAUSE)
        finally:
            connection.close()

    thread = threading.Thread(target=write)
    thread.start()
    assert is_written.wait(30)
    yield
    thread.join(timeout=60)


class TestAReviewWhoseNounChangesMeanwhile:
    @pytest.mark.parametrize("noun", MADE)
    def test_is_found_with_the_new_one(self, noun: str) -> None:
        review, other = make_review(body="A."), MADE[noun]()
        with changing(review, **{noun: other}), locked_reviews([review.pk]) as found:
            assert [getattr(outlook.review, noun) for outlook in found] == [other]

    def test_is_published_as_it_was_saved(self) -> None:
        review, film = make_review(body="A."), make_film()
        with changing(review, film=film):
            assert publishing.publish(reread(review)).film == film

    def test_is_not_left_out_of_several(self) -> None:
        reviews = [make_review(body="A.") for _ in range(3)]
        with (
            changing(reviews[1], critic=make_critic()),
            locked_reviews([review.pk for review in reviews]) as found,
        ):
            assert len(found) == 3
