"""Every kind of text that has made a Markdown parser slow, at 100 KB: ten times the text, about ten times as long."""

import gc
import time
from collections.abc import Callable

import pytest

from reviews.text import excerpt, find_passage, find_passages, plain_text, render
from tests.gate.night import in_turn
from tests.text.pasting.html import tree

SIZE = 100_000

SHAPES: dict[str, Callable[[int], str]] = {
    "brackets": lambda n: "[" * n,
    "bracket pairs that could be references": lambda n: "[a]: b\n\n" + "[" * (n // 2) + "]" * (n // 2),
    "images within images": lambda n: "![a " * (n // 8) + "](b)" * (n // 8),
    "unclosed links": lambda n: "[a](<b" * (n // 6),
    "stars": lambda n: "*" * (n // 2) + "a" + "*" * (n // 2),
    "emphasis that never closes": lambda n: "*a " * (n // 3),
    "emphasis of two kinds": lambda n: "*_" * (n // 4) + "a" + "_*" * (n // 4),
    "stars of many lengths": lambda n: ("a**b" + "c* ") * (n // 7),
    "backticks of every length": lambda n: "".join(
        "`" * size + " " for size in range(1, int((2 * n) ** 0.5))
    ),
    "quotations in one line": lambda n: ">" * n,
    "quotations ever deeper": lambda n: "".join(
        ">" * size + " a\n" for size in range(1, int((2 * n) ** 0.5))
    ),
    "lists in one line": lambda n: "- " * (n // 2) + "a",
    "lists ever deeper": lambda n: "".join("  " * size + "- a\n" for size in range(int(n**0.5))),
    "list items": lambda n: "- a\n" * (n // 4),
    "pipes": lambda n: "|" * n,
    "one wide table row": lambda n: "|a" * (n // 4) + "|\n" + "|-" * (n // 4) + "|\n",
    "tables that are none": lambda n: "a|b\n-|\n" * (n // 7),
    "one huge definition used often": lambda n: f"[a]: /{'b' * 3_000}\n\n" + "[a] " * (n // 4),
    "a definition with a huge title": lambda n: '[a]: b "' + "c\n" * (n // 2) + '"\n\n[a] [a]',
    "definitions": lambda n: "".join(f"[a{number}]: b\n" for number in range(n // 12)),
    "a label that never ends": lambda n: "[a\n" * (n // 3),
    "footnotes": lambda n: "".join(f"a[^{number}]\n\n[^{number}]: b\n\n" for number in range(n // 22)),
    "marks of one footnote": lambda n: "[^x]: y\n\n" + "[^x]" * (n // 4),
    "marks that never close": lambda n: "[^x]: y\n\n" + "[^" * (n // 2),
    "marks with long labels": lambda n: "[^x]: y\n\n" + ("[^" + "a" * 190) * (n // 192),
    "footnotes of footnotes": lambda n: (
        "[^0]\n\n" + "".join(f"[^{number}]: b[^{number + 1}]\n\n" for number in range(n // 20))
    ),
    "spoilers within spoilers": lambda n: "::: spoiler\n" * (n // 16) + ":::\n" * (n // 16),
    "spoilers in quotations": lambda n: "> ::: spoiler\n\n" * (n // 15),
    "colons": lambda n: ":" * n,
    "a long spoiler title": lambda n: "::: spoiler" + " :::x" * (n // 5),
    "a long autolink": lambda n: "<http://" + "a" * n + ">",
    "autolinks that never close": lambda n: "<http://a" * (n // 9),
    "less-than signs": lambda n: "<" * n,
    "comments": lambda n: "<!--" * (n // 4),
    "ampersands": lambda n: "&" * n,
    "no-break spaces": lambda n: "a" + "\xa0" * n + "a",
    "ampersands in a title": lambda n: '[a](/b "' + "&" * n + '")',
    "backslashes": lambda n: "\\" * n,
    "accents on one letter": lambda n: "a" + "\u0300\u0316" * (n // 2),
    "flags": lambda n: "🇫" * n,
    "joined emoji": lambda n: "👩\u200d" * (n // 2),
    "soft hyphens": lambda n: "\u00ad" * n,
    "NUL": lambda n: "\x00" * n,
}


def seconds(call: Callable[[], object]) -> float:
    """How long a call takes, without the garbage collector, which would also scan what earlier tests left."""
    gc.disable()
    start = time.process_time()
    try:
        call()
        return time.process_time() - start
    finally:
        gc.enable()


def grows_evenly(call: Callable[[int], object]) -> bool:
    """Whether ten times the size takes at most thirty times as long, in the best of a few tries.

    Quadratic time would be a hundred times. A twentieth of a second is tolerated, so that noise is not a failure.
    """
    return any(seconds(lambda: call(SIZE)) <= 30 * seconds(lambda: call(SIZE // 10)) + 0.05 for _ in range(3))


class TestGrowth:
    @pytest.mark.parametrize("shape", in_turn([*SHAPES]))
    def test_rendering(self, shape: str) -> None:
        assert grows_evenly(lambda size: render(SHAPES[shape](size), passages={"p": "a a a"}))

    @pytest.mark.parametrize(
        "shape", ["accents on one letter", "flags", "joined emoji", "soft hyphens", "no-break spaces"]
    )
    def test_passages_and_excerpts(self, shape: str) -> None:
        def read(size: int) -> None:
            source = SHAPES[shape](size)
            excerpt(source, size // 2)
            find_passage(source, source[: size // 2])

        assert grows_evenly(read)

    def test_a_passage_that_almost_repeats(self) -> None:
        # Every occurrence but the last ends in the middle of a word.
        assert grows_evenly(lambda size: find_passage("xy " * (size // 3), "xy " * (size // 6) + "x"))

    def test_many_passages_over_a_large_body(self) -> None:
        def cite(size: int) -> str:
            body = " ".join(f"word{number} is *here* and there." for number in range(size // 25))
            # A hundred passages at either size: each costs one search of the body.
            return render(body, passages={f"p{number}": f"word{number} is here" for number in range(100)})

        assert cite(SIZE // 10).count("data-passage=") == 100
        assert grows_evenly(cite)

    def test_overlapping_passages(self) -> None:
        body = "word " * (SIZE // 5)
        start = time.process_time()
        html = render(body, passages={f"p{number}": "word " * (number + 1) for number in range(100)})
        assert html.count("data-passage=") == 100
        assert time.process_time() - start < 10


class TestBounds:
    def test_a_definition_used_often_does_not_multiply_the_page(self) -> None:
        source = SHAPES["one huge definition used often"](SIZE)
        html = render(source)
        assert len(html) < 20 * len(source)
        assert plain_text(source) == "a " * (SIZE // 4 - 1) + "a"

    @pytest.mark.parametrize("shape", in_turn([*SHAPES]))
    def test_a_hostile_page_is_valid_and_no_deeper_than_a_browser_likes(self, shape: str) -> None:
        html = render(SHAPES[shape](5_000))

        def depth(element: object) -> int:
            return 1 + max((depth(child) for child in element), default=0)  # type: ignore[attr-defined]

        assert depth(tree(html)) < 100

    @pytest.mark.parametrize(("depth", "is_link"), [(1, True), (9, True), (10, False), (19, False)])
    def test_brackets_within_brackets_make_a_link_to_a_depth(self, depth: int, is_link: bool) -> None:
        # Decided on 2026-11-28: eight levels of brackets in link text, no more.
        html = render("[" * depth + "words" + "]" * depth + "(https://a.example)")
        assert ("<a " in html) is is_link
        assert "words" in html

    def test_a_thousand_passages_take_one_parse(self) -> None:
        body = "word " * (SIZE // 5)
        assert seconds(lambda: find_passages(body, ["not there"] * 1_000)) < 10
