from xml.etree.ElementTree import fromstring
from xml.sax.saxutils import escape

from hypothesis import given
from hypothesis import strategies as st

from reviews.text import clean_characters

ANY_TEXT = st.text(st.characters(categories=None))


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
