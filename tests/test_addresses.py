"""Old addresses lead on to what is public, and are silent otherwise."""

import datetime as dt

import pytest
from django.test import Client

from reviews import clock
from reviews.desk import publishing, withdrawing
from reviews.models import Edition, OldAddress, Review
from tests.factories import (
    MOMENT,
    make_credit,
    make_critic,
    make_edition,
    make_film,
    make_person,
    make_review,
    make_tag,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

DAY = dt.timedelta(days=1)


def renamed(old: str, new: str) -> Edition:
    with clock.frozen_at(MOMENT - DAY):
        review = make_edition(slug=old).review
    Review.objects.filter(pk=review.pk).update(slug=new)
    return publishing.publish(review)


class TestAReviewThatWasRenamed:
    def test_is_found_under_its_old_address_for_good(self) -> None:
        renamed("old", "new")
        response = Client().get("/reviews/old/")
        assert response.status_code == 301
        assert response.headers["Location"] == "/reviews/new/"

    def test_in_any_script(self) -> None:
        renamed("кино", "театр")
        response = Client().get("/reviews/кино/")
        assert response.status_code == 301
        assert Client().get(response.headers["Location"]).status_code == 200

    def test_is_not_betrayed_by_it_once_it_is_withdrawn(self) -> None:
        withdrawing.withdraw(renamed("old", "new").review)
        assert Client().get("/reviews/old/").content == Client().get("/reviews/never/").content
        assert Client().get("/reviews/old/").status_code == 404

    def test_keeps_its_address_until_the_new_one_takes_over(self) -> None:
        with clock.frozen_at(MOMENT - DAY):
            review = make_edition(slug="old").review
        Review.objects.filter(pk=review.pk).update(slug="new")
        publishing.publish(review, at=MOMENT + DAY)
        assert Client().get("/reviews/old/").status_code == 200
        assert Client().get("/reviews/new/").status_code == 404
        with clock.frozen_at(MOMENT + DAY):
            assert Client().get("/reviews/old/").status_code == 301


class TestEveryKind:
    @pytest.mark.parametrize(
        ("kind", "room", "has_feed"),
        [
            ("film", "films", True),
            ("critic", "critics", True),
            ("person", "people", False),
            ("tag", "tags", True),
        ],
    )
    def test_leads_on_while_it_is_public(self, kind: str, room: str, has_feed: bool) -> None:
        nouns = {
            "film": make_film(slug="new"),
            "critic": make_critic(slug="new"),
            "person": make_person(slug="new"),
            "tag": make_tag("New", slug="new"),
        }
        OldAddress.objects.create(path=f"/{room}/old/", kind=kind, target_uid=nouns[kind].uid)
        assert Client().get(f"/{room}/old/").status_code == 404
        make_credit(film=nouns["film"], person=nouns["person"])
        review = make_review(film=nouns["film"], critic=nouns["critic"], tags=("New",))
        assert Client().get(f"/{room}/old/").status_code == 404
        publishing.publish(review)
        assert Client().get(f"/{room}/old/").headers["Location"] == f"/{room}/new/"
        if has_feed:
            assert Client().get(f"/{room}/old/feed.xml").headers["Location"] == f"/{room}/new/feed.xml"

    def test_a_feed_leads_to_a_feed_of_its_own_kind_only(self) -> None:
        edition = make_edition(slug="review")
        OldAddress.objects.create(path="/films/old/", kind="review", target_uid=edition.review_uid)
        assert Client().get("/films/old/").headers["Location"] == "/reviews/review/"
        assert Client().get("/films/old/feed.xml").status_code == 404
