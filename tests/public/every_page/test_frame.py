"""What all pages have in common, on an empty site, a full one and a hostile one."""

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import Client, override_settings

from reviews import clock
from reviews.desk.verbs import publishing
from reviews.seeding.factories import (
    MOMENT,
    make_aspect,
    make_credit,
    make_critic,
    make_edition,
    make_film,
    make_franchise,
    make_judgement,
    make_outlet,
    make_person,
    make_picture,
    make_review,
)
from tests.reading import Document, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

PLAIN = (
    "/",
    "/films/",
    "/critics/",
    "/reviews/",
    "/people/",
    "/tags/",
    "/archive/",
    "/franchises/",
    "/how-we-rate/",
    "/how-we-count/",
    "/corrections/",
    "/about/",
)
DETAIL = (
    "/films/a/",
    "/critics/a/",
    "/reviews/a/",
    "/people/a/",
    "/tags/a/",
    "/franchises/a/",
    "/archive/2025/06/",
)

HOSTILE = "</title></script><script>alert(1)</script> ]]> \"'&amp; \x00\x07\x0b\ufffe {{ 7 }} {% now %} \u202eשלום🎬"


def make_one_of_each(text: str = "A") -> None:
    """One row of every kind, with the slug ``a`` and this text in every field."""
    make_outlet(name=text, tagline=text, about=text, ratings_guide=text, corrections_policy=text)
    film = make_film(
        title=text,
        slug="a",
        full_title=text,
        original_title=text,
        synopsis=text,
        countries=text,
        languages=text,
        franchise=make_franchise(name=text, slug="a", description=text),
    )
    make_credit(film=film, person=make_person(name=text, slug="a"), character=text)
    review = make_review(
        film=film,
        critic=make_critic(name=text, slug="a", bio=text, affiliation=text),
        slug="a",
        headline=text,
        standfirst=text,
        body=f"The fights are clear.\n\n{text}\n\n![{text}](picture:a)\n\n::: spoiler {text}\n{text}\n:::",
        hero=make_picture(name="a", alt=text, caption=text, credit=text),
        how_seen=text,
        disclosure=text,
        provenance="digest",
        provenance_note=text,
        source_name=text,
        source_url="https://reel.example/?a=1&b=%22",
    )
    review.tags.add(text)
    review.tags.all().update(slug="a")
    make_judgement(review, aspect=make_aspect(name=text), evidence="The fights are clear.")
    with clock.frozen_at(MOMENT - dt.timedelta(days=1)):
        publishing.publish(review)
    publishing.publish(review, note=publishing.Note("fact", text))


class TestAnEmptySite:
    """``migrate`` alone: no outlet, no reviews."""

    @pytest.mark.parametrize("path", PLAIN)
    def test_every_page_answers_and_says_what_will_be_there(self, path: str) -> None:
        page = read(path)
        assert page.texts(".//main//h1")
        assert len(page.texts(".//main//p")) >= 1
        assert page.root.get("lang") == "en-GB"
        assert "None" not in page.text

    def test_addresses_of_nothing_are_not_found(self) -> None:
        for path in DETAIL:
            read(path, status=404)


class TestAFullSite:
    @pytest.mark.parametrize("path", PLAIN + DETAIL)
    def test_every_page_is_valid_and_titled(self, path: str) -> None:
        make_one_of_each()
        page = read(path)
        assert len(page.all(".//h1")) == 1
        assert page.texts(".//title")[0].strip()
        assert page.meta("description")

    @pytest.mark.parametrize("path", PLAIN + DETAIL)
    def test_hostile_text_stays_text(self, path: str) -> None:
        make_one_of_each(HOSTILE)
        page = read(path)
        scripts = page.all(".//script")
        assert all(script.get("type") == "application/ld+json" for script in scripts)
        assert not set("\x00\x07\x0b\ufffe") & set(page.html)
        assert page.structured is not None

    def test_the_demo_is_valid_too(self, django_capture_on_commit_callbacks: Any) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            call_command("loaddata", "ballerina", verbosity=0)
        with clock.frozen_at(dt.datetime(2026, 1, 1, tzinfo=dt.UTC)):
            seen, waiting = set[str](), ["/"]
            while waiting:
                path = waiting.pop()
                if path not in seen and path.startswith("/") and not path.endswith(".xml"):
                    seen.add(path)
                    waiting += read(path).hrefs()
        assert len(seen) > 40

    def test_no_element_id_is_used_twice(self) -> None:
        make_one_of_each()
        for path in PLAIN + DETAIL:
            ids = [element.get("id") for element in read(path).all(".//*[@id]")]
            assert len(ids) == len(set(ids)), path


