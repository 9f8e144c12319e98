"""Lock order: verbs that need the same films in opposite orders never hold the later one while waiting.

SQLite has a single lock, so there the pairs below only run one after the other.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction

from reviews import clock
from reviews.admin.parts.saving.deleting import is_locked
from reviews.desk import history
from reviews.desk.public_state.changes import changing
from reviews.desk.verbs import embargoes, locks, publishing
from reviews.models import Edition, Embargo, Film, Review
from reviews.seeding.factories import make_film, make_review
from tests.desk.reading import HOUR, reread
from tests.desk.verbs.invariants import assert_consistent
from tests.desk.verbs.test_concurrency import at_once

pytestmark = pytest.mark.django_db(transaction=True)

HAS_ROWS_TO_LOCK = connection.vendor == "postgresql"
PATIENCE = 30
"""Timeout, in seconds, for a thread to wait or finish."""


def make_crossed() -> tuple[Review, Review]:
    """Two reviews, each live about a film and rewritten about the other's: publishing either needs both films."""
    one, other = make_review(body="A."), make_review(body="A.")
    publishing.publish(one)
    publishing.publish(other)
    one.film, other.film = other.film, one.film
    one.save()
    other.save()
    # PostgreSQL writes an updated row after the others: without ORDER BY the first film comes last.
    first = Film.objects.order_by("pk")[0]
    first.synopsis = "Changed."
    first.save()
    return one, other


def waiting() -> int:
    """The number of connections that wait for a lock now."""
    with connection.cursor() as cursor:
        # Otherwise PostgreSQL keeps, until the transaction ends, the connections that it first saw.
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT count(DISTINCT pid) FROM pg_locks JOIN pg_stat_activity USING (pid)"
            " WHERE NOT granted AND datname = current_database()"
        )
        (count,) = cursor.fetchone()
    return int(count)


@contextmanager
def holding(film: Film, *, until_waiting: int) -> Iterator[None]:
    """Lock a film's row until so many others wait for it."""
    with transaction.atomic():
        Film.objects.select_for_update(no_key=True).get(pk=film.pk)
        deadline = time.monotonic() + PATIENCE
        while HAS_ROWS_TO_LOCK and waiting() < until_waiting:
            assert time.monotonic() < deadline, "Nobody waits for the film."
            time.sleep(0.02)
        yield


def is_free(film: Film) -> bool:
    """Whether the film's row could be locked now."""
    rows = Film.objects.select_for_update(no_key=True, nowait=HAS_ROWS_TO_LOCK)
    try:
        with transaction.atomic():
            rows.get(pk=film.pk)
    except OperationalError:
        return False
    return True


def later_film_is_free() -> bool:
    """Whether the later of two films stays unlocked while two verbs wait for the earlier."""
    one, other = make_crossed()
    earlier, later = Film.objects.order_by("pk")
    found: list[bool] = []
    is_held = threading.Event()

    def look() -> None:
        with transaction.atomic():
            Film.objects.select_for_update(no_key=True).get(pk=earlier.pk)
            is_held.set()
            with holding(earlier, until_waiting=2):
                found.append(is_free(later))

    def follow(review: Review) -> None:
        assert is_held.wait(PATIENCE)
        if review is other:
            time.sleep(0.1)  # It connects after the first already waits.
        publishing.publish(review)

    assert at_once(look, partial(follow, one), partial(follow, other)) == [None] * 3
    for review in (one, other):
        assert_consistent(reread(review))
    return found == [True]


