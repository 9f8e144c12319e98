"""Folding: what counts as the same text when a passage is searched, and where its words begin and end.

Alike are typographic and straight quotes, every run of white space and one space, the three kinds of hyphen,
an ellipsis and three dots, and the two ways to write an accented letter (NFC). Soft hyphens and zero-width
characters do not count. Letter case and dashes do.
"""

from dataclasses import dataclass
from itertools import pairwise

from reviews.text.passages.boundaries import normalised, pieces_of, trailing, words_of

BOUNDARY = "\0"
"""Stands in folded text wherever a word may begin or end. No clean text holds one itself."""


@dataclass(frozen=True, slots=True)
class Folded:
    """Text folded. ``text[i]`` stands for the original's ``[starts[i], ends[i])``; a boundary, for nothing."""

    text: str
    starts: list[int]
    ends: list[int]


def fold(text: str) -> Folded:
    """The text folded, a ``BOUNDARY`` at both ends and wherever a word may begin or end.

    A boundary depends on at most two characters to each side. So a folded passage, whose own ends are
    boundaries, is found in a folded body by one plain search, and never in the middle of a word.
    """
    codes, begins = pieces_of(text)
    places = [*begins, len(text)]
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for first, past in pairwise(words_of(codes)):
        out.append(BOUNDARY)
        starts.append(places[first])
        ends.append(places[first])
        for start, end in pairwise(places[first : past + 1]):
            piece = normalised(text[start:end])
            out.append(piece)
            starts += [start] * len(piece)
            ends += [end - trailing(text[start:end])] * len(piece)
    return Folded("".join([*out, BOUNDARY]), [*starts, len(text)], [*ends, len(text)])


def fold_passage(text: str) -> str:
    """What to search for in a folded text; empty when the passage holds nothing to find."""
    folded = fold(text.strip()).text.strip(f" {BOUNDARY}")
    return f"{BOUNDARY}{folded}{BOUNDARY}" if folded else ""
