"""A review's address, position and corrections when another edition replaces the live one."""

import datetime as dt
from typing import Any

import pytest

from reviews import clock
from reviews.desk.permissions import PublishingError
from reviews.desk.verbs import embargoes, publishing, withdrawing
from reviews.desk.verbs.publishing import Note
from reviews.models import (
    Correction,
    Edition,
    Embargo,
    HistoryEntry,
    OldAddress,
    Review,
)
from reviews.rules.argument import Verdict
from reviews.seeding.factories import (
    make_account,
    make_embargo,
    make_film,
    make_review,
)
from tests.desk.reading import DAY, HOUR, INSTANT, change, texts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


class TestAddress:
    def test_the_old_address_of_a_public_review_is_kept(self, now: dt.datetime) -> None:
        review = make_review(slug="old-name")
        publishing.publish(review)
        change(review, slug="new-name")
        with clock.frozen_at(now + HOUR):
            publishing.publish(review)
        kept = OldAddress.objects.get()
        assert (kept.path, kept.kind, kept.target_uid) == ("/reviews/old-name/", "review", review.uid)

    def test_an_address_that_nobody_has_seen_is_not(self, now: dt.datetime) -> None:
        review = make_review(slug="secret")
        publishing.publish(review, at=now + HOUR)
        change(review, slug="plain")
        publishing.publish(review)
        assert not OldAddress.objects.exists()

    def test_nor_is_one_that_was_withdrawn_in_the_instant_in_which_it_went_up(self, now: dt.datetime) -> None:
        review = make_review(slug="secret")
        publishing.publish(review)
        withdrawing.withdraw(review)
        change(review, slug="plain")
        with clock.frozen_at(now + HOUR):
            publishing.publish(review)
        assert not OldAddress.objects.exists()

    def test_going_back_to_an_old_address_goes_up(self, now: dt.datetime) -> None:
        review = make_review(slug="one")
        for hours, slug in enumerate(("one", "two", "one", "three")):
            change(review, slug=slug)
            with clock.frozen_at(now + hours * HOUR):
                publishing.publish(review)
        assert set(OldAddress.objects.values_list("path", flat=True)) == {"/reviews/one/", "/reviews/two/"}


