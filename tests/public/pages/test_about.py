"""About, how we rate, the list of corrections, robots.txt."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from reviews import clock
from reviews.desk.verbs import publishing, withdrawing
from reviews.models import Correction, Review
from reviews.seeding.factories import MOMENT, make_critic, make_edition, make_embargo, make_film, make_outlet
from tests.reading import Document, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)


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

    def test_without_one_it_says_what_is_always_true(self) -> None:
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
        make_embargo(held.film, MOMENT + DAY, zone="UTC")
        assert "Nothing has been corrected so far." in read("/corrections/").text


class TestAWithdrawalInTheLedger:
    NOTE = "A quotation was not what the director said."

    def withdraw(self, note: str = NOTE, **fields: Any) -> Review:
        review = make_edition(at=MOMENT - 2 * DAY, **{"headline": "Gone", "slug": "gone"} | fields).review
        withdrawing.withdraw(review, note=note)
        return review

    def entries(self, page: Document) -> list[str]:
        return page.texts(".//*[@class='ledger']/li")

    def test_it_says_of_which_film_by_whom_when_and_why(self) -> None:
        make_outlet()
        self.withdraw(film=make_film(title="Ballerina"), critic=make_critic(name="Jane Doe"))
        (entry,) = self.entries(read("/corrections/"))
        assert entry == (
            f"A review of Ballerina (2025) by Jane Doe 6 June 2025, 13:00 BST withdrawal {self.NOTE}"
        )

    def test_it_neither_names_nor_links_the_review(self) -> None:
        self.withdraw()
        page = read("/corrections/")
        assert "Gone" not in page.html
        assert "/reviews/gone/" not in page.html

    def test_it_leads_to_the_film_and_the_critic_while_they_are_public(self) -> None:
        film, critic = make_film(slug="the-film"), make_critic(slug="the-critic")
        self.withdraw(film=film, critic=critic)
        ways = {"/films/the-film/", "/critics/the-critic/"}
        assert not ways & set(read("/corrections/").hrefs())
        make_edition(film=film, critic=critic)
        assert ways <= set(read("/corrections/").hrefs())

    def test_one_without_a_note_is_not_in_it(self) -> None:
        self.withdraw(note="")
        assert self.entries(read("/corrections/")) == []

    def test_earlier_corrections_disappear_with_the_review(self) -> None:
        with clock.frozen_at(MOMENT - DAY):
            review = make_edition().review
            publishing.publish(review, note=publishing.Note("fact", "It is a bee."))
        withdrawing.withdraw(review, note=self.NOTE)
        (entry,) = self.entries(read("/corrections/"))
        assert "bee" not in entry

    def test_an_embargo_on_the_film_hides_it(self) -> None:
        review = self.withdraw()
        make_embargo(review.film, MOMENT + DAY, zone="UTC")
        assert self.entries(read("/corrections/")) == []
        with clock.frozen_at(MOMENT + DAY):
            assert len(self.entries(read("/corrections/"))) == 1

    def test_it_stays_as_history_once_the_review_is_back(self) -> None:
        make_outlet()
        review = self.withdraw()
        with clock.frozen_at(MOMENT + DAY):
            withdrawing.reinstate(review)
            page = read("/corrections/")
        assert self.entries(page) == [f"Gone 6 June 2025, 13:00 BST withdrawal {self.NOTE}"]
        assert "/reviews/gone/" in page.hrefs()

    def test_it_disappears_if_the_review_is_withdrawn_again_without_a_note(self) -> None:
        review = self.withdraw()
        withdrawing.reinstate(review)
        with clock.frozen_at(MOMENT + DAY):
            withdrawing.withdraw(review)
            assert self.entries(read("/corrections/")) == []


class TestTheOrderOfTheLedger:
    def test_is_by_when_readers_were_told(self) -> None:
        """A withdrawal is dated by its note, not by the edition that it ended."""
        gone = make_edition(at=MOMENT - 3 * DAY).review
        for days, text in ((2, "Second."), (1, "Third.")):
            with clock.frozen_at(MOMENT - days * DAY):
                publishing.publish(make_edition().review, note=publishing.Note("fact", text))
        withdrawing.withdraw(gone)
        withdrawing.explain(gone, "First.")
        notes = read("/corrections/").texts(".//*[@class='correction__note']")
        assert notes == ["First.", "Third.", "Second."]

    def test_is_the_same_across_pages(self) -> None:
        review, edition = make_edition(at=MOMENT - 9 * DAY).review, make_edition(at=MOMENT - 8 * DAY)
        Correction.objects.bulk_create(
            Correction(edition=edition, kind="fact", note=f"Note {hours}.", at=MOMENT - hours * HOUR)
            for hours in range(1, 45)
        )
        withdrawing.withdraw(review, note="Note 0.")
        found, path = [], "/corrections/"
        while path:
            page = read(path)
            found += page.texts(".//*[@class='correction__note']")
            path = "".join(href for href in page.hrefs() if "?before=" in href)
        assert found == [f"Note {hours}." for hours in range(45)]


def test_robots_are_kept_from_the_desk_and_shown_the_sitemap() -> None:
    response = Client().get("/robots.txt", headers={"host": "localhost"})
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode() == (
        "User-agent: *\nDisallow: /admin/\n\nSitemap: http://127.0.0.1:8000/sitemap.xml\n"
    )
