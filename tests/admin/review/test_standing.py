"""What a review's change page and the list say about its visibility to readers."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reviews import clock
from reviews.admin.review.standing import ReviewStanding, standing_of
from reviews.desk.outlook import outlook_of
from reviews.desk.verbs import embargoes, publishing, withdrawing
from reviews.models import Edition, Embargo, Review
from reviews.seeding.factories import (
    MOMENT,
    make_account,
    make_critic,
    make_edition,
    make_film,
    make_judgement,
    make_outlet,
    make_review,
)
from reviews.seeding.rows import Batch
from tests.admin.pages import account_of, fields_of, signed_in, text_of, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now", "outlet")]

DAY = dt.timedelta(days=1)
LIST = "/admin/reviews/review/"


@pytest.fixture
def outlet() -> Any:
    return make_outlet()


def impose(review: Review, lifts_at: dt.datetime) -> None:
    embargoes.impose(Embargo(film=review.film, lifts_at=lifts_at, zone="America/Los_Angeles"))


class TestThePanel:
    def shown(self, review: Review) -> str:
        return text_of(signed_in().get(url("change", review)))

    def test_never_public(self) -> None:
        assert "Readers do not see this review: it has not been public." in self.shown(make_review())

    def test_live(self) -> None:
        edition = make_edition(at=dt.datetime(2025, 6, 4, 16, tzinfo=dt.UTC), slug="live")
        page = signed_in().get(url("change", edition.review))
        assert "Readers see the edition of 4 June 2025, 17:00 (Europe/London)." in text_of(page)
        assert 'href="/reviews/live/"' in page.content.decode()
        assert "is the same as the live edition" in text_of(page)

    def test_live_and_changed_since(self) -> None:
        review = make_edition(at=MOMENT - DAY, tags=("Drama",)).review
        review.headline = "New"
        review.save()
        review.tags.set(["Noir"])
        make_judgement(review)
        assert "differs from the live edition in: headline, tags, judgements." in self.shown(review)

    def test_planned(self) -> None:
        review = make_review()
        publishing.publish(review, at=MOMENT + DAY)
        page = self.shown(review)
        assert (
            "An edition goes up on 7 June 2025, 13:00 (Europe/London), which is 7 June 2025, 12:00 (UTC)."
            in page
        )
        assert "it has not been public" in page

    def test_planned_and_held(self) -> None:
        review = make_review()
        impose(review, MOMENT + 2 * DAY)
        publishing.publish(review, at=MOMENT + DAY)
        assert "it was planned for 7 June 2025, 13:00 (Europe/London), and an embargo holds it" in self.shown(
            review
        )

    def test_a_draft_of_an_embargoed_film(self) -> None:
        review = make_review(film=make_film(title="Ballerina"))
        impose(review, MOMENT + DAY)
        page = self.shown(review)
        assert "An embargo on reviews of Ballerina (2025) lifts on 7 June 2025, 13:00 (Europe/London)" in page
        assert "05:00 (America/Los_Angeles)" in page

    def test_live_and_hidden_by_an_embargo(self) -> None:
        review = make_edition(at=MOMENT - DAY).review
        impose(review, MOMENT + DAY)
        page = signed_in().get(url("change", review))
        assert "Readers do not see this review now, though it has been published." in text_of(page)
        assert "See what readers see" not in text_of(page)

    def test_withdrawn(self) -> None:
        review = make_edition(at=MOMENT - DAY).review
        withdrawing.withdraw(review)
        assert "it was withdrawn on 6 June 2025, 13:00 (Europe/London)." in self.shown(review)

    def test_rights_that_end_and_have_ended(self) -> None:
        review = make_edition(at=MOMENT - DAY, rights_until=MOMENT + DAY).review
        assert "It leaves the site by itself on 7 June 2025, 13:00 (Europe/London)" in self.shown(review)
        with clock.frozen_at(MOMENT + 2 * DAY):
            assert "the rights ended on 7 June 2025, 13:00 (Europe/London)." in self.shown(review)

    def test_a_correction_that_waits_does_not_look_like_rights_that_end(self) -> None:
        review = make_edition(at=MOMENT - DAY).review
        publishing.publish(review, at=MOMENT + DAY)
        page = self.shown(review)
        assert "rights end" not in page
        assert "An edition goes up on" in page

    def test_tells_what_is_saved_while_the_form_has_errors(self) -> None:
        review = make_edition(at=MOMENT - DAY).review
        client = signed_in()
        posted = fields_of(client.get(url("change", review))) | {"headline": "Typed", "rating": "9/5"}
        assert "is the same as the live edition" in text_of(client.post(url("change", review), posted))

    def test_agrees_with_what_readers_get(self) -> None:
        review = make_edition(at=MOMENT - DAY, rights_until=MOMENT + 3 * DAY).review
        publishing.publish(review, at=MOMENT + 2 * DAY)
        impose(review, MOMENT + DAY / 2)
        for hours in range(0, 96, 6):
            with clock.frozen_at(MOMENT + dt.timedelta(hours=hours)):
                standing: ReviewStanding = standing_of(outlook_of(review))
                assert bool(standing.url) == Edition.objects.public().exists()


class TestTheList:
    def test_says_of_each_what_readers_see(self) -> None:
        review = make_edition(at=MOMENT - DAY, verdict=0).review
        publishing.publish(review, at=MOMENT + 3 * DAY)
        planned = make_review(headline="Planned", verdict=None)
        publishing.publish(planned, at=MOMENT + DAY)
        page = text_of(signed_in().get(LIST))
        assert "Mixed" in page
        assert "Up since 5 June (5 June 2025, 13:00 (Europe/London))" in page
        assert "Next edition in 3 days (9 June 2025, 13:00 (Europe/London))" in page
        assert "Goes up in 1 day (7 June 2025, 13:00 (Europe/London))" in page

    @pytest.mark.parametrize(
        ("choice", "expected"), [("see", "Live"), ("will", "Planned"), ("not", "Planned Draft")]
    )
    def test_is_narrowed_by_what_readers_see(self, choice: str, expected: str) -> None:
        make_edition(at=MOMENT - DAY, headline="Live")
        publishing.publish(make_review(headline="Planned"), at=MOMENT + DAY)
        make_review(headline="Draft")
        shown = signed_in().get(f"{LIST}?readers={choice}").context["cl"].queryset
        assert {review.headline for review in shown} == set(expected.split())

    def test_a_form_asks_no_more_for_many_rows_than_for_few(self) -> None:
        review = make_review()
        client = signed_in()

        def queries() -> int:
            with CaptureQueriesContext(connection) as captured:
                client.get(url("change", review))
            return len(captured)

        make_judgement(review)
        queries()  # Fill the caches of the process.
        one = queries()
        make_judgement(review)
        assert queries() == one

    @pytest.mark.parametrize("role", ["Critic", "Editor"])
    def test_asks_no_more_for_many_than_for_few(self, role: str) -> None:
        client = signed_in(role)
        critic = make_critic(user=make_account("Critic"))
        if role == "Critic":
            client.force_login(account_of(critic))

        def queries() -> int:
            with CaptureQueriesContext(connection) as captured:
                assert client.get(LIST).status_code == 200
            return len(captured)

        client.get(LIST)
        for _ in range(10):
            make_edition(critic=critic)
        few = queries()
        batch = Batch()
        for _ in range(200):
            make_review(into=batch, critic=critic)
        batch.write()
        assert queries() == few
