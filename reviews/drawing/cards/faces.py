"""Fonts: those of the house, which hold every script that one file can, and the system's for Chinese, Japanese, Korean.

A line is set in one font that has all of its characters, or not at all: nobody is shown boxes.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from PIL import ImageFont, features

from reviews.drawing.cards.coverage import Coverage, coverage_of

FOLDER = Path(__file__).parent / "fonts"
SYSTEM_FOLDERS = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path("/Library/Fonts"),
    Path("/System/Library/Fonts"),
)
EAST_ASIAN = (
    "NotoSerifCJK-Black.ttc",
    "NotoSerifCJK-Bold.ttc",
    "NotoSansCJK-Black.ttc",
    "NotoSansCJK-Bold.ttc",
    "NotoSerifCJK-Regular.ttc",
    "NotoSansCJK-Regular.ttc",
    "wqy-zenhei.ttc",
    "wqy-microhei.ttc",
    "DroidSansFallbackFull.ttf",
    "ipaexm.ttf",
    "ipaexg.ttf",
    "NanumMyeongjoExtraBold.ttf",
    "NanumMyeongjo.ttf",
    "Hiragino Sans GB.ttc",
    "AppleSDGothicNeo.ttc",
)
"""Files of fonts that systems have, the best first."""
_NUMBERS_OF_NOTO = {"ja": 0, "ko": 1, "zh": 2, "zh-hant": 3}
"""Their forms of Han characters, in the collections of Noto."""

CAN_SHAPE = features.check("raqm")
"""Whether letters can be joined, reordered and set from right to left. Without, only simple scripts are set."""
_MEASURED_AT = 200
_KEPT_INVISIBLE = "\u200c\u200d\u200e\u200f"
"""Joiners and marks of direction: not seen, but they decide how others are."""
_SIMPLER = {"\u2010": "-", "\u2011": "-", "\u202f": "\xa0", "\u2015": "—", "\u2212": "−"}


class Weight(Enum):
    """A file of the house's."""

    HEAVY = "heavy"
    BOLD = "bold"
    ITALIC = "italic"


@dataclass(frozen=True)
class Face:
    """A font file; ``index`` is its number in a collection."""

    path: Path
    index: int = 0

    def has(self, words: str) -> bool:
        """Whether all of it can be set in this font."""
        coverage = _coverage(self.path, self.index)
        return all(
            character in _KEPT_INVISIBLE or (coverage.has(character) and (CAN_SHAPE or _is_simple(character)))
            for character in words
        )

    def ems(self, words: str, language: str) -> float:
        """The width of words in ems."""
        return self.font(_MEASURED_AT).getlength(words, **shaping(language)) / _MEASURED_AT

    def font(self, size: int) -> ImageFont.FreeTypeFont:
        return _font(self.path, self.index, size)


def shaping(language: str) -> dict[str, Any]:
    """What the layout engine is told of the words' language: some letters have other forms in some."""
    return {"language": language} if CAN_SHAPE and language.isascii() and language else {}


def writable(words: str) -> str:
    """Words on one line, composed, without characters that nobody sees."""
    composed = unicodedata.normalize("NFC", words)
    kept = (
        " " if character.isspace() and character not in "\xa0\u202f" else _SIMPLER.get(character, character)
        for character in composed
        if character in _KEPT_INVISIBLE or character.isspace() or not _is_invisible(character)
    )
    return " ".join("".join(kept).split(" ")).strip()


def face_for(words: str, weight: Weight, language: str) -> Face | None:
    """The first font that has all characters; None if none has."""
    return next((face for face in _faces(words, weight, language) if face.has(words)), None)


def _faces(words: str, weight: Weight, language: str) -> Iterator[Face]:
    for each in dict.fromkeys((weight, Weight.BOLD)):
        yield Face(FOLDER / f"{each.value}.ttf")
    if any(unicodedata.east_asian_width(character) in "WF" for character in words):
        for path in _east_asian():
            is_noto = path.name.startswith("Noto")
            yield Face(path, _NUMBERS_OF_NOTO[_language_of(words, language)] if is_noto else 0)


def _language_of(words: str, language: str) -> str:
    """Whose forms Han characters have: by the letters among them, else by the outlet's language."""
    names = {unicodedata.name(character, "").partition(" ")[0] for character in words}
    if names & {"HIRAGANA", "KATAKANA"}:
        return "ja"
    if "HANGUL" in names:
        return "ko"
    tag = language.lower()
    if tag.startswith(("zh-hant", "zh-tw", "zh-hk", "zh-mo")):
        return "zh-hant"
    return tag[:2] if tag[:2] in ("ja", "ko") else "zh"


@cache
def _east_asian() -> tuple[Path, ...]:
    found = {path.name: path for folder in SYSTEM_FOLDERS for path in sorted(folder.rglob("*.tt[cf]"))}
    return tuple(found[name] for name in EAST_ASIAN if name in found and _is_readable(found[name]))


def _is_readable(path: Path) -> bool:
    try:
        _coverage(path, 0)
    except (OSError, ValueError):
        return False
    return True


@lru_cache(maxsize=16)
def _coverage(path: Path, index: int) -> Coverage:
    return coverage_of(path, index)


@lru_cache(maxsize=32)
def _font(path: Path, index: int, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size, index=index)


def _is_invisible(character: str) -> bool:
    """Controls, formats, and the selectors of variants."""
    return unicodedata.category(character) in ("Cc", "Cf", "Cs") or "\ufe00" <= character <= "\ufe0f"


def _is_simple(character: str) -> bool:
    """Whether it stands beside the others as it is, from left to right."""
    is_rightwards = unicodedata.bidirectional(character) not in ("R", "AL", "AN")
    return (
        is_rightwards and not unicodedata.category(character).startswith("M") and character < "\u0900"
    ) or (character >= "\u1e00")
