"""Feeds: which reviews they contain and which not, and that they are always well-formed."""

import datetime as dt
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from django.db import connection
from django.test import Client, override_settings

from reviews import clock
from reviews.desk.verbs import publishing, withdrawing
from reviews.models import Review
from reviews.rules.argument import Verdict
from reviews.seeding.factories import MOMENT, make_critic, make_edition, make_film, make_outlet, make_review
from tests.reading import Document

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

HOUR = dt.timedelta(hours=1)
DC = "{http://purl.org/dc/elements/1.1/}"
ATOM = "{http://www.w3.org/2005/Atom}"
HOSTILE = "]]> <script>alert(1)</script> & \x00\x07\x0b\ufffe \u202eשלום 🎬 é"


def channel(path: str = "/feed.xml") -> Element:
    response = Client().get(path)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/rss+xml; charset=utf-8"
    found = ElementTree.fromstring(response.content).find("channel")
    assert found is not None
    return found


def items(path: str = "/feed.xml") -> list[Element]:
    return channel(path).findall("item")


def titles(path: str = "/feed.xml") -> list[str | None]:
    return [item.findtext("title") for item in items(path)]


class TestTheChannel:
    @override_settings(SITE_URL="https://reviews.example")
    def test_it_says_who_publishes_and_where_it_is(self) -> None:
        make_outlet(tagline="Films, argued.", language="en-GB")
        feed = channel()
        assert feed.findtext("title") == "The Test Reel"
        assert feed.findtext("description") == "Films, argued."
        assert feed.findtext("language") == "en-GB"
        assert feed.findtext("link") == "https://reviews.example/"
        own = feed.find(f"{ATOM}link")
        assert own is not None
        assert own.get("href") == "https://reviews.example/feed.xml"
        assert own.get("rel") == "self"

    def test_it_was_built_when_its_newest_edition_went_up(self) -> None:
        with clock.frozen_at(MOMENT - 5 * HOUR):
            review = make_edition().review
        with clock.frozen_at(MOMENT - 2 * HOUR):
            publishing.publish(review)
        make_edition(at=MOMENT - 3 * HOUR)
        make_edition(at=MOMENT + HOUR)
        built = channel().findtext("lastBuildDate") or ""
        assert parsedate_to_datetime(built) == MOMENT - 2 * HOUR

    def test_an_empty_one_names_no_moment_and_never_changes(self) -> None:
        make_review()
        feed = channel()
        assert feed.find("item") is None
        assert feed.find("lastBuildDate") is None
        with clock.frozen_at(MOMENT + HOUR):
            assert (
                Client().get("/feed.xml").content == ElementTree.tostring(feed)
                or channel().find("item") is None
            )

    def test_it_is_answered_in_one_piece_and_read_only(self) -> None:
        make_edition()
        response = Client().get("/feed.xml")
        assert not response.streaming
        assert len(list(response)) == 1
        assert Client().post("/feed.xml").status_code == 405


class TestAnItem:
    def test_of_an_original(self) -> None:
        make_outlet()
        edition = make_edition(
            headline="A headline",
            slug="a-review",
            standfirst="In short.",
            critic=make_critic(name="Ada Lens"),
        )
        (item,) = items()
        assert item.findtext("title") == "A headline"
        assert item.findtext("link") == "http://127.0.0.1:8000/reviews/a-review/"
        assert item.findtext(f"{DC}creator") == "Ada Lens"
        guid = item.find("guid")
        assert guid is not None
        assert guid.text == f"urn:uuid:{edition.review_uid}"
        assert guid.get("isPermaLink") == "false"
        description = item.findtext("description") or ""
        assert "In short." in description
        assert "Written for The Test Reel." in description

    def test_begins_with_the_verdict_and_the_rating_as_it_was_given(self) -> None:
        make_edition(verdict=Verdict.PAN, rating="0/5", standfirst="In short.")
        description = items()[0].findtext("description") or ""
        page = Document(f"<!doctype html><title>x</title><body>{description}</body>")
        assert page.texts(".//p")[:2] == ["Verdict: pan. The critic’s rating: 0/5", "In short."]

    def test_says_whose_reading_a_verdict_is_and_of_none_says_nothing(self) -> None:
        make_edition(verdict=Verdict.MIXED, provenance="digest", provenance_note="Known.")
        assert "<p>Our reading: mixed.</p>" in (items()[0].findtext("description") or "")
        make_edition(verdict=None, standfirst="In short.", headline="Unstated", at=MOMENT)
        (unstated,) = [item for item in items() if item.findtext("title") == "Unstated"]
        description = unstated.findtext("description") or ""
        assert description.startswith('<p dir="auto">In short.</p>')

    def test_of_a_digest_is_the_outlets(self) -> None:
        make_outlet()
        make_edition(
            critic=make_critic(name="Ada Lens"),
            provenance="digest",
            provenance_note="Known.",
            source_name="Reel",
            source_url="https://reel.example/?a=1&b=2",
        )
        (item,) = items()
        assert item.findtext(f"{DC}creator") == "The Test Reel"
        description = item.findtext("description") or ""
        assert 'Our digest of <a href="https://reel.example/?a=1&amp;b=2"' in description
        assert not set("“”") & set(description)

    def test_of_an_unknown_author_names_nobody(self) -> None:
        make_edition(critic=make_critic(name="Unattributed", kind="unknown"))
        assert items()[0].find(f"{DC}creator") is None

    def test_keeps_its_guid_and_date_through_a_correction_and_a_new_slug(self) -> None:
        with clock.frozen_at(MOMENT - HOUR):
            review = make_edition(slug="old").review
        before = items()[0]
        Review.objects.filter(pk=review.pk).update(slug="new", headline="New")
        publishing.publish(review)
        after = items()[0]
        assert after.findtext("title") == "New"
        for name in ("guid", "pubDate"):
            assert after.findtext(name) == before.findtext(name)

    def test_tells_no_spoiler(self) -> None:
        make_edition(standfirst="", body="All is well.\n\n::: spoiler\nHe dies.\n:::")
        description = items()[0].findtext("description") or ""
        assert "All is well." in description
        assert "He dies." not in description


