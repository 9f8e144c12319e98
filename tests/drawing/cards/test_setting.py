"""Lines: they fit their box, are cut at a word, and are broken where their script may be."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviews.drawing.cards.faces import Weight
from reviews.drawing.cards.setting import Setting, _clusters, fitted

SIZES = range(96, 38, -2)
WIDTH, HEIGHT = 676, 280


def set_in_box(words: str, **box: int) -> Setting | None:
    asked = {"width": WIDTH, "height": HEIGHT} | box
    return fitted(words, Weight.HEAVY, "en", sizes=SIZES, leading=1.0, **asked)


def lines(words: str, **box: int) -> tuple[str, ...]:
    found = set_in_box(words, **box)
    assert found is not None
    return found.lines


class TestSize:
    def test_short_words_are_set_as_large_as_is_allowed(self) -> None:
        found = set_in_box("Ran")
        assert found is not None
        assert (found.size, found.lines) == (96, ("Ran",))

    def test_longer_words_are_set_smaller_until_all_of_them_fit(self) -> None:
        words = "Ana de Armas shines in a logic-light yet fun and action-heavy spin-off"
        found = set_in_box(words)
        assert found is not None
        assert 38 < found.size < 96
        assert "".join(found.lines).replace(" ", "") == words.replace(" ", "")

    def test_lines_are_about_equally_long(self) -> None:
        found = fitted(
            "The critics disagree about it",
            Weight.HEAVY,
            "en",
            width=430,
            height=90,
            sizes=(40,),
            leading=1.0,
        )
        assert found is not None
        assert found.lines == ("The critics", "disagree about it")

    @given(st.text(st.sampled_from("abc mWñ-–é,Ωя"), max_size=250))
    @settings(max_examples=25)
    def test_whatever_is_set_stays_in_its_box(self, words: str) -> None:
        found = set_in_box(words)
        if found:
            assert found.width <= WIDTH + 1
            assert found.height <= HEIGHT


class TestWhatIsTooLong:
    LONG = "An interminable history of the committee which decided that nobody should watch " * 5

    @pytest.mark.parametrize("width", range(420, 680, 20))
    def test_is_cut_after_a_word(self, width: int) -> None:
        told = " ".join(lines(self.LONG, width=width, height=120))
        assert told.endswith("…")
        assert self.LONG.startswith(told.removesuffix("…"))
        assert self.LONG[len(told) - 1] == " "

    def test_a_word_that_is_wider_than_a_line_is_broken(self) -> None:
        assert len(lines("Donaudampfschifffahrtsgesellschaftskapitänsmütze", width=300)) > 1

    def test_no_words_are_no_lines(self) -> None:
        assert set_in_box(" \u200b ") is None


class TestWhereLinesEnd:
    def test_after_a_hyphen_between_letters(self) -> None:
        assert lines("logic-light", width=300, height=200) == ("logic-", "light")

    def test_thai_where_a_syllable_begins(self) -> None:
        found = lines("ลุงบุญมีระลึกชาติกับความเงียบที่ไม่มีวันจบสิ้นของป่าใหญ่")
        assert len(found) > 1
        assert all(line[0] in "เแโใไ" for line in found[1:])

    @pytest.mark.parametrize("text", ["静けさ、別れ。" * 6, "「東京」物語" * 6])
    def test_japanese_not_before_what_closes_nor_after_what_opens(self, text: str) -> None:
        clusters = _clusters(text)
        assert "".join(clusters) == text
        assert not any(cluster[0] in "、。」" or cluster[-1] in "「" for cluster in clusters)

    def test_arabic_is_set_from_right_to_left(self) -> None:
        found = set_in_box("باب الحديد")
        assert found is not None
        assert found.is_leftwards
        assert found.leading > found.size * 1.3
