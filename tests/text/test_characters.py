from xml.etree.ElementTree import fromstring
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.text import clean_characters, has_line_break, one_line

ANY_TEXT = st.text(st.characters(categories=None))
LINE_BREAKS = ("\n", "\r", "\r\n", "\x0b", "\x0c", "\x85", "\u2028", "\u2029")
"""What Unicode calls a mandatory line break (UAX 14: CR, LF, NL, BK)."""


class TestCleanCharacters:
    def test_controls_go_and_tab_and_line_feed_stay(self) -> None:
        assert clean_characters("a\x00b\x08c\x0bd\x0ce\x1ff\tg\nh") == "abcdef\tg\nh"

    def test_every_line_break_becomes_a_line_feed(self) -> None:
        assert clean_characters("a\r\nb\rc\x85d") == "a\nb\nc\nd"

    def test_lone_surrogates_go(self) -> None:
        assert clean_characters("a\ud800b\udfffc") == "abc"

    def test_what_html_forbids_goes_too(self) -> None:
        assert clean_characters("a\x7fb\x9fc\ufdd0d\uffffe\U0001fffef") == "abcdef"

    def test_letters_emoji_and_joiners_stay(self) -> None:
        text = "Amélie, Кино, 電影, 👩\u200d🚀, e\u0301, soft\u00adhyphen"
        assert clean_characters(text) == text

    @given(ANY_TEXT)
    def test_any_text_becomes_valid_xml_and_stays_so(self, text: str) -> None:
        clean = clean_characters(text)
        assert (fromstring(f"<t>{escape(clean)}</t>").text or "") == clean
        assert clean_characters(clean) == clean


class TestOneLine:
    @pytest.mark.parametrize("line_break", LINE_BREAKS)
    def test_a_line_break_becomes_a_space(self, line_break: str) -> None:
        assert one_line(f"two{line_break}words") == "two words"
        assert has_line_break(f"two{line_break}words")

    @pytest.mark.parametrize("line_break", LINE_BREAKS)
    def test_many_become_one_with_the_space_around_them(self, line_break: str) -> None:
        assert one_line(f"{line_break}two \t{line_break * 3} {line_break}words{line_break}") == "two words"

    @pytest.mark.parametrize("line_break", LINE_BREAKS)
    def test_one_at_the_end_counts(self, line_break: str) -> None:
        assert has_line_break(f"a{line_break}")
        assert has_line_break(line_break)
        assert one_line(line_break) == ""

    @pytest.mark.parametrize("text", ["", " two  words ", "a\tb", "a\u00a0b", "👩\u200d🚀"])
    def test_a_line_stays_as_it_is(self, text: str) -> None:
        assert one_line(text) == text
        assert not has_line_break(text)

    @given(ANY_TEXT)
    def test_any_text_becomes_clean_and_one_line(self, text: str) -> None:
        line = one_line(text)
        assert not set("".join(LINE_BREAKS)) & set(line)
        assert clean_characters(line) == line == one_line(line)

    @given(ANY_TEXT)
    def test_nothing_visible_is_lost(self, text: str) -> None:
        assert one_line(text).split() == clean_characters(" ".join(text.splitlines())).split()
