"""Structured data for search engines, and what it must not contain."""

import datetime as dt
import json
from typing import Any

import pytest

from reviews.models import Critic, Edition, Film, Outlet, Release
from reviews.models.shared.person import Credit, Person
from reviews.public.machines.structured_data import as_script, film_data, review_data

OUTLET = Outlet(name="The Test Reel", language="en-GB")
FILM = Film(title="La Haine", slug="la-haine", release_year=1995, original_title="Haine", imdb_id="tt0113247")
ADDRESS = "https://reel.example/review"
FIRST = dt.datetime(2025, 6, 4, 16, 30, tzinfo=dt.UTC)
UPDATED = dt.datetime(2025, 6, 5, 9, 0, tzinfo=dt.UTC)


def described(kind: str = "person", **fields: Any) -> dict[str, Any]:
    critic = Critic(name="Ada Lens", slug="ada-lens", kind=kind)
    edition = Edition(
        film=FILM,
        critic=critic,
        **{"headline": "A headline", "slug": "a-review", "star_scale": 5, "standfirst": "In short."}
        | {"first_visible_from": FIRST, "visible_from": UPDATED}
        | fields,
    )
    return review_data(edition, OUTLET)


def digest(kind: str = "person", **fields: Any) -> dict[str, Any]:
    return described(kind, **{"provenance": "digest", "source_name": "Reel", "source_url": ADDRESS} | fields)


class TestOriginals:
    def test_one_that_a_person_signed_is_a_review_of_the_film_by_them(self) -> None:
        data = described()
        assert data["@type"] == "Review"
        assert data["itemReviewed"]["@type"] == "Movie"
        assert data["itemReviewed"]["name"] == "La Haine"
        assert data["author"] == {
            "@type": "Person",
            "name": "Ada Lens",
            "url": "http://127.0.0.1:8000/critics/ada-lens/",
        }
        assert data["publisher"]["name"] == "The Test Reel"

    def test_dates_are_the_first_publication_and_the_edition(self) -> None:
        data = described()
        assert data["datePublished"] == "2025-06-04T16:30:00+00:00"
        assert data["dateModified"] == "2025-06-05T09:00:00+00:00"

    @pytest.mark.parametrize(
        ("rating", "value", "best", "worst"),
        [
            ("3.5/5", "3.5", "5", "0"),
            ("0/5", "0", "5", "0"),
            ("★★★½", "3.5", "5", "0"),
            ("B+", "B+", "A+", "F"),
            ("78/100", "78", "100", "0"),
        ],
    )
    def test_a_rating_is_given_on_its_own_scale(self, rating: str, value: str, best: str, worst: str) -> None:
        assert described(rating=rating)["reviewRating"] == {
            "@type": "Rating",
            "ratingValue": value,
            "bestRating": best,
            "worstRating": worst,
        }

    def test_unrated_is_not_rated_whatever_the_verdict(self) -> None:
        assert "reviewRating" not in described(verdict=2)

    def test_what_no_longer_reads_as_a_rating_is_left_out(self) -> None:
        assert "reviewRating" not in described(rating="eleven")

    def test_bare_stars_are_out_of_the_editions_own_scale(self) -> None:
        assert described(rating="★★★", star_scale=4)["reviewRating"]["bestRating"] == "4"

    def test_one_by_an_organisation_names_it_and_carries_no_rating(self) -> None:
        data = described("organisation", rating="4/5")
        assert data["author"]["@type"] == "Organization"
        assert "reviewRating" not in data

    def test_one_by_nobody_known_names_no_author(self) -> None:
        data = described("unknown", rating="4/5")
        assert data["@type"] == "Review"
        assert "author" not in data
        assert "reviewRating" not in data


