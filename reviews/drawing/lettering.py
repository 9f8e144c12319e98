"""Set a title in lines that fit, without a browser: widths are estimated and rather too large."""

import unicodedata
from dataclasses import dataclass

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
    for size in sizes:
        lines = _wrapped(words, width / size)
        fits_across = all(em_width(line) * size <= width for line in lines)
        if fits_across and len(lines) * size * leading <= height:
            return Lettering(tuple(lines), size)
    size = sizes[-1]
    lines = _wrapped(_split_words(words, width / size), width / size)
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


def _wrapped(words: list[str], ems: float) -> list[str]:
    """Words in as few lines as the width allows; a word that is too long has its own line."""
    lines = [words[0]]
    for word in words[1:]:
        longer = f"{lines[-1]} {word}"
        if em_width(longer) <= ems:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


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
