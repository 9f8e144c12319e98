"""When a correction is required."""

import datetime as dt
from typing import Any

import pytest

from reviews import clock
from reviews.desk.outlook import outlook_of
from reviews.desk.verbs import publishing, withdrawing
from reviews.desk.verbs.corrections import Asked, asked_of
from reviews.models import Correction
from reviews.rules.argument import Verdict
from reviews.seeding.factories import BODY, MOMENT, make_judgement, make_outlet, make_review
from tests.desk.reading import DAY, HOUR, change

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

VERDICT, RATING = Correction.Kind.VERDICT, Correction.Kind.RATING


def asked_after(**changes: Any) -> Asked:
    """What publishing a changed live review requires."""
    review = make_review(verdict=Verdict.POSITIVE, rating="3.5/5")
    publishing.publish(review)
    change(review, **changes)
    return asked_of(outlook_of(review))


class TestAChangedVerdictOrRatingOwesANote:
    @pytest.mark.parametrize(
        ("changes", "kinds"),
        [
            ({"verdict": Verdict.MIXED}, (VERDICT,)),
            ({"verdict": None}, (VERDICT,)),
            ({"rating": "0/5"}, (RATING,)),
            ({"rating": ""}, (RATING,)),
            ({"rating": "7/10"}, (RATING,)),
            ({"rating": "unreadable"}, (RATING,)),
            ({"verdict": Verdict.MIXED, "rating": "0/5", "body": "New."}, (VERDICT, RATING)),
        ],
    )
    def test_of_that_kind(self, changes: dict[str, Any], kinds: tuple[Correction.Kind, ...]) -> None:
        assert asked_after(**changes) == Asked(kinds, is_asked=True)

    def test_the_same_rating_in_another_spelling_owes_none(self) -> None:
        assert asked_after(rating="★★★½") == Asked((), is_asked=True)

    def test_stars_out_of_another_number_are_another_rating(self) -> None:
        outlet = make_outlet()
        review = make_review(rating="★★★½")
        publishing.publish(review)
        outlet.star_scale = 4
        outlet.save()
        assert asked_of(outlook_of(review)).kinds == (RATING,)
        change(review, rating="3.5 stars")
        assert asked_of(outlook_of(review)).kinds == (RATING,)
        change(review, rating="3.5/5")
        assert asked_of(outlook_of(review)).kinds == ()


class TestWhateverElseReadersRead:
    @pytest.mark.parametrize(
        "changes",
        [
            {"headline": "New"},
            {"body": f"{BODY} And more."},
            {"how_seen": "At home."},
            {"provenance_note": "Known."},
        ],
    )
    def test_is_asked_about(self, changes: dict[str, Any]) -> None:
        assert asked_after(**changes) == Asked((), is_asked=True)

    def test_a_judgement_is_asked_about(self) -> None:
        review = make_review()
        publishing.publish(review)
        make_judgement(review)
        assert asked_of(outlook_of(review)) == Asked((), is_asked=True)

    @pytest.mark.parametrize(
        "changes",
        [{}, {"slug": "new"}, {"rights_until": MOMENT + DAY}, {"body": BODY.replace("*fights*", "_fights_")}],
    )
    def test_what_nobody_reads_is_not(self, changes: dict[str, Any]) -> None:
        assert asked_after(**changes) == Asked()


class TestAgainstWhatReadersSawLast:
    def test_a_review_that_nobody_has_seen_asks_nothing(self) -> None:
        review = make_review()
        publishing.publish(review, at=MOMENT + DAY)
        change(review, verdict=Verdict.PAN)
        assert asked_of(outlook_of(review)) == Asked()

    def test_an_edition_that_waits_is_not_what_they_saw(self) -> None:
        review = make_review(verdict=Verdict.POSITIVE)
        publishing.publish(review)
        change(review, verdict=Verdict.PAN)
        publishing.publish(review, at=MOMENT + DAY)
        assert asked_of(outlook_of(review)).kinds == (VERDICT,)

    def test_one_that_was_withdrawn_is(self, now: dt.datetime) -> None:
        review = make_review(verdict=Verdict.POSITIVE)
        publishing.publish(review)
        with clock.frozen_at(now + HOUR):
            withdrawing.withdraw(review)
            change(review, verdict=Verdict.PAN)
            assert asked_of(outlook_of(review)).kinds == (VERDICT,)


class TestAnAnswer:
    BOTH, SOME, NONE = Asked((VERDICT, RATING), is_asked=True), Asked((), is_asked=True), Asked()

    @pytest.mark.parametrize(
        ("asked", "kind", "nothing_was_wrong", "does"),
        [
            (NONE, "", False, True),
            (NONE, "fact", False, True),
            (SOME, "", False, False),
            (SOME, "", True, True),
            (SOME, "clarification", False, True),
            (BOTH, "", False, False),
            (BOTH, "", True, False),
            (BOTH, "fact", False, False),
            (BOTH, "verdict", False, True),
            (BOTH, "rating", False, True),
        ],
    )
    def test_does_or_does_not(self, asked: Asked, kind: str, nothing_was_wrong: bool, does: bool) -> None:
        assert (asked.objection(kind=kind, nothing_was_wrong=nothing_was_wrong) == "") is does

    def test_what_is_owed_is_named(self) -> None:
        assert self.BOTH.objection() == (
            "Readers have seen another verdict and another rating: tell them, in a note of the kind "
            "“changed verdict” or “changed rating”."
        )
