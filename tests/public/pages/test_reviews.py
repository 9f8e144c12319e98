"""Reviews: the list, and a review's page."""

import datetime as dt
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

ADDRESS = "https://reel.example/review"
DAY = dt.timedelta(days=1)


def digest(**fields: Any) -> Edition:
    return make_edition(
        **{"provenance": "digest", "provenance_note": "What is known.", "slug": "a-digest"}
        | {"source_name": "Reel", "source_url": ADDRESS}
        | fields
    )


class TestReviewList:
    def test_the_newest_come_first_by_first_publication(self) -> None:
        with clock.frozen_at(MOMENT - 2 * DAY):
            older = make_edition(headline="Older")
        make_edition(headline="Newer", at=MOMENT - DAY)
        publishing.publish(older.review, note=publishing.Note("fact", "Mended."))
        assert read("/reviews/").texts(".//h3") == ["Newer", "Older"]

    def test_without_reviews_it_says_what_will_be_here(self) -> None:
        make_review(headline="A draft")
        page = read("/reviews/")
        assert "from the moment they are published" in page.text
        assert "A draft" not in page.text


class TestAnOriginal:
    def test_its_page_holds_all_of_it(self) -> None:
        make_outlet()
        make_edition(
            film=make_film(title="La Haine", release_year=1995),
            critic=make_critic(name="Ada Lens", slug="ada"),
            slug="la-haine",
            headline="So far so good",
            standfirst="In short.",
            body="It falls.\n\n## Landing\n\nIt lands.",
            rating="★★★½",
            verdict=Verdict.RAVE,
            pull_quote="It lands.",
            how_seen="At a festival.",
            disclosure="The critic knows the editor.",
            tags=("Paris",),
        )
        page = read("/reviews/la-haine/")
        assert page.texts(".//h1") == ["So far so good"]
        for words in (
            "Film: La Haine (1995)",
            "In short.",
            "Written for The Test Reel.",
            "By Ada Lens",
            "Verdict: rave",
            "★★★½",
            "First published 6 June 2025, 13:00 BST",
            "It falls.",
            "At a festival.",
            "The critic knows the editor.",
            "Paris",
        ):
            assert words in page.text
        assert "Landing" in page.texts(".//h2")
        assert page.all(".//*[@aria-label='3.5 out of 5 stars']")
        assert page.meta("article:author") == "http://127.0.0.1:8000/critics/ada/"

    def test_unrated_says_nothing_about_a_rating(self) -> None:
        make_edition(slug="unrated")
        assert "rating" not in read("/reviews/unrated/").text.lower().replace("how we rate", "")

    def test_a_rating_of_zero_is_shown(self) -> None:
        make_edition(slug="zero", rating="0/5")
        assert "rating: 0/5" in read("/reviews/zero/").text

    def test_a_mixed_verdict_is_shown_and_none_is_not(self) -> None:
        make_edition(slug="mixed", verdict=Verdict.MIXED)
        make_edition(slug="none", verdict=None)
        assert "Verdict: mixed" in read("/reviews/mixed/").text
        assert "Verdict" not in read("/reviews/none/").text

    def test_by_an_unknown_author_it_names_no_author(self) -> None:
        make_edition(slug="unsigned", critic=make_critic(name="Unattributed", kind="unknown"))
        page = read("/reviews/unsigned/")
        assert "By Unattributed" not in page.text
        assert page.meta("article:author") is None


class TestADigest:
    def test_says_whose_review_it_digests_and_leads_to_it(self) -> None:
        digest(critic=make_critic(name="Ada Lens"))
        page = read("/reviews/a-digest/")
        assert "Our digest of Ada Lens’s review in Reel." in page.text
        assert ADDRESS in page.hrefs()
        assert "The headline is the original’s; the text is ours." in page.text
        assert "What is known." in page.text

    def test_without_an_address_has_no_dead_link(self) -> None:
        digest(source_url="")
        page = read("/reviews/a-digest/")
        assert "review in Reel." in page.text
        assert not [href for href in page.hrefs() if not href or href.startswith("http")]

    def test_is_nowhere_under_the_critics_name_as_author(self) -> None:
        make_outlet()
        digest(critic=make_critic(name="Ada Lens", slug="ada"))
        page = read("/reviews/a-digest/")
        assert "By Ada Lens" not in page.text
        assert page.meta("article:author") == "http://127.0.0.1:8000/about/"
        assert page.structured[0]["author"]["name"] == "The Test Reel"

    def test_is_not_in_quotation_marks(self) -> None:
        digest()
        page = read("/reviews/a-digest/")
        assert not page.all(".//q")
        assert not page.all(".//blockquote")
        assert not set("“”«»„") & set(page.text)

    def test_has_the_verdict_as_our_reading(self) -> None:
        digest(verdict=Verdict.MIXED)
        page = read("/reviews/a-digest/")
        assert "Our reading: mixed" in page.text
        assert "Verdict:" not in page.text

    def test_says_that_the_headline_is_ours(self) -> None:
        digest(headline_is_ours=True, critic=make_critic(name="Unattributed", kind="unknown"), source_name="")
        text = read("/reviews/a-digest/").text
        assert "The headline and the text are ours." in text
        assert "a review whose author and outlet we could not establish" in text


