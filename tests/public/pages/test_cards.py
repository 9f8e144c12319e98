"""Share cards: what pages say of them, and that they are there exactly while their page is."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from reviews import clock
from reviews.child_process import ChildFailedError
from reviews.desk.verbs import publishing, withdrawing
from reviews.models import Edition, Film, Franchise, Outlet
from reviews.pictures.turns import BusyError
from reviews.public import as_of
from reviews.public.pages import cards
from reviews.public.pages.reviews import review_page
from reviews.rules.argument import Verdict
from reviews.rules.surrogate_keys import SITE, key_of
from reviews.seeding.factories import (
    MOMENT,
    make_critic,
    make_edition,
    make_embargo,
    make_film,
    make_franchise,
    make_outlet,
    make_review,
)
from tests.reading import Document, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

SECOND = dt.timedelta(seconds=1)
PAGES = {
    "review": "/reviews/a/",
    "film": "/films/f/",
    "critic": "/critics/ada/",
    "franchise": "/franchises/series/",
}
PAIRS = ("/films/f/side-by-side/", "/side-by-side/a/b/")


@pytest.fixture(autouse=True)
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What was asked to be drawn; nothing is."""
    asked: list[Any] = []

    def draw(card: Any) -> bytes:
        asked.append(card)
        return b"a card"

    monkeypatch.setattr(cards, "image_of", draw)
    return asked


def make_pages(**review: Any) -> Edition:
    """One page of each kind, with a card."""
    make_outlet()
    film = make_film(title="La Haine", slug="f", franchise=make_franchise(name="Series", slug="series"))
    ada = make_critic(name="Ada Lens", slug="ada", affiliation="The Other Reel")
    told: dict[str, Any] = {
        "headline": "So far so good",
        "verdict": Verdict.PAN,
        "rating": "1/5",
        "slug": "a",
    }
    return make_edition(film=film, critic=ada, **told | review)


def card_at(page: str) -> str:
    """The path of the card that a page names; empty if none."""
    return (read(page).meta("og:image") or "").removeprefix("http://127.0.0.1:8000")


def said(page: Document) -> dict[str, str | None]:
    names = ("og:image:type", "og:image:width", "og:image:height", "og:image:alt", "twitter:card")
    return {name: page.meta(name) for name in names}


@pytest.fixture
def reader() -> Client:
    return Client()


class TestWhatAPageSaysOfItsCard:
    ALTS = {
        "review": "So far so good · La Haine (2025) · Verdict: pan.",
        "film": "La Haine (2025) · One critic: one against.",
        "critic": "Ada Lens · One film: one against.",
        "franchise": "Series · One film reviewed here.",
    }

    def test_address_size_and_words(self) -> None:
        make_pages()
        for kind, page in PAGES.items():
            assert card_at(page).startswith(f"/cards/{page.split('/')[1]}/")
            assert said(read(page)) == {
                "og:image:type": "image/png",
                "og:image:width": "1200",
                "og:image:height": "630",
                "og:image:alt": self.ALTS[kind],
                "twitter:card": "summary_large_image",
            }

    def test_a_pair_has_its_films(self) -> None:
        film = make_pages().film
        make_edition(film=film, slug="b", verdict=Verdict.RAVE)
        assert {card_at(page) for page in PAIRS} == {card_at("/films/f/")}

    def test_other_pages_have_none(self) -> None:
        make_pages()
        for page in ("/", "/reviews/", "/films/", "/about/"):
            assert card_at(page) == "", page
            assert read(page).meta("twitter:card") == "summary"

    def test_a_preview_and_the_time_machine_have_none(self) -> None:
        edition = make_pages()
        shown = review_page(edition, tags=[], judgements=[], is_preview=True)
        with as_of.elsewhen():
            then = review_page(edition, tags=[], judgements=[])
        assert b"og:image" not in shown.content + then.content

    def test_a_withdrawn_review_has_none(self) -> None:
        review = make_pages().review
        with clock.frozen_at(MOMENT + SECOND):
            withdrawing.withdraw(review, note="It is gone.")
            response = Client().get("/reviews/a/")
        assert response.status_code == 410
        assert b"og:image" not in response.content


