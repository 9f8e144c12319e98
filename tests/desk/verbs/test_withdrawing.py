"""Rescheduling, cancelling and withdrawing."""

import datetime as dt

import pytest

from reviews import clock
from reviews.desk.outlook import outlook_of
from reviews.desk.permissions import PublishingError
from reviews.desk.verbs import publishing, withdrawing
from reviews.desk.verbs.publishing import Note
from reviews.models import (
    Correction,
    Edition,
    Review,
)
from reviews.seeding.factories import (
    make_embargo,
    make_review,
)
from tests.desk.reading import DAY, HOUR, INSTANT, change, reread, texts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


class TestRetime:
    def test_the_pending_edition_moves(self, now: dt.datetime) -> None:
        review = make_review(headline="Moved")
        publishing.publish(review, at=now + HOUR)
        edition = publishing.retime(review, now + DAY)
        assert edition.first_visible_from == edition.visible_from == now + DAY
        assert texts(now + HOUR) == []
        assert texts(now + DAY) == ["Moved"]
        assert reread(review).publish_at == now + DAY

    def test_the_live_edition_stays_until_the_new_moment(self, now: dt.datetime) -> None:
        review = make_review(headline="Old")
        publishing.publish(review, at=now - DAY, backdated=True)
        change(review, headline="New")
        publishing.publish(review, at=now + HOUR)
        for moment in (now + DAY, now + 2 * HOUR):
            edition = publishing.retime(review, moment)
            assert texts(moment - INSTANT) == ["Old"]
            assert texts(moment) == ["New"]
            assert edition.first_visible_from == now - DAY

    def test_a_correction_keeps_the_date_of_first_publication(self, now: dt.datetime) -> None:
        review = make_review()
        publishing.publish(review, at=now - DAY, backdated=True)
        publishing.publish(review, at=now + HOUR)
        assert publishing.retime(review, now + DAY).first_visible_from == now - DAY

    def test_a_moment_that_has_passed_means_now(self, now: dt.datetime) -> None:
        review = make_review(headline="Sooner")
        publishing.publish(review, at=now + HOUR)
        publishing.retime(review, now - HOUR)
        assert texts() == ["Sooner"]
        assert texts(now - INSTANT) == []

    def test_it_publishes_no_text_saved_since(self, now: dt.datetime) -> None:
        review = make_review(headline="As approved")
        publishing.publish(review, at=now + HOUR)
        change(review, headline="Changed since")
        publishing.retime(review, now)
        assert texts() == ["As approved"]

    def test_an_embargo_delays_it(self, now: dt.datetime) -> None:
        review = make_review()
        make_embargo(review.film, now + DAY)
        publishing.publish(review, at=now + 2 * DAY)
        assert publishing.retime(review, now).visible_from == now + DAY

    def test_it_is_refused_if_the_rights_end_before(self, now: dt.datetime) -> None:
        review = make_review(rights_until=now + DAY)
        publishing.publish(review, at=now + HOUR)
        with pytest.raises(PublishingError, match="The rights end before"):
            publishing.retime(review, now + DAY)
        assert Edition.objects.get().visible_from == now + HOUR

    def test_with_nothing_pending_it_refuses(self) -> None:
        review = make_review()
        with pytest.raises(PublishingError, match="Nothing is waiting"):
            publishing.retime(review, clock.now() + HOUR)
        publishing.publish(review)
        with pytest.raises(PublishingError, match="Nothing is waiting"):
            publishing.retime(review, clock.now() + HOUR)


