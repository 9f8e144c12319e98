"""A person's films, each with its verdicts, and the pages of a long career."""

import pytest

from reviews.desk.document.documents import document_with
from reviews.desk.verbs import publishing
from reviews.models import Film, Person, Review
from reviews.seeding.factories import (
    MOMENT,
    make_credit,
    make_critic,
    make_edition,
    make_film,
    make_judgement,
    make_person,
    make_review,
)
from reviews.seeding.rows import Batch, EditionWindow
from tests.public.every_page.test_paging import following, walk
from tests.reading import Document, read

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


TITLES = ".//p[@class='person-film__title']"


@pytest.fixture
def person() -> Person:
    return make_person(name="Ana", slug="ana")


def add_films(person: Person, *named: tuple[str, int | None]) -> list[Film]:
    """Films with the person in them and a public review each."""
    batch = Batch()
    films = [make_film(into=batch, title=title, release_year=year) for title, year in named]
    critic = make_critic(into=batch)
    for film in films:
        make_credit(into=batch, film=film, person=person, character="")
        review = make_review(
            into=batch, film=film, critic=critic, status=Review.Status.APPROVED, publish_at=MOMENT
        )
        batch.add_edition(review, document_with(review, [], []), EditionWindow.since(MOMENT))
    batch.write()
    return films


def of_2020(number: int) -> list[tuple[str, int | None]]:
    return [(f"Film {place:02}", 2020) for place in range(number)]


class TestALongCareer:
    def test_every_film_is_listed_once_though_uids_alone_decide_within_a_year(self, person: Person) -> None:
        add_films(person, *[("Same", year) for year in (None, 1999, 2024) for _ in range(15)])
        expected = ["Same (2024)"] * 15 + ["Same (1999)"] * 15 + ["Same"] * 15
        assert walk("/people/ana/", TITLES) == expected
        films = {href for page in pages() for href in page.hrefs() if "/films/film-" in href}
        assert len(films) == 45

    def test_titles_are_in_order_within_a_year(self, person: Person) -> None:
        add_films(
            person, ("The Ä — 100% & more", 1999), *reversed(of_2020(21)), ("Кино 🎬", 1999), ("Elk", 1999)
        )
        newest = [f"{title} ({year})" for title, year in of_2020(21)]
        assert walk("/people/ana/", TITLES) == [
            *newest,
            "The Ä — 100% & more (1999)",
            "Elk (1999)",
            "Кино 🎬 (1999)",
        ]

    def test_a_page_has_twenty_public_films_an_address_and_what_was_said_of_these(
        self, person: Person
    ) -> None:
        *films, last = add_films(person, *of_2020(21))
        hidden = make_film(title="Hidden", release_year=2021)
        make_credit(film=hidden, person=person)
        make_edition(film=hidden, at=MOMENT.replace(day=7))
        review = make_review(film=last, body="Ana carries every scene.")
        make_judgement(review, evidence="Ana carries every scene.")
        publishing.publish(review)
        first, second = pages()
        assert first.texts(TITLES) == [str(film) for film in films]
        assert second.texts(TITLES) == [str(last)]
        assert ["Ana carries" in page.text for page in (first, second)] == [False, True]
        assert "/people/ana/" in second.hrefs()
        assert first.hrefs("canonical") == ["http://127.0.0.1:8000/people/ana/"]
        address = following(first, "/people/ana/")
        assert address == f"/people/ana/?after={films[-1].uid.hex}-2020-film+19"
        assert read(f"{address}&utm_source=x").hrefs("canonical") == [f"http://127.0.0.1:8000{address}"]

    def test_twenty_films_need_no_second_page(self, person: Person) -> None:
        add_films(person, *of_2020(20))
        assert len(pages()) == 1

    def test_a_page_past_the_end_links_back(self, person: Person) -> None:
        add_films(person, ("Film", 2020))
        for year in ("1800", ""):
            page = read(f"/people/ana/?after={'f' * 32}-{year}-zzzz")
            assert "The list ends before this page." in page.text
            assert "/people/ana/" in page.hrefs()

    @pytest.mark.parametrize(
        "query",
        [
            "after=",
            "after=2020",
            f"after={'0' * 32}",
            f"after={'0' * 32}-20200-a",
            f"after={'g' * 32}-2020-a",
        ],
    )
    def test_an_invalid_cursor_is_not_found(self, person: Person, query: str) -> None:
        add_films(person, ("Film", 2020))
        read(f"/people/ana/?{query}", status=404)


def pages() -> list[Document]:
    """Every page of a person's."""
    found = [read("/people/ana/")]
    while address := following(found[-1], "/people/ana/"):
        assert len(found) < 5
        found.append(read(address))
    return found
