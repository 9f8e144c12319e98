"""The checklist of saved reviews."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reviews import clock
from reviews.desk.outlook import outlook_of
from reviews.desk.verbs import publishing
from reviews.desk.verbs.checklist import blocking_of, items, obstacles
from reviews.desk.windows import holding_embargo
from reviews.models import OldAddress, Outlet, Review
from reviews.rules.checklist import ChecklistItem
from reviews.seeding.factories import (
    MOMENT,
    make_aspect,
    make_edition,
    make_embargo,
    make_film,
    make_judgement,
    make_outlet,
    make_review,
)
from tests.desk.reading import DAY, INSTANT, change, reread

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def names(review: Review, at: dt.datetime | None = None) -> list[str]:
    return [item.name for item in items(outlook_of(review), at=at)]


def perfect() -> Review:
    """A review that lacks nothing."""
    review = make_review(how_seen="At a festival", tags=("Drama",), rating="0/5", verdict=0)
    make_judgement(review)
    return review


class TestWhatIsGathered:
    def test_of_a_review_that_lacks_nothing_nothing_is_found(self) -> None:
        make_outlet(wants_verdict=True)
        assert items(outlook_of(perfect())) == []

    def test_of_one_that_has_only_been_begun(self) -> None:
        make_outlet(wants_verdict=True, star_scale=4)
        bare = make_review(body="", headline="H" * 111, standfirst="", verdict=None, rating="★★★★★")
        assert names(bare) == [
            "body",
            "verdict",
            "rating",
            "standfirst",
            "headline",
            "tags",
            "judgements",
            "how_seen",
        ]

    def test_without_an_outlets_record_the_defaults_hold(self) -> None:
        assert "verdict" not in names(make_review(verdict=None))

    def test_evidence_is_named_by_the_row_that_it_has_on_the_form(self) -> None:
        review = make_review()
        make_judgement(review, aspect=make_aspect(name="Second", position=902), evidence="Nobody")
        make_judgement(review, aspect=make_aspect(name="First", position=901))
        found = [
            (item.field, "Second" in item.sentence) for item in items(outlook_of(review)) if item.is_blocking
        ]
        assert found == [("judgements-1-evidence", True)]

    def test_the_obstacles_are_what_blocks(self) -> None:
        assert obstacles(outlook_of(make_review(body="", tags=()))) == ["The review has no body: write one."]


class TestTheMoment:
    def test_of_a_draft_it_is_now(self) -> None:
        assert "rights" in names(make_review(rights_until=MOMENT))
        assert "rights" not in names(make_review(rights_until=MOMENT + INSTANT))

    def test_may_be_chosen(self) -> None:
        review = make_review(rights_until=MOMENT + DAY)
        assert "rights" in names(review, at=MOMENT + DAY)
        assert "rights" not in names(review, at=MOMENT + DAY - INSTANT)

    def test_one_that_is_chosen_in_the_past_is_not_made_now(self) -> None:
        assert "rights" not in names(make_review(rights_until=MOMENT - DAY), at=MOMENT - 2 * DAY)

    def test_an_embargo_puts_it_off(self) -> None:
        review = make_review(rights_until=MOMENT + DAY)
        make_embargo(review.film, MOMENT + DAY)
        assert "rights" in names(review)

    @pytest.mark.parametrize(
        "fields", [{"covers": "social"}, {"ended_at": MOMENT, "ended_because": "Lifted."}]
    )
    def test_one_that_holds_no_reviews_does_not(self, fields: dict[str, Any]) -> None:
        review = make_review(rights_until=MOMENT + DAY)
        make_embargo(review.film, MOMENT + DAY, **fields)
        make_embargo(make_film(), MOMENT + DAY)
        assert "rights" not in names(review)

    def test_of_one_that_waits_it_is_the_one_it_waits_for(self) -> None:
        review = make_review()
        publishing.publish(review, at=MOMENT + DAY)
        change(review, rights_until=MOMENT + DAY)
        assert "rights" in names(review)

    def test_of_one_that_is_up_it_is_now_again(self) -> None:
        review = make_edition(at=MOMENT - 2 * DAY, rights_until=MOMENT - DAY).review
        assert "rights" in names(reread(review))

    def test_an_approved_one_that_names_none_has_none(self) -> None:
        review = make_review()
        change(review, status="approved", publish_at=None)
        assert "publish_at" in names(review)
        assert "publish_at" not in names(review, at=MOMENT)


class TestTheAddress:
    def test_that_another_has_had(self) -> None:
        other = make_edition(slug="taken").review
        change(other, slug="moved")
        assert "address" in names(make_review(slug="taken"))

    def test_that_it_has_had_itself(self, now: dt.datetime) -> None:
        review = make_edition(slug="first").review
        change(review, slug="second")
        with clock.frozen_at(now + DAY):
            publishing.publish(review)
            change(review, slug="first")
            assert OldAddress.objects.get().path == "/reviews/first/"
            assert "address" not in names(review)

    def test_that_leads_to_another(self, now: dt.datetime) -> None:
        OldAddress.objects.create(path="/reviews/кино/", kind="review", target_uid=make_review().uid)
        assert "address" in names(make_review(slug="кино"))


def blocking(reviews: list[Review]) -> dict[int, list[ChecklistItem]]:
    """What blocks them, each with the embargo on its film."""
    embargoes = {review: holding_embargo(review.film) for review in reviews}
    held_until = {review: embargo.lifts_at if embargo else None for review, embargo in embargoes.items()}
    return blocking_of(held_until, Outlet.objects.current())


class TestMany:
    def made(self, count: int) -> list[Review]:
        found = []
        for number in range(count):
            review = make_review(
                body="" if number % 3 == 0 else "The fights are clear.",
                rights_until=MOMENT + DAY if number % 2 else None,
                tags=("Drama",) if number % 4 else (),
                slug=f"many-{number}",
            )
            make_judgement(review)
            make_judgement(review, evidence="Nobody wrote this")
            if number % 5 == 0:
                make_embargo(review.film, MOMENT + 2 * DAY)
            if number % 5 == 1:
                other = make_edition(slug=f"other-{number}").review
                OldAddress.objects.create(
                    path=f"/reviews/many-{number}/", kind="review", target_uid=other.uid
                )
            found.append(review)
        return found

    def test_each_gets_what_it_gets_alone(self) -> None:
        reviews = self.made(12)
        found = blocking(reviews)
        alone = {review.pk: items(outlook_of(review)) for review in reviews}
        assert found == {pk: [item for item in each if item.is_blocking] for pk, each in alone.items()}
        everything = {item.name for each in found.values() for item in each}
        assert everything >= {"body", "evidence", "rights", "address"}

    def test_twenty_ask_no_more_than_one(self) -> None:
        reviews, outlet = self.made(20), make_outlet()

        def queries(asked: list[Review]) -> int:
            with CaptureQueriesContext(connection) as captured:
                blocking_of(dict.fromkeys(asked), outlet)
            return len(captured)

        assert queries(reviews) == queries(reviews[:1]) == 2

    def test_none_at_all(self) -> None:
        assert blocking([]) == {}