class TestTheOrder:
    def test_is_the_same_for_verbs_that_name_the_films_in_reverse(self) -> None:
        assert later_film_is_free()

    def test_is_noticed_if_it_is_another(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The test above can fail: with the order reversed, a verb locks the later film.

        Without any, the order is that of the database's plan, which may happen to be the right one.
        """

        @contextmanager
        def locked(*films: int) -> Iterator[None]:
            with transaction.atomic():
                rows = Film.objects.select_for_update(no_key=True).filter(pk__in=films)
                list(rows.order_by("-pk").values_list("pk"))
                yield

        monkeypatch.setattr(locks, "_locked", locked)
        assert later_film_is_free() is not HAS_ROWS_TO_LOCK


class TestADeadlock:
    """Two verbs that need both films, each with a lock on one before either requests the second."""

    @staticmethod
    def locked_one_by_one(reverse: dict[int, bool]) -> Callable[..., Any]:
        """A lock that takes the films one by one, and waits between them for the other thread."""
        met = threading.Barrier(2)

        @contextmanager
        def locked(*films: int) -> Iterator[None]:
            with transaction.atomic():
                ordered = sorted(films, reverse=reverse[threading.get_ident()])
                for place, film in enumerate(ordered):
                    list(Film.objects.select_for_update(no_key=True).filter(pk=film).values_list("pk"))
                    if place == 0 and HAS_ROWS_TO_LOCK:
                        met.wait(PATIENCE)
                yield

        return locked

    def publish_both(self, monkeypatch: pytest.MonkeyPatch) -> list[Exception | None]:
        one, other = make_crossed()
        reverse: dict[int, bool] = {}
        monkeypatch.setattr(locks, "_locked", self.locked_one_by_one(reverse))

        def publish(review: Review) -> None:
            reverse[threading.get_ident()] = review is other
            publishing.publish(review)

        return at_once(partial(publish, one), partial(publish, other))

    def test_is_what_locks_taken_one_by_one_in_opposite_orders_end_in(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """What the order prevents: PostgreSQL aborts one of the two, and ``at_once`` reports it."""
        raised = [error for error in self.publish_both(monkeypatch) if error]
        assert len(raised) == HAS_ROWS_TO_LOCK
        assert all("deadlock" in str(error) for error in raised)

    def test_never_comes_to_verbs_that_cross(self) -> None:
        for _ in range(4):
            one, other = make_crossed()
            agreed = [
                Embargo(film=film, lifts_at=clock.now() + HOUR, zone="UTC") for film in (one.film, other.film)
            ]
            raised = at_once(
                partial(publishing.publish, one),
                partial(publishing.publish, other),
                *(partial(embargoes.impose, embargo) for embargo in agreed),
            )
            assert raised == [None] * 4
            Edition.objects.all().delete()
            Embargo.objects.all().delete()

    def test_never_comes_to_several_that_are_chosen_in_opposite_orders(self) -> None:
        reviews = [make_review(film=make_film(), body="A.") for _ in range(4)]
        keys = [review.pk for review in reviews]

        def publish(chosen: list[int]) -> None:
            with locks.locked_reviews(chosen) as found:
                for outlook in found:
                    publishing.publish(outlook.review)

        assert at_once(partial(publish, keys), partial(publish, keys[::-1])) == [None, None]
        assert Edition.objects.filter(review__in=keys).public().count() == len(keys)


class TestARowThatWhatIsWrittenNames:
    """Whoever changes its key, or saves it at the desk, waits for the locks at the end with it locked."""

    @staticmethod
    def crossed(lock: Callable[[Film], object]) -> list[Exception | None]:
        """A review is written, while another transaction has locked its film and goes on to the locks at the end."""
        review = make_review()
        is_held = threading.Event()

        def change() -> None:
            with changing():
                lock(review.film)
                is_held.set()
                deadline = time.monotonic() + PATIENCE
                while HAS_ROWS_TO_LOCK and time.monotonic() < deadline and waiting() == 0 and not saved:
                    time.sleep(0.02)
                history.record("Changed.", film=review.film, by=None)

        saved: list[bool] = []

        def save() -> None:
            assert is_held.wait(PATIENCE)
            with changing():
                other = make_review(film=review.film)
                history.record("Saved.", review=other, film=review.film, by=None)
            saved.append(True)

        return at_once(change, save)

    def test_a_changed_address(self) -> None:
        raised = self.crossed(lambda film: Film.objects.filter(pk=film.pk).update(slug="another"))
        assert raised == [None, None]

    def test_a_record_that_is_saved_at_the_desk(self) -> None:
        """It does not even wait."""
        raised = self.crossed(lambda film: is_locked(Film, film.pk))
        assert raised == [None, None]
