"""Folding: which texts count as equal when a passage is searched, and where words begin and end.

Equal are typographic and straight quotes, any run of white space and one space, the three kinds of hyphen, an ellipsis
and three dots, and the two encodings of an accented letter (NFC). Soft hyphens and zero-width characters are ignored.
Letter case and the length of dashes are not.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from reviews.text.passages.boundaries import normalised, pieces_of, trailing, words_of

BOUNDARY = "\0"
"""Marks in folded text where a word may begin or end. Clean text never contains it."""


KEPT_BODIES, KEPT_PASSAGES = 4, 64
"""Publishing looks for passages three times in a body, for checklist, HTML and edition: they stay folded."""


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text. ``text[i]`` comes from ``[starts[i], ends[i])`` of the original, which is empty for a boundary."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]


@lru_cache(KEPT_BODIES)
def fold(text: str) -> Folded:
    """The text folded, with a ``BOUNDARY`` at both ends and wherever a word may begin or end.

    A boundary depends on at most two characters on each side. So a folded passage, which has boundaries at both ends,
    can be found in a folded body by a plain substring search, and never in the middle of a word.
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
        word = text[places[first] : places[past]]
        if word.isascii() and word.isalnum():
            # Most words by far: each character stands for itself.
            out.append(word)
            starts += range(places[first], places[past])
            ends += range(places[first] + 1, places[past] + 1)
            continue
        for start, end in pairwise(places[first : past + 1]):
            piece = normalised(text[start:end])
            out.append(piece)
            starts += [start] * len(piece)
            ends += [end - trailing(text[start:end])] * len(piece)
    return Folded("".join([*out, BOUNDARY]), [*starts, len(text)], [*ends, len(text)])


@lru_cache(KEPT_PASSAGES)
def fold_passage(text: str) -> str:
    """What to search for in a folded text; empty if the passage is empty once folded."""
    folded = fold.__wrapped__(text.strip()).text.strip(f" {BOUNDARY}")
    return f"{BOUNDARY}{folded}{BOUNDARY}" if folded else ""
