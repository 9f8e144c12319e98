"""The public note of a withdrawal, at once or later, and reinstating a review unchanged."""

import datetime as dt
from typing import Any

import pytest

from reviews import clock
from reviews.desk.outlook import outlook_of
from reviews.desk.permissions import NotAllowed, PublishingError
from reviews.desk.verbs import publishing, withdrawing
from reviews.desk.verbs.publishing import Note
from reviews.models import Correction, Edition, EditionJudgement, HistoryEntry, Judgement, Review
from reviews.rules.argument import Stance
from reviews.seeding.factories import (
    make_account,
    make_edition,
    make_embargo,
    make_film,
    make_judgement,
    make_review,
)
from tests.desk.reading import DAY, HOUR, INSTANT, change, reread, texts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

NOTE = "A quotation was not what the director said."
WINDOW = {"id", "uid", "number", "planned_for", "visible_from", "visible_until"}
"""Fields that may differ between an edition and its reinstated copy."""


@pytest.fixture
def review(now: dt.datetime) -> Review:
    """A review that has been public for two days, with tags and a judgement."""
    review = make_review(
        headline="Seen", tags=("action", "Кино"), rating="3/5", pull_quote="The script does less."
    )
    make_judgement(review)
    publishing.publish(review, at=now - 2 * DAY, backdated=True)
    return review


def said(edition: Edition) -> tuple[Any, ...]:
    """The content of an edition."""
    own = Edition.objects.values().get(pk=edition.pk)
    judgements = EditionJudgement.objects.filter(edition=edition).order_by("uid")
    return (
        {name: value for name, value in own.items() if name not in WINDOW},
        sorted(edition.tags.values_list("slug", flat=True)),
        list(judgements.values_list("uid", "aspect", "stance", "evidence", "in_spoiler")),
    )


def last_line(review: Review) -> tuple[str, str]:
    entry = HistoryEntry.objects.of_review(review.uid).latest("sequence")
    return entry.what, entry.because


class TestANoteToReaders:
    def test_is_a_public_correction_from_the_moment_of_the_withdrawal(
        self, review: Review, now: dt.datetime
    ) -> None:
        withdrawing.withdraw(review, note=f" {NOTE}\x00 ", because="A lawyer rang.")
        kept = Correction.objects.get()
        assert (kept.kind, kept.note, kept.at, kept.edition.number) == ("withdrawal", NOTE, now, 1)
        assert list(Correction.objects.in_force()) == list(Correction.objects.public()) == [kept]
        assert not Correction.objects.in_force(now - INSTANT).exists()
        assert last_line(review) == (
            "Withdrawn, with a public note.",
            f"A lawyer rang.\nTold to readers: {NOTE}",
        )

    def test_is_optional(self, review: Review) -> None:
        withdrawing.withdraw(review, because="A lawyer rang.")
        assert not Correction.objects.exists()
        assert last_line(review) == ("Withdrawn, leaving no trace.", "A lawyer rang.")

    @pytest.mark.parametrize("hours", [0, 1])
    def test_is_refused_for_a_review_that_was_never_public(self, hours: int, now: dt.datetime) -> None:
        review = make_review()
        publishing.publish(review, at=now + hours * HOUR)
        with pytest.raises(PublishingError, match="clear the note, which would tell of it"):
            withdrawing.withdraw(review, note=NOTE)
        assert Edition.objects.get().visible_until is None

    def test_is_not_in_force_while_the_film_is_under_embargo(self, review: Review, now: dt.datetime) -> None:
        withdrawing.withdraw(review, note=NOTE)
        make_embargo(review.film, now + DAY)
        assert not Correction.objects.in_force().exists()
        assert not Correction.objects.public().exists()
        assert Correction.objects.in_force(now + DAY).exists()


class TestExplain:
    def test_gives_a_withdrawal_its_note_from_then_on(self, review: Review, now: dt.datetime) -> None:
        withdrawing.withdraw(review)
        with clock.frozen_at(now + DAY):
            withdrawing.explain(review, NOTE)
            assert last_line(review) == ("The withdrawal explained in public.", f"Told to readers: {NOTE}")
        assert Correction.objects.get().at == now + DAY
        assert not Correction.objects.in_force(now + DAY - INSTANT).exists()
        assert Correction.objects.in_force(now + DAY).get().note == NOTE

    def test_applies_to_the_latest_withdrawal(self, review: Review, now: dt.datetime) -> None:
        withdrawing.withdraw(review, note="The first.")
        withdrawing.reinstate(review)
        with clock.frozen_at(now + DAY):
            withdrawing.withdraw(review)
            withdrawing.explain(review, "The second.")
            assert Correction.objects.in_force().get().note == "The second."

    @pytest.mark.parametrize(
        ("note", "twice", "reason"),
        [(" \x00 ", False, "Say to readers why"), ("Again.", True, "Readers are told already")],
    )
    def test_is_refused_without_words_and_a_second_time(
        self, note: str, twice: bool, reason: str, review: Review
    ) -> None:
        withdrawing.withdraw(review, note=NOTE if twice else "")
        with pytest.raises(PublishingError, match=reason):
            withdrawing.explain(review, note)

    def test_is_refused_for_a_review_that_is_not_withdrawn(self, review: Review) -> None:
        for each in (review, make_review()):
            with pytest.raises(PublishingError, match="Only a withdrawn review"):
                withdrawing.explain(each, NOTE)


