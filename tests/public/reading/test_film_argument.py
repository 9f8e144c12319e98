"""The argument on a film's page: stances, their order, and that hidden reviews change nothing."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from reviews.desk.verbs import publishing, withdrawing, workflow
from reviews.models import Aspect, Critic, Edition, Film, Review
from reviews.public.fragment_cache import FRAGMENTS
from reviews.public.reading import matrix
from reviews.rules.argument import Stance
from reviews.seeding.factories import (
    MOMENT,
    make_aspect,
    make_critic,
    make_film,
    make_judgement,
    make_outlet,
    make_review,
)
from tests.reading import Document, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

BODY = "The lead is good.\n\nThe *story* is [thin](https://example.org/).\n\n::: spoiler\nShe dies at the end.\n:::"
LEAD, STORY, ENDING = "The lead is good.", "The story is thin.", "She dies at the end."


@pytest.fixture
def film() -> Film:
    make_outlet()
    return make_film(title="The Quarrel", slug="quarrel")


@pytest.fixture
def aspects(film: Film) -> dict[str, Aspect]:
    return {
        "lead": make_aspect(name="Lead", slug="lead", position=1),
        "story": make_aspect(name="Story", slug="story", position=2),
        "ending": make_aspect(name="The dog", slug="dog", position=1, film=film),
    }


EVIDENCE = {"lead": LEAD, "story": STORY, "ending": ENDING}


def written(film: Film, aspects: dict[str, Aspect], name: str, verdict: int | None, **stances: int) -> Review:
    """A working review by a critic with this name, with a judgement for each stance."""
    critic = Critic.objects.filter(name=name).first() or make_critic(name=name, slug=name.lower())
    review = make_review(film=film, critic=critic, verdict=verdict, body=BODY)
    for aspect, stance in stances.items():
        make_judgement(review, aspect=aspects[aspect], stance=stance, evidence=EVIDENCE[aspect])
    return review


def up(review: Review, days_ago: int = 5) -> Edition:
    return publishing.publish(review, at=MOMENT - dt.timedelta(days=days_ago), backdated=True)


def page(query: str = "") -> Document:
    return read(f"/films/quarrel/{query}")


def lines(document: Document) -> list[str]:
    return document.texts(".//table//th[@scope='row']")


class TestTheMatrix:
    def test_seats_run_from_pan_to_rave_and_whoever_states_nothing_comes_last(
        self, film: Film, aspects: dict[str, Aspect]
    ) -> None:
        for name, verdict in (("Ann", 2), ("Bob", None), ("Cy", 0), ("Dee", -2), ("Eve", 0)):
            up(written(film, aspects, name, verdict, lead=1))
        names = page().texts(".//table//th[@scope='col']/a")
        assert names == ["Dee", "Cy", "Eve", "Ann", "Bob"]
        verdicts = page().texts(".//table//th[@scope='col']/i")
        assert verdicts == ["pan", "mixed", "mixed", "rave"]

    def test_a_critic_who_does_not_speak_is_silent(self, film: Film, aspects: dict[str, Aspect]) -> None:
        up(written(film, aspects, "Ann", 1, lead=1))
        up(written(film, aspects, "Bob", 1, story=-1))
        assert page().texts(".//table//td") == ["praise Ann", "silent", "silent", "criticism Bob"]

    def test_without_a_judgement_there_is_no_argument(self, film: Film, aspects: dict[str, Aspect]) -> None:
        up(written(film, aspects, "Ann", 1))
        assert not page().all(".//section[@class='argument']")

    def test_the_reader_chooses_the_order_without_a_script(
        self, film: Film, aspects: dict[str, Aspect]
    ) -> None:
        up(written(film, aspects, "Ann", 1, lead=1, story=1, ending=1))
        up(written(film, aspects, "Bob", 1, lead=1, story=-1, ending=1))
        assert lines(page()) == ["Story", "Lead", "The dog of this film alone"]
        [choice] = [a for a in page().all(".//nav//a") if "order=" in a.get("href", "")]
        assert choice.get("href") == "/films/quarrel/?order=outlet#argument"
        chosen = page("?order=outlet")
        assert lines(chosen) == ["Lead", "Story", "The dog"]
        assert chosen.texts(".//table//th[@scope='rowgroup']") == ["Of every film", "Of this film alone"]
        assert chosen.hrefs("canonical") == page().hrefs("canonical")

    def test_an_order_that_does_not_exist_is_the_usual_one(
        self, film: Film, aspects: dict[str, Aspect]
    ) -> None:
        up(written(film, aspects, "Ann", 1, lead=1))
        assert page("?order=%00nonsense").html == page().html

    def test_a_lone_voice_is_marked_in_the_table_and_in_the_list(
        self, film: Film, aspects: dict[str, Aspect], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name in ("Ann", "Bob", "Cy"):
            up(written(film, aspects, name, 1, lead=1))
        up(written(film, aspects, "Dee", -1, lead=-1))
        assert page().texts(".//td[@class='is-criticism is-lone']") == ["criticism alone Dee"]
        monkeypatch.setattr(matrix, "MOST_WITH_WORDS", 3)
        FRAGMENTS.clear()
        assert "Dee alone" in page().texts(".//section[@class='by-aspect__one']//button")

    def test_later_pages_of_the_reviews_do_not_repeat_it(
        self, film: Film, aspects: dict[str, Aspect], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("reviews.public.pages.films.REVIEWS_A_PAGE", 1)
        for name in ("Ann", "Bob"):
            up(written(film, aspects, name, 1, lead=1))
        [further] = [href for href in page().hrefs() if "before=" in href]
        assert page().all(".//table")
        assert not read(further).all(".//table")


class TestPassages:
    def test_the_words_of_an_original_are_quoted(self, film: Film, aspects: dict[str, Aspect]) -> None:
        up(written(film, aspects, "Ann", 1, story=-1))
        assert page().texts(".//div[@popover]//blockquote") == [f"“{STORY}”"]

    def test_of_a_digest_they_are_ours(self, film: Film, aspects: dict[str, Aspect]) -> None:
        review = written(film, aspects, "Ann", 1, story=-1)
        Review.objects.filter(pk=review.pk).update(provenance="digest", provenance_note="From elsewhere.")
        review.refresh_from_db()
        up(review)
        assert not page().all(".//blockquote")
        assert f"In our digest: {STORY}" in page().texts(".//div[@popover]")[0]

    def test_one_in_a_spoiler_stays_folded(self, film: Film, aspects: dict[str, Aspect]) -> None:
        up(written(film, aspects, "Ann", 1, ending=1))
        document = page()
        assert document.html.count("She dies") == 1
        assert ENDING in document.texts(".//div[@popover]/details[@class='spoiler']")[0]
        assert "open" not in document.all(".//div[@popover]/details")[0].attrib


class TestMany:
    def make_crowd(self, film: Film, aspects: dict[str, Aspect], size: int) -> None:
        for n in range(size):
            up(written(film, aspects, f"Critic{n:02}", 1, lead=1 if n else -1))

    def test_more_than_there_is_room_for_are_a_list_at_every_width(
        self, film: Film, aspects: dict[str, Aspect], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for limit in ("MOST_WITH_WORDS", "MOST_ABREAST", "MOST_COLUMNS"):
            monkeypatch.setattr(matrix, limit, 5)
        self.make_crowd(film, aspects, 5)
        assert page().all(".//table")
        up(written(film, aspects, "Late", 1, lead=1))
        assert not page().all(".//table")
        assert page().all(".//div[@class='by-aspect is-crowd']")

    def test_the_names_of_many_are_folded_away_in_a_list_and_few_need_none(
        self, film: Film, aspects: dict[str, Aspect], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(matrix, "MOST_WITH_WORDS", 3)
        self.make_crowd(film, aspects, 3)
        assert not page().all(".//section[@class='by-aspect__one']")
        up(written(film, aspects, "Late", 1, lead=1))
        [praise, criticism] = page().all(".//section[@class='by-aspect__one']/details")
        assert "open" not in praise.attrib
        assert [len(fold.findall(".//button")) for fold in (praise, criticism)] == [3, 1]

    def test_of_many_who_hold_one_stance_some_are_named_and_all_are_counted(
        self, film: Film, aspects: dict[str, Aspect], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(matrix, "MOST_NAMED", 3)
        monkeypatch.setattr(matrix, "MOST_WITH_WORDS", 3)
        self.make_crowd(film, aspects, 6)
        [entry] = page().texts(".//section[@class='by-aspect__one']")
        assert "praise 5" in entry
        assert "and 2 more" in entry


class TestASecondLook:
    def test_the_later_review_stands_for_the_critic_until_it_is_withdrawn(
        self, film: Film, aspects: dict[str, Aspect]
    ) -> None:
        up(written(film, aspects, "Ann", -2, lead=-1), days_ago=9)
        up(written(film, aspects, "Bob", 1, lead=1), days_ago=8)
        later = written(film, aspects, "Ann", 2, lead=1)
        up(later, days_ago=2)
        assert page().texts(".//table//td") == ["praise Bob", "praise Ann"]
        assert "Two critics: two for." in page().text
        withdrawing.withdraw(later)
        assert page().texts(".//table//td") == ["criticism Ann", "praise Bob"]
        assert "Two critics: one for, one against." in page().text


def draft(review: Review) -> None:
    pass


def in_review(review: Review) -> None:
    workflow.submit(review)


def for_later(review: Review) -> None:
    publishing.publish(review, at=MOMENT + dt.timedelta(hours=1))


def withdrawn(review: Review) -> None:
    up(review)
    withdrawing.withdraw(review)


def rights_ended(review: Review) -> None:
    review.rights_until = MOMENT
    review.save()
    up(review)


HIDDEN: tuple[Callable[[Review], Any], ...] = (draft, in_review, for_later, withdrawn, rights_ended)


class TestNothingHiddenMovesIt:
    """Each hidden review would change the median, the dissenter, the lone voice, the suggestion and the order."""

    @pytest.fixture
    def five(self, film: Film, aspects: dict[str, Aspect]) -> None:
        for name, verdict, lead, story in (
            ("Ann", 2, 1, -1),
            ("Bob", 1, 1, -1),
            ("Cy", 1, 1, 1),
            ("Dee", -1, -1, -1),
        ):
            up(written(film, aspects, name, verdict, lead=lead, story=story))

    def test_it_would_if_it_were_public(self, film: Film, aspects: dict[str, Aspect], five: None) -> None:
        before = page()
        up(written(film, aspects, "Eve", -2, lead=-1, story=1, ending=1))
        after = page()
        for words in ("Dee dissents", "Dee stands alone", "Cy stands alone", "middle verdict of four"):
            assert words in before.text
            assert words not in after.text
        assert lines(before) != lines(after)

    @pytest.mark.parametrize("hide", HIDDEN, ids=lambda hide: hide.__name__)
    @pytest.mark.parametrize("name", ["Eve", "Ann"])
    def test_hidden_it_does_not(
        self, film: Film, aspects: dict[str, Aspect], five: None, hide: Callable[[Review], Any], name: str
    ) -> None:
        before = {query: Client().get(f"/films/quarrel/{query}").content for query in ("", "?order=outlet")}
        hide(written(film, aspects, name, -2, lead=-1, story=1, ending=1))
        for query, content in before.items():
            assert Client().get(f"/films/quarrel/{query}").content == content

    def test_nor_does_a_judgement_that_is_not_published_yet(
        self, film: Film, aspects: dict[str, Aspect], five: None
    ) -> None:
        before = Client().get("/films/quarrel/").content
        review = Review.objects.get(critic__name="Dee")
        make_judgement(review, aspect=aspects["ending"], stance=Stance.PRAISE, evidence=ENDING)
        review.verdict = 2
        review.save()
        assert Client().get("/films/quarrel/").content == before
        publishing.publish(review, at=MOMENT + dt.timedelta(days=1))
        assert Client().get("/films/quarrel/").content == before
