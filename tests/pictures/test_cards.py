"""Share cards as files: drawn once, kept in a bounded number, one at a time."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from reviews.pictures import cards
from reviews.pictures.turns import BusyError, Turns
from tests.drawing.cards.examples import REVIEW


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.VAR_DIR = tmp_path
    return tmp_path / "cards"


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    titles: list[str] = []

    def draw(card: Any) -> bytes:
        titles.append(card.title)
        return str(card.title).encode()

    monkeypatch.setattr(cards, "drawn", draw)
    return titles


class TestACardIsDrawnOnce:
    def test_for_what_it_says(self, drawn: list[str]) -> None:
        other = replace(REVIEW, title="Other words")
        assert [cards.image_of(card) for card in (REVIEW, REVIEW, other, REVIEW)] == [
            b"So far so good",
            b"So far so good",
            b"Other words",
            b"So far so good",
        ]
        assert drawn == ["So far so good", "Other words"]

    def test_also_by_those_who_waited_for_their_turn(
        self, drawn: list[str], folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        class OthersFirst(Turns):
            def soon(self) -> Any:
                cards._keep(folder / f"{REVIEW.digest}.png", b"theirs")
                return super().soon()

        monkeypatch.setattr(cards, "_TURNS", OthersFirst("cards", most_waiting=1, longest_wait=0))
        folder.mkdir()
        assert cards.image_of(REVIEW) == b"theirs"
        assert drawn == []


class TestWhatIsKept:
    def test_is_bounded(self, drawn: list[str], folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(cards, "MOST_KEPT", 3)
        for number in range(5):
            cards.image_of(replace(REVIEW, title=str(number)))
        assert {path.read_bytes() for path in folder.iterdir()} == {b"2", b"3", b"4"}

    def test_is_for_the_sites_own_account(self, drawn: list[str], folder: Path) -> None:
        cards.image_of(REVIEW)
        (kept,) = folder.iterdir()
        assert (folder.stat().st_mode & 0o777, kept.stat().st_mode & 0o777) == (0o700, 0o600)

    def test_is_not_needed_for_an_answer(
        self, drawn: list[str], folder: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        folder.write_text("in the way of the folder")
        assert cards.image_of(replace(REVIEW, title="Drawn")) == b"Drawn"
        assert "drawn again" in caplog.text


class TestTurns:
    @pytest.fixture
    def one(self) -> Turns:
        return Turns("ones", most_waiting=1, longest_wait=0.05)

    def test_whoever_finds_no_place_is_told_to_come_again(self, one: Turns) -> None:
        with one.soon(), pytest.raises(BusyError), one.soon():
            pass
        with one.soon():
            pass

    def test_whoever_waits_for_another_process_is_told_so_after_a_while(self, one: Turns) -> None:
        another = Turns("ones", most_waiting=1, longest_wait=0)
        with another.sometime(), pytest.raises(BusyError), one.soon():
            pass
        with one.soon():
            pass
