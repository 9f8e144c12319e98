"""An address made from a headline while another review takes it."""

import pytest

from reviews.desk import revisions
from reviews.desk.permissions import PublishingError
from reviews.desk.verbs import locks, publishing
from reviews.models import Edition, Review
from reviews.rules.slugs import placeholder
from reviews.seeding.factories import make_review
from tests.desk.reading import is_refused, reread

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def begun() -> Review:
    """New copy by a critic."""
    review = make_review(headline="The camera waits")
    review.slug = placeholder(review.uid)
    review.save()
    return review


def test_the_second_of_two_that_were_looked_at_together_is_asked_for_another() -> None:
    first, second = begun(), begun()
    with locks.locked_reviews([first.pk, second.pk]):
        publishing.publish(first)
        with pytest.raises(PublishingError, match="belongs to another review: choose another"):
            publishing.publish(second)
    assert reread(first).slug == "the-camera-waits"
    assert not reread(second).has_address
    assert (reread(second).status, Edition.objects.count()) == ("draft", 1)
    newest = revisions.newest(second)
    assert newest is None or not is_refused(reread(second), newest.number)
