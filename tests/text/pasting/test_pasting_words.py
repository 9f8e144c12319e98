"""Pasting loses no words: plain text stays the same, and HTML that we rendered gives the same page again."""

import re
from html import escape, unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.text import markdown_from_html, plain_text, render
from tests.text.test_rendering import MARKDOWN

DOCUMENTS = [
    "# One\n\nTwo *three* **four** ***five*** `six`.\n\n## Seven\n\n- eight\n- nine\n  1. ten\n  2. eleven",
    "> quoted\n>\n> - twice\n\n```\ncode *as it is*\n  here\n```\n\n---\n\nA line\\\nthat breaks.",
    "| a | b |\n|--:|:-:|\n| c | *d* \\| `e` |\n\nText[^1] again[^1] and[^x].\n\n[^1]: One.\n\n[^x]: Two.",
    "::: spoiler Who did it\nNobody[^1].\n\n- not\n- even\n:::\n\n::: spoiler\n| a |\n|---|\n:::\n\n[^1]: Yes.",
    "[Links](https://a.b/c?d=1&e=2) to <https://a.b/> and ![a picture](https://a.b/c.png).",
    "1\\. No list. 3 * 4 = 12, snake_case, 100 % \\*sure\\*, a\\_b\\_c, &amp;copy; and \\`so on\\`.",
]
PLAIN = [
    *(
        "3 * 4 = 12",
        "snake_case and __init__",
        "1984. A year",
        "1984) A year",
        "- no item",
        "+1 for the plus",
    ),
    *(
        "# no heading",
        "#hashtag",
        "> no quotation",
        "::: spoiler no spoiler",
        "```",
        "~~~",
        "===",
        "---",
        "***",
    ),
    *(
        "*starred*",
        "a*b*c",
        "_under_",
        "2*3*4",
        "[a](b)",
        "[a]: b",
        "[^1]",
        "[^1]: note",
        "![a](b)",
        "<b>bold</b>",
    ),
    *(
        "<https://a.b>",
        "<c@a.b>",
        "AT&T &copy; &amp;",
        "back\\slash \\* \\",
        "`code`",
        "| a | b |",
        "C:\\new",
        "a | b",
    ),
    *(
        "“Curly” ‘quotes’ – dashes — and… dots",
        "'straight' \"quotes\"",
        "$5 ~ £4",
        "電影。",
        "👩\u200d🎨 🎬",
        "1.",
        "-",
        "+",
        "#",
    ),
]
PIECES = st.sampled_from(
    [
        *(
            "<p>",
            "</p>",
            "<b>",
            "</b>",
            "<i>",
            "</i>",
            "<a href='https://a.b'>",
            "</a>",
            "<ul>",
            "<li>",
            "</ul>",
        ),
        *(
            "<ol start=4>",
            "</ol>",
            "<h2>",
            "</h2>",
            "<br>",
            "<code>",
            "</code>",
            "<pre>",
            "</pre>",
            "<blockquote>",
        ),
        *(
            "<table><tr><td>",
            "<td>",
            "<tr><th>",
            "</table>",
            "</blockquote>",
            "<div>",
            "</div>",
            "<span>",
            "<hr>",
        ),
        *(
            "word",
            "*",
            "_",
            "`",
            "[x]",
            "(y)",
            "1. ",
            "- ",
            "# ",
            ">",
            "&lt;",
            "&amp;copy;",
            "\\",
            "|",
            ":::",
            "---",
        ),
        *(
            "~~~",
            "“q”",
            "!",
            " ",
            "\n",
            "3 * 4",
            "a_b",
            "é",
            "==",
            "[^1]",
            "[a]: b",
            "+",
            "&nbsp;",
            "https://a.b ",
        ),
    ]
)


def squeezed(text: str) -> str:
    return re.sub(r"[\s\xa0]+", " ", text).strip()


def letters(text: str) -> str:
    return re.sub(r"[\s\xa0]+", "", text)


class TestPlainWords:
    @pytest.mark.parametrize("words", PLAIN)
    def test_stay_words_wherever_they_stand(self, words: str) -> None:
        html = escape(words)
        for around in ("<p>{}</p>", "<ul><li>{}</li></ul>", "<blockquote>{}</blockquote>", "<h2>{}</h2>"):
            assert plain_text(markdown_from_html(around.format(html))) == words
        for before, after in (
            ("<p>so <i>it</i><br>", "</p>"),
            ("<p>so it<b> ", "</b></p>"),
            ("<table><td>so it<td>", ""),
        ):
            markdown = markdown_from_html(f"{before}{html}{after}")
            assert letters(plain_text(markdown)) == f"soit{letters(words)}", markdown

    @pytest.mark.parametrize(
        ("words", "markdown"),
        [
            ("3 * 4, snake_case, [sic], a < b & c! (yes) #1 ~ 2", None),
            ("“Curly” – it’s 100 % ‘so’: 1984. Then | there.", None),
            ("1984. A year", "1984\\. A year"),
            ("1984. A year: it (the film) had one.", "1984\\. A year: it (the film) had one."),
            ("2*3*4", "2\\*3\\*4"),
            ("- no item", "\\- no item"),
        ],
    )
    def test_are_escaped_no_more_than_they_need(self, words: str, markdown: str | None) -> None:
        assert markdown_from_html(f"<p>{escape(words)}</p>") == (markdown or words)

    def test_in_two_lines_that_would_be_a_table_stay_two_lines(self) -> None:
        markdown = markdown_from_html("<p>a|b<br>-|-</p>")
        assert plain_text(markdown) == "a|b\n-|-"
        assert "<table" not in render(markdown)

    @given(st.lists(PIECES, max_size=20).map("".join))
    def test_of_any_html_are_all_there(self, html: str) -> None:
        written = unescape(re.sub(r"<[^>]*>", " ", html))
        assert letters(plain_text(markdown_from_html(html))) == letters(written)


class TestRoundTrip:
    @pytest.mark.parametrize("source", DOCUMENTS)
    def test_what_we_render_reads_the_same_when_it_comes_back(self, source: str) -> None:
        markdown = markdown_from_html(render(source))
        assert plain_text(markdown) == plain_text(source)
        assert render(markdown) == render(markdown_from_html(render(markdown)))

    @given(MARKDOWN)
    def test_of_any_source(self, source: str) -> None:
        assert squeezed(plain_text(markdown_from_html(render(source)))) == squeezed(plain_text(source))