class TestSyndicated:
    def test_it_is_a_review_by_its_critic_based_on_the_first_publication(self) -> None:
        data = described(provenance="syndicated", source_name="Reel", source_url=ADDRESS, rating="4/5")
        assert data["@type"] == "Review"
        assert data["author"]["name"] == "Ada Lens"
        assert data["isBasedOn"]["url"] == ADDRESS
        assert "reviewRating" not in data

    def test_without_a_source_it_is_based_on_nothing(self) -> None:
        assert "isBasedOn" not in described(provenance="syndicated")


class TestDigests:
    def test_it_is_an_article_of_the_outlets_about_the_film(self) -> None:
        data = digest(rating="4/5")
        assert data["@type"] == "Article"
        assert (
            data["author"]
            == data["publisher"]
            == {
                "@type": "Organization",
                "name": "The Test Reel",
                "url": "http://127.0.0.1:8000/",
            }
        )
        assert data["about"]["name"] == "La Haine"
        assert "itemReviewed" not in data
        assert "reviewRating" not in json.dumps(data)

    def test_it_is_based_on_the_critics_review(self) -> None:
        assert digest()["isBasedOn"] == {
            "@type": "Review",
            "headline": "A headline",
            "url": ADDRESS,
            "publisher": {"@type": "Organization", "name": "Reel"},
            "author": {"@type": "Person", "name": "Ada Lens"},
        }

    def test_a_headline_of_ours_is_not_the_originals(self) -> None:
        assert "headline" not in digest(headline_is_ours=True)["isBasedOn"]

    def test_an_unknown_author_is_not_named(self) -> None:
        data = digest("unknown", source_name="", source_url="", headline_is_ours=True)
        assert data["isBasedOn"] == {"@type": "Review"}
        assert "Ada Lens" not in json.dumps(data)


class TestFilms:
    def test_a_film_is_told_with_its_people_and_no_average(self) -> None:
        people = [Person(name="Mathieu", slug="mathieu"), Person(name="Vincent", slug="vincent")]
        credits = [
            Credit(person=people[0], job="director"),
            Credit(person=people[0], job="writer"),
            Credit(person=people[1], job="actor", character="Vinz"),
            Credit(person=people[1], job="actor", character="Himself"),
            Credit(person=people[1], job="cinematographer"),
        ]
        data = film_data(FILM, credits, [])
        assert data["@type"] == "Movie"
        assert [person["name"] for person in data["director"]] == ["Mathieu"]
        assert [person["name"] for person in data["actor"]] == ["Vincent"]
        assert data["alternateName"] == ["Haine"]
        assert data["sameAs"] == ["https://www.imdb.com/title/tt0113247/"]
        assert "aggregateRating" not in data

    def test_its_date_is_the_first_release_or_else_the_year(self) -> None:
        assert film_data(FILM, [], [])["datePublished"] == "1995"
        releases = [
            Release(territory="GB", date=dt.date(1995, 11, 17)),
            Release(territory="FR", date=dt.date(1995, 5, 31)),
            Release(territory="US"),
        ]
        assert film_data(FILM, [], releases)["datePublished"] == "1995-05-31"

    def test_what_is_not_known_is_left_out(self) -> None:
        data = film_data(Film(title="Untitled", slug="untitled"), [], [])
        assert set(data) == {"@context", "@type", "name", "url"}

    def test_runtime_and_countries_are_in_the_vocabularys_form(self) -> None:
        film = Film(title="X", slug="x", runtime_minutes=98, countries="France, Hungary", synopsis="A day.")
        data = film_data(film, [], [])
        assert data["duration"] == "PT98M"
        assert [country["name"] for country in data["countryOfOrigin"]] == ["France", "Hungary"]


class TestScripts:
    HOSTILE = "</script><script>alert(1)</script> <!-- & ]]> \u2028\u2029 \x07 שלום 🎬"

    def test_no_text_can_leave_the_script(self) -> None:
        script = as_script({"headline": self.HOSTILE})
        assert not set("<>&\u2028\u2029\x07") & set(script)

    def test_escaping_keeps_the_data(self) -> None:
        assert json.loads(as_script({"headline": self.HOSTILE})) == {"headline": self.HOSTILE}