class TestWhatACardSays:
    def test_a_review_is_told_by_headline_film_critic_verdict_and_rating(
        self, reader: Client, drawn: list[Any]
    ) -> None:
        make_pages(body="Words.\n\n::: spoiler\nThe butler did it.\n:::", standfirst="The standfirst.")
        reader.get(card_at("/reviews/a/"))
        (card,) = drawn
        assert (card.outlet, card.kicker, card.title) == (
            "The Test Reel",
            "La Haine (2025)",
            "So far so good",
        )
        assert (card.foot.label, card.foot.critic, card.foot.rating) == ("By", "Ada Lens", "1/5")
        assert (card.foot.verdict.label, card.foot.verdict.name, card.foot.verdict.word) == (
            "Verdict:",
            "pan",
            "pan",
        )
        assert "butler" not in repr(card)
        assert "standfirst" not in repr(card)

    def test_no_critic_is_the_author_of_a_digest(self, reader: Client, drawn: list[Any]) -> None:
        make_pages(provenance="digest", provenance_note="Known.", source_name="Reel")
        reader.get(card_at("/reviews/a/"))
        assert drawn[0].foot.label == "Critic:"
        assert drawn[0].foot.verdict.label == "Our reading:"

    def test_a_verdict_that_is_not_stated_is_none_and_a_mixed_one_is(
        self, reader: Client, drawn: list[Any]
    ) -> None:
        film = make_pages(verdict=None).film
        make_edition(film=film, slug="b", verdict=Verdict.MIXED)
        for page in ("/reviews/a/", "/reviews/b/", "/films/f/"):
            reader.get(card_at(page))
        unstated, mixed, count = (card.foot for card in drawn)
        assert unstated.verdict is None
        assert mixed.verdict.name == "mixed"
        assert {stand.name: stand.count for stand in count.stands} == {
            "pan": 0,
            "negative": 0,
            "mixed": 1,
            "positive": 0,
            "rave": 0,
            "unstated": 1,
        }

    def test_a_franchise_shows_posters_of_its_public_films(self, reader: Client, drawn: list[Any]) -> None:
        make_pages()
        series = Franchise.objects.get()
        make_film(title="Hidden", franchise=series)
        make_edition(film=make_film(title="First", franchise=series, release_year=1960))
        reader.get(card_at("/franchises/series/"))
        assert [film.title for film in drawn[0].panel.films] == ["First", "La Haine"]
        assert drawn[0].foot.words == "Two films reviewed here."


