"""Posters: always the same for a film, with a part for every ten minutes, and a title that fits."""

import re
from collections.abc import Iterable
from uuid import UUID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.drawing import Poster, compositions, poster
from reviews.drawing.chance import Chance
from reviews.drawing.palettes import PALETTES
from reviews.drawing.poster import HEIGHT, MOST_PARTS, WIDTH

NAMES = UUID("00000000-0000-0000-0000-00000000000f")
UIDS = st.uuids()


def drawn(title: str = "Ballerina", number: int = 0, *, minutes: int | None = 125) -> Poster:
    return poster(uuid5(NAMES, str(number)), title, year=2025, minutes=minutes)


def many(count: int = 400) -> Iterable[Poster]:
    return (drawn(number=number) for number in range(count))


def parts_in(sheet: Poster) -> int:
    """The number of parts on a poster: the figures, and the one that differs."""
    figures = [shape for shape in sheet.shapes if shape.fill in (sheet.palette.figure, sheet.palette.accent)]
    return sum(shape.d.count("M") for shape in figures)


class TestTheUidDecides:
    @given(UIDS)
    def test_the_same_uid_draws_the_same_poster(self, uid: UUID) -> None:
        assert poster(uid, "A", year=1950, minutes=90) == poster(uid, "A", year=1950, minutes=90)

    def test_a_renamed_film_keeps_its_drawing(self) -> None:
        assert drawn("Ballerina").shapes == drawn("From the World of John Wick").shapes

    def test_hardly_any_two_films_are_alike(self) -> None:
        assert len({sheet.shapes for sheet in many(60)}) > 55

    def test_every_palette_and_composition_is_used(self) -> None:
        assert {sheet.palette for sheet in many()} == set(PALETTES)
        drew = {Chance(uuid5(NAMES, str(number)), "poster") for number in range(400)}
        picked = set()
        for chance in drew:
            chance.pick(PALETTES)
            picked.add(chance.pick(compositions.ALL))
        assert picked == set(compositions.ALL)


class TestOnePartForEveryTenMinutes:
    @pytest.mark.parametrize("draw", compositions.ALL)
    @pytest.mark.parametrize("parts", range(5, MOST_PARTS + 1))
    def test_a_composition_draws_as_many_parts_as_it_is_asked_for(
        self, draw: compositions.Composition, parts: int
    ) -> None:
        sheet = draw(parts, Chance(NAMES, "parts"))
        assert len(sheet.parts) == parts
        assert all(part.startswith("M") and part.endswith("z") for part in sheet.parts)

    @pytest.mark.parametrize("draw", compositions.ALL)
    def test_every_part_is_on_the_sheet(self, draw: compositions.Composition) -> None:
        for parts in (5, 13, MOST_PARTS):
            for part in draw(parts, Chance(NAMES, "sheet")).parts:
                x, y = (float(number) for number in re.findall(r"M(-?[\d.]+) (-?[\d.]+)", part)[0])
                assert -160 <= x <= WIDTH + 1
                assert 0 <= y <= compositions.FOOT

    def test_one_part_differs(self) -> None:
        for sheet in many(60):
            (figure,) = [shape.d for shape in sheet.shapes if shape.fill == sheet.palette.figure]
            (accent,) = [shape.d for shape in sheet.shapes if shape.fill == sheet.palette.accent]
            assert accent not in figure

    def test_a_longer_film_has_more_parts(self) -> None:
        for number in range(30):
            assert parts_in(drawn(number=number, minutes=200)) > parts_in(drawn(number=number, minutes=90))

    @pytest.mark.parametrize("minutes", [None, 1, 9, 60 * 24 * 40])
    def test_any_length_can_be_drawn(self, minutes: int | None) -> None:
        assert all(drawn(number=number, minutes=minutes).shapes for number in range(30))


class TestTheTitle:
    @given(st.text(max_size=300), UIDS)
    def test_any_title_stays_on_the_sheet(self, title: str, uid: UUID) -> None:
        sheet = poster(uid, title, year=None, minutes=None)
        assert 1 <= len(sheet.lines) <= 6
        assert all(compositions.FOOT < line.y <= HEIGHT for line in sheet.lines)

    def test_a_short_title_is_large_and_a_long_one_small(self) -> None:
        long = "Dr. Strangelove or: How I Learned to Stop Worrying and Love the Bomb"
        assert drawn("Up").size > drawn("Ballerina").size > drawn(long).size

    def test_no_word_is_lost(self) -> None:
        title = "The Cook, the Thief, His Wife & Her Lover"
        assert " ".join(line.text for line in drawn(title).lines) == title

    def test_what_does_not_fit_ends_in_an_ellipsis(self) -> None:
        assert drawn("word " * 60).lines[-1].text.endswith("…")

    def test_a_word_without_spaces_is_broken_at_the_edge(self) -> None:
        assert len(drawn("七" * 30).lines) > 1

    @pytest.mark.parametrize(("title", "leftwards"), [("שלום", True), ("الفيلم", True), ("8½", False)])
    def test_a_title_begins_on_the_side_its_script_does(self, title: str, leftwards: bool) -> None:
        sheet = drawn(title)
        assert sheet.is_leftwards is leftwards
        assert (sheet.x > WIDTH / 2) is leftwards

    def test_the_year_is_shown_where_it_is_known(self) -> None:
        assert drawn().year == "2025"
        assert poster(NAMES, "A", year=None, minutes=None).year == ""


def luminance(colour: str) -> float:
    """Relative luminance, as WCAG 2.2 defines it."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("palette", PALETTES)
def test_ink_can_be_read_on_every_ground(palette: object) -> None:
    light, dark = sorted(
        (luminance(getattr(palette, "ground")), luminance(getattr(palette, "ink"))),  # noqa: B009
        reverse=True,
    )
    assert (light + 0.05) / (dark + 0.05) >= 4.5
