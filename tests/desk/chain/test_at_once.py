"""Simultaneous writers of the history: one chain, no deadlock, and nobody waits for a verb that has not ended.

SQLite has a single lock, so there the threads below only run one after the other.
"""

import threading
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import transaction

from reviews import clock
from reviews.desk import history
from reviews.desk.chain.checking import checked
from reviews.desk.public_state.changes import changing
from reviews.desk.verbs import embargoes, locks, publishing
from reviews.models import Embargo, HistoryEntry, HistoryHead, PublicState
from reviews.seeding.factories import make_film, make_review
from tests.desk.reading import HOUR
from tests.desk.verbs.test_concurrency import at_once
from tests.desk.verbs.test_lock_order import HAS_ROWS_TO_LOCK, PATIENCE

pytestmark = pytest.mark.django_db(transaction=True)


class TestManyWriters:
    def test_make_one_chain(self) -> None:
        film = make_film()

        def write() -> None:
            for number in range(5):
                history.record(f"{number}.", by=None, film=film)

        assert at_once(*[write] * 8) == [None] * 8
        assert checked().count == 40

    def test_make_the_first_entries_of_all_at_once(self) -> None:
        HistoryHead.objects.all().delete()
        film = make_film()
        record = partial(history.record, "Begun.", by=None, film=film)
        assert at_once(*[record] * 6) == [None] * 6
        assert checked().count == 6

    def test_that_publish_and_agree_embargoes_never_end_in_a_deadlock(self) -> None:
        for _ in range(3):
            reviews = [make_review(film=make_film(), body="A.") for _ in range(4)]
            agreed = [Embargo(film=each.film, lifts_at=clock.now() + HOUR, zone="UTC") for each in reviews]

            def together(keys: list[int]) -> None:
                with locks.locked_reviews(keys) as found:
                    for outlook in found:
                        publishing.publish(outlook.review)

            raised = at_once(
                partial(together, [review.pk for review in reviews[:2]]),
                *(partial(publishing.publish, review) for review in reviews[2:]),
                *(partial(embargoes.impose, embargo) for embargo in agreed),
            )
            assert raised == [None] * len(raised)
            assert checked().count == HistoryEntry.objects.count()


class TestAVerbThatHasNotEnded:
    def test_holds_no_lock_that_another_writer_waits_for(self) -> None:
        film, waited = make_film(), []
        has_recorded, is_done = threading.Event(), threading.Event()

        def hold() -> None:
            with changing():
                history.record("First.", by=None, film=film)
                has_recorded.set()
                waited.append(is_done.wait(PATIENCE if HAS_ROWS_TO_LOCK else 0.5))

        def follow() -> None:
            assert has_recorded.wait(PATIENCE)
            history.record("Second.", by=None, film=film)
            is_done.set()

        assert at_once(hold, follow) == [None, None]
        assert waited == [HAS_ROWS_TO_LOCK]
        assert checked().count == 2


class TestADeadlock:
    def test_is_what_head_and_state_end_in_if_they_are_locked_in_either_order(self) -> None:
        """What the order prevents: PostgreSQL aborts one of the two."""
        PublicState.objects.ensure()
        HistoryHead.objects.get_or_create()
        met = threading.Barrier(2)

        def take(*, head_first: bool) -> None:
            steps: list[Callable[[], Any]] = [
                HistoryHead.objects.locked,
                partial(PublicState.objects.move, is_seen=True),
            ]
            with transaction.atomic():
                for place, step in enumerate(steps if head_first else steps[::-1]):
                    step()
                    if place == 0 and HAS_ROWS_TO_LOCK:
                        met.wait(PATIENCE)

        raised = [
            error
            for error in at_once(partial(take, head_first=True), partial(take, head_first=False))
            if error
        ]
        assert len(raised) == HAS_ROWS_TO_LOCK
        assert all("deadlock" in str(error) for error in raised)