class TestUnschedule:
    def test_a_review_with_only_a_pending_edition_becomes_a_draft(self, now: dt.datetime) -> None:
        review = make_review()
        publishing.publish(review, at=now + HOUR, note=Note("fact", "Never seen."))
        publishing.unschedule(review)
        assert not Edition.objects.exists()
        assert not Correction.objects.exists()
        assert (reread(review).status, reread(review).publish_at) == (Review.Status.DRAFT, None)

    def test_the_live_edition_stays(self, now: dt.datetime) -> None:
        review = make_review(headline="Live")
        publishing.publish(review)
        change(review, headline="Not yet")
        publishing.publish(review, at=now + HOUR)
        publishing.unschedule(review)
        assert texts(now + DAY) == ["Live"]
        assert reread(review).status == Review.Status.APPROVED

    def test_a_withdrawn_review_stays_withdrawn(self, now: dt.datetime) -> None:
        review = make_review()
        publishing.publish(review, at=now - DAY, backdated=True)
        withdrawing.withdraw(review)
        publishing.publish(review, at=now + HOUR)
        publishing.unschedule(review)
        assert reread(review).status == Review.Status.WITHDRAWN

    def test_with_nothing_pending_it_refuses(self) -> None:
        review = make_review()
        publishing.publish(review)
        with pytest.raises(PublishingError, match="Nothing is waiting"):
            publishing.unschedule(review)


class TestWithdraw:
    def test_a_live_review_ends_at_once_and_keeps_its_past(self, now: dt.datetime) -> None:
        review = make_review(headline="Gone")
        publishing.publish(review, at=now - DAY, backdated=True)
        withdrawing.withdraw(review)
        assert texts() == texts(now + DAY) == []
        assert texts(now - INSTANT) == ["Gone"]
        assert (reread(review).status, reread(review).publish_at) == (Review.Status.WITHDRAWN, None)

    def test_a_pending_edition_is_cancelled_too(self, now: dt.datetime) -> None:
        review = make_review()
        publishing.publish(review, at=now - DAY, backdated=True)
        publishing.publish(review, at=now + HOUR)
        withdrawing.withdraw(review)
        assert texts(now + DAY) == []
        assert Edition.objects.count() == 1

    def test_a_scheduled_review_becomes_a_draft(self, now: dt.datetime) -> None:
        review = make_review()
        publishing.publish(review, at=now + HOUR)
        withdrawing.withdraw(review)
        assert texts(now + DAY) == []
        assert reread(review).status == Review.Status.DRAFT

    def test_a_live_review_that_an_embargo_hides_can_be_withdrawn(self, now: dt.datetime) -> None:
        review = make_review()
        publishing.publish(review, at=now - DAY, backdated=True)
        make_embargo(review.film, now + DAY)
        withdrawing.withdraw(review)
        assert texts(now + DAY) == []
        assert reread(review).status == Review.Status.WITHDRAWN

    def test_with_neither_it_refuses(self, now: dt.datetime) -> None:
        review = make_review()
        with pytest.raises(PublishingError, match="Readers do not see"):
            withdrawing.withdraw(review)
        publishing.publish(review, at=now - DAY, backdated=True)
        withdrawing.withdraw(review)
        with pytest.raises(PublishingError, match="Readers do not see"):
            withdrawing.withdraw(review)

    def test_one_withdrawn_in_its_first_instant_has_never_been_public(self) -> None:
        review = make_review()
        publishing.publish(review)
        withdrawing.withdraw(review)
        assert not outlook_of(review).has_been_public
        assert reread(review).status == Review.Status.DRAFT

    def test_it_can_be_published_again_with_its_first_date(self, now: dt.datetime) -> None:
        review = make_review(headline="Back")
        publishing.publish(review, at=now - DAY, backdated=True)
        withdrawing.withdraw(review)
        with clock.frozen_at(now + HOUR):
            edition = publishing.publish(review)
        assert (edition.number, edition.first_visible_from) == (2, now - DAY)
        assert texts(now + HOUR) == ["Back"]

    def test_a_note_is_refused_for_a_review_that_readers_have_not_seen(self, now: dt.datetime) -> None:
        review = make_review()
        publishing.publish(review, at=now - DAY, backdated=True)
        withdrawing.withdraw(review)
        publishing.publish(review, at=now + HOUR)
        with pytest.raises(PublishingError, match="clear the note"):
            withdrawing.withdraw(review, note="It was wrong.")
        assert outlook_of(review).pending
        assert not Correction.objects.exists()