class TestAroundAReview:
    def test_judgements_lead_to_their_passages(self) -> None:
        review = make_review(slug="judged")
        judgement = make_judgement(review, aspect=make_aspect(name="Action"))
        publishing.publish(review)
        page = read("/reviews/judged/")
        assert "Action: praise" in page.text
        assert f"#passage-{judgement.uid}" in page.hrefs()
        assert page.all(f".//*[@id='passage-{judgement.uid}']")
        assert "send it on, and it opens there" in page.text

    def test_other_critics_on_the_film_are_named_and_the_review_itself_is_not(self) -> None:
        film = make_film()
        make_edition(film=film, slug="this", headline="This one")
        make_edition(film=film, headline="That one", critic=make_critic(name="Bo Frame"))
        make_edition(film=film, headline="Secret one", at=MOMENT + DAY)
        (aside,) = read("/reviews/this/").texts(".//aside")
        assert "Bo Frame" in aside
        assert "That one" in aside
        assert "This one" not in aside
        assert "Secret one" not in aside

    def test_a_correction_is_told_with_its_date(self) -> None:
        make_outlet()
        with clock.frozen_at(MOMENT - DAY):
            edition = make_edition(slug="mended")
        assert "Updated" not in read("/reviews/mended/").text
        publishing.publish(edition.review, note=publishing.Note("fact", "A name was misspelled."))
        text = read("/reviews/mended/").text
        assert "First published 5 June 2025, 13:00 BST" in text
        assert "Updated 6 June 2025, 13:00 BST" in text
        assert "correction of fact A name was misspelled." in text

    def test_no_number_or_pending_moment_shows(self) -> None:
        with clock.frozen_at(MOMENT - DAY):
            edition = make_edition(slug="mended")
        publishing.publish(edition.review, at=MOMENT + DAY, note=publishing.Note("fact", "Later."))
        page = read("/reviews/mended/")
        assert "Later." not in page.text
        assert "edition" not in page.text.lower()
        assert "2025-06-07" not in page.html


class TestAPreview:
    @pytest.fixture
    def preview(self) -> tuple[Any, Document]:
        review = make_review(slug="draft", headline="Not yet", tags=("Soon",))
        make_judgement(review, aspect=make_aspect(name="Action"))
        draft = outlook_of(review).compose()
        response = review_page(draft.edition, tags=draft.tags, judgements=draft.judgements, is_preview=True)
        return response, Document(response.content.decode())

    def test_shows_what_readers_would_see_and_that_they_do_not(self, preview: tuple[Any, Document]) -> None:
        page = preview[1]
        for words in ("Preview: readers do not see this.", "Not yet", "Soon", "Action: praise"):
            assert words in page.text

    def test_has_no_address_that_could_be_sent_on(self, preview: tuple[Any, Document]) -> None:
        assert "send it on" not in preview[1].text

    def test_is_kept_out_of_indexes_and_caches(self, preview: tuple[Any, Document]) -> None:
        response, page = preview
        assert "no-store" in response.headers["Cache-Control"]
        assert "noindex" in response.headers["X-Robots-Tag"]
        assert "noindex" in (page.meta("robots") or "")
        assert page.hrefs("canonical") == page.hrefs("alternate") == page.structured == []
        assert page.meta("og:title") is None

    def test_publishes_nothing(self, preview: tuple[Any, Document]) -> None:
        assert Client().get("/reviews/draft/").status_code == 404
