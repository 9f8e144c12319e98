"""What is shared of a review: its citation, its card, its feed item. No spoilers, and no words under another name."""

import datetime as dt
import json
from typing import Any

import pytest
from django.test import Client

from reviews import clock
from reviews.desk.outlook import outlook_of
from reviews.desk.verbs import publishing
from reviews.models import Edition
from reviews.public.pages.reviews import review_page
from reviews.rules.argument import Verdict
from reviews.seeding.factories import (
    MOMENT,
    make_aspect,
    make_critic,
    make_edition,
    make_film,
    make_judgement,
    make_outlet,
    make_review,
)
from tests.reading import Document, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

DAY = dt.timedelta(days=1)
SPOILER = "The butler did it"
BODY = f"""It begins.

::: spoiler {SPOILER}, says the title
{SPOILER}, says the text[^1], and the fights are clear.
:::

[^1]: {SPOILER}, says the note.
"""


def digest(**fields: Any) -> Edition:
    usual = {"provenance": "digest", "provenance_note": "Known.", "source_name": "Reel", "slug": "a"}
    return make_edition(**usual | {"critic": make_critic(name="Ada Lens", slug="ada")} | fields)


def cards(page: Document) -> dict[str, str]:
    """The metadata in the head for share cards, by name or property."""
    named = ((meta.get("name") or meta.get("property"), meta.get("content")) for meta in page.all(".//meta"))
    return {name: content for name, content in named if name and content}


class TestTheCitation:
    def test_is_folded_at_the_foot_of_the_review(self) -> None:
        make_outlet()
        make_edition(slug="a", headline="So far so good", critic=make_critic(name="Ada Lens"))
        page = read("/reviews/a/")
        (folded,) = page.all(".//details[@class='cite']")
        assert folded.get("open") is None
        assert page.texts(".//details[@class='cite']/summary") == ["Cite this review"]
        assert page.texts(".//*[@class='cite__sentence']") == [
            "Ada Lens, So far so good, in The Test Reel, 6 June 2025, http://127.0.0.1:8000/reviews/a/"
        ]
        assert page.texts(".//cite") == ["So far so good"]

    def test_says_when_it_was_changed_as_the_page_does(self) -> None:
        with clock.frozen_at(MOMENT - DAY):
            review = make_edition(slug="a").review
        publishing.publish(review, note=publishing.Note("fact", "A name."))
        (sentence,) = read("/reviews/a/").texts(".//*[@class='cite__sentence']")
        assert "5 June 2025, updated 6 June 2025" in sentence

    def test_is_not_on_a_preview(self) -> None:
        shown = outlook_of(make_review()).compose()
        response = review_page(shown.edition, tags=[], judgements=[], is_preview=True)
        assert b"Cite this review" not in response.content


