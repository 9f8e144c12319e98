"""Bodies beside each other: every id is unique, every link leads where it did, no words change."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reviews.text import apart, lowered, render
from tests.text.pasting.html import ids, tree, words
from tests.text.test_hostile import SHAPES, SIZE, seconds

NOTES = "One[^a] two[^b] three[^a].\n\n[^b]: second[^a]\n\n[^a]: first"
PIECES = [
    *("[^1]", "[^2]", "\n\n[^1]: note", "\n\n[^2]: more[^1]", "a plain passage", "\n\n", " *so* ", "`code`"),
    *(
        "\n\n## One\n\n",
        "\n\n# Two\n\n",
        "\n\n::: spoiler The end\n\n",
        "\n\n:::\n\n",
        "\n\n|a|\n|-|\n|b|\n\n",
    ),
    *("[in](#fn-1)", "[back](#fnref-1)", "[out](#main)", "[there](../b/)", "[away](https://a.example/#fn-1)"),
    *(
        '[t](#fn-1 "<a id=\'fn-1\' href=\\"#fn-1\\">")',
        "<p id=x>",
        "\"&quot;'",
        "[ф](#ф)",
        "[](#)",
        "3. three\n",
    ),
]
bodies = st.lists(st.sampled_from(PIECES), max_size=16).map("".join) | st.text(max_size=40)
ANCHOR = "passage-0f0e"


def rendered(source: str) -> str:
    return render(source, passages={ANCHOR: "a plain passage"})


def addresses(html: str) -> list[str]:
    return [link.attrib["href"] for link in tree(html).iter("a")]


class TestApart:
    def test_footnotes_of_two_bodies_lead_each_to_its_own(self) -> None:
        page = apart(render(NOTES), "one") + apart(render(NOTES), "other")
        found = ids(page)
        assert found[:4] == ["one-fnref-1", "one-fnref-2", "one-fnref-1-2", "one-fn-1"]
        assert len(set(found)) == len(found) == 12
        assert set(addresses(page)) == {f"#{name}" for name in found}

    def test_passages_keep_their_numbers_and_highlights(self) -> None:
        html = apart(rendered("Here is a plain passage."), "one")
        assert ids(html) == [f"one-{ANCHOR}"]
        assert 'data-passage="1"' in html
        assert 'data-passages="1"' in html

    @pytest.mark.parametrize(
        ("address", "leads_to"),
        [
            ("#main", "/reviews/a/#main"),
            ("?page=2", "/reviews/a/?page=2"),
            ("../b/", "/reviews/b/"),
            ("", "/reviews/a/"),
            ("/films/c/", "/films/c/"),
            ("//d.example/", "//d.example/"),
            ("https://e.example/f#g", "https://e.example/f#g"),
            ("mailto:h@i.example", "mailto:h@i.example"),
        ],
    )
    def test_what_leads_out_of_the_body_leads_where_it_did(self, address: str, leads_to: str) -> None:
        html = render(f"[out]({address}) and a note[^1].\n\n[^1]: b")
        assert addresses(apart(html, "one", home="/reviews/a/"))[0] == leads_to
        assert addresses(apart(html, "one"))[0] == address

    def test_landmarks_have_the_name_of_their_body_before_their_own(self) -> None:
        html = apart(render("a[^1]\n\n[^1]: b\n\n|c|\n|-|\n|d|"), "one", name='"Ada" & Bo')
        labels = {element.attrib.get("aria-label") for element in tree(html).iter()}
        assert labels >= {'"Ada" & Bo: Footnotes', '"Ada" & Bo: Table 1', "Footnote 1"}

    def test_a_title_that_looks_like_a_tag_is_a_title(self) -> None:
        (link,) = tree(apart(render("[a](#b \"<i id='c' href='#b'>\")"), "one")).iter("a")
        assert link.attrib == {"href": "#b", "title": "<i id='c' href='#b'>"}

    @given(bodies, bodies)
    @example(NOTES, NOTES)
    @example("a plain passage[^1]\n\n[^1]: note", "a plain passage")
    def test_on_one_page_every_id_is_there_once_and_every_link_leads_where_it_did(
        self, source: str, other: str
    ) -> None:
        both = rendered(source), rendered(other)
        page = "".join(
            apart(html, prefix, home=f"/{prefix}/") for prefix, html in zip("ab", both, strict=True)
        )
        found = ids(page)
        assert len(set(found)) == len(found)
        assert {link[1:] for link in addresses(page) if link.startswith("#")} <= set(found)
        for prefix, html in zip("ab", both, strict=True):
            own = set(ids(html))
            assert {f"{prefix}-{name}" for name in own} <= set(found)
            moved = addresses(apart(html, prefix, home=f"/{prefix}/"))
            for before, after in zip(addresses(html), moved, strict=True):
                assert (after == f"#{prefix}-{before[1:]}") == (before.startswith("#") and before[1:] in own)

    @given(bodies)
    def test_nothing_else_changes(self, source: str) -> None:
        html = rendered(source)
        moved = apart(html, "one", home="/reviews/a/")
        assert words(tree(moved)) == words(tree(html))

        def bare(fragment: str) -> str:
            return re.sub(r' (?:id|href)="[^"]*"', "", fragment)

        assert bare(moved) == bare(html)

    @pytest.mark.parametrize(
        "shape", ["footnotes", "marks of one footnote", "pipes", "less-than signs", "ampersands in a title"]
    )
    def test_no_body_takes_long(self, shape: str) -> None:
        html = render(SHAPES[shape](SIZE))
        assert seconds(lambda: apart(lowered(html, 2), "one", home="/reviews/a/")) < 2


class TestLowered:
    def test_headings_keep_their_order_and_stop_at_the_last(self) -> None:
        html = render("# a\n\n## b\n\n### c\n\n#### d")
        assert [element.tag for element in tree(html)] == ["h2", "h3", "h4", "h5"]
        assert [element.tag for element in tree(lowered(html, 2))] == ["h4", "h5", "h6", "h6"]

    @given(bodies, st.integers(0, 3))
    def test_nothing_else_changes(self, source: str, levels: int) -> None:
        html = rendered(source)
        assert re.sub("(</?)h[1-6]>", r"\1h>", lowered(html, levels)) == re.sub("(</?)h[1-6]>", r"\1h>", html)