class TestTheHead:
    @override_settings(ALLOWED_HOSTS=["*"], SITE_URL="https://reviews.example")
    def test_canonical_comes_from_the_settings_whatever_the_host(self) -> None:
        make_one_of_each()
        for path in PLAIN + DETAIL:
            page = read(f"{path}?utm_source=x", host="evil.example")
            assert page.hrefs("canonical") == [f"https://reviews.example{path}"]
            assert page.meta("og:url") == f"https://reviews.example{path}"
            assert "evil.example" not in page.html

    def test_feeds_are_announced_where_they_belong(self) -> None:
        make_one_of_each()
        assert read("/").hrefs("alternate") == ["/feed.xml"]
        assert read("/films/a/").hrefs("alternate") == ["/films/a/feed.xml", "/feed.xml"]
        assert read("/critics/a/").hrefs("alternate") == ["/critics/a/feed.xml", "/feed.xml"]
        assert read("/tags/a/").hrefs("alternate") == ["/tags/a/feed.xml", "/feed.xml"]

    def test_every_feed_that_is_announced_is_there(self) -> None:
        make_one_of_each()
        for path in PLAIN + DETAIL:
            for feed in read(path).hrefs("alternate"):
                assert Client().get(feed).status_code == 200

    def test_a_review_is_shared_as_an_article_and_the_rest_as_the_site(self) -> None:
        make_one_of_each()
        review = read("/reviews/a/")
        assert review.meta("og:type") == "article"
        assert review.meta("article:published_time") == "2025-06-05T13:00:00+01:00"
        assert review.meta("article:modified_time") == "2025-06-06T13:00:00+01:00"
        assert read("/films/a/").meta("og:type") == "website"

    def test_only_films_and_reviews_carry_structured_data(self) -> None:
        make_one_of_each()
        assert read("/films/a/").structured[0]["@type"] == "Movie"
        assert read("/reviews/a/").structured[0]["@type"] == "Article"
        assert read("/critics/a/").structured == []

    def test_a_long_description_is_cut(self) -> None:
        make_edition(slug="long", standfirst="Word " * 110)
        description = read("/reviews/long/").meta("description") or ""
        assert len(description) <= 300
        assert description.endswith("…")


class TestTheFrame:
    def test_the_section_one_is_in_is_marked(self) -> None:
        make_one_of_each()
        marked = ".//nav[@class='sections']//a[@aria-current]"
        assert read("/films/a/").texts(marked) == ["Films"]
        assert read("/").texts(marked) == []

    def test_times_are_in_the_outlets_zone_and_exact_for_machines(self) -> None:
        make_outlet(time_zone="America/New_York")
        make_edition(slug="a")
        page = read("/reviews/a/")
        assert "6 June 2025, 08:00 EDT" in page.text
        assert "2025-06-06T08:00:00-04:00" in [time.get("datetime") for time in page.all(".//time")]

    def test_the_language_is_the_outlets(self) -> None:
        make_outlet(language="de-AT")
        assert read("/").root.get("lang") == "de-AT"

    @pytest.mark.parametrize("path", PLAIN)
    def test_pages_are_read_and_not_written(self, path: str) -> None:
        assert Client().head(path).status_code == 200
        for method in ("post", "put", "delete"):
            assert getattr(Client(), method)(path).status_code == 405

    def test_nothing_is_loaded_from_elsewhere(self) -> None:
        make_one_of_each()
        for path in PLAIN + DETAIL:
            page = read(path)
            loaded = [
                element.get("src") or element.get("href") or ""
                for tag in ("script", "img", "iframe", "link[@rel='stylesheet']", "link[@rel='icon']")
                for element in page.all(f".//{tag}")
            ]
            ours = ("/static/", "/pictures/")
            assert all(address.startswith(ours) for address in loaded if address), path


def test_document_refuses_html_that_is_not_valid() -> None:
    with pytest.raises(Exception, match="expected"):
        Document("<!doctype html><p><div></p>")


class TestDirection:
    @pytest.mark.parametrize(("language", "direction"), [("en-GB", None), ("ar", "rtl"), ("he-IL", "rtl")])
    def test_a_page_runs_as_the_outlets_language_does(self, language: str, direction: str | None) -> None:
        make_outlet(language=language)
        assert read("/").root.get("dir") == direction


class TestLongHeadlines:
    @pytest.mark.parametrize(
        ("length", "name"), [(10, "is-short"), (80, "is-long"), (160, "is-longer"), (300, "is-longer")]
    )
    def test_a_long_headline_is_set_smaller(self, length: int, name: str) -> None:
        make_edition(slug="a", headline="x" * length)
        (heading,) = read("/reviews/a/").all(".//h1")
        assert heading.get("class") == name

    def test_a_films_title_is_set_larger_and_is_long_sooner(self) -> None:
        make_edition(film=make_film(slug="b", title="x" * 30))
        (heading,) = read("/films/b/").all(".//h1")
        assert heading.get("class") == "is-long"


class TestWhatABrowserIsTold:
    @pytest.mark.parametrize("path", PLAIN)
    def test_every_file_the_head_names_is_there(self, path: str) -> None:
        named = [
            link.get("href", "").removeprefix("/static/")
            for link in read(path).all(".//head/link")
            if link.get("rel") in ("stylesheet", "preload", "icon", "apple-touch-icon")
        ]
        assert len(named) == 6
        assert [name for name in named if finders.find(name) is None] == []

    def test_at_most_two_stylesheets_are_asked_for(self) -> None:
        make_one_of_each()
        for path in PLAIN + DETAIL:
            assert len(read(path).hrefs("stylesheet")) == 2, path

    def test_the_browsers_own_frame_takes_the_papers_colour_in_either_theme(self) -> None:
        colours = {
            meta.get("media"): meta.get("content") for meta in read("/").all(".//meta[@name='theme-color']")
        }
        css = Path(finders.find("css/site.css") or "").read_text()
        light, dark = re.findall(r"--paper: light-dark\((#\w+), (#\w+)\)", css)[0]
        assert colours == {"(prefers-color-scheme: light)": light, "(prefers-color-scheme: dark)": dark}

    def test_every_font_and_picture_that_a_stylesheet_names_is_there(self) -> None:
        for sheet in ("site", "lists", "film", "review"):
            path = Path(finders.find(f"css/{sheet}.css") or "")
            for name in re.findall(r'url\("([^"]+)"\)', path.read_text()):
                assert (path.parent / name).is_file(), (sheet, name)