class TestACard:
    """What is shown when the address of a review is shared."""

    def test_begins_with_the_verdict_and_goes_on_with_the_standfirst(self) -> None:
        make_edition(slug="a", verdict=Verdict.PAN, standfirst="In short.", film=make_film(title="La Haine"))
        shown = cards(read("/reviews/a/"))
        assert shown["description"] == shown["og:description"] == "Verdict: pan. In short."
        assert shown["twitter:card"] == "summary_large_image"
        assert (shown["twitter:label1"], shown["twitter:data1"]) == ("Verdict", "pan")
        assert (shown["twitter:label2"], shown["twitter:data2"]) == ("Film", "La Haine (2025)")

    def test_goes_on_with_the_excerpt_where_there_is_no_standfirst(self) -> None:
        make_edition(slug="a", verdict=Verdict.MIXED, standfirst="", body="It begins.")
        shown = cards(read("/reviews/a/"))
        assert shown["og:description"] == "Verdict: mixed. It begins."
        assert shown["twitter:data1"] == "mixed"

    def test_says_nothing_of_a_verdict_where_none_is_stated(self) -> None:
        make_edition(slug="a", verdict=None, standfirst="In short.")
        shown = cards(read("/reviews/a/"))
        assert shown["og:description"] == "In short."
        assert shown["twitter:label1"] == "Film"
        assert "twitter:label2" not in shown

    def test_says_of_a_digest_that_the_reading_is_ours(self) -> None:
        digest(verdict=Verdict.PAN, standfirst="In short.")
        shown = cards(read("/reviews/a/"))
        assert shown["og:description"] == "Our reading: pan. In short."
        assert (shown["twitter:label1"], shown["twitter:data1"]) == ("Our reading", "pan")

    def test_is_cut_with_the_verdict_counted(self) -> None:
        make_edition(slug="a", verdict=Verdict.PAN, standfirst="x" * 295)
        description = cards(read("/reviews/a/"))["og:description"]
        assert len(description) == 300
        assert description.startswith("Verdict: pan. xx")
        assert description.endswith("x…")

    def test_of_a_review_that_says_nothing_else_is_the_outlets(self) -> None:
        make_outlet(tagline="Films, argued.")
        make_edition(slug="a", verdict=None, standfirst="", body="::: spoiler\nAll of it.\n:::")
        assert cards(read("/reviews/a/"))["og:description"] == "Films, argued."

    def test_of_other_pages_has_no_facts(self) -> None:
        shown = cards(read("/reviews/"))
        assert shown["twitter:card"] == "summary"
        assert "twitter:label1" not in shown


class TestWhatNobodyMaySay:
    PAGES = ("/", "/reviews/", "/films/f/", "/critics/ada/", "/tags/t/", "/reviews/a/")
    FEEDS = ("/feed.xml", "/films/f/feed.xml", "/critics/ada/feed.xml", "/tags/t/feed.xml")

    def test_a_spoiler_is_in_no_card_feed_or_structured_data(self) -> None:
        """Nor in a suggestion or a list: only the closed spoilers on the page contain it."""
        film, ada = make_film(slug="f"), make_critic(slug="ada")
        review = make_review(
            film=film, critic=ada, slug="a", standfirst="", body=BODY, tags=("T",), verdict=Verdict.PAN
        )
        make_judgement(review, aspect=make_aspect(name="Action"))
        publishing.publish(review)
        make_edition(film=film, slug="b", verdict=Verdict.RAVE)
        assert SPOILER in read("/reviews/a/").text
        for path in (*self.PAGES, "/reviews/b/"):
            page = read(path)
            head = json.dumps([cards(page), page.structured, page.texts(".//title")])
            assert SPOILER not in head, path
            if path != "/reviews/a/":
                assert SPOILER not in page.html, path
        for path in self.FEEDS:
            assert SPOILER not in Client().get(path).content.decode(), path

    def test_no_critic_is_the_author_of_a_digest(self) -> None:
        make_outlet()
        digest(film=make_film(slug="f"), tags=("T",))
        page = read("/reviews/a/")
        (data,) = page.structured
        assert data["author"]["name"] == "The Test Reel"
        head = {name: content for name, content in cards(page).items() if "Lens" in content}
        assert head == {}
        (cited,) = page.texts(".//*[@class='cite__sentence']")
        assert cited.startswith("The Test Reel, ")
        assert "By Ada Lens" not in page.text
        for path in self.FEEDS:
            feed = Client().get(path).content.decode()
            assert "<dc:creator>The Test Reel</dc:creator>" in feed
            assert "<dc:creator>Ada" not in feed

    def test_a_digest_puts_nothing_in_quotation_marks_anywhere(self) -> None:
        digest(film=make_film(slug="f"), tags=("T",), verdict=Verdict.PAN)
        make_edition(film=make_film(), critic=make_critic(name="Bo Frame"), tags=("T",), slug="b")
        for path in (*self.PAGES, "/reviews/b/"):
            assert not set("“”«»„") & set(read(path).text), path
        for path in self.FEEDS:
            assert not set("“”«»„") & set(Client().get(path).content.decode()), path
