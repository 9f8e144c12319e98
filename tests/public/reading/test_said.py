"""Passages about a person on their page: who is named, whose words they are, and what is never quoted."""

import datetime as dt
from typing import Any

import pytest

from reviews.desk.verbs import publishing, withdrawing
from reviews.models import Edition, Film
from reviews.public.reading.said import PASSAGES, names, surname
from reviews.rules.argument import Stance
from reviews.seeding.factories import (
    MOMENT,
    make_aspect,
    make_credit,
    make_critic,
    make_film,
    make_judgement,
    make_person,
    make_review,
)
from tests.reading import Document, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

DAY = dt.timedelta(days=1)
PASSAGE = "De Armas carries every scene."


@pytest.fixture
def film() -> Film:
    """A film with Ana de Armas in it."""
    film = make_film(title="Ballerina", slug="ballerina")
    make_credit(film=film, person=make_person(name="Ana de Armas", slug="ana"))
    return film


def say(
    passage: str, film: Film, *, at: dt.datetime = MOMENT, stance: int = Stance.PRAISE, **fields: Any
) -> Edition:
    """A published review with one judgement, of the cast, with this passage."""
    fields = {"body": f"It waits.\n\n{passage}\n\nIt ends.", "provenance_note": "From elsewhere."} | fields
    review = make_review(film=film, **fields)
    make_judgement(review, evidence=passage, stance=stance, aspect=make_aspect(name="Cast"))
    return publishing.publish(review, at=at, backdated=at < MOMENT)


def said(page: Document | None = None) -> list[str]:
    """Each entry on her page, in words."""
    return (page or read("/people/ana/")).texts(".//ul[@class='said-list']/li")


class TestAnEntry:
    def test_says_who_holds_what_about_which_aspect_and_leads_to_the_passage(self, film: Film) -> None:
        edition = say(
            PASSAGE, film, critic=make_critic(name="Ada Lens", slug="ada"), headline="En pointe", slug="ada"
        )
        page = read("/people/ana/")
        (entry,) = said(page)
        assert entry == f"Cast: praise Ada Lens {PASSAGE} En pointe on Ballerina (2025)"
        assert page.texts(".//main//h2") == ["Films", "What was said"]
        assert len(page.all(".//li[@class='said is-praise']")) == 1
        assert "/critics/ada/" in page.hrefs()
        (link,) = [href for href in page.hrefs() if href.startswith("/reviews/ada/#")]
        assert f'id="{link.partition("#")[2]}"' in read(edition.get_absolute_url()).html

    @pytest.mark.parametrize("provenance", ["original", "syndicated"])
    def test_quotes_a_critic(self, film: Film, provenance: str) -> None:
        say(PASSAGE, film, provenance=provenance, source_name="Reel")
        page = read("/people/ana/")
        assert page.texts(".//main//q") == [PASSAGE]
        assert "Our digest" not in page.text

    def test_never_puts_our_words_into_a_critics_mouth(self, film: Film) -> None:
        say(PASSAGE, film, provenance="digest", source_name="Reel", critic=make_critic(name="Ada Lens"))
        page = read("/people/ana/")
        (entry,) = said(page)
        assert f"Our digest of Ada Lens {PASSAGE}" in entry
        assert page.all(".//q") == page.all(".//blockquote") == []
        for mark in '“”"«»':
            assert mark not in entry

    def test_names_no_author_that_could_not_be_established(self, film: Film) -> None:
        critic = make_critic(name="Author unknown", slug="unknown", kind="unknown")
        say(PASSAGE, film, provenance="digest", critic=critic)
        (entry,) = said()
        assert f"Our digest of a review whose author we could not establish {PASSAGE}" in entry

    @pytest.mark.parametrize("provenance", ["original", "digest"])
    def test_leaves_out_a_passage_in_a_spoiler(self, film: Film, provenance: str) -> None:
        body = f"It waits.\n\n::: spoiler\n{PASSAGE}\n:::\n\nIt ends."
        say(PASSAGE, film, body=body, provenance=provenance, slug="spoiled", stance=Stance.CRITICISM)
        page = read("/people/ana/")
        assert PASSAGE not in page.html
        (entry,) = said(page)
        assert "Cast: criticism" in entry
        assert "This passage gives something away" in entry
        assert any(href.startswith("/reviews/spoiled/#") for href in page.hrefs())

    def test_a_mixed_one_has_its_sign_and_word(self, film: Film) -> None:
        say(PASSAGE, film, stance=Stance.MIXED)
        page = read("/people/ana/")
        assert said(page)[0].startswith("Cast: mixed")
        assert "#sign-mixed" in page.html


