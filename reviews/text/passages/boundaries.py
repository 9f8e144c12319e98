"""Boundaries: what a reader sees as one character, and where a word may begin or end.

Each character of a text gets a code for its class, and each piece (a character with its accents, a run of white space)
the code of its first character; a regular expression finds the words in the codes. That is ten times as fast as rules
in Python.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from reviews.text.characters import ZERO_WIDTH_JOINER, extends, is_regional, is_unspaced

# Normalising a letter with thousands of accents takes quadratic time; no script needs so many.
_MARKS_PER_CHARACTER = 32

_IGNORED = frozenset(
    "\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff"
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
) | {chr(code) for code in range(0xFE00, 0xFE10)}
_ALL_IGNORED = "".join(_IGNORED)

_SAME = str.maketrans(
    dict.fromkeys("‘’‚‛‹›′", "'")
    | dict.fromkeys("“”„‟«»″", '"')
    | dict.fromkeys("\u2010\u2011", "-")
    | {"…": "..."}
)

# -- Codes -----------------------------------------------------------------------------------------------------
#
# S white space · W letter, N digit, w any other character of a word · U, V and u the same in a script without
# spaces · D dot · C comma · Q apostrophe, q one with an accent · M accent, m accent of a script without
# spaces · O other · I ignored character, J zero-width joiner.

_ACCENTED = {"N": "W", "V": "U", "Q": "q"}
"""The code of a piece with an accent: it is no longer a digit or a plain apostrophe."""
_JOINED = 128
"""Added to the code of a piece that a zero-width joiner connects to the one before it."""


def normalised(piece: str) -> str:
    """A piece as it is compared: NFC, no ignored characters, straight quotes, one kind of hyphen, three dots."""
    if piece[0].isspace():
        return " "
    if piece.isascii():
        return piece
    counted = "".join(each for each in piece if each not in _IGNORED) if len(piece) > 1 else piece
    return counted if counted.isascii() else unicodedata.normalize("NFC", counted).translate(_SAME)


def trailing(piece: str) -> int:
    """How many ignored characters follow a run of white space; they are not part of it."""
    return len(piece) - len(piece.rstrip(_ALL_IGNORED)) if len(piece) > 1 and piece[0].isspace() else 0


class _Codes(dict[int, str]):
    """The code of each character, cached except for the rarest 130,000 ideographs."""

    def __missing__(self, number: int) -> str:
        if 0x20000 <= number < 0x40000:
            return "U" if chr(number).isalnum() else "u"
        code = self[number] = _code(chr(number))
        return code


def _code(character: str) -> str:
    if character in _IGNORED:
        return "J" if character == ZERO_WIDTH_JOINER else "I"
    if character.isspace():
        return "S"
    if extends(character):
        return "m" if is_unspaced(character) else "M"
    first = normalised(character)[0]
    if first in ".,'_":
        return {".": "D", ",": "C", "'": "Q", "_": "w"}[first]
    if is_unspaced(first):
        return "V" if first.isdigit() else "U" if first.isalnum() else "u"
    if first.isalnum():
        return "N" if first.isdigit() else "W"
    return "w" if is_regional(first) else "O"


_CODES = _Codes()

_IS_LONG = re.compile("[IJMm]|SS")
_PIECE = re.compile(f"S[SIJ]*+|[^SIJ](?:[IJ]*+[Mm]){{0,{_MARKS_PER_CHARACTER - 1}}}+[IJ]*+")


def pieces_of(text: str) -> tuple[str, Sequence[int]]:
    """The code of every piece, and where each begins; ignored characters belong to the piece before them."""
    codes = text.translate(_CODES)
    if not _IS_LONG.search(codes):
        return codes, range(len(codes))
    found: list[str] = []
    starts: list[int] = []
    is_joined = False
    for match in _PIECE.finditer(codes):
        start, end = match.span()
        starts.append(start)
        code, rest = codes[start], codes[start + 1 : end]
        if code in "Mm":
            # Accents without a letter, after a space or after too many others: normalising may reorder them.
            code = "u" if is_unspaced(normalised(text[start:end])[0]) else "M"
        elif "M" in rest or "m" in rest:
            code = _ACCENTED.get(code, code)
        if code == "S":
            is_joined = False
            found.append(code)
            continue
        found.append(chr(ord(code) + _JOINED) if is_joined else code)
        is_joined = rest.replace("M", "").replace("m", "").endswith("J")
    return "".join(found), starts


# -- Words -----------------------------------------------------------------------------------------------------


def _either(codes: str) -> str:
    """A character class of these codes, for joined pieces and others."""
    return f"[{codes}{''.join(chr(ord(code) + _JOINED) for code in codes)}]"


_LETTER, _DIGIT = _either("WwN"), _either("NV")
_NO_BOUNDARY = (
    f"(?<={_LETTER})[WwN]++"  # Within a word,
    f"|[M\x80-\xff]"  # before an accent and after a joiner,
    f"|(?<={_either('D')})D++"  # between dots,
    f"|(?<={_LETTER})[Qq](?={_LETTER})"  # before the apostrophe of "don't"; after it a word may begin, as in "l'amour";
    f"|(?<={_DIGIT})[DC](?={_DIGIT})|(?<={_DIGIT}{_either('DC')})[NV]"  # around the point of "3.5".
)
_SHORT = re.compile(f"S++|[^S](?:{_NO_BOUNDARY})*+")
_QUOTE = chr(ord("Q") + _JOINED)
_WHOLE = re.compile(f"S++|[^S](?:(?:(?<={_LETTER})Q(?={_LETTER})|{_QUOTE})[WNUV]?|{_NO_BOUNDARY})*+")


def words_of(codes: str, *, whole: bool = False) -> Iterator[int]:
    """Where words and the text between them begin and end: piece numbers from 0 to the number of pieces.

    In scripts without spaces any character may begin a word. A boundary depends on at most two pieces on each side,
    except for ``whole`` words: they have no boundary after an apostrophe between letters.
    """
    end = 0
    for word in (_WHOLE if whole else _SHORT).findall(codes):
        yield end
        end += len(word)
    yield end
