"""Outlooks: each fact is read once, when it is asked for, and for many reviews in as many queries as for one."""

import datetime as dt
from collections.abc import Sequence

import pytest

from reviews.audit.counting import counted
from reviews.desk.outlook import Outlook, outlook_of, outlooks_of
from reviews.desk.permissions import PublishingError
from reviews.desk.verbs import embargoes, locks, publishing, withdrawing, workflow
from reviews.models import Embargo, Review
from reviews.seeding.factories import MOMENT, make_film, make_judgement, make_outlet, make_review
from tests.desk.reading import DAY, change, reread

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def corrected() -> Review:
    """Live, changed since, and under an embargo."""
    review = make_review(tags=("noir",))
    make_judgement(review)
    publishing.publish(review, at=MOMENT - DAY, backdated=True)
    change(review, headline="Changed")
    publishing.publish(review, at=MOMENT + DAY)
    change(review, headline="Changed again")
    return review


def look(outlooks: Sequence[Outlook]) -> list[object]:
    """All that can be asked of them, but for what compares texts."""
    return [
        (
            [each.number for each in outlook.editions],
            outlook.live,
            outlook.pending,
            outlook.is_seen,
            outlook.holding_embargo(),
            outlook.plan(),
            outlook.has_taken_address,
            outlook.document,
            outlook.version,
        )
        for outlook in outlooks
    ]


def queries(reviews: list[Review]) -> int:
    keys = [review.pk for review in reviews]
    saved = list(Review.objects.select_related("film", "critic").filter(pk__in=keys))
    with counted() as count:
        assert len(look(outlooks_of(saved))) == len(reviews)
    return count.queries


class TestTheFacts:
    def test_are_read_for_many_in_as_many_queries_as_for_one(self) -> None:
        reviews = [corrected() for _ in range(4)]
        assert queries(reviews) == queries(reviews[:1])

    def test_are_read_when_they_are_asked_for_and_once(self) -> None:
        review = Review.objects.select_related("film", "critic").get(pk=corrected().pk)
        with counted() as count:
            outlook = outlook_of(review)
        assert count.queries == 0
        first = look([outlook]), outlook.has_changes, outlook.changes
        with counted() as count:
            assert (look([outlook]), outlook.has_changes, outlook.changes) == first
        assert count.queries == 0

    def test_are_those_of_one_moment(self) -> None:
        make_outlet()
        review = corrected()
        outlook = outlook_of(review)
        assert (outlook.live, outlook.pending) == (outlook.editions[1], outlook.editions[0])
        assert outlook.is_seen
        embargoes.impose(Embargo(film=review.film, lifts_at=MOMENT + 2 * DAY, zone="UTC"))
        hidden = outlook_of(review)
        assert hidden.live == outlook.live
        assert not hidden.is_seen
        assert hidden.active_embargo() == hidden.plan().held_by == Embargo.objects.get()
        assert hidden.plan(at=MOMENT + 3 * DAY).held_by is None


class TestUnderALock:
    def test_a_verb_decides_by_what_was_looked_at(self) -> None:
        review = make_review()
        with locks.looked_at(review), counted() as count:
            workflow.submit(review)
        assert not [sql for sql in count.statements if "FOR UPDATE" in sql or 'FROM "reviews_film"' in sql]
        assert reread(review).status == "in_review"

    def test_a_second_verb_reads_the_review_again(self) -> None:
        review = make_review()
        with locks.looked_at(review):
            workflow.submit(review)
            with pytest.raises(PublishingError, match="Only a draft"):
                workflow.submit(review)

    def test_a_verb_that_fails_leaves_nothing_behind(self) -> None:
        review = make_review()
        publishing.publish(review, at=MOMENT + DAY)
        with locks.looked_at(review), pytest.raises(PublishingError, match="clear the note"):
            withdrawing.withdraw(review, note="It was wrong.")
        assert outlook_of(reread(review)).pending


class TestWhatWasReinstated:
    def test_differs_from_what_is_saved_about_another_film(self) -> None:
        review = make_review()
        publishing.publish(review, at=MOMENT - dt.timedelta(hours=1), backdated=True)
        withdrawing.withdraw(review)
        change(reread(review), film=make_film())
        withdrawing.reinstate(review)
        assert reread(review).has_changes