class TestTheAddress:
    def test_answers_with_the_card(self, reader: Client) -> None:
        make_pages()
        for page in PAGES.values():
            path = card_at(page)
            response = reader.get(path)
            assert (response.status_code, response.content) == (200, b"a card"), path
            assert response.headers["Content-Type"] == "image/png"
            assert response.headers["Cache-Control"] == "public, max-age=86400, s-maxage=60"
            again = reader.get(path, headers={"if-none-match": response.headers["ETag"]})
            assert (again.status_code, again.content) == (304, b"")

    def test_is_another_one_when_the_card_says_something_else(self, reader: Client) -> None:
        review = make_pages().review
        before = {kind: card_at(page) for kind, page in PAGES.items()}
        review.verdict = Verdict.RAVE
        review.save()
        publishing.publish(review, note=publishing.Note("fact", "We saw it again."))
        changed = {kind for kind, page in PAGES.items() if card_at(page) != before[kind]}
        assert changed == {"review", "film", "critic"}
        assert reader.get(before["review"]).status_code == 404
        Outlet.objects.update(name="The Other Reel")
        assert all(card_at(page) != before[kind] for kind, page in PAGES.items())

    def test_of_a_busy_machine_says_when_to_come_again(
        self, reader: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        make_pages()
        monkeypatch.setattr(cards, "image_of", _raising(BusyError))
        response = reader.get(card_at("/reviews/a/"))
        assert (response.status_code, response.headers["Retry-After"]) == (503, "2")

    @pytest.mark.parametrize(("error", "status"), [(ChildFailedError, 404), (OSError, 503)])
    def test_of_a_card_that_cannot_be_drawn_is_logged(
        self,
        error: type[Exception],
        status: int,
        reader: Client,
        monkeypatch: pytest.MonkeyPatch,
        caplog: Any,
    ) -> None:
        make_pages()
        monkeypatch.setattr(cards, "image_of", _raising(error))
        assert reader.get(card_at("/reviews/a/")).status_code == status
        assert "card for sharing cannot be" in caplog.text

    def test_names_its_page_to_a_cdn_that_is_asked_to_drop_it(self, reader: Client, settings: Any) -> None:
        make_pages()
        settings.CDN_PURGE_URL = "https://cdn.example/purge"
        card = reader.get(card_at("/reviews/a/"))
        assert set(card.headers["Surrogate-Key"].split()) == {SITE, key_of("/reviews/a/")}

    def test_is_read_and_nothing_else(self, reader: Client) -> None:
        make_pages()
        path = card_at("/reviews/a/")
        assert reader.head(path).status_code == 200
        assert reader.post(path).status_code == 405


def _raising(error: type[Exception]) -> Any:
    def draw(card: Any) -> bytes:
        raise error

    return draw


class TestACardIsThereExactlyWhileItsPageIs:
    @pytest.fixture
    def nothing(self, reader: Client) -> Any:
        """What an address of nothing answers."""
        return told(reader, "/cards/reviews/no-such-review/0123456789abcdef.png")

    @pytest.fixture
    def paths(self) -> list[str]:
        """The cards of what goes up at ``MOMENT``, as they will be."""
        make_outlet()
        film = make_film(slug="f", franchise=make_franchise(slug="series"))
        review = make_review(film=film, critic=make_critic(slug="ada"), slug="a")
        with clock.frozen_at(MOMENT - 2 * SECOND):
            publishing.publish(review, at=MOMENT)
        with clock.frozen_at(MOMENT + SECOND):
            return [card_at(page) for page in PAGES.values()]

    def test_to_the_second(self, paths: list[str], nothing: Any, reader: Client, drawn: list[Any]) -> None:
        with clock.frozen_at(MOMENT - SECOND):
            assert all(told(reader, path) == nothing for path in paths)
        assert drawn == []
        with clock.frozen_at(MOMENT + SECOND):
            assert {reader.get(path).status_code for path in paths} == {200}

    def test_not_under_an_embargo(self, paths: list[str], nothing: Any, reader: Client) -> None:
        make_embargo(Film.objects.get(), MOMENT + 3 * SECOND)
        for after in (1, 2):
            with clock.frozen_at(MOMENT + after * SECOND):
                assert all(told(reader, path) == nothing for path in paths)
        with clock.frozen_at(MOMENT + 3 * SECOND):
            assert {reader.get(path).status_code for path in paths} == {200}

    def test_not_after_a_withdrawal_that_is_told_of(
        self, paths: list[str], nothing: Any, reader: Client
    ) -> None:
        with clock.frozen_at(MOMENT + SECOND):
            assert {reader.get(path).status_code for path in paths} == {200}
            withdrawing.withdraw(Edition.objects.get().review, note="It is gone.")
            assert all(told(reader, path) == nothing for path in paths)

    def test_not_at_any_other_address(self, nothing: Any, reader: Client) -> None:
        make_pages()
        digest = Path(card_at("/reviews/a/")).stem
        assert told(reader, "/cards/reviews/a/0123456789abcdef.png") == nothing
        for other in ("/cards/films/f/", "/cards/critics/ada/", "/cards/franchises/series/"):
            assert told(reader, f"{other}{digest}.png") == nothing

    def test_not_in_the_time_machine(self, nothing: Any, reader: Client) -> None:
        make_pages()
        path = card_at("/reviews/a/")
        with as_of.elsewhen():
            assert told(reader, path) == nothing


def told(reader: Client, path: str) -> Any:
    """All that an answer tells, but for the number of the request."""
    response = reader.get(path)
    headers = {name: value for name, value in response.headers.items() if name != "X-Request-ID"}
    return response.status_code, headers, response.content