class TestCorrection:
    def test_it_keeps_the_place_in_the_queue(self, now: dt.datetime) -> None:
        first, second = make_review(headline="First"), make_review(headline="Second")
        publishing.publish(first, at=now - 2 * DAY, backdated=True)
        publishing.publish(second, at=now - DAY, backdated=True)
        change(first, headline="First, corrected")
        publishing.publish(first)
        assert texts() == ["Second", "First, corrected"]

    def test_its_note_is_public_when_its_edition_is(self, now: dt.datetime) -> None:
        review = make_review()
        publishing.publish(review)
        publishing.publish(review, at=now + HOUR, note=Note("verdict", "We had the wrong verdict."))
        assert not Correction.objects.public().exists()
        assert not Correction.objects.public(now + HOUR - INSTANT).exists()
        assert Correction.objects.public(now + HOUR).get().note == "We had the wrong verdict."

    @pytest.mark.parametrize("hours", [1, 3])
    def test_its_note_is_moved_with_it(self, now: dt.datetime, hours: int) -> None:
        review, moment = make_review(), now + hours * HOUR
        publishing.publish(review)
        publishing.publish(review, at=now + 2 * HOUR, note=Note("verdict", "We had the wrong verdict."))
        publishing.retime(review, moment)
        assert Correction.objects.get().at == moment
        assert not Correction.objects.public(moment - INSTANT).exists()
        assert Correction.objects.public(moment).exists()

    def test_its_note_is_moved_with_the_films_embargo(self, now: dt.datetime) -> None:
        review = make_review()
        publishing.publish(review)
        publishing.publish(review, at=now + HOUR, note=Note("verdict", "We had the wrong verdict."))
        embargo = Embargo(film=review.film, lifts_at=now + DAY, zone="UTC")
        embargoes.impose(embargo)
        assert Correction.objects.get().at == now + DAY
        embargoes.lift(embargo, because="They agreed.")
        assert Correction.objects.get().at == now + HOUR

    def test_an_embargo_hides_its_note(self, now: dt.datetime) -> None:
        review = make_review()
        publishing.publish(review)
        publishing.publish(review, note=Note("fact", "It is a bee."))
        assert Correction.objects.public().exists()
        make_embargo(review.film, now + DAY)
        assert not Correction.objects.public().exists()
        assert Correction.objects.public(now + DAY).exists()

    def test_the_note_stays_while_a_later_edition_is_public(self, now: dt.datetime) -> None:
        review = make_review()
        for hours, note in enumerate((None, Note("fact", "It is a bee."), None)):
            with clock.frozen_at(now + hours * HOUR):
                publishing.publish(review, note=note)
        assert Correction.objects.public(now + DAY).get().note == "It is a bee."

    def test_the_note_leaves_with_the_review(self, now: dt.datetime) -> None:
        review = make_review()
        publishing.publish(review, at=now - DAY, backdated=True)
        publishing.publish(review, note=Note("fact", "It is a bee."))
        with clock.frozen_at(now + HOUR):
            withdrawing.withdraw(review)
            assert not Correction.objects.public().exists()

    def test_editions_are_numbered_in_their_order(self, now: dt.datetime) -> None:
        review = make_review()
        for hours in range(3):
            with clock.frozen_at(now + hours * HOUR):
                publishing.publish(review)
        windows = list(
            Edition.objects.order_by("number").values_list("number", "visible_from", "visible_until")
        )
        assert windows == [
            (1, now, now + HOUR),
            (2, now + HOUR, now + 2 * HOUR),
            (3, now + 2 * HOUR, None),
        ]

    def test_one_that_changes_the_film_is_held_by_the_new_films_embargo(self, now: dt.datetime) -> None:
        review = make_review(headline="About the wrong film")
        publishing.publish(review)
        film = make_film()
        make_embargo(film, now + DAY)
        change(review, film=film, headline="About the right film")
        publishing.publish(review)
        assert texts() == ["About the wrong film"]
        assert texts(now + DAY) == ["About the right film"]


class TestWhatReadersAreOwed:
    """The verb checks this too, for every caller."""

    def seen(self, now: dt.datetime, **changes: Any) -> Review:
        review = make_review(verdict=Verdict.POSITIVE)
        publishing.publish(review, at=now - DAY, backdated=True)
        change(review, **changes)
        return review

    @pytest.mark.parametrize("note", [None, Note("fact", "It is a bee.")])
    def test_another_verdict_takes_a_note_that_says_so(self, now: dt.datetime, note: Note | None) -> None:
        review, editor = self.seen(now, verdict=Verdict.MIXED), make_account("Editor")
        with pytest.raises(PublishingError, match="another verdict"):
            publishing.publish(review, note=note, nothing_was_wrong=True, by=editor)
        assert Edition.objects.count() == 1
        publishing.publish(review, note=Note("verdict", "It is mixed."), by=editor)
        assert Correction.objects.public().get().note == "It is mixed."

    def test_other_words_take_a_note_or_that_nothing_was_wrong(self, now: dt.datetime) -> None:
        review, editor = self.seen(now, headline="Better words"), make_account("Editor")
        with pytest.raises(PublishingError, match="say what was wrong, or that nothing was"):
            publishing.publish(review, by=editor)
        assert Edition.objects.count() == 1
        publishing.publish(review, nothing_was_wrong=True, by=editor)
        assert texts() == ["Better words"]
        assert not Correction.objects.exists()
        said = HistoryEntry.objects.of_review(review.uid).oldest_first().last()
        assert said
        assert said.because == "Nothing that readers have read was wrong."
