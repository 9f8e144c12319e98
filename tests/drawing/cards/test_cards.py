"""Cards as drawn."""

import re
import sys
from dataclasses import replace
from uuid import UUID

import pytest

from reviews.child_process import ChildFailedError
from reviews.drawing.cards import house
from reviews.drawing.cards.contents import Card, FilmPoster, Posters, Stand, Stands
from reviews.drawing.cards.faces import Weight
from reviews.drawing.cards.process import drawn
from reviews.drawing.cards.setting import fitted
from reviews.drawing.cards.sheet import Sheet
from reviews.drawing.monogram import Seat, monogram
from tests.drawing.cards.examples import ANY, BYLINE, CRITIC, FILM, POSTER, REVIEW, inked, picture
from tests.gate.test_project import ROOT

TITLE = (472, 160, 1148, 460)
FOOT = (472, 480, 1148, 590)


class TestACard:
    @pytest.mark.parametrize("card", [REVIEW, FILM, CRITIC])
    def test_is_of_the_size_that_sites_ask_for(self, card: Card) -> None:
        image = picture(card)
        assert image.size == (1200, 630)
        assert inked(image, TITLE) > 1000
        assert inked(image, FOOT) > 1000

    def test_says_all_it_says_within_its_margins(self) -> None:
        long = "Words that go on and on, without any end " * 8
        image = picture(
            REVIEW, title=long, outlet=long, kicker=long, foot=replace(BYLINE, critic=long, rating=long)
        )
        assert inked(image, (1150, 0, 1200, 630)) == 0
        assert inked(image, (421, 0, 470, 630)) == 0
        assert inked(image, (421, 590, 1200, 630)) == 0

    def test_of_an_outlet_that_writes_leftwards_is_its_mirror(self) -> None:
        image = picture(REVIEW, is_leftwards=True, title="باب الحديد")
        assert inked(image, (0, 0, 50, 630)) == 0
        assert inked(image, (781, 0, 1200, 630)) > 100_000

    def test_a_title_with_a_character_that_no_font_has_makes_room_for_the_films(self) -> None:
        without = picture(REVIEW, title="🎬")
        assert list(without.get_flattened_data()) == list(picture(REVIEW, title="").get_flattened_data())
        assert inked(without, TITLE) > 1000

    def test_other_words_that_no_font_has_are_left_out(self) -> None:
        foot = replace(BYLINE, critic="🎬", rating="🎬", label="")
        image = picture(REVIEW, outlet="🎬", kicker="🎬", title="🎬", foot=foot)
        assert inked(image, (472, 112, 1148, 470)) == 0
        assert inked(image, FOOT) > 1000

    def test_a_verdict_that_is_not_stated_is_not_shown(self) -> None:
        image = picture(REVIEW, foot=replace(BYLINE, verdict=None))
        colours = set(image.crop(FOOT).get_flattened_data())
        assert (0x5A, 0x5A, 0x63) in colours
        assert (0x00, 0x69, 0x4F) not in colours

    @pytest.mark.parametrize("seat", Seat)
    def test_every_kind_of_critic_has_a_seat(self, seat: Seat) -> None:
        mark = monogram(ANY, "Ada Lens", seat)
        image = picture(CRITIC, panel=mark)
        assert len(set(image.crop((0, 0, 420, 630)).get_flattened_data())) > 2


class TestDirection:
    def columns(self, words: str, upto: int) -> list[int]:
        """How many pixels are inked in each of the first columns of these words."""
        sheet = Sheet(size=(400, 300))
        setting = fitted(words, Weight.HEAVY, "he", width=400, height=300, sizes=(80,))
        sheet.words(setting, 0, 60, "#000000")
        return [inked(sheet.image, (column, 0, column + 1, 300)) for column in range(upto)]

    def test_latin_after_hebrew_stands_on_its_left(self) -> None:
        alone = self.columns("A", 40)
        assert max(alone) > 10
        assert self.columns("שלום A", 40) == alone
        assert self.columns("A שלום", 40) == alone


class TestTheCount:
    @pytest.mark.parametrize("counts", [(0, 0, 1), (5, 20, 15), (4, 152, 1200), (0, 0, 0)])
    def test_of_any_size_stays_on_the_sheet(self, counts: tuple[int, ...]) -> None:
        stands = tuple(
            Stand(name, count) for name, count in zip(("pan", "mixed", "rave"), counts, strict=True)
        )
        image = picture(FILM, title="", kicker="", foot=Stands("A count.", stands))
        assert inked(image, (472, 112, 1148, 330)) == 0
        assert inked(image, (421, 592, 1200, 630)) == 0


class TestPosters:
    @pytest.mark.parametrize("count", range(1, 7))
    def test_of_any_number_fill_the_panel(self, count: int) -> None:
        films = tuple(replace(POSTER, uid=UUID(int=number)) for number in range(count))
        image = picture(REVIEW, panel=Posters(films))
        assert (0xF1, 0xF1, 0xED) not in set(image.crop((0, 0, 420, 630)).get_flattened_data())


class TestTheDigest:
    def test_is_another_one_for_any_other_content(self) -> None:
        others = [
            replace(REVIEW, title="So far"),
            replace(REVIEW, outlet="The Other Reel"),
            replace(REVIEW, foot=replace(BYLINE, rating="")),
            replace(REVIEW, panel=Posters((FilmPoster(ANY, "La Haine", 1995, 99),))),
            replace(REVIEW, is_leftwards=True),
        ]
        assert len({card.digest for card in [REVIEW, *others]}) == 6
        assert replace(REVIEW).digest == REVIEW.digest
        assert re.fullmatch("[0-9a-f]{16}", REVIEW.digest)


class TestTheProcess:
    def test_draws_what_is_drawn_here(self) -> None:
        assert drawn(REVIEW).startswith(b"\x89PNG")

    def test_one_that_fails_is_reported(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys, "executable", "/bin/false")
        with pytest.raises(ChildFailedError):
            drawn(REVIEW)


def test_the_colours_are_those_of_the_style_sheet() -> None:
    css = (ROOT / "static/css/site.css").read_text()
    light = dict(re.findall(r"--([\w-]+): light-dark\((#\w+),", css))
    ours = (
        house.PAPER,
        house.RAISED,
        house.INK,
        house.SOFT,
        house.LINE,
        house.FOR,
        house.MIXED,
        house.AGAINST,
    )
    names = ("paper", "raised", "ink", "soft", "line", "for", "mixed", "against")
    assert ours == tuple(light[name] for name in names)
