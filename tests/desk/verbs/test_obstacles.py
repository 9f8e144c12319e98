"""What prevents publishing, and that nothing changes while it does."""

import datetime as dt

import pytest

from reviews import clock
from reviews.desk.outlook import outlook_of
from reviews.desk.permissions import PublishingError
from reviews.desk.verbs import publishing
from reviews.models import (
    Edition,
    Review,
)
from reviews.seeding.factories import (
    make_aspect,
    make_edition,
    make_judgement,
    make_outlet,
    make_review,
)
from tests.desk.reading import DAY, HOUR, change, reread, texts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


class TestRefusal:
    def reasons(self, review: Review) -> list[str]:
        with pytest.raises(PublishingError) as refused:
            publishing.publish(review)
        assert not Edition.objects.filter(review=review).exists()
        assert reread(review).status == Review.Status.DRAFT
        return refused.value.reasons

    @pytest.mark.parametrize("body", ["", " \n\n ", "\x00", "[^1]: only a footnote that nothing names"])
    def test_without_a_body(self, body: str) -> None:
        assert self.reasons(make_review(body=body)) == ["The review has no body: write one."]

    def test_with_an_impossible_rating(self) -> None:
        assert "above the top" in self.reasons(make_review(rating="6/5"))[0]

    def test_with_stars_beyond_the_outlets_scale(self) -> None:
        make_outlet(star_scale=4)
        assert "more than 4 stars" in self.reasons(make_review(rating="★★★★★"))[0]

    def test_with_a_pull_quote_that_is_not_in_the_body(self) -> None:
        assert "does not stand in the body" in self.reasons(make_review(pull_quote="A triumph"))[0]

    def test_with_a_pull_quote_across_emphasis_it_goes_up(self) -> None:
        publishing.publish(make_review(pull_quote="every scene, and the fights are clear"))

    @pytest.mark.parametrize("provenance", ["syndicated", "digest"])
    def test_without_a_word_on_where_it_comes_from(self, provenance: str) -> None:
        assert "provenance note" in self.reasons(make_review(provenance=provenance))[0]

    def test_with_evidence_that_is_not_in_the_body(self) -> None:
        review = make_review()
        make_judgement(review, evidence="Nobody wrote this", aspect=make_aspect(name="Humour"))
        assert "evidence for “Humour”" in self.reasons(review)[0]

    def test_with_the_address_of_another_review(self) -> None:
        other = make_edition(slug="taken").review
        change(other, slug="moved")
        assert "belongs to another review" in self.reasons(make_review(slug="taken"))[0]

    def test_with_an_address_that_leads_to_another_review(self, now: dt.datetime) -> None:
        other = make_edition(slug="first").review
        change(other, slug="second")
        with clock.frozen_at(now + HOUR):
            publishing.publish(other)
            assert "belongs to another review" in self.reasons(make_review(slug="first"))[0]

    def test_every_reason_is_given_at_once(self) -> None:
        review = make_review(rating="6/5", pull_quote="A triumph", provenance="syndicated")
        make_judgement(review, evidence="Nobody wrote this")
        assert len(self.reasons(review)) == 4

    def test_the_live_edition_stays_as_it_was(self, now: dt.datetime) -> None:
        review = make_review(headline="Live")
        publishing.publish(review)
        waiting = publishing.publish(review, at=now + DAY)
        change(review, rating="6/5")
        with pytest.raises(PublishingError):
            publishing.publish(review)
        assert outlook_of(review).pending == waiting
        assert texts() == ["Live"]
