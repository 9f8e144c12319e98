"""Set a title in lines that fit, without a browser: widths are estimated and rather too large."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

_NARROW = frozenset("iljtfrI.,:;!|'’‘()[]-–1 ")
_WIDE = frozenset("mwMWQOGDHN@%&—")
_ELLIPSIS = "…"
_LAST_OF_OURS = "\u024f"
"""The last Latin letter that the site's own font may contain."""


@dataclass(frozen=True, slots=True)
class Lettering:
    """Lines of text at one size, in the units of the drawing."""

    lines: tuple[str, ...]
    size: int


def em_width(text: str) -> float:
    """The width of text in a heavy serif, in ems: rather too large than too small."""
    return sum(_em(character) for character in text)


def fitted(text: str, *, width: int, height: int, sizes: range, leading: float) -> Lettering:
    """The text in the largest of ``sizes`` (descending) at which all of it fits the box.

    If it does not fit at the smallest size, it ends with an ellipsis. ``leading`` is the height of a line in ems.
    """
    words = " ".join(text.split()).split(" ")
    measured = _Measured(words)
    for size in sizes:
        runs = measured.wrapped(width / size)
        fits_across = all(measured.width(*run) * size <= width for run in runs)
        if fits_across and len(runs) * size * leading <= height:
            return Lettering(tuple(measured.lines(runs)), size)
    size = sizes[-1]
    measured = _Measured(_split_words(words, width / size))
    lines = measured.lines(measured.wrapped(width / size))
    most = max(int(height / (size * leading)), 1)
    if len(lines) > most:
        lines = [*lines[: most - 1], _cut(lines[most - 1], width / size)]
    return Lettering(tuple(lines), size)


def runs_leftwards(text: str) -> bool:
    """Whether text begins in a right-to-left script (first strong character, UAX #9 P2)."""
    for character in text:
        match unicodedata.bidirectional(character):
            case "L":
                return False
            case "R" | "AL":
                return True
    return False


@lru_cache(maxsize=4096)
def _em(character: str) -> float:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Cf", "Cc"):
        return 0.0
    if unicodedata.east_asian_width(character) in "WF":
        return 1.0
    if character in _NARROW or character in _WIDE:
        return 0.36 if character in _NARROW else 0.86
    if character > _LAST_OF_OURS:
        return 0.86  # The reader's own font draws it, and may be a wide one.
    return 0.7 if character.isupper() else 0.56


class _Measured:
    """Words whose widths are measured once, for all sizes.

    A run is the words of a line: the number of its first word, and of the one after its last.
    """

    def __init__(self, words: Sequence[str]) -> None:
        self._words = words
        self._widths: dict[tuple[int, int], float] = {}

    def width(self, start: int, end: int) -> float:
        """The width of a run in ems: what ``em_width`` says of its line, to the last bit."""
        known = self._widths.get((start, end))
        if known is None:
            # Added letter by letter, from left to right: another order could round in another way.
            known = 0.0 if end == start + 1 else self.width(start, end - 1) + _em(" ")
            for character in self._words[end - 1]:
                known += _em(character)
            self._widths[start, end] = known
        return known

    def wrapped(self, ems: float) -> list[tuple[int, int]]:
        """The words in as few runs as the width allows; a word that is too long has its own."""
        runs = []
        start = 0
        for end in range(1, len(self._words)):
            if self.width(start, end + 1) > ems:
                runs.append((start, end))
                start = end
        return [*runs, (start, len(self._words))]

    def lines(self, runs: Sequence[tuple[int, int]]) -> list[str]:
        return [" ".join(self._words[start:end]) for start, end in runs]


def _split_words(words: list[str], ems: float) -> list[str]:
    """The words, with those wider than a line split: some scripts have no spaces."""
    pieces: list[str] = []
    for word in words:
        piece = ""
        for character in word:
            if piece and em_width(piece + character) > ems:
                pieces.append(piece)
                piece = ""
            piece += character
        pieces.append(piece)
    return pieces


def _cut(line: str, ems: float) -> str:
    while line and em_width(line + _ELLIPSIS) > ems:
        line = line[:-1]
    return line.rstrip() + _ELLIPSIS
