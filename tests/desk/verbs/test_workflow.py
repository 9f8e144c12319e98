"""Submitting and returning copy: conditions, and no effect for readers."""

import pytest

from reviews import clock
from reviews.desk.permissions import NotAllowed, PublishingError
from reviews.desk.verbs import workflow
from reviews.models import Edition, HistoryEntry, Review
from reviews.seeding.factories import MOMENT, make_account, make_critic, make_review
from tests.desk.reading import HOUR, reread

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


class TestSubmit:
    @pytest.mark.parametrize("status", ["draft", "returned"])
    def test_brings_what_lies_with_its_writer_to_the_desk(self, status: str) -> None:
        review = make_review(status=status)
        with clock.frozen_at(MOMENT + HOUR):
            workflow.submit(review)
        assert (review.status, reread(review).status) == ("in_review", "in_review")
        assert reread(review).status_since == MOMENT + HOUR
        assert not Edition.objects.exists()

    @pytest.mark.parametrize("status", ["in_review", "approved", "withdrawn"])
    def test_refuses_what_does_not_lie_there(self, status: str) -> None:
        review = make_review(status=status)
        with pytest.raises(PublishingError, match="Only a draft can be submitted"):
            workflow.submit(review)
        assert reread(review).status == status
        assert not HistoryEntry.objects.exists()

    def test_is_not_for_somebody_elses_copy(self) -> None:
        review = make_review()
        with pytest.raises(NotAllowed, match="somebody else’s copy"):
            workflow.submit(review, by=make_account("Critic"))
        assert (review.status, reread(review).status) == ("draft", "draft")
        assert not HistoryEntry.objects.exists()


class TestGiveBack:
    def test_goes_to_its_writer_with_the_note(self) -> None:
        review = make_review(status="in_review")
        workflow.give_back(review, "  Who made it?\0 ", by=make_account("Editor"))
        assert reread(review).status == Review.Status.RETURNED
        assert HistoryEntry.objects.get().because == "Who made it?"

    @pytest.mark.parametrize("note", ["", " \n", "\0"])
    def test_needs_a_note(self, note: str) -> None:
        review = make_review(status="in_review")
        with pytest.raises(PublishingError, match="Say what to change"):
            workflow.give_back(review, note)
        assert reread(review).status == "in_review"

    def test_is_not_for_a_critic_though_it_be_their_own(self) -> None:
        account = make_account("Critic")
        review = make_review(status="in_review", critic=make_critic(user=account))
        with pytest.raises(NotAllowed, match="Your role does not allow that"):
            workflow.give_back(review, "No.", by=account)
        assert reread(review).status == "in_review"


class TestTakeBack:
    def test_is_for_whoever_wrote_it(self) -> None:
        account = make_account("Critic")
        review = make_review(status="in_review", critic=make_critic(user=account))
        workflow.take_back(review, by=account)
        assert reread(review).status == "draft"

    def test_others_return_it_with_a_note_instead(self) -> None:
        review = make_review(status="in_review")
        with pytest.raises(NotAllowed, match="return it with a note"):
            workflow.take_back(review, by=make_account("Editor"))
        assert reread(review).status == "in_review"