class TestWhatIsInAFeed:
    def test_the_twenty_newest_by_first_publication(self) -> None:
        for hours in range(22):
            make_edition(headline=f"Number {hours}", at=MOMENT - hours * HOUR)
        assert titles() == [f"Number {hours}" for hours in range(20)]

    def test_each_feed_holds_its_own(self) -> None:
        film, critic = make_film(slug="film", title="La Haine"), make_critic(slug="critic", name="Ada Lens")
        make_edition(headline="Of the film", film=film, at=MOMENT - HOUR)
        make_edition(headline="By the critic", critic=critic, at=MOMENT - 2 * HOUR)
        make_edition(headline="Tagged", tags=("Кино",), at=MOMENT - 3 * HOUR)
        assert titles("/films/film/feed.xml") == ["Of the film"]
        assert titles("/critics/critic/feed.xml") == ["By the critic"]
        assert titles("/tags/кино/feed.xml") == ["Tagged"]
        assert channel("/films/film/feed.xml").findtext("title") == "La Haine (2025) · Film reviews"
        assert titles() == ["Of the film", "By the critic", "Tagged"]

    @pytest.mark.parametrize("note", ["", "A quotation was wrong."])
    def test_what_is_withdrawn_leaves_it_at_once_with_or_without_a_note(self, note: str) -> None:
        film, critic = make_film(slug="film"), make_critic(slug="critic")
        make_edition(film=film, critic=critic, tags=("Tagged",), at=MOMENT - 2 * HOUR)
        paths = ("/feed.xml", "/films/film/feed.xml", "/critics/critic/feed.xml", "/tags/tagged/feed.xml")
        before = [Client().get(path).content for path in paths]
        gone = make_edition(film=film, critic=critic, tags=("Tagged",), at=MOMENT - HOUR)
        assert [len(items(path)) for path in paths] == [2, 2, 2, 2]
        withdrawing.withdraw(gone.review, note=note)
        assert [Client().get(path).content for path in paths] == before

    @pytest.mark.parametrize("path", ["/films/x/feed.xml", "/critics/x/feed.xml", "/tags/x/feed.xml"])
    def test_a_feed_of_something_hidden_does_not_exist(self, path: str) -> None:
        review = make_review(film=make_film(slug="x"), critic=make_critic(slug="x"), tags=("x",))
        assert Client().get(path).status_code == 404
        publishing.publish(review)
        assert Client().get(path).status_code == 200


class TestHostileText:
    def test_a_feed_is_well_formed_whatever_the_text(self) -> None:
        make_outlet(name=HOSTILE, tagline=HOSTILE)
        make_edition(
            headline=HOSTILE,
            standfirst=HOSTILE,
            critic=make_critic(name=HOSTILE),
            film=make_film(slug="film", title=HOSTILE),
        )
        for path in ("/feed.xml", "/films/film/feed.xml"):
            (item,) = items(path)
            assert item.findtext("title") == "]]> <script>alert(1)</script> &  \u202eשלום 🎬 é"
            description = item.findtext("description") or ""
            page = Document(f"<!doctype html><title>x</title><body>{description}</body>")
            assert not page.all(".//script")

    def test_a_feed_is_well_formed_however_the_text_was_saved(self) -> None:
        edition = make_edition()
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE reviews_edition SET headline = %s WHERE id = %s", ["A\x07B\x0bC", edition.pk]
            )
        assert titles() == ["AB C"]
