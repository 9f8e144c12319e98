"""The monogram of a critic: a seat with their initials; a sign for an organisation; an empty seat if unknown."""

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum
from uuid import UUID

from reviews.drawing.chance import Chance
from reviews.drawing.palettes import PALETTES, Palette


class Seat(Enum):
    """The shape, by kind of byline."""

    PERSON = "person"
    ORGANISATION = "organisation"
    UNKNOWN = "unknown"


OUTLINES = {
    Seat.PERSON: "M2 40V18a18 18 0 0 1 36 0v22z",
    Seat.ORGANISATION: "M2 4h36v36H2z",
    Seat.UNKNOWN: "M4 38V18a16 16 0 0 1 32 0v20z",
}
"""As paths, in a box of 40 units."""


@dataclass(frozen=True, slots=True)
class Monogram:
    """``initials`` is empty if the author is unknown."""

    initials: str
    seat: Seat
    palette: Palette

    @property
    def outline(self) -> str:
        return OUTLINES[self.seat]


def monogram(uid: UUID, name: str, seat: Seat) -> Monogram:
    """The monogram of a byline."""
    initials = "" if seat is Seat.UNKNOWN else _initials(name)
    return Monogram(initials, seat, Chance(uid, "monogram").pick(PALETTES))


def _initials(name: str) -> str:
    """The first letters of the first and the last word; for a single word also its inner capitals (``LatestBuz``).

    In scripts without capital letters, one letter per word.
    """
    words = [word for word in re.split(r"[\s\-‐–]+", unicodedata.normalize("NFC", name)) if _letters(word)]
    if not words:
        return name.strip()[:1]
    if len(words) == 1:
        capitals = [letter for letter in _letters(words[0]) if letter.isupper()]
        if len(capitals) > 1 and not words[0].isupper():
            return "".join(capitals[:2])
        return _letters(words[0])[0].upper()
    return (_letters(words[0])[0] + _letters(words[-1])[0]).upper()


def _letters(word: str) -> str:
    return "".join(character for character in word if character.isalnum())