class TestReinstate:
    def test_readers_see_the_same_edition_word_for_word_under_its_next_number(
        self, review: Review, now: dt.datetime
    ) -> None:
        first = Edition.objects.get()
        withdrawing.withdraw(review, note=NOTE)
        assert texts() == []
        with clock.frozen_at(now + HOUR):
            again = withdrawing.reinstate(review)
            assert texts() == ["Seen"]
            assert last_line(review) == ("Reinstated as it was, as edition 2.", "")
        assert (again.number, again.uid != first.uid) == (2, True)
        assert said(again) == said(first)
        assert said(first)[1:] != ([], [])

    def test_it_keeps_its_first_date(self, review: Review, now: dt.datetime) -> None:
        withdrawing.withdraw(review)
        with clock.frozen_at(now + HOUR):
            again = withdrawing.reinstate(review)
        assert (again.first_visible_from, again.visible_from) == (now - 2 * DAY, now + HOUR)

    def test_it_is_the_edition_that_readers_saw_last(self, review: Review, now: dt.datetime) -> None:
        change(review, headline="Corrected")
        publishing.publish(review, note=Note("fact", "It is a bee."))
        with clock.frozen_at(now + HOUR):
            withdrawing.withdraw(review)
            assert withdrawing.reinstate(review).number == 3
            assert texts() == ["Corrected"]
            assert [each.note for each in Correction.objects.public()] == ["It is a bee."]

    def test_text_written_since_is_not_published(self, review: Review) -> None:
        withdrawing.withdraw(review)
        change(review, headline="Written since", film=make_film(), slug="since")
        review.tags.set(["since"])
        Judgement.objects.update(stance=Stance.CRITICISM)
        again = withdrawing.reinstate(review)
        assert said(again) == said(Edition.objects.get(number=1))
        assert reread(review).headline == "Written since"
        assert reread(review).has_changes

    def test_there_are_no_unpublished_changes_if_nothing_was_written(self, review: Review) -> None:
        withdrawing.withdraw(review)
        withdrawing.reinstate(review)
        assert not reread(review).has_changes
        assert reread(review).status == Review.Status.APPROVED

    def test_the_note_is_no_longer_in_force(self, review: Review, now: dt.datetime) -> None:
        withdrawing.withdraw(review, note=NOTE)
        withdrawing.reinstate(review)
        assert not Correction.objects.in_force().exists()
        assert Correction.objects.public().get().note == NOTE

    def test_an_embargo_on_the_earlier_film_delays_it(self, review: Review, now: dt.datetime) -> None:
        withdrawing.withdraw(review)
        make_embargo(review.film, now + DAY)
        change(review, film=make_film())
        again = withdrawing.reinstate(review)
        assert again.visible_from == now + DAY
        assert texts(now + DAY - INSTANT) == []
        assert texts(now + DAY) == ["Seen"]
        assert outlook_of(review).pending == again

    def test_cancelling_it_withdraws_it_again_with_its_note(self, review: Review, now: dt.datetime) -> None:
        withdrawing.withdraw(review, note=NOTE)
        publishing.publish(review, at=now + DAY)
        assert Correction.objects.in_force(now + DAY - INSTANT).exists()
        assert not Correction.objects.in_force(now + DAY).exists()
        publishing.unschedule(review)
        assert Correction.objects.in_force(now + DAY).exists()
        assert reread(review).status == Review.Status.WITHDRAWN

    def test_it_is_refused_for_a_review_that_is_not_withdrawn(self, review: Review) -> None:
        for each in (review, make_review()):
            with pytest.raises(PublishingError, match="Only a withdrawn review"):
                withdrawing.reinstate(each)

    def test_it_is_refused_once_the_rights_have_ended(self, now: dt.datetime) -> None:
        review = make_edition(at=now - DAY, rights_until=now + DAY).review
        withdrawing.withdraw(review)
        with clock.frozen_at(now + DAY), pytest.raises(PublishingError, match="The rights"):
            withdrawing.reinstate(review)


VERBS: dict[str, Any] = {
    "withdraw": lambda review, by: withdrawing.withdraw(review, note=NOTE, by=by),
    "explain": lambda review, by: withdrawing.explain(review, NOTE, by=by),
    "reinstate": lambda review, by: withdrawing.reinstate(review, by=by),
}


@pytest.mark.parametrize("verb", VERBS)
class TestWhoMay:
    def begin(self, verb: str, review: Review) -> None:
        if verb != "withdraw":
            withdrawing.withdraw(review)

    @pytest.mark.parametrize("role", ["Critic", "Editor", ""])
    def test_nobody_but_a_publisher(self, role: str, verb: str, review: Review) -> None:
        self.begin(verb, review)
        stood = list(Edition.objects.values()), HistoryEntry.objects.count()
        with pytest.raises(NotAllowed):
            VERBS[verb](review, make_account(role))
        assert (list(Edition.objects.values()), HistoryEntry.objects.count()) == stood
        assert not Correction.objects.exists()

    def test_a_publisher_by_name(self, verb: str, review: Review) -> None:
        self.begin(verb, review)
        VERBS[verb](review, make_account("Publisher", first_name="Pat"))
        assert HistoryEntry.objects.latest("sequence").by_name == "Pat"
