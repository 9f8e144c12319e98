"""Hostile clipboards: ten times the HTML takes about ten times as long, and nothing raises."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.text import markdown_from_html, plain_text
from tests.gate.night import in_turn
from tests.text.test_hostile import SIZE, grows_evenly, seconds

SHAPES: dict[str, Callable[[int], str]] = {
    "elements ever deeper": lambda n: "<div>" * (n // 5) + "x",
    "marks ever deeper": lambda n: "<b>" * (n // 7) + "x" + "</b>" * (n // 7),
    "lists ever deeper": lambda n: "<ul><li>" * (n // 8) + "x",
    "tables ever deeper": lambda n: "<table><tr><td>" * (n // 15) + "x",
    "quotations ever deeper": lambda n: "<blockquote>" * (n // 12) + "x",
    "spoilers ever deeper": lambda n: "<details class=spoiler><summary>a</summary>" * (n // 43) + "x",
    "items": lambda n: "<ol>" + "<li>a" * (n // 5),
    "formatting that stays open": lambda n: (
        "<p>" + "".join(f"<font size={number}>" for number in range(n // 40)) + "<p>a" * (n // 8)
    ),
    "ends of nothing": lambda n: "<i>" * (n // 8) + "</b>" * (n // 8),
    "ends out of reach": lambda n: "<b><div>" + "<i>" * (n // 8) + "</b>" * (n // 8),
    "less-than signs": lambda n: "<" * n,
    "tags that never end": lambda n: "<a " * (n // 3),
    "tags with open quotes": lambda n: '<a "' * (n // 4),
    "tags with quotes in quotes": lambda n: "<a '\"<a\"'" * (n // 9),
    "comments that never end": lambda n: "<!--" * (n // 4),
    "declarations": lambda n: "<![CDATA[" * (n // 9),
    "scripts": lambda n: "<script>" * (n // 8),
    "hidden signs": lambda n: "<![if !supportLists]>" * (n // 21),
    "attributes": lambda n: "<a " + "b " * (n // 2) + ">x",
    "equals signs": lambda n: "<a b" + "=" * n + ">x",
    "spaces in a tag": lambda n: "<a b" + " " * n + ">x",
    "a long style": lambda n: "<p style='" + "a:b;" * (n // 4) + "'>x",
    "a huge number": lambda n: "&#" + "9" * n + ";",
    "ampersands": lambda n: "&" * n,
    "stars": lambda n: "*" * n,
    "backticks of every length": lambda n: "".join(
        "`" * size + " " for size in range(1, int((2 * n) ** 0.5))
    ),
    "brackets": lambda n: "[" * (n // 2) + "]" * (n // 2),
    "line breaks": lambda n: "<br>a" * (n // 5),
    "no-break spaces": lambda n: "a" + "&nbsp;" * (n // 6) + "a",
    "marks in turn": lambda n: "<b>a</b><i>b</i>" * (n // 16),
    "marks on signs": lambda n: "a<i>.</i>" * (n // 9),
    "links": lambda n: '<a href="https://a.b/">x</a>' * (n // 28),
    "footnotes": lambda n: "".join(
        f'<a href="#fn{number}">1</a><p id="fn{number}">x</p>' for number in range(n // 45)
    ),
    "wide cells": lambda n: "<table>" + "<tr><td colspan=9999>a<td>b" * (n // 27),
    "one wide row": lambda n: "<table><tr>" + "<td>a" * (n // 10) + "<tr><td>a" * (n // 18),
    "items of Word's": lambda n: "".join(
        f"<p style='mso-list:l0 level{number % 9 + 1} lfo1'>x" for number in range(n // 40)
    ),
}


class TestTime:
    @pytest.mark.parametrize("shape", in_turn([*SHAPES]))
    def test_grows_with_the_length(self, shape: str) -> None:
        assert grows_evenly(lambda size: markdown_from_html(SHAPES[shape](size)))

    @pytest.mark.parametrize("tag", in_turn(["div", "b", "ul", "table", "blockquote", "a", "p"]))
    def test_fifty_thousand_elements_in_one_another_are_read(self, tag: str) -> None:
        html = f"<{tag}>" * 50_000 + "words" + f"</{tag}>" * 50_000
        read: list[str] = []
        assert seconds(lambda: read.append(markdown_from_html(html))) < 10
        assert "words" in plain_text(read[0])


class TestSize:
    @pytest.mark.parametrize("shape", in_turn([*SHAPES]))
    def test_is_a_few_times_what_was_pasted_at_most(self, shape: str) -> None:
        assert len(markdown_from_html(SHAPES[shape](SIZE))) < 4 * SIZE


class TestNothingRaises:
    @pytest.mark.parametrize(
        "html", ["<p>a</p><!-- b<p>words</p>", "<!--><p>words</p>", "<!-- b --><p>words</p><!--"]
    )
    def test_where_a_comment_does_not_end_and_a_tag_does(self, html: str) -> None:
        assert "words" in markdown_from_html(html)

    @given(st.text(st.characters(categories=None)))
    def test_whatever_the_text(self, html: str) -> None:
        assert isinstance(markdown_from_html(html), str)

    @given(st.text(st.sampled_from("<>/!-[]&;#x9'\"= \n\x00abpuliotd\ud800\xa0")))
    def test_whatever_the_tags(self, html: str) -> None:
        markdown_from_html(html).encode()