class TestWhoIsNamed:
    def test_somebody_credited_on_the_film_by_their_last_word(self, film: Film) -> None:
        say("The lead carries every scene.", film)
        assert said() == []
        assert "What was said" not in read("/people/ana/").text
        say("Armas carries every scene.", film)
        assert len(said()) == 1

    def test_not_in_reviews_of_films_that_are_not_theirs(self, film: Film) -> None:
        say("The lead carries every scene.", film)
        say(PASSAGE, make_film(title="Another"))
        assert said() == []

    def test_a_namesake_on_the_film_is_told_apart_by_the_whole_name(self, film: Film) -> None:
        make_credit(film=film, person=make_person(name="Luis Armas", slug="luis"))
        other = make_film(title="Another", slug="another")
        make_credit(film=other, person=film.credits.order_by("pk")[0].person)
        say("Armas carries every scene.", film)
        say("Ana de Armas carries every scene.", film)
        say("Armas carries the other film.", other)
        assert sorted(entry.partition(" carries ")[2][:11] for entry in said()) == [
            "every scene",
            "the other f",
        ]
        (entry,) = [entry for entry in said() if "every scene" in entry]
        assert "Ana de Armas carries" in entry
        assert read("/people/luis/").all(".//ul[@class='said-list']") == []

    def test_somebody_with_two_jobs_is_no_namesake_of_themselves(self, film: Film) -> None:
        make_credit(film=film, person=film.credits.get().person, job="producer", character="")
        say(PASSAGE, film)
        assert len(said()) == 1

    def test_an_apostrophe_and_an_accent_may_be_typed_either_way(self) -> None:
        film = make_film()
        for name, slug in (("Peter O’Toole", "peter"), ("Pedro Almodóvar", "pedro")):
            make_credit(film=film, person=make_person(name=name, slug=slug))
        say("Here is O'Toole at his best.", film)
        say("Here is Almodo\u0301var’s best.", film)
        for slug in ("peter", "pedro"):
            assert len(said(read(f"/people/{slug}/"))) == 1

    def test_a_name_in_cyrillic_is_found(self) -> None:
        film = make_film()
        make_credit(film=film, person=make_person(name="Андрей Тарковский", slug="a"))
        say("Здесь Тарковский ждёт.", film)
        assert len(said(read("/people/a/"))) == 1


class TestWhichReviewsCount:
    def test_what_is_hidden_says_nothing(self, film: Film) -> None:
        say("The lead carries every scene.", film)
        before = read("/people/ana/").html
        make_judgement(make_review(film=film, body=PASSAGE), evidence=PASSAGE)
        say(PASSAGE, film, at=MOMENT + DAY)
        withdrawing.withdraw(say(PASSAGE, film, at=MOMENT - DAY).review)
        assert PASSAGE not in read("/people/ana/").text
        assert said() == []
        assert before.count("said") == read("/people/ana/").html.count("said")

    def test_each_critic_speaks_by_their_latest_public_review_of_the_film(self, film: Film) -> None:
        critic, again = make_critic(), make_film(title="Again", slug="again")
        make_credit(film=again, person=film.credits.get().person)
        say("At first de Armas is stiff.", film, critic=critic, at=MOMENT - 2 * DAY)
        say("Now de Armas is a marvel.", film, critic=critic, at=MOMENT - DAY)
        say("One day de Armas will be dull.", film, critic=critic, at=MOMENT + DAY)
        say("Elsewhere de Armas is good.", again, critic=critic, at=MOMENT - 3 * DAY)
        say("To others de Armas is fine.", film, at=MOMENT - 4 * DAY)
        text = read("/people/ana/").text
        for words in ("is a marvel", "is good", "is fine"):
            assert words in text
        for words in ("is stiff", "will be dull"):
            assert words not in text

    def test_of_two_at_one_moment_the_first_by_uid_is_the_latest(self, film: Film) -> None:
        critic = make_critic()
        editions = [say(f"De Armas is number {n}.", film, critic=critic) for n in (1, 2)]
        latest = min(editions, key=lambda edition: edition.review_uid)
        (entry,) = said()
        assert f"number {1 + editions.index(latest)}" in entry

    def test_the_newest_twenty_are_shown(self, film: Film) -> None:
        for n in range(PASSAGES + 2):
            say(f"De Armas is number {n}.", film, at=MOMENT - n * DAY)
        entries = said()
        assert len(entries) == PASSAGES == 20
        assert "number 0." in entries[0]
        assert "number 19." in entries[-1]


class TestNames:
    @pytest.mark.parametrize(
        ("name", "passage"),
        [
            ("Ana de Armas", "Here Ana de Armas dances."),
            ("Ana de Armas", "Ana  de\u00a0Armas dances."),
            ("Ana de Armas", "De Armas’s anger"),
            ("Ana de Armas", "(Armas)"),
            ("Len Wiseman", "Wiseman"),
            ("Len Wiseman", "a Wiseman-directed film"),
            ("Peter O'Toole", "O’Toole’s best"),
            ("Anya Taylor-Joy", "Taylor-Joy waits"),
            ("Zendaya", "Zendaya waits"),
            ("MØ", "MØ sings"),
            ("Bong Joon-ho", "Here Bong Joon-ho waits"),
            ("Robert Downey Jr.", "Robert Downey Jr. waits"),
        ],
    )
    def test_name_somebody(self, name: str, passage: str) -> None:
        assert names(name, passage)

    @pytest.mark.parametrize(
        ("name", "passage"),
        [
            ("Ana de Armas", "The armas are drawn."),
            ("Ana de Armas", "Armasian anger"),
            ("Ana de Armas", "Ana waits."),
            ("Len Wise", "Wiseman"),
            ("Sam Neill", "O’Neill"),
            ("Emma Joy", "Taylor-Joy waits"),
            ("Emma Taylor", "Taylor-Joy waits"),
            ("Bo Li", "Li waits"),
            ("Robert Downey Jr.", "Jr. waits"),
            ("Harry Connick III", "John Wick III"),
            ("", "Nobody"),
            ("...", "Wait..."),
        ],
    )
    def test_name_nobody(self, name: str, passage: str) -> None:
        assert not names(name, passage)

    def test_by_the_whole_name_only_where_the_last_word_is_shared(self) -> None:
        assert not names("Ana de Armas", "De Armas dances", by_surname=False)
        assert names("Ana de Armas", "Ana de Armas dances", by_surname=False)

    @pytest.mark.parametrize(
        ("name", "last"),
        [("Ana de Armas", "Armas"), ("Bo Li", ""), ("Downey, Jr.", ""), ("", ""), ("Cher", "Cher")],
    )
    def test_the_last_word(self, name: str, last: str) -> None:
        assert surname(name) == last
