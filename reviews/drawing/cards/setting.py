"""Sets words in lines that fit a box, measured with the font that draws them."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from reviews.drawing.cards.faces import Face, Weight, face_for, writable
from reviews.drawing.lettering import runs_leftwards

_ELLIPSIS = "…"
_TALL_LEADING, _FULL_LEADING = 1.34, 1.18
"""Letters of other scripts than the European ones have more above and below them, or fill the whole of an em."""
_FIRST_TALL, _LAST_TALL = "\u0590", "\u1cff"
_TIES_BEFORE = frozenset("、。，．！？：；）」』】〉》〕］｝・ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々〻")
"""They never begin a line (JIS X 4051)."""
_TIES_AFTER = frozenset("（「『【〈《〔［｛เแโใไ")
"""They never end one: brackets, and the vowels that Thai writes before their consonants."""
_BREAKS_AFTER = re.compile(r"(?<=[\w.,!?])([-–—/])(?=\w)")
_SYLLABLES = re.compile(r"(?<=[\u0e01-\u0e5b])(?=[\u0e40-\u0e44])")
"""Thai has no spaces between words; but where a vowel is written before its consonant, a syllable begins."""


@dataclass(frozen=True, slots=True)
class Setting:
    """Lines of one font at one size, in pixels. ``leading`` is the height of a line."""

    face: Face
    size: int
    lines: tuple[str, ...]
    leading: float
    language: str
    is_leftwards: bool

    @property
    def height(self) -> int:
        return round(self.leading * len(self.lines))

    @property
    def width(self) -> int:
        return round(max(self.face.ems(line, self.language) for line in self.lines) * self.size)


@dataclass(frozen=True, slots=True)
class _Piece:
    """What is never broken, with its width in ems. ``space`` is what stands before it on a line, or nothing."""

    words: str
    width: float
    space: str


def fitted(
    words: str,
    weight: Weight,
    language: str,
    *,
    width: int,
    height: int,
    sizes: Sequence[int],
    leading: float = 1.04,
) -> Setting | None:
    """Words in the largest of ``sizes`` (descending) at which they fit the box.

    If they do not fit at the smallest, they are cut at a word and end with an ellipsis. ``leading`` is in ems. None if
    there are no words, or if no font has all of their characters.
    """
    told = writable(words)
    face = face_for(told, weight, language) if told else None
    if face is None:
        return None
    if any(_FIRST_TALL <= character <= _LAST_TALL for character in told):
        leading = max(leading, _TALL_LEADING)
    elif any(unicodedata.east_asian_width(character) in "WF" for character in told):
        leading = max(leading, _FULL_LEADING)
    space = face.ems(" ", language)
    pieces = [_Piece(piece, face.ems(piece, language), gap) for piece, gap in _pieces(told)]
    for size in sizes:
        ems, most = width / size, int(height / (size * leading))
        if max(piece.width for piece in pieces) <= ems and len(_wrapped(pieces, ems, space)) <= most:
            return _set(face, size, _balanced(pieces, ems, space), leading, language, told)
    size = sizes[-1]
    ems, most = width / size, max(int(height / (size * leading)), 1)
    pieces = [each for piece in pieces for each in _split(piece, ems, face, language)]
    lines = _wrapped(pieces, ems, space)
    if len(lines) > most:
        return _set(face, size, _cut(lines, most, ems, face, language), leading, language, told)
    return _set(face, size, lines, leading, language, told)


def _set(
    face: Face, size: int, lines: Iterable[Sequence[_Piece]], leading: float, language: str, told: str
) -> Setting:
    written = tuple(_joined(line) for line in lines)
    return Setting(face, size, written, size * leading, language, runs_leftwards(told))


def _joined(line: Sequence[_Piece]) -> str:
    return "".join(piece.space * (number > 0) + piece.words for number, piece in enumerate(line))


def _pieces(words: str) -> Iterable[tuple[str, str]]:
    """The pieces between which a line may end, each with what stands before it."""
    for word in words.split(" "):
        gap = " "
        for part in _SYLLABLES.sub("\0", _BREAKS_AFTER.sub("\\1\0", word)).split("\0"):
            for piece in _clusters(part) if _is_east_asian(part) else [part]:
                yield piece, gap
                gap = ""


def _is_east_asian(words: str) -> bool:
    """Whether it is written without spaces, and lines end anywhere. Korean has spaces."""
    return any(
        unicodedata.east_asian_width(each) in "WF" and not "\uac00" <= each <= "\ud7a3" for each in words
    )


def _clusters(words: str) -> list[str]:
    """Characters, each with the marks that belong to it and with what must not begin or end a line."""
    found: list[str] = []
    for character in words:
        is_tied = (
            unicodedata.category(character).startswith(("M", "Cf"))
            or character in _TIES_BEFORE
            or "\u0e30" <= character <= "\u0e3a"
        )
        joins_latin = found and character.isascii() and found[-1][-1].isascii()
        if found and (is_tied or joins_latin or found[-1][-1] in _TIES_AFTER):
            found[-1] += character
        else:
            found.append(character)
    return found


def _split(piece: _Piece, ems: float, face: Face, language: str) -> list[_Piece]:
    """A piece that is wider than a line, in several; any other as it is."""
    if piece.width <= ems:
        return [piece]
    parts: list[_Piece] = []
    begun, gap = "", piece.space
    for cluster in _letters(piece.words):
        if begun and face.ems(begun + cluster, language) > ems:
            parts.append(_Piece(begun, face.ems(begun, language), gap))
            begun, gap = "", ""
        begun += cluster
    return [*parts, _Piece(begun, face.ems(begun, language), gap)]


def _letters(words: str) -> list[str]:
    """Clusters of any script: of a word that has no other place to be broken."""
    found: list[str] = []
    for character in words:
        is_mark = unicodedata.category(character).startswith(("M", "Cf")) or "\u0e30" <= character <= "\u0e3a"
        if found and (is_mark or found[-1][-1] in _TIES_AFTER):
            found[-1] += character
        else:
            found.append(character)
    return found


def _wrapped(pieces: Sequence[_Piece], ems: float, space: float) -> list[list[_Piece]]:
    """In as few lines as the width allows; a piece that is too wide has its own."""
    lines: list[list[_Piece]] = []
    used = 0.0
    for piece in pieces:
        added = piece.width + (space if piece.space else 0.0)
        if lines and used + added <= ems:
            lines[-1].append(piece)
            used += added
        else:
            lines.append([piece])
            used = piece.width
    return lines


def _balanced(pieces: Sequence[_Piece], ems: float, space: float) -> list[list[_Piece]]:
    """In as many lines, as equal as they can be: the least sum of the squares of what they lack."""
    count = len(_wrapped(pieces, ems, space))
    least: list[dict[int, tuple[float, list[int]]]] = [{0: (0.0, [0])}]
    for _line in range(count):
        reached: dict[int, tuple[float, list[int]]] = {}
        for start, (lacks, ends) in least[-1].items():
            used = 0.0
            for end in range(start, len(pieces)):
                gap = space if pieces[end].space and end > start else 0.0
                used += pieces[end].width + gap
                if used > ems and end > start:
                    break
                lacking = lacks + (ems - used) ** 2
                if end + 1 not in reached or lacking < reached[end + 1][0]:
                    reached[end + 1] = lacking, [*ends, end + 1]
        least.append(reached)
    ends = least[-1][len(pieces)][1]
    return [list(pieces[start:end]) for start, end in pairwise(ends)]


def _cut(
    lines: Sequence[Sequence[_Piece]], most: int, ems: float, face: Face, language: str
) -> list[Sequence[_Piece]]:
    """The first lines, of which the last ends with an ellipsis, after a whole piece."""
    last = list(lines[most - 1])
    while len(last) > 1 and face.ems(_joined(last) + _ELLIPSIS, language) > ems:
        last.pop()
    words = _joined(last).rstrip(" ,;:–—-")
    while words and face.ems(words + _ELLIPSIS, language) > ems:
        words = words[:-1]
    return [*lines[: most - 1], [_Piece(words + _ELLIPSIS, 0, "")]]
