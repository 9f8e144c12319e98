"""Sites made for tests that count: their rows are as the desk would have published them."""

import pytest

from reviews.desk.outlook import outlook_of
from reviews.desk.verbs.checklist import obstacles
from reviews.models import Edition, Review
from reviews.seeding.multiply import multiply
from reviews.seeding.site import make_site
from tests.desk.verbs.invariants import assert_consistent
from tests.seeding.truth import assert_as_composed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def test_every_review_is_as_if_it_had_been_published() -> None:
    make_site(10)
    reviews = Review.objects.all()
    assert len(reviews) == Edition.objects.public().count() == 10
    for review in reviews:
        assert obstacles(outlook_of(review), at=review.publish_at) == []
        assert_consistent(review)
        assert_as_composed(review, Edition.objects.get(review=review))


def test_copies_of_a_site_are_older_or_wait() -> None:
    make_site(10)
    multiply(3, hours=100, waiting=2)
    assert Edition.objects.public().count() == 3 * 10
    assert Edition.objects.count() == Review.objects.count() == 5 * 10
    assert Edition.objects.values("slug").distinct().count() == 5 * 10
    for edition in Edition.objects.select_related("review"):
        assert edition.review_uid == edition.review.uid
