"""A selection in a body's Markdown, as the passage that a reader sees."""

import pytest

from reviews.text import find_passage, passage_at

BODY = (
    "# The *big* one\n\n"
    "The film waits, and [the lead](https://x.example/a_b) is *steady* throughout[^1], "
    "**and the** fights are clear.\n\n"
    "- one item\n- two *items*\n\n> A quote here.\n\n::: spoiler\nHe dies.\n:::\n\n[^1]: A note.\n"
)


def selected(words: str, body: str = BODY) -> str | None:
    start = body.index(words)
    found = passage_at(body, start, start + len(words))
    return found.text if found else None


class TestAPassage:
    @pytest.mark.parametrize(
        ("marked", "read"),
        [
            ("The film waits", "The film waits"),
            ("*steady*", "steady"),
            ("*steady* throughout[^1], **and the** fights", "steady throughout, and the fights"),
            ("steady* throughout[^1], **and", "steady throughout, and"),
            ("[the lead](https://x.example/a_b) is", "the lead is"),
            ("waits, and [the", "waits, and the"),
            ("# The *big* one", "The big one"),
            ("- one item\n- two *items*", "one item\n\ntwo items"),
            ("> A quote", "A quote"),
            ("clear.\n\n- one", "clear.\n\none"),
        ],
    )
    def test_is_what_readers_read_of_it(self, marked: str, read: str) -> None:
        assert selected(marked) == read

    @pytest.mark.parametrize(("marked", "read"), [("ilm wai", "film waits"), ("  waits,"[2:-1], "waits")])
    def test_begins_and_ends_with_whole_words(self, marked: str, read: str) -> None:
        assert selected(marked) == read

    def test_excludes_the_space_around_it(self) -> None:
        assert selected(" waits, ") == "waits,"

    @pytest.mark.parametrize("marked", ["\n\n", "**", "https://x.example", "lead](https://x.ex"])
    def test_is_none_where_nothing_is_read_word_for_word(self, marked: str) -> None:
        assert selected(marked) is None

    def test_is_none_where_nothing_is_marked(self) -> None:
        assert passage_at(BODY, 3, 3) is None
        assert passage_at("", 0, 0) is None

    @pytest.mark.parametrize("marked", ["steady* throughout[^1], **and", "two *items*", "A quote here"])
    def test_is_always_found_in_the_body(self, marked: str) -> None:
        passage = selected(marked)
        assert passage
        assert find_passage(BODY, passage)

    def test_knows_that_a_spoiler_hides_it(self) -> None:
        start = BODY.index("He dies")
        found = passage_at(BODY, start, start + 7)
        assert found
        assert found.in_spoiler

    def test_takes_a_body_that_holds_its_own_marks(self) -> None:
        assert selected("waits", "The \ue0c0 film waits") == "waits"
