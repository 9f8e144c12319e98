import html5lib.html5parser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.text import render
from reviews.text.rendering import _CLEANER, OUTSIDE
from tests.text.pasting.html import ids, tree, words

MARKDOWN = st.lists(
    st.sampled_from(
        [
            *("*", "**", "_", "`", "```\n", "[", "]", "](", "](/a)", "![", "[^1]", "\n[^1]: ", "\n\n[^2]: x"),
            *(
                "\n::: spoiler ",
                "\n:::\n",
                "\n> ",
                "\n- ",
                "\n1. ",
                "    ",
                "\n# ",
                "\n---\n",
                "\n|a|b|\n|-|:-:|",
            ),
            *(
                "\n|c|d|",
                "<b>",
                "</p>",
                "<http://a.b>",
                "&amp;",
                "&#12;",
                "&lt;",
                '"',
                "\n",
                "\n\n",
                "\\",
                "a",
            ),
            *(
                "word",
                " ",
                "\x00",
                "\ud800",
                "\ufffe",
                "\x85",
                "&nbsp;",
                "e\u0301",
                "<!--",
                "http://a.b/",
                "[^2]",
            ),
        ]
    ),
    max_size=40,
).map("".join)


class TestValidity:
    @given(MARKDOWN | st.text(st.characters(categories=None)))
    def test_any_source_is_a_valid_fragment_with_unique_ids(self, source: str) -> None:
        html = render(source, passages={"p-1": "word", "p-2": "a b", "p-3": source[:9]})
        found = ids(html)
        assert len(found) == len(set(found))
        html.encode()

    @given(MARKDOWN)
    def test_no_element_or_attribute_comes_from_the_author(self, source: str) -> None:
        for element in tree(render(source)).iter():
            assert element.tag not in {"script", "style", "img", "b", "h1", "iframe"}
            assert not any(name.startswith("on") or name in {"style", "src"} for name in element.attrib)

    def test_the_parser_of_these_tests_is_strict(self) -> None:
        with pytest.raises(html5lib.html5parser.ParseError):
            tree('<a href="/a">x<a href="/b">y</a></a>')


class TestHeadings:
    def test_headings_move_below_the_page_title(self) -> None:
        levels = [element.tag for element in tree(render("# a\n## b\n##### e\n###### f\n\ng\n===\n"))]
        assert levels == ["h2", "h3", "h6", "h6", "h2"]

    @pytest.mark.parametrize("marks", ["##", "###", "######"])
    def test_the_highest_that_a_body_uses_comes_directly_under_the_pages(self, marks: str) -> None:
        html = render(f"{marks} One\n\ntext\n\n{marks}# Two")
        assert "<h2>One</h2>" in html
        assert "<h1" not in html


class TestRawHtml:
    def test_raw_html_is_shown_as_text(self) -> None:
        html = render('<script>alert(1)</script>\n\na <b onclick="x()">b</b> <!-- c -->')
        assert "&lt;script&gt;" in html
        assert words(tree(html)) == '<script>alert(1)</script> a <b onclick="x()">b</b> <!-- c -->'

    def test_the_sanitiser_is_a_second_barrier(self) -> None:
        html = _CLEANER.clean(
            '<p onclick="x()">a<img src="/x"><script>b</script><a href="javascript:c">d</a></p>'
        )
        assert html == "<p>a<a>d</a></p>"


