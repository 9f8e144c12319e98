"""Folding: what counts as the same text when a passage is searched, and where its words begin and end.

Alike are typographic and straight quotes, every run of white space and one space, the three kinds of hyphen,
an ellipsis and three dots, and the two ways to write an accented letter (NFC). Soft hyphens and zero-width
characters do not count. Letter case and dashes do.
"""

import unicodedata
from dataclasses import dataclass

from reviews.text.characters import (
    ZERO_WIDTH_JOINER,
    extends,
    is_regional,
    is_unspaced,
)

BOUNDARY = "\0"
"""Stands in folded text wherever a word may begin or end. No clean text holds one itself."""

# Normalising one letter with thousands of accents takes quadratic time; no script needs this many.
_MARKS_PER_CHARACTER = 32

_IGNORED = frozenset(
    "\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff"
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
) | {chr(code) for code in range(0xFE00, 0xFE10)}

_SAME = str.maketrans(
    dict.fromkeys("‘’‚‛‹›′", "'")
    | dict.fromkeys("“”„‟«»″", '"')
    | dict.fromkeys("\u2010\u2011", "-")
    | {"…": "..."}
)

_SPACE, _WORD, _UNSPACED, _MARK, _DOT, _COMMA, _APOSTROPHE, _OTHER = range(8)
_KINDS = {" ": _SPACE, ".": _DOT, ",": _COMMA, "'": _APOSTROPHE, "_": _WORD}


@dataclass(slots=True)
class _Piece:
    """What a reader sees as one character, and which part of the text it stands for."""

    text: str
    start: int
    end: int
    joined: bool  # To the one before it, by a zero-width joiner.
    size: int = 1
    kind: int = _OTHER


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
    pieces = _pieces(text)
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for index, piece in enumerate(pieces):
        if _is_boundary(pieces, index):
            out.append(BOUNDARY)
            starts.append(piece.start)
            ends.append(piece.start)
        out.append(piece.text)
        starts.extend([piece.start] * len(piece.text))
        ends.extend([piece.end] * len(piece.text))
    return Folded("".join([*out, BOUNDARY]), [*starts, len(text)], [*ends, len(text)])


def fold_passage(text: str) -> str:
    """What to search for in a folded text; empty when the passage holds nothing to find."""
    folded = fold(text.strip()).text.strip(f" {BOUNDARY}")
    return f"{BOUNDARY}{folded}{BOUNDARY}" if folded else ""


def _pieces(text: str) -> list[_Piece]:
    pieces: list[_Piece] = []
    joined = False
    for position, character in enumerate(text):
        last = pieces[-1] if pieces else None
        if character in _IGNORED:
            joined = character == ZERO_WIDTH_JOINER and last is not None and last.text != " "
            if last is not None and last.text != " ":
                last.end = position + 1
        elif character.isspace():
            joined = False
            if last is not None and last.text == " ":
                last.end = position + 1
            else:
                pieces.append(_Piece(" ", position, position + 1, False))
        elif (
            last is not None and last.text != " " and last.size < _MARKS_PER_CHARACTER and extends(character)
        ):
            last.text += character
            last.size += 1
            last.end = position + 1
        else:
            pieces.append(_Piece(character, position, position + 1, joined))
            joined = False
    for piece in pieces:
        if not piece.text.isascii():
            piece.text = unicodedata.normalize("NFC", piece.text).translate(_SAME)
        piece.kind = _kind(piece.text[0])
    return pieces


def _kind(character: str) -> int:
    if (kind := _KINDS.get(character)) is not None:
        return kind
    if is_unspaced(character):
        return _UNSPACED
    if extends(character):
        return _MARK
    return _WORD if character.isalnum() or is_regional(character) else _OTHER


def _is_boundary(pieces: list[_Piece], index: int) -> bool:
    """Whether a word may end or begin before ``pieces[index]``.

    Not inside a word, nor before the apostrophe of "don't" (after it one may begin, as in "l'amour"), nor
    around the point of "3.5", nor between dots. In scripts without spaces any character may begin a word.
    """
    if index == 0:
        return True
    before, after = pieces[index - 1], pieces[index]
    if before.kind == _SPACE:
        return True
    if after.joined or after.kind == _MARK:
        return False
    if before.kind == after.kind and after.kind in (_WORD, _DOT):
        return False
    following = pieces[index + 1].kind if index + 1 < len(pieces) else _SPACE
    if after.kind == _APOSTROPHE:
        return not (before.kind == _WORD and following == _WORD)
    if after.kind in (_DOT, _COMMA):
        return not (_is_digit(pieces, index - 1) and _is_digit(pieces, index + 1))
    if before.kind in (_DOT, _COMMA):
        return not (_is_digit(pieces, index - 2) and _is_digit(pieces, index))
    return True


def _is_digit(pieces: list[_Piece], index: int) -> bool:
    return 0 <= index < len(pieces) and pieces[index].text.isdigit()
