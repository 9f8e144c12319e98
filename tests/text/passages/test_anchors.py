from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.text import find_passage, render
from tests.text.pasting.html import ids, tree, words


def lit(html: str, number: int) -> str:
    """The highlighted words of one passage, without white space: blocks are separate on a page anyway."""
    spans = [span for span in tree(html).iter("span") if "data-passages" in span.attrib]
    return "".join(
        "".join(span.itertext()) for span in spans if str(number) in span.attrib["data-passages"].split()
    ).replace(" ", "")


def after(html: str, anchor: str) -> str:
    """The words of the page from an anchor on."""
    seen: list[str] = []
    found = False

    def walk(element: Element) -> None:
        nonlocal found
        found = found or element.attrib.get("id") == anchor
        if found:
            seen.append(element.text or "")
        for child in element:
            walk(child)
            if found:
                seen.append(child.tail or "")

    walk(tree(html))
    return " ".join("".join(seen).split())


class TestAnchors:
    def test_a_passage_has_an_anchor_and_its_words_are_marked(self) -> None:
        assert render("A slow film.", passages={"p-1": "slow film"}) == (
            '<p>A <span id="p-1" data-passage="1"></span>'
            '<span class="passage" data-passages="1">slow film</span>.</p>\n'
        )

    def test_where_nothing_is_cited_nothing_is_added(self) -> None:
        assert "<span" not in render("A slow film.")
        assert "<span" not in render("A slow film.", passages={})

    def test_a_passage_that_is_not_found_leaves_no_trace_but_keeps_its_number(self) -> None:
        html = render("A slow film.", passages={"p-1": "fast", "p-2": "slow"})
        assert ids(html) == ["p-2"]
        assert 'data-passage="2"' in html

    def test_markup_inside_a_passage_stays_whole(self) -> None:
        html = render(
            "A *very **slow*** [film](/a)[^1] `x`\nindeed.\n\n[^1]: b", passages={"p": "very slow film x"}
        )
        assert lit(html, 1) == "veryslowfilmx"
        assert after(html, "p").startswith("very slow film1 x indeed.")
        assert [element.tag for element in tree(html)[0] if element.tag != "span"] == [
            "em",
            "a",
            "sup",
            "code",
        ]

    def test_a_passage_may_begin_and_end_within_markup(self) -> None:
        html = render("*one two* three", passages={"p": "two three"})
        assert html == (
            '<p><em>one <span id="p" data-passage="1"></span>'
            '<span class="passage" data-passages="1">two</span></em>'
            '<span class="passage" data-passages="1"> three</span></p>\n'
        )

    def test_overlapping_passages_share_their_words(self) -> None:
        html = render(
            "one two three four", passages={"a": "one two three", "b": "two three four", "c": "three"}
        )
        runs = [(span.attrib["data-passages"], words(span)) for span in tree(html).iter("span") if span.text]
        assert runs == [("1", "one"), ("1 2", "two"), ("1 2 3", "three"), ("2", "four")]
        assert ids(html) == ["a", "b", "c"]

    def test_two_judgements_may_cite_the_same_words(self) -> None:
        html = render("one two", passages={"a": "two", "b": "two"})
        assert ids(html) == ["a", "b"]
        assert lit(html, 1) == lit(html, 2) == "two"

    def test_a_passage_runs_across_blocks(self) -> None:
        source = (
            "# One\n\ntwo\n\n- three\n- four\n\n|five|\n|-|\n|six|\n\n    seven\n\n"
            "::: spoiler eight\nnine[^1]\n:::\n\n[^1]: ten"
        )
        html = render(source, passages={"p": "One two three four five six seven eight nine ten"})
        assert lit(html, 1) == "Onetwothreefourfivesixseveneightnineten"
        assert ids(html)[0] == "p"

    def test_only_the_first_occurrence_is_marked(self) -> None:
        html = render("two one two", passages={"p": "two"})
        assert html.count("data-passages") == 1
        assert html.startswith('<p><span id="p"')

    def test_an_anchor_id_is_escaped(self) -> None:
        assert ids(render("one", passages={'a"><script>': "one"})) == ['a"><script>']

    @given(
        st.lists(
            st.sampled_from(["one", "two", "*one*", "[two](/a)", "\n\n", "`x`", "\\\n", "> ", "\n- "]),
            max_size=12,
        ),
        st.lists(st.lists(st.sampled_from(["one", "two", "x"]), min_size=1, max_size=4), max_size=4),
    )
    def test_the_highlighted_words_are_the_passage(self, parts: list[str], wanted: list[list[str]]) -> None:
        source = " ".join(parts)
        passages = {f"p-{number}": " ".join(words) for number, words in enumerate(wanted, 1)}
        html = render(source, passages=passages)
        for number, passage in enumerate(passages.values(), 1):
            found = find_passage(source, passage)
            assert lit(html, number) == ("".join(found.text.split()) if found else "")
            if found:
                start = "".join(passage.split())
                assert after(html, f"p-{number}").replace(" ", "").startswith(start)

    @pytest.mark.parametrize(
        "source", ["a\n\n::: spoiler\nb\n:::", "```\nb\n```", "# b", "|b|\n|-|", "[b](/c)"]
    )
    def test_an_anchor_may_stand_anywhere(self, source: str) -> None:
        assert ids(render(source, passages={"p": "b"})) == ["p"]
