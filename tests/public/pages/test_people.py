"""A person's films, each with its verdicts."""

import pytest

from reviews.seeding.factories import MOMENT, make_credit, make_critic, make_edition, make_film, make_person
from tests.reading import read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

SVG = "{http://www.w3.org/2000/svg}"


def test_each_film_shows_its_verdicts_and_the_count_in_words() -> None:
    film, critic = make_film(title="Ballerina", slug="ballerina"), make_critic()
    make_credit(film=film, person=make_person(name="Ana", slug="ana"), character="Eve")
    make_edition(film=film, verdict=2)
    make_edition(film=film, verdict=-1, critic=critic, at=MOMENT.replace(day=1))
    make_edition(film=film, verdict=None, critic=critic)
    make_edition(film=film, verdict=-2, at=MOMENT.replace(day=7))
    page = read("/people/ana/")
    (entry,) = page.texts(".//li[@class='person-film']/div")
    assert entry == "Ballerina (2025) Cast: Eve Two critics: one for, one without a verdict."
    signs = [sign.get("class") for sign in page.all(f".//p[@class='row']/{SVG}svg")]
    assert signs == ["sign is-rave", "sign is-unstated"]


def test_the_newest_film_comes_first() -> None:
    person = make_person(name="Ana", slug="ana")
    for title, year in (("Old", 1999), ("Undated", None), ("New", 2024), ("As old", 1999)):
        film = make_film(title=title, release_year=year)
        make_credit(film=film, person=person, character="")
        make_edition(film=film)
    titles = read("/people/ana/").texts(".//p[@class='person-film__title']")
    assert titles == ["New (2024)", "As old (1999)", "Old (1999)", "Undated"]
