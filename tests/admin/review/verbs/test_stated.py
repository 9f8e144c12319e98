"""What a page stated covers all that decides what readers get, also what is not in the review itself."""

import datetime as dt
from typing import Any

import pytest

from reviews.desk.verbs import publishing
from reviews.models import Edition, Outlet, Review
from reviews.seeding.factories import MOMENT, make_outlet, make_review
from tests.admin.pages import fields_of, signed_in, text_of, url
from tests.desk.reading import change, reread

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now", "outlet")]

DAY = dt.timedelta(days=1)


@pytest.fixture
def outlet() -> Outlet:
    return make_outlet(star_scale=5)


class TestAScaleThatChangesWhileTheReviewIsRead:
    """Three bare stars are then another rating."""

    def test_is_shown_before_the_rating_goes_up(self) -> None:
        client, review = signed_in(), make_review(rating="★★★")
        confirmed = fields_of(client.get(url("publish", review)))
        Outlet.objects.update(star_scale=4)
        page = client.post(url("publish", review), confirmed)
        assert "Not done yet" in text_of(page)
        assert not Edition.objects.exists()
        client.post(url("publish", review), fields_of(page))
        assert Edition.objects.get().star_scale == 4

    def test_is_a_change_that_readers_are_told_of(self) -> None:
        client, review = signed_in(), make_review(rating="★★★")
        publishing.publish(review)
        Outlet.objects.update(star_scale=4)
        change(review, headline="Changed")
        page = client.get(url("publish", review))
        assert "It changes: headline, rating (its stars are now out of 4)." in text_of(page)
        assert "Rating (goes: 3/5) (comes: 3/4)" in text_of(page)
        silent = fields_of(page) | {"kind": "nothing-wrong"}
        assert "Readers have seen another rating" in text_of(client.post(url("publish", review), silent))
        assert Edition.objects.get().star_scale == 5

    def test_counts_at_the_button_beside_the_form(self) -> None:
        client, review = signed_in(), make_review(rating="★★★")
        fields = fields_of(client.get(url("change", review)))
        Outlet.objects.update(star_scale=4)
        answer: Any = client.post(url("change", review), fields | {"_verb": "approve"})
        assert answer.url == url("publish", review)
        assert not Edition.objects.exists()


class TestAnEditionThatIsReplacedWhileThePageIsRead:
    """The replaced one looks the same in every sentence: the same minute, the same fields that differ."""

    def replaced(self, review: Review, at: dt.datetime) -> None:
        """Somebody publishes another headline, and writes back what was saved before."""
        was = reread(review).headline
        change(review, headline="Of somebody else")
        publishing.publish(review, at=at, nothing_was_wrong=True)
        change(review, headline=was)

    def test_the_one_that_waits(self) -> None:
        client, review = signed_in(), make_review(headline="Planned")
        publishing.publish(review, at=MOMENT + DAY)
        change(review, headline="Written since")
        confirmed = fields_of(client.get(url("publish", review)))
        self.replaced(review, MOMENT + DAY)
        assert "Not done yet" in text_of(client.post(url("publish", review), confirmed))
        assert Edition.objects.get().headline == "Of somebody else"

    def test_the_one_that_readers_see(self) -> None:
        client, review = signed_in(), make_review(headline="As read")
        publishing.publish(review)
        change(review, headline="Written since")
        confirmed = fields_of(client.get(url("publish", review))) | {"kind": "nothing-wrong"}
        self.replaced(review, MOMENT)
        assert "Not done yet" in text_of(client.post(url("publish", review), confirmed))
        assert Edition.objects.public().get().headline == "Of somebody else"
