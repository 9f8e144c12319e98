import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.text import plain_text, render
from tests.text.pasting.html import tree, words


class TestPlainText:
    @pytest.mark.parametrize(
        ("source", "plain"),
        [
            ("", ""),
            ("# A\n\n*b* **c**\nd", "A\n\nb c d"),
            ("a [b](/c 'd') <https://e.example>", "a b https://e.example"),
            ("a `b  c`\n\n    d\n      e\n", "a b  c\n\nd\n  e"),
            ("a\\\nb", "a\nb"),
            ("- a\n- b\n\n> c", "a\n\nb\n\nc"),
            ("| a | b |\n|-|-|\n| c | |\n| | d |\n\ne", "a\tb\nc\nd\n\ne"),
            ("a[^1] b\n\n[^1]: c", "a b\n\nc"),
            ("a ![b *c*](/d)", "a b c"),
            ("&lt;b&gt; &amp; &#8220;c&#8221; \\*", "<b> & “c” *"),
            ("<b>a</b>", "<b>a</b>"),
            ("a\n\n---\n\nb", "a\n\nb"),
            ("a\x00b\ud800 &#12;c", "ab c"),
        ],
    )
    def test_it_is_what_a_reader_reads(self, source: str, plain: str) -> None:
        assert plain_text(source) == plain

    def test_spoilers_are_read_unless_told_otherwise(self) -> None:
        source = "a\n\n::: spoiler b\nc\n:::\n\nd"
        assert plain_text(source) == "a\n\nb\n\nc\n\nd"
        assert plain_text(source, spoilers=False) == "a\n\nd"

    @given(st.text("ab *_`>-#\n[]()|:\\&;<", max_size=80))
    def test_it_has_the_words_of_the_page(self, source: str) -> None:
        # Compared with the page instead of a list of cases, so that the two always agree. White space is
        # ignored, since a page shows blocks as blocks.
        assert "".join(plain_text(source).split()) == words(tree(render(source))).replace(" ", "")
