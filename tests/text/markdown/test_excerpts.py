import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.text import excerpt


class TestExcerpt:
    def test_a_short_text_is_whole(self) -> None:
        assert excerpt("A *short*\ntext.\n\nTwo  lines.") == "A short text. Two lines."

    def test_a_long_one_is_cut_between_words(self) -> None:
        assert excerpt("one two three four", 10) == "one two…"
        assert excerpt("one two three four", 8) == "one two…"
        assert excerpt("one two three four", 7) == "one…"

    def test_no_loose_punctuation_stands_before_the_ellipsis(self) -> None:
        assert excerpt("One, two – three", 7) == "One…"
        assert excerpt("One, two – three", 12) == "One, two…"

    def test_only_prose_counts(self) -> None:
        source = (
            "# Head\n\nProse[^1] `code`.\n\n    block\n\n```\nfence\n```\n\n|a|\n|-|\n|b|\n\n"
            "- item\n\n> quote\n\n::: spoiler t\nhidden\n:::\n\n[^1]: note"
        )
        assert excerpt(source) == "Prose code. item quote"

    def test_a_body_of_spoilers_gives_nothing(self) -> None:
        assert excerpt("::: spoiler\na\n:::") == ""

    def test_a_script_without_spaces_is_cut_between_characters(self) -> None:
        assert excerpt("電影很好看，很好看", 5) == "電影很好…"
        assert excerpt("東京 電影很好看很好看", 8) == "東京 電影很好…"

    @pytest.mark.parametrize(
        ("text", "length", "cut"),
        [
            ("abcdefgh", 5, "abcd…"),
            ("abce\u0301fgh", 5, "abc…"),
            ("ab👩\u200d🚀cd", 5, "ab…"),
            ("ab👍🏽cdef", 4, "ab…"),
            ("a🇫🇷🇩🇪bc", 5, "a🇫🇷…"),
            ("กี่กี่กี่", 6, "กี่…"),
        ],
    )
    def test_a_word_too_long_is_never_cut_within_a_character(self, text: str, length: int, cut: str) -> None:
        assert excerpt(text, length) == cut

    @given(st.text(st.sampled_from("ab ,.é\u0301電👩\u200d🚀🇫🇷ก็")), st.integers(-1, 30))
    def test_it_is_never_longer_than_asked(self, text: str, length: int) -> None:
        short = excerpt(text, length)
        assert len(short) <= max(length, 0)
        whole = " ".join(text.split())
        head = short.removesuffix("…")
        assert whole.startswith(head)
        if head and head != whole:
            assert unicodedata.combining(whole[len(head)]) == 0
