"""Franchises: which are listed, with how many films, and a franchise's films in order of release."""

import datetime as dt
from typing import Any

import pytest

from reviews.models import Franchise
from reviews.seeding.factories import (
    MOMENT,
    make_critic,
    make_edition,
    make_film,
    make_franchise,
    make_review,
)
from tests.reading import read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

DAY = dt.timedelta(days=1)
SVG = "{http://www.w3.org/2000/svg}"


def series(name: str = "John Wick", slug: str = "john-wick", **fields: Any) -> Franchise:
    return make_franchise(name=name, slug=slug, **fields)


class TestTheList:
    def test_it_is_by_name_and_of_those_with_a_public_review(self) -> None:
        for name, slug in (("Rocky", "rocky"), ("Alien", "alien")):
            make_edition(film=make_film(franchise=series(name, slug)))
        make_review(film=make_film(franchise=series("Hidden", "hidden")))
        series("Empty", "empty")
        page = read("/franchises/")
        assert page.texts(".//main//li/p[1]") == ["Alien", "Rocky"]
        assert "/franchises/alien/" in page.hrefs()

    def test_it_says_how_many_films_of_each_are_reviewed(self) -> None:
        wick, alien = series(description="A hired killer."), series("Alien", "alien")
        for _ in range(2):
            film = make_film(franchise=wick)
            make_edition(film=film)
            make_edition(film=film)
        make_edition(film=make_film(franchise=wick), at=MOMENT + DAY)
        make_edition(film=make_film(franchise=alien))
        text = read("/franchises/").text
        assert "John Wick 2 films reviewed here A hired killer." in text
        assert "Alien 1 film reviewed here" in text

    def test_hidden_ones_fill_no_page(self) -> None:
        make_edition(film=make_film(franchise=series("Zatoichi", "zatoichi")))
        for n in range(25):
            make_review(film=make_film(franchise=series(f"Alien {n}", f"alien-{n}")))
        page = read("/franchises/")
        assert page.texts(".//main//li/p[1]") == ["Zatoichi"]
        assert page.all(".//nav[@class='pager']") == []

    def test_those_of_one_name_are_listed_apart(self) -> None:
        for slug in ("ghost", "ghost-2"):
            make_edition(film=make_film(franchise=series("Ghost", slug)))
        assert {"/franchises/ghost/", "/franchises/ghost-2/"} <= set(read("/franchises/").hrefs())

    def test_a_page_past_the_end_links_back(self) -> None:
        make_edition(film=make_film(franchise=series()))
        page = read(f"/franchises/?after={'0' * 32}-zzzz")
        assert "The list ends before this page." in page.text
        assert "/franchises/" in page.hrefs()

    def test_the_films_lead_to_it(self) -> None:
        assert "/franchises/" in read("/films/").hrefs()


class TestAFranchise:
    def test_its_public_films_are_in_order_of_release(self) -> None:
        franchise = series(description="A hired killer.\n\nAnd a dog.")
        for title, year in (("Third", 2019), ("Undated", None), ("First", 2014), ("Also third", 2019)):
            make_edition(film=make_film(title=title, release_year=year, franchise=franchise))
        make_review(film=make_film(title="Hidden", release_year=2017, franchise=franchise))
        make_edition(film=make_film(title="Of no franchise"))
        page = read("/franchises/john-wick/")
        assert page.texts(".//h1") == ["John Wick"]
        assert page.texts(".//h3") == ["First", "Also third", "Third", "Undated"]
        for words in ("A hired killer.", "And a dog.", "2014", "undated"):
            assert words in page.text
        assert "None" not in page.text

    def test_each_film_shows_what_its_critics_hold(self) -> None:
        film = make_film(franchise=series(), slug="wick", synopsis="A dog dies.")
        critic = make_critic()
        make_edition(film=film, critic=critic, verdict=-1, at=MOMENT - DAY)
        make_edition(film=film, critic=critic, verdict=2)
        make_edition(film=film, verdict=-2)
        make_edition(film=film, verdict=-2, at=MOMENT + DAY)
        page = read("/franchises/john-wick/")
        assert "Two critics: one for, one against." in page.text
        assert "A dog dies." in page.text
        assert [sign.get("class") for sign in page.all(f".//p[@class='row']/{SVG}svg")] == [
            "sign is-pan",
            "sign is-rave",
        ]
        assert "/films/wick/" in page.hrefs()

    def test_without_a_public_film_it_is_as_if_it_never_existed(self) -> None:
        franchise = series(slug="hidden")
        series("Empty", slug="empty")
        make_edition(film=make_film(franchise=franchise), at=MOMENT + DAY)
        never = read("/franchises/never/", status=404).html
        assert read("/franchises/hidden/", status=404).html == never
        assert read("/franchises/empty/", status=404).html == never

    def test_its_films_lead_to_it(self) -> None:
        make_edition(film=make_film(slug="wick", franchise=series()))
        assert "/franchises/john-wick/" in read("/films/wick/").hrefs()

    def test_it_says_of_itself_what_it_is(self) -> None:
        make_edition(film=make_film(franchise=series()))
        page = read("/franchises/john-wick/")
        assert page.meta("description") == "The films of John Wick reviewed here."
        assert page.hrefs("canonical") == ["http://127.0.0.1:8000/franchises/john-wick/"]
