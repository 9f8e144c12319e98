import pytest

from reviews.text import excerpt, plain_text, render
from tests.text.pasting.html import open_words, tree, words


def folds(source: str) -> list[tuple[str, str]]:
    """Every spoiler: its summary, and all its words."""
    return [(words(fold[0]), words(fold)) for fold in tree(render(source)).iter("details")]


class TestFold:
    def test_a_spoiler_folds_without_script(self) -> None:
        html = render("a\n\n::: spoiler\n*He* did it.\n:::\n\nb")
        assert html == (
            '<p>a</p>\n<details class="spoiler">\n<summary>Spoiler</summary>\n'
            "<p><em>He</em> did it.</p>\n</details>\n<p>b</p>\n"
        )

    def test_the_title_is_the_summary(self) -> None:
        assert folds("::: spoiler The *end*\na\n:::") == [("The end", "The end a")]

    def test_a_title_holds_neither_link_nor_footnote_mark(self) -> None:
        html = render("::: spoiler [a](/b) <https://c.example>[^1] ![d](/e)\nf\n:::\n\n[^1]: g")
        (summary,) = tree(html).iter("summary")
        assert words(summary) == "a https://c.example d"
        assert list(summary) == []

    @pytest.mark.parametrize("title", ["[](/a)", "&nbsp;", "[^1]", ":::"])
    def test_a_title_without_words_is_replaced(self, title: str) -> None:
        assert folds(f"::: spoiler {title}\na\n:::\n\n[^1]: b")[0][0] == "Spoiler"

    @pytest.mark.parametrize(
        "opening", [":::spoiler", "::: Spoiler", "::: spoilers", ":::: spoiler", "  ::: spoiler"]
    )
    def test_ways_to_open_one(self, opening: str) -> None:
        assert folds(f"{opening}\na\n{'::::'}") == [("Spoiler", "Spoiler a")]

    @pytest.mark.parametrize(
        "line", ["::: spoiler-free", "::: note", ":: spoiler", "    ::: spoiler", "a ::: spoiler"]
    )
    def test_what_opens_none(self, line: str) -> None:
        assert folds(f"{line}\na") == []

    def test_it_interrupts_a_paragraph(self) -> None:
        assert open_words(render("a\n::: spoiler\nb\n:::\nc")) == "a Spoiler c"

    def test_a_closing_line_without_spoiler_stays_text(self) -> None:
        assert words(tree(render("a\n\n:::\n\nb"))) == "a ::: b"


class TestNesting:
    def test_a_closing_line_closes_the_innermost(self) -> None:
        source = "::: spoiler A\none\n::: spoiler B\ntwo\n:::\nthree\n:::\nfour"
        assert folds(source) == [("A", "A one B two three"), ("B", "B two")]
        assert open_words(render(source)) == "A four"

    def test_a_shorter_line_closes_nothing(self) -> None:
        assert folds(":::: spoiler\na\n:::\nb\n::::\nc") == [("Spoiler", "Spoiler a ::: b")]

    def test_a_spoiler_in_a_list_and_a_quotation(self) -> None:
        html = render("- a\n  ::: spoiler\n  b\n  :::\n  c\n\n> ::: spoiler\n> d\n> :::\n> e")
        assert open_words(html) == "a Spoiler c Spoiler e"
        assert [element.tag for element in tree(html)] == ["ul", "blockquote"]

    def test_a_list_and_code_in_a_spoiler(self) -> None:
        assert open_words(render("::: spoiler\n- a\n- b\n\n```\n:::\n```\n\nc\n:::\nd")) == "Spoiler d"

    def test_nested_deeper_than_eight_everything_stays_folded(self) -> None:
        html = render("".join(f"::: spoiler t{level}\n" for level in range(12)) + "a\n" + ":::\n" * 12 + "b")
        assert html.count("<details") == 8
        assert open_words(html) == "t0 b"
        assert "t11" in html


class TestForgottenEnd:
    def test_an_unclosed_spoiler_hides_to_the_end(self) -> None:
        assert open_words(render("a\n\n::: spoiler\nb\n\n# c\n\nd")) == "a Spoiler"

    def test_an_unclosed_spoiler_in_a_list_item_ends_with_it(self) -> None:
        assert open_words(render("- ::: spoiler\n  a\n- b\n\nc")) == "Spoiler b c"


class TestNothingTellsWhatIsHidden:
    SOURCE = (
        "Open.[^open]\n\n::: spoiler Who\nHidden.[^hidden]\n\n- > deep[^both]\n\n[^inside]: defined inside\n:::\n\n"
        "Later.[^both] [^inside]\n\n"
        "[^open]: open note\n\n[^hidden]: hidden note[^chain]\n\n[^both]: shared note\n\n[^chain]: chained note"
    )

    def test_a_footnote_marked_only_in_spoilers_is_folded(self) -> None:
        seen = open_words(render(self.SOURCE))
        assert "hidden note" not in seen
        assert "open note" in seen

    def test_so_is_a_footnote_of_that_footnote(self) -> None:
        assert "chained note" not in open_words(render(self.SOURCE))

    def test_so_is_a_footnote_written_in_a_spoiler(self) -> None:
        assert "defined inside" not in open_words(render(self.SOURCE))

    def test_a_footnote_marked_outside_as_well_is_open(self) -> None:
        assert "shared note" in open_words(render(self.SOURCE))

    def test_plain_text_without_spoilers_has_neither_title_nor_text_nor_footnote(self) -> None:
        assert plain_text(self.SOURCE, spoilers=False) == "Open.\n\nLater. \n\nopen note\n\nshared note"

    def test_plain_text_with_spoilers_has_everything_in_order(self) -> None:
        assert plain_text(self.SOURCE).split("\n\n") == [
            *("Open.", "Who", "Hidden.", "deep", "Later. "),
            *("open note", "hidden note", "shared note", "defined inside", "chained note"),
        ]

    def test_an_excerpt_has_none_of_it(self) -> None:
        assert excerpt(self.SOURCE) == "Open. Later."
