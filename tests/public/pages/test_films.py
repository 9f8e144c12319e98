"""Films: the list and a film's page."""

import datetime as dt
from uuid import UUID

import pytest

from reviews.models import Release
from reviews.rules.argument import Verdict
from reviews.seeding.factories import (
    MOMENT,
    make_credit,
    make_critic,
    make_edition,
    make_film,
    make_franchise,
    make_person,
    make_review,
)
from tests.reading import read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

HOUR = dt.timedelta(hours=1)


class TestFilmList:
    def test_films_are_ordered_by_title_without_the_article(self) -> None:
        for title, slug in (("The Zone", "zone"), ("Élan", "elan"), ("A Film", "film")):
            make_edition(film=make_film(title=title, slug=slug, release_year=None))
        assert read("/films/").texts(".//h3") == ["Élan", "A Film", "The Zone"]

    def test_a_film_is_there_with_its_count(self) -> None:
        film = make_film()
        make_edition(film=film, verdict=Verdict.MIXED)
        make_edition(film=film, verdict=None)
        assert "Two critics: one mixed, one without a verdict." in read("/films/").text

    def test_a_film_without_a_public_review_is_not(self) -> None:
        make_review(film=make_film(title="Secret"))
        page = read("/films/")
        assert "Secret" not in page.text
        assert "as soon as a review of it is published" in page.text


class TestTheRecord:
    def test_it_says_everything_that_is_known(self) -> None:
        film = make_film(
            title="Ballerina",
            slug="ballerina",
            full_title="From the World of John Wick: Ballerina",
            original_title="Балерина",
            synopsis="An orphan dances.",
            countries="United States",
            languages="English",
            franchise=make_franchise(name="John Wick", slug="john-wick"),
            imdb_id="tt7181546",
        )
        make_credit(film=film, person=make_person(name="Ana de Armas", slug="ana"), character="Eve")
        make_credit(
            film=film, person=make_person(name="Len Wiseman", slug="len"), job="director", character=""
        )
        Release.objects.create(
            film=film,
            territory="GB",
            date=dt.date(2025, 6, 6),
            certificate="15",
            advice="strong violence",
            distributor="Lionsgate",
        )
        make_edition(film=film, tags=("Action",))
        page = read("/films/ballerina/")
        for fact in (
            "Ballerina (2025)",
            "From the World of John Wick: Ballerina",
            "Original title: Балерина",
            "An orphan dances.",
            "Directed by Len Wiseman 125 minutes",
            "Franchise John Wick",
            "Countries United States",
            "Languages English",
            "Director Len Wiseman",
            "Cast Ana de Armas as Eve",
            "GB in cinemas, 6 June 2025 certificate 15 strong violence Lionsgate",
            "Elsewhere: IMDb",
        ):
            assert fact in page.text
        assert page.text.index("Director") < page.text.index("Cast")
        assert "/people/ana/" in page.hrefs()
        assert "/tags/action/" in page.hrefs()
        assert "https://www.imdb.com/title/tt7181546/" in page.hrefs()

    def test_it_omits_facts_that_are_unknown(self) -> None:
        make_edition(
            film=make_film(title="Untitled", slug="untitled", release_year=None, runtime_minutes=None)
        )
        text = read("/films/untitled/").text
        assert "None" not in text
        for label in (
            "Year",
            "Running time",
            "Franchise",
            "Countries",
            "Original title",
            "Elsewhere",
            "Releases",
        ):
            assert label not in text

    def test_tags_of_hidden_reviews_are_not_there(self) -> None:
        film = make_film(slug="film")
        make_edition(film=film, tags=("Open",))
        make_edition(film=film, tags=("Secret",), at=MOMENT + HOUR)
        assert "Secret" not in read("/films/film/").text


class TestTheReviewsOfAFilm:
    def test_each_has_its_critic_verdict_standfirst_and_provenance(self) -> None:
        film = make_film(slug="film")
        critic = make_critic(name="Ada Lens", slug="ada")
        make_edition(
            film=film,
            critic=critic,
            standfirst="Sharp and cold.",
            verdict=Verdict.PAN,
            provenance="digest",
            provenance_note="Known.",
            source_name="Reel",
        )
        (card,) = read("/films/film/").texts(".//article")
        for words in (
            "Ada Lens",
            "Our reading: pan",
            "Sharp and cold.",
            "Our digest of Ada Lens’s review in Reel.",
        ):
            assert words in card

    def test_a_critic_who_wrote_twice_is_listed_twice_and_counted_once_by_the_later(self) -> None:
        film, critic = make_film(slug="film"), make_critic()
        make_edition(film=film, critic=critic, verdict=Verdict.PAN, headline="First", at=MOMENT - HOUR)
        make_edition(film=film, critic=critic, verdict=Verdict.RAVE, headline="Again")
        page = read("/films/film/")
        assert "One critic: one for." in page.text
        again, first = page.texts(".//article")
        assert "First" in first
        assert "the count takes the later review" in first
        assert "the count takes the later review" not in again

    def test_the_count_is_of_all_pages_and_the_list_goes_on(self) -> None:
        film = make_film(slug="film")
        for hours in range(52):
            make_edition(film=film, headline=f"Number {hours}", at=MOMENT - hours * HOUR)
        page = read("/films/film/")
        assert "52 critics: 52 for." in page.text
        assert len(page.all(".//article")) == 50
        (older,) = [href for href in page.hrefs() if "?before=" in href]
        rest = read(older)
        assert "52 critics: 52 for." in rest.text
        assert rest.texts(".//h3") == ["Number 50", "Number 51"]

    def test_no_score_is_averaged(self) -> None:
        film = make_film(slug="film")
        make_edition(film=film, rating="4/5")
        make_edition(film=film, rating="1/5")
        page = read("/films/film/")
        assert "2.5" not in page.text
        assert "aggregateRating" not in page.html


class TestWhereAFilmIsNotPublic:
    def test_there_is_nothing(self) -> None:
        make_review(film=make_film(slug="film"))
        read("/films/film/", status=404)

    def test_its_uid_is_not_found_either(self) -> None:
        film = make_film(slug="film", uid=UUID(int=1))
        make_edition(film=film)
        read(f"/films/{film.uid}/", status=404)
