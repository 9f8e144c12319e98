"""The publication log: what it says of the past is what readers saw then."""

import datetime as dt
import random
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reviews import clock
from reviews.desk import preview_links, publication_log
from reviews.desk.permissions import PublishingError
from reviews.desk.publication_log import PublicTime, log_of, public_times
from reviews.desk.verbs import embargoes, publishing, withdrawing
from reviews.desk.verbs.embargoes import EmbargoError
from reviews.models import Edition, Embargo, Film, HistoryEntry, Review
from reviews.seeding.factories import MOMENT, make_edition, make_film, make_review
from tests.desk.reading import HOUR, change

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

DAY = dt.timedelta(days=1)


def on(film: Film, hours: int) -> Embargo:
    return Embargo(film=film, lifts_at=clock.now() + HOUR * hours, zone="UTC")


def agreed(film: Film) -> Embargo:
    embargo = Embargo.objects.filter(film=film, ended_at=None).first()
    if embargo is None:
        raise EmbargoError
    return embargo


def corrected(review: Review, at: dt.datetime | None) -> None:
    change(review, headline=f"Changed at {clock.now()}")
    publishing.publish(review, at=at, nothing_was_wrong=True)


class TestItsTimes:
    @pytest.mark.parametrize("seed", range(8))
    def test_are_those_at_which_readers_saw_the_review(self, seed: int) -> None:
        chance = random.Random(seed)
        review = make_review(body="A.", rights_until=MOMENT + 20 * HOUR if seed % 2 else None)
        film, seen = review.film, []
        for step in range(24):
            moment = MOMENT + HOUR * step
            with clock.reading_at(moment):
                verbs: list[Callable[[], Any]] = [
                    partial(corrected, review, None),
                    partial(corrected, review, moment + HOUR * chance.randint(1, 4)),
                    lambda: publishing.retime(review, clock.now() + HOUR * chance.randint(1, 3)),
                    partial(publishing.unschedule, review),
                    partial(withdrawing.withdraw, review),
                    partial(embargoes.impose, on(film, chance.randint(1, 5))),
                    lambda: embargoes.move(agreed(film), clock.now() + HOUR * 2, because="They asked."),
                    lambda: embargoes.lift(agreed(film), because="They asked."),
                ]
                with suppress(PublishingError, EmbargoError):
                    (chance.choice(verbs) if step else verbs[0])()
            for after in (0, 1, 30 * 60):
                at = moment + dt.timedelta(seconds=after)
                seen.append((at, Edition.objects.public(at).filter(review=review).exists()))
        assert {is_seen for _, is_seen in seen} == {True, False}
        times = public_times(HistoryEntry.objects.filter(decides_uid=review.uid).oldest_first())
        said = [
            (at, any(each.begins <= at and (each.ends is None or at < each.ends) for each in times))
            for at, _ in seen
        ]
        assert said == seen

    def test_are_one_over_corrections_and_two_over_a_gap(self) -> None:
        review = make_review(body="A.")
        publishing.publish(review)
        with clock.reading_at(MOMENT + HOUR):
            corrected(review, None)
        with clock.reading_at(MOMENT + 2 * HOUR):
            withdrawing.withdraw(review)
        with clock.reading_at(MOMENT + 3 * HOUR):
            withdrawing.reinstate(review)
        (piece,) = log_of(review.film).pieces
        assert piece.times == [
            PublicTime(MOMENT, MOMENT + 2 * HOUR),
            PublicTime(MOMENT + 3 * HOUR),
        ]
        assert piece.is_told

    def test_end_with_the_rights_of_the_edition_that_took_over(self) -> None:
        review = make_review(body="A.", rights_until=MOMENT + 9 * HOUR)
        publishing.publish(review)
        with clock.reading_at(MOMENT + HOUR):
            change(review, rights_until=MOMENT + 3 * HOUR)
            corrected(review, None)
        assert log_of(review.film).pieces[0].times == [PublicTime(MOMENT, MOMENT + 3 * HOUR)]
        assert not Edition.objects.public(MOMENT + 3 * HOUR).exists()

    def test_begin_when_a_back_dated_review_came_here(self) -> None:
        review = make_review(body="A.")
        publishing.publish(review, at=MOMENT - 30 * DAY, backdated=True)
        assert log_of(review.film).pieces[0].times == [PublicTime(MOMENT, dated=MOMENT - 30 * DAY)]
        with clock.reading_at(MOMENT + HOUR):
            withdrawing.withdraw(review)
        with clock.reading_at(MOMENT + 2 * HOUR):
            withdrawing.reinstate(review)
        assert log_of(review.film).pieces[0].times == [
            PublicTime(MOMENT, MOMENT + HOUR, dated=MOMENT - 30 * DAY),
            PublicTime(MOMENT + 2 * HOUR),
        ]

    def test_are_those_of_the_editions_where_the_history_says_nothing(self) -> None:
        edition = make_edition(at=MOMENT - DAY)
        HistoryEntry.objects.all().delete()
        (piece,) = log_of(edition.film).pieces
        assert (piece.times, piece.is_told) == ([PublicTime(MOMENT - DAY)], False)


class TestALog:
    def fill(self, film: Film, count: int) -> None:
        for _ in range(count):
            review = make_review(film=film, body="A.")
            publishing.publish(review)
            preview_links.make(review, by=None, for_whom="The fact checker")
            embargoes.impose(on(film, 2))

    def test_asks_as_much_of_many_as_of_few(self) -> None:
        film, asked = make_film(), []
        for count in (1, 6):
            self.fill(film, count)
            with CaptureQueriesContext(connection) as captured:
                log = log_of(film)
            asked.append(len(captured))
        assert (len(log.pieces), len(log.links), len(log.embargoes)) == (7, 7, 7)
        assert asked[0] == asked[1] <= 12

    def test_says_how_many_entries_it_leaves_out(self, monkeypatch: pytest.MonkeyPatch) -> None:
        film = make_film()
        self.fill(film, 3)
        whole = log_of(film)
        assert whole.earlier == 0
        monkeypatch.setattr(publication_log, "LONGEST", 4)
        log = log_of(film)
        assert [entry.number for entry in log.entries] == [entry.number for entry in whole.entries][-4:]
        assert log.earlier == len(whole.entries) - 4

    def test_has_nothing_of_another_film(self) -> None:
        self.fill(make_film(), 1)
        log = log_of(make_film())
        assert (log.pieces, log.links, log.embargoes, log.entries) == ([], [], [], [])
