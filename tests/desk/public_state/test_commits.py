"""The public state is raised with the change itself, whoever makes it, and its row is locked last."""

import datetime as dt
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction

from reviews import clock
from reviews.desk.cdn.purging import purges_noted
from reviews.desk.public_state import changes
from reviews.desk.public_state.changes import changing, changing_everything
from reviews.desk.verbs import publishing, withdrawing
from reviews.models import Film, PublicState
from reviews.models.public.state import PublicStateManager
from reviews.rules.surrogate_keys import SITE
from reviews.seeding.factories import make_edition, make_film, make_review

pytestmark = pytest.mark.django_db(transaction=True)


def state() -> tuple[int, int]:
    row = PublicState.objects.get()
    return row.stamp, row.schedule


@contextmanager
def moves(*, stamp: bool, schedule: bool) -> Iterator[None]:
    before = state()
    yield
    assert tuple(now != then for now, then in zip(state(), before, strict=True)) == (stamp, schedule)


class TestTheRow:
    def test_is_there_once_the_tables_are(self) -> None:
        assert PublicState.objects.count() == 1

    def test_is_written_again_where_it_was_deleted(self) -> None:
        PublicState.objects.all().delete()
        publishing.publish(make_review())
        assert PublicState.objects.count() == 1


class TestCodeThatKnowsNothingOfIt:
    def test_raises_it_after_a_save(self) -> None:
        film = make_edition().film
        with moves(stamp=True, schedule=True):
            film.save()

    def test_raises_no_stamp_for_what_nobody_sees(self) -> None:
        film = make_film()
        with moves(stamp=False, schedule=True):
            film.save()

    def test_raises_it_once_for_a_transaction(self) -> None:
        film = make_edition().film
        before = state()
        with transaction.atomic():
            for _ in range(5):
                film.save()
            assert len(connection.run_on_commit) == 1
            assert state() == before
        assert state() != before

    def test_raises_nothing_for_what_was_rolled_back(self) -> None:
        film = make_edition().film
        with moves(stamp=False, schedule=False), transaction.atomic():
            film.save()
            transaction.set_rollback(True)

    def test_raises_it_for_what_a_savepoint_left(self) -> None:
        film = make_edition().film
        with moves(stamp=True, schedule=True), transaction.atomic():
            film.save()
            with transaction.atomic():
                film.save()
                transaction.set_rollback(True)

    def test_raises_it_at_the_end_of_many_transactions(self) -> None:
        make_edition()

        def fail_half_way() -> None:
            with changing_everything():
                Film.objects.get().save()
                raise KeyError

        with moves(stamp=True, schedule=True), pytest.raises(KeyError):
            fail_half_way()


class TestAVerb:
    def test_raises_it_in_its_own_transaction(self) -> None:
        review = make_review()
        with moves(stamp=True, schedule=True):
            publishing.publish(review)

    def test_leaves_it_where_it_fails(self) -> None:
        review = make_review()

        def fail() -> None:
            with changing():
                publishing.publish(review)
                raise KeyError

        with moves(stamp=False, schedule=False), pytest.raises(KeyError):
            fail()

    def test_raises_it_once_for_several(self) -> None:
        reviews = [make_review(slug=f"review-{n}") for n in range(3)]
        before = state()
        with changing():
            for review in reviews:
                publishing.publish(review)
            assert state() == before
        assert state() != before

    def test_that_hides_something_answers_when_every_process_knows(
        self, monkeypatch: pytest.MonkeyPatch, pages_are_kept: None
    ) -> None:
        monkeypatch.setattr(changes, "KNOWN_FOR", 0.3)
        review = make_review()
        publishing.publish(review)
        begun = time.monotonic()
        withdrawing.withdraw(review)
        assert time.monotonic() - begun > 0.3

    def test_that_shows_something_answers_at_once(
        self, monkeypatch: pytest.MonkeyPatch, pages_are_kept: None
    ) -> None:
        monkeypatch.setattr(time, "sleep", lambda seconds: pytest.fail("It waits."))
        publishing.publish(make_review())

    def test_whose_moment_passed_while_it_ran_tells_of_it_after_its_commit(self) -> None:
        review = make_review()
        before = state()
        with changing():
            publishing.publish(review, at=clock.now() + dt.timedelta(milliseconds=300))
            time.sleep(0.4)
            during = state()
        assert (during[0], state()[0] != before[0]) == (before[0], True)

    def test_that_shows_or_hides_something_at_once_tells_of_it_once(
        self, settings: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Its moment is the one of its lock, which is later than its beginning, and no surprise after its commit."""
        settings.CDN_PURGE_URL = "http://cdn.invalid/"
        review = make_review()
        told: list[bool] = []
        with purges_noted() as purges:
            monkeypatch.setattr(PublicStateManager, "move", noting(PublicStateManager.move, told))
            publishing.publish(review)
            withdrawing.withdraw(review)
        assert told == [True, True]
        assert [SITE in each.keys for each in purges] == [False, False]


def noting(move: Callable[..., Any], told: list[bool]) -> Callable[..., Any]:
    def noted(manager: Any, *, is_seen: bool, since: dt.datetime | None = None) -> Any:
        told.append(is_seen)
        return move(manager, is_seen=is_seen, since=since)

    return noted


class TestWritersAtOnce:
    def test_see_what_the_other_has_scheduled(self) -> None:
        """Of two at once, whichever commits last, the row holds the earlier moment."""
        moments = [clock.now() + dt.timedelta(hours=hours) for hours in (1, 2)]
        ready = threading.Barrier(2)

        def at(moment: dt.datetime, slug: str) -> Callable[[], None]:
            review = make_review(slug=slug, film=make_film(slug=slug))

            def publish() -> None:
                ready.wait()
                try:
                    publishing.publish(review, at=moment)
                finally:
                    connection.close()

            return publish

        threads = [threading.Thread(target=at(moment, f"review-{n}")) for n, moment in enumerate(moments)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)
        assert PublicState.objects.get().next_change == moments[0]
