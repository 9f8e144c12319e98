"""About, how we rate, the ledger of corrections, robots.txt."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from reviews import clock
from reviews.desk import publishing, withdrawing
from reviews.models import Embargo, Review
from tests.factories import MOMENT, make_edition, make_outlet
from tests.reading import read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

DAY = dt.timedelta(days=1)


class TestAbout:
    def test_it_is_the_outlets_own_text(self) -> None:
        make_outlet(about="We *argue*.\n\n## Who\n\nUs.", contact_email="desk@reel.example")
        page = read("/about/")
        assert page.texts(".//main//em") == ["argue"]
        assert page.texts(".//main//div[@class='prose']//h2") == ["Who"]
        assert "mailto:desk@reel.example" in page.hrefs()


class TestHowWeRate:
    def test_it_is_the_outlets_own_guide(self) -> None:
        make_outlet(ratings_guide="Stars are out of five.")
        assert "Stars are out of five." in read("/how-we-rate/").text

    def test_without_one_it_says_what_holds_anyway(self) -> None:
        text = read("/how-we-rate/").text
        for word in (
            "Rave",
            "Positive",
            "Mixed",
            "Negative",
            "Pan",
            "Where a critic gave none, none is shown",
        ):
            assert word in text


class TestTheLedger:
    def correct(self, text: str, *, published: dt.datetime, **fields: Any) -> Review:
        with clock.frozen_at(published):
            review = make_edition(**fields).review
        publishing.publish(review, note=publishing.Note("verdict", text))
        return review

    def test_an_entry_says_what_when_and_of_which_review(self) -> None:
        make_outlet(corrections_policy="We correct in public.")
        self.correct("The verdict was wrong.", published=MOMENT - DAY, headline="Wrong", slug="wrong")
        page = read("/corrections/")
        for words in (
            "We correct in public.",
            "Wrong",
            "6 June 2025, 13:00 BST",
            "changed verdict",
            "was wrong.",
        ):
            assert words in page.text
        assert "/reviews/wrong/" in page.hrefs()

    def test_an_entry_leads_to_the_review_where_it_is_now(self) -> None:
        review = self.correct("Once.", published=MOMENT - DAY, slug="old")
        with clock.frozen_at(MOMENT + DAY):
            Review.objects.filter(pk=review.pk).update(slug="new", headline="Renamed")
            publishing.publish(review)
            Review.objects.filter(pk=review.pk).update(slug="newest")
            publishing.publish(review, at=MOMENT + 2 * DAY)
            page = read("/corrections/")
        assert [href for href in page.hrefs() if href.startswith("/reviews/") and href != "/reviews/"] == [
            "/reviews/new/"
        ]
        assert "Renamed" in page.text

    def test_one_that_has_not_taken_effect_is_not_in_it(self) -> None:
        review = make_edition().review
        publishing.publish(review, at=MOMENT + DAY, note=publishing.Note("fact", "Tomorrow."))
        assert "Tomorrow." not in read("/corrections/").text
        with clock.frozen_at(MOMENT + DAY):
            assert "Tomorrow." in read("/corrections/").text

    def test_those_of_hidden_reviews_are_not_in_it(self) -> None:
        review = self.correct("Of a withdrawn one.", published=MOMENT - DAY)
        withdrawing.withdraw(review)
        held = self.correct("Of an embargoed one.", published=MOMENT - DAY)
        Embargo.objects.create(film=held.film, lifts_at=MOMENT + DAY, zone="UTC")
        assert "Nothing has been corrected so far." in read("/corrections/").text


def test_robots_are_kept_from_the_desk_and_shown_the_sitemap() -> None:
    response = Client().get("/robots.txt", headers={"host": "localhost"})
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode() == (
        "User-agent: *\nDisallow: /admin/\n\nSitemap: http://127.0.0.1:8000/sitemap.xml\n"
    )