class TestLinks:
    @pytest.mark.parametrize(
        "address",
        [
            "http://else.example/",
            "HTTPS://else.example",
            "//else.example/a",
            "https://ours.example@else.example/",
        ],
    )
    def test_an_outside_link_has_a_rel(self, address: str) -> None:
        (link,) = tree(render(f"[x]({address})", site_host="ours.example")).iter("a")
        assert link.attrib["rel"] == OUTSIDE

    @pytest.mark.parametrize(
        "address",
        [
            "/films/",
            "#fn-1",
            "films",
            "?q=a",
            "mailto:a@b.example",
            "https://ours.example/a",
            "http://OURS.example:80",
        ],
    )
    def test_a_link_within_the_site_has_none(self, address: str) -> None:
        (link,) = tree(render(f"[x]({address})", site_host="ours.example")).iter("a")
        assert "rel" not in link.attrib

    def test_without_a_site_host_every_absolute_address_is_outside(self) -> None:
        assert "rel=" in render("[x](https://ours.example/)")

    def test_a_host_in_another_script_is_the_same_host(self) -> None:
        assert "rel=" not in render("[x](https://кино.example/)", site_host="кино.example")

    def test_a_backslash_does_not_lead_outside(self) -> None:
        assert 'href="/%5Celse.example"' in render(r"[x](/\else.example)")

    @pytest.mark.parametrize(
        "address",
        [
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "ftp://a.b/",
            "https:a",
        ],
    )
    def test_other_schemes_stay_text(self, address: str) -> None:
        html = render(f"[x]({address}) ![y]({address}) <{address}>\n\n[z]\n\n[z]: {address}")
        assert "<a" not in html
        assert f"[x]({address})" in html

    def test_a_link_without_words_is_dropped(self) -> None:
        assert "<a" not in render("a [](/x) [ &nbsp; ](/y) b")

    def test_a_link_does_not_hold_a_link(self) -> None:
        links = list(tree(render("[a <https://b.example> c](/d)")).iter("a"))
        assert [(link.attrib["href"], words(link)) for link in links] == [("/d", "a https://b.example c")]

    def test_an_address_no_browser_would_take_stays_text(self) -> None:
        assert "<a" not in render("[x](/" + "a" * 4_000 + ")")
        assert "<a" in render("[x](/" + "a" * 3_000 + ")")

    def test_an_endless_title_is_dropped(self) -> None:
        assert render('[x](/a "b")').count("title=") == 1
        assert render('[x](/a "' + "b" * 501 + '")') == '<p><a href="/a">x</a></p>\n'


class TestImages:
    def test_an_image_is_a_link_with_its_alternative_text(self) -> None:
        html = render("![A *still* of `x`](https://else.example/a.jpg)")
        (link,) = tree(html).iter("a")
        assert (link.attrib["href"], words(link)) == ("https://else.example/a.jpg", "A still of x")
        assert link.attrib["rel"] == OUTSIDE
        assert "<img" not in html

    def test_an_image_without_alternative_text_still_has_words(self) -> None:
        assert words(tree(render("![](/a.jpg)"))) == "Image"

    def test_an_image_in_a_link_gives_its_words_to_the_link(self) -> None:
        (link,) = tree(render("[![still](/a.jpg)](/films/)")).iter("a")
        assert (link.attrib["href"], words(link)) == ("/films/", "still")


class TestTables:
    SOURCE = "| a | b |\n|:-:|--:|\n| 1 | 2 |\n"

    def test_a_wide_table_scrolls_from_the_keyboard_and_says_what_it_is(self) -> None:
        regions = list(tree(render(f"{self.SOURCE}\n\n{self.SOURCE}")).iter("div"))
        assert [region.attrib for region in regions] == [
            {"class": "table-scroll", "role": "region", "tabindex": "0", "aria-label": f"Table {number}"}
            for number in (1, 2)
        ]
        assert all(region.find("table") is not None for region in regions)

    def test_cells_are_aligned_by_class_for_a_strict_style_policy(self) -> None:
        html = render(self.SOURCE)
        assert '<td class="align-center">1</td>' in html
        assert '<th class="align-right">b</th>' in html
        assert "style=" not in html


class TestBlocks:
    def test_lists_quotes_code_and_breaks(self) -> None:
        assert render("3. a\\\n   b") == '<ol start="3">\n<li>a<br>\nb</li>\n</ol>\n'
        assert render("> a\n> b") == "<blockquote>\n<p>a b</p>\n</blockquote>\n"
        assert render("```python\na < b\n```") == "<pre><code>a &lt; b</code></pre>\n"
        assert render("a `b <c>` *d* **e**\n\n---") == (
            "<p>a <code>b &lt;c&gt;</code> <em>d</em> <strong>e</strong></p>\n<hr>\n"
        )

    def test_emphasis_inside_eight_others_loses_its_marks_and_keeps_its_words(self) -> None:
        html = render(("*a " * 30).strip() + "*" * 30)
        assert html.count("<em>") == 8
        assert words(tree(html)) == "a " * 29 + "a"

    def test_a_long_text_is_written_out_whole(self) -> None:
        text = "word " * 2_000
        assert render(text) == f"<p>{text.strip()}</p>\n"
