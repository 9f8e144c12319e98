"""Twenty simultaneous users: the result is that of some serial order."""

import datetime as dt
import re
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction

from reviews import clock
from reviews.desk.chain.checking import checked
from reviews.desk.permissions import PublishingError
from reviews.desk.verbs import embargoes, publishing, withdrawing, workflow
from reviews.desk.verbs.embargoes import EmbargoError
from reviews.models import Edition, Embargo, Film, HistoryEntry, Review
from reviews.seeding.factories import make_account, make_film, make_review
from tests.desk.verbs.invariants import assert_consistent, assert_history_agrees

pytestmark = pytest.mark.django_db(transaction=True)

THREADS = 20
ROUNDS = 4
HOUR = dt.timedelta(hours=1)
TOO_LATE = (PublishingError, EmbargoError)
"""The messages that a verb may give the second user. Any other, such as “database is locked”, is a fault."""


def at_once(*verbs: Callable[[], Any]) -> list[Exception | None]:
    """Run each verb in its own thread and connection, all at once. Returns what each raised."""
    raised: list[Exception | None] = [None] * len(verbs)
    signal = threading.Barrier(len(verbs))

    def run(place: int, verb: Callable[[], Any]) -> None:
        try:
            signal.wait(timeout=30)
            verb()
        except Exception as error:
            raised[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=item) for item in enumerate(verbs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
        assert not thread.is_alive()
    return raised


def assert_none_but_refusals(raised: list[Exception | None]) -> None:
    faults = [error for error in raised if error and not isinstance(error, TOO_LATE)]
    assert not faults, Counter(map(repr, faults))


class TestTwentyAtOnce:
    VERBS = {
        "publish": "Approved|Published|Reinstated",
        "impose": "An embargo on reviews was agreed",
        "withdraw": "Withdrawn",
        "lift": "The embargo on reviews was lifted",
        "retime": "rescheduled",
        "unschedule": "unscheduled: readers never saw it",
        "submit": "Submitted",
    }
    """Each verb and the text of its history entry."""

    def worker(self, number: int, film: Film, reviews: list[Review], by: User, done: list[str]) -> None:
        """A few rounds of approving, embargoing, re-timing, withdrawing and lifting, different for each thread."""
        for step in range(ROUNDS):
            review = Review.objects.get(pk=reviews[(number + step) % len(reviews)].pk)
            soon = clock.now() + HOUR * (1 + (number * step) % 5)
            embargo = Embargo(film=film, lifts_at=soon, zone="UTC")
            verbs: tuple[tuple[str, Callable[[], Any]], ...] = (
                ("publish", partial(publishing.publish, review, by=by)),
                ("impose", partial(embargoes.impose, embargo, by=by)),
                ("withdraw", partial(withdrawing.withdraw, review, by=by)),
                ("publish", partial(publishing.publish, review, at=soon, by=by)),
                ("lift", partial(self.lift_one, film, by)),
                ("retime", partial(publishing.retime, review, soon, by=by)),
                ("unschedule", partial(publishing.unschedule, review, by=by)),
                ("submit", partial(workflow.submit, review, by=by)),
            )
            place = (number + 3 * step) % len(verbs)
            # Schedule before rescheduling or cancelling: else there would rarely be a pending edition.
            first = [verbs[3]] if verbs[place][0] in ("retime", "unschedule") else []
            for name, verb in [*first, verbs[place]]:
                with suppress(*TOO_LATE):
                    verb()
                    done.append(name)

    def lift_one(self, film: Film, by: User) -> None:
        embargo = Embargo.objects.filter(film=film, ended_at=None).first()
        if embargo is None:
            raise EmbargoError("There is none.")
        embargoes.lift(embargo, because="Somebody said so.", by=by)

    def test_they_leave_one_consistent_state_and_a_line_for_everything_done(self) -> None:
        film = make_film()
        reviews = [make_review(film=film, body="A.") for _ in range(3)]
        for review in reviews:
            publishing.publish(review)
        people = [make_account("", is_superuser=True) for _ in range(THREADS)]
        done: list[list[str]] = [[] for _ in people]
        workers = (
            partial(self.worker, number, film, reviews, people[number], done[number])
            for number in range(THREADS)
        )
        assert_none_but_refusals(at_once(*workers))
        assert {name for names in done for name in names} >= {"publish", "impose", "lift", "retime"}
        for person, names in zip(people, done, strict=True):
            said = list(HistoryEntry.objects.filter(by=person).values_list("what", flat=True))
            counted = {
                name: sum(bool(re.search(words, what)) for what in said) for name, words in self.VERBS.items()
            }
            assert counted == {name: names.count(name) for name in self.VERBS}
        assert checked().count == HistoryEntry.objects.count()
        for review in reviews:
            assert_consistent(review)
            assert_history_agrees(review)
            windows = Edition.objects.filter(review=review).values_list("visible_from", "visible_until")
            moments = {moment for window in windows for moment in window if moment}
            for moment in moments:
                assert Edition.objects.public(moment).filter(review=review).count() <= 1


class TestWhileAnotherIsUnderWay:
    """One verb has not committed yet; the other must wait and then see its result."""

    PAUSE = 0.7
    """Seconds before the first commits: enough for the second to finish if it did not wait."""

    def one_after_the_other(self, first: Callable[[], Any], second: Callable[[], Any]) -> None:
        is_done = threading.Event()

        def hold() -> None:
            with transaction.atomic():
                first()
                is_done.set()
                time.sleep(self.PAUSE)

        def follow() -> None:
            assert is_done.wait(timeout=30)
            second()

        assert at_once(hold, follow) == [None, None]

    def test_an_embargo_sees_the_approval_before_it(self) -> None:
        review = make_review(body="A.")
        embargo = Embargo(film=review.film, lifts_at=clock.now() + HOUR, zone="UTC")
        self.one_after_the_other(
            partial(publishing.publish, review, at=clock.now() + HOUR / 2),
            partial(embargoes.impose, embargo),
        )
        assert Edition.objects.get().visible_from == embargo.lifts_at

    def test_an_approval_sees_the_embargo_before_it(self) -> None:
        review = make_review(body="A.")
        embargo = Embargo(film=review.film, lifts_at=clock.now() + HOUR, zone="UTC")
        self.one_after_the_other(
            partial(embargoes.impose, embargo),
            partial(publishing.publish, review),
        )
        assert Edition.objects.get().visible_from == embargo.lifts_at

    def test_an_approval_does_not_backdate_itself_to_before_it_waited(self) -> None:
        review, other = make_review(body="A."), make_review(body="A.")
        other.film = review.film
        other.save()
        self.one_after_the_other(
            partial(publishing.publish, review),
            partial(publishing.publish, other),
        )
        first, second = (Edition.objects.get(review=each) for each in (review, other))
        assert second.visible_from - first.visible_from > dt.timedelta(seconds=self.PAUSE * 0.9)

    def test_a_second_approval_replaces_the_one_before_it(self) -> None:
        review = make_review(body="A.")
        self.one_after_the_other(
            partial(publishing.publish, review, at=clock.now() + HOUR),
            partial(publishing.publish, review, at=clock.now() + 2 * HOUR),
        )
        assert Edition.objects.get().number == 1
        assert_consistent(review)


class TestTwoAtOnce:
    """The important pairs, many times, so that either may be first."""

    ROUNDS = 6

    def test_an_embargo_holds_what_is_approved_while_it_is_agreed(self) -> None:
        for _ in range(self.ROUNDS):
            review = make_review(body="A.")
            lifts_at = clock.now() + HOUR
            embargo = Embargo(film=review.film, lifts_at=lifts_at, zone="UTC")
            raised = at_once(
                partial(publishing.publish, review, at=clock.now() + HOUR / 2),
                partial(embargoes.impose, embargo),
            )
            assert raised == [None, None]
            assert Edition.objects.get(review=review).visible_from == lifts_at
            assert_consistent(review)

    def test_a_lift_frees_what_is_approved_while_it_is_lifted(self) -> None:
        for _ in range(self.ROUNDS):
            review = make_review(body="A.")
            embargo = Embargo(film=review.film, lifts_at=clock.now() + HOUR, zone="UTC")
            embargoes.impose(embargo)
            raised = at_once(
                partial(publishing.publish, review),
                partial(embargoes.lift, embargo, because="Over."),
            )
            assert raised == [None, None]
            assert Edition.objects.public().filter(review=review).exists()

    def test_of_two_approvals_one_replaces_the_other(self) -> None:
        for _ in range(self.ROUNDS):
            review = make_review(body="A.")
            raised = at_once(*[partial(publishing.publish, review, at=clock.now() + HOUR)] * 4)
            assert raised == [None] * 4
            assert Edition.objects.filter(review=review).count() == 1

    def test_of_two_withdrawals_one_is_refused(self) -> None:
        for _ in range(self.ROUNDS):
            review = make_review(body="A.")
            publishing.publish(review)
            raised = at_once(*[partial(withdrawing.withdraw, review)] * 2)
            assert sorted(map(bool, raised)) == [False, True]
            assert_none_but_refusals(raised)
            assert not Edition.objects.public().filter(review=review).exists()

    def test_of_two_lifts_one_is_refused(self) -> None:
        for _ in range(self.ROUNDS):
            embargo = Embargo(film=make_film(), lifts_at=clock.now() + HOUR, zone="UTC")
            embargoes.impose(embargo)
            copies = [Embargo.objects.get(pk=embargo.pk) for _ in range(2)]
            raised = at_once(*(partial(embargoes.lift, copy, because="Over.") for copy in copies))
            assert sorted(map(bool, raised)) == [False, True]
            assert_none_but_refusals(raised)

    def test_a_review_that_changes_films_is_held_by_both_locks(self) -> None:
        """Two reviews swap films while both films are put under embargo: no deadlock."""
        for _ in range(self.ROUNDS):
            one, other = make_review(body="A."), make_review(body="A.")
            publishing.publish(one)
            publishing.publish(other)
            one.film, other.film = other.film, one.film
            one.save()
            other.save()
            embargo = Embargo(film=one.film, lifts_at=clock.now() + HOUR, zone="UTC")
            raised = at_once(
                partial(publishing.publish, one),
                partial(publishing.publish, other),
                partial(embargoes.impose, embargo),
            )
            assert raised == [None] * 3
            assert_consistent(other)
