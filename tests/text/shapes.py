"""Hostile copy at the limit: every kind of text that made a Markdown reader slow, as long as the desk accepts."""

from collections.abc import Callable
from random import Random

from reviews.text.limits import LONGEST_COPY, MARKS, MOST_LINES, MOST_MARKS
from tests.text.test_hostile import SHAPES as PARSERS

MORE: dict[str, Callable[[int], str]] = {
    "short lines": lambda n: "a\n" * (n // 2),
    "short paragraphs": lambda n: "a\n\n" * (n // 3),
    "image openings": lambda n: "![[" * (n // 3),
    "link openings and emphasis": lambda n: "[ a_" * (n // 4),
    "tables of one cell": lambda n: "|a|\n|-|\n|a|\n\n" * (n // 15),
    "a table of many rows": lambda n: "|a|b|\n|-|-|\n" + "|a|b|\n" * (n // 6),
    "wide rows": lambda n: "|a" * 25 + "|\n" + "|-" * 25 + "|\n" + ("|a" * 25 + "|\n") * (n // 52),
    "headings": lambda n: "# a\n" * (n // 4),
    "words in emphasis": lambda n: "*a* " * (n // 4),
    "words in strong emphasis": lambda n: "**a** " * (n // 6),
    "links": lambda n: "[a](b) " * (n // 7),
    "images": lambda n: "![a](b) " * (n // 8),
    "code spans": lambda n: "`a` " * (n // 4),
    "autolinks": lambda n: "<http://a.b> " * (n // 13),
    "entities": lambda n: "&amp;" * (n // 5),
    "escapes": lambda n: "\\*" * (n // 2),
    "hard breaks": lambda n: "a  \n" * (n // 4),
    "hard breaks by backslash": lambda n: "a\\\n" * (n // 3),
    "fences": lambda n: "```\na\n```\n" * (n // 10),
    "rules": lambda n: "---\n\n" * (n // 5),
    "items in items": lambda n: "- - - a\n" * (n // 8),
    "quotations in quotations": lambda n: "> > > a\n\n" * (n // 9),
    "quotations with lists": lambda n: "> - a\n\n" * (n // 7),
    "references": lambda n: "[a]: b\n\n" + "[a] " * (n // 4),
    "single letters": lambda n: "a " * (n // 2),
    "punctuation": lambda n: ".," * (n // 2),
    "digits and points": lambda n: "1." * (n // 2),
    "apostrophes": lambda n: "a'" * (n // 2),
    "one long word": lambda n: "a" * n,
    "ideographs": lambda n: "電" * n,
    "ideographs, no two alike": lambda n: "".join(
        chr(0x20000 + number * 7_919 % 100_003) for number in range(n)
    ),
    "signs of many kinds": lambda n: "".join(chr(0x2190 + number * 389 % 997) for number in range(n)),
    "Thai": lambda n: "ก็" * (n // 2),
    "a line of spaces": lambda n: "a" + " " * n,
    "underscores": lambda n: "_a " * (n // 3),
    "tildes": lambda n: "~" * n,
}

SHAPES = PARSERS | MORE

_SENTENCE = "the camera waits and a quiet lead never lets the score or the light of a scene go"
_WORDS = _SENTENCE.split()


def prose(size: int) -> str:
    """Paragraphs of eighty words, all different, as a unit for measuring time."""
    words = [_WORDS[(number * number + number // 7) % len(_WORDS)] for number in range(size // 5 + 80)]
    paragraphs = [" ".join(words[start : start + 80]) + f" {start}." for start in range(0, len(words), 80)]
    return "\n\n".join(paragraphs)[:size]


def shuffled(text: str, seed: int) -> str:
    """The same characters in another order, so that nothing is where it was."""
    return "".join(Random(seed).sample(text, len(text)))


def edited(text: str, every: int, first: int, new: str) -> str:
    """The text with one character of ``every`` changed."""
    return "".join(new if place % every == first else each for place, each in enumerate(text))


def at_the_limit(name: str, size: int = LONGEST_COPY) -> str:
    """A hostile text that the desk accepts: for ``size`` characters, that share of the limits of lines and marks."""
    share = size / LONGEST_COPY
    lines, marks = int(MOST_LINES * share), int(MOST_MARKS * share)
    text = SHAPES[name](size)[:size]
    for place, character in enumerate(text):
        marks -= character in MARKS
        lines -= character == "\n" and text[place - 1 : place] != "\n"
        if marks < 0 or lines <= 0:
            return text[:place]
    return text
