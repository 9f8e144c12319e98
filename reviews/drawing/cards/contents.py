"""What a card says: values that decide all of it, so that their digest can be its address."""

from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from reviews.drawing.monogram import Monogram

WIDTH, HEIGHT = 1200, 630
"""Pixels: what sites that show cards ask for (1.91 : 1)."""
EDITION = 1
"""Raise it whenever the same values are drawn in another way: every address is a new one then."""
MOST_POSTERS = 4


@dataclass(frozen=True, slots=True)
class FilmPoster:
    """All that a film's drawn poster is made of."""

    uid: UUID
    title: str
    year: int | None
    minutes: int | None


@dataclass(frozen=True, slots=True)
class Posters:
    """A panel of one poster, or of up to ``MOST_POSTERS``."""

    films: tuple[FilmPoster, ...]


@dataclass(frozen=True, slots=True)
class VerdictGiven:
    """A verdict: whose it is in words (``Our reading:``), the name of its sign, and its word."""

    label: str
    name: str
    word: str


@dataclass(frozen=True, slots=True)
class Byline:
    """At the foot of a review: its critic, with what stands before the name; the verdict; and the critic's own rating
    with its label. Both labels and the rating may be empty."""

    monogram: Monogram
    label: str
    critic: str
    verdict: VerdictGiven | None
    rating_label: str = ""
    rating: str = ""


@dataclass(frozen=True, slots=True)
class Stand:
    """How many critics have one verdict, by the name of its sign."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Stands:
    """At the foot of a film: the count of its verdicts in words, and a stand for each, pan first."""

    caption: str
    stands: tuple[Stand, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """At the foot of others: a line of words; may be empty."""

    words: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """A card: a panel, the outlet's name over all words, what the page is of, its title, and a foot.

    ``language`` is the outlet's, as BCP 47 has it. ``is_leftwards``: laid out from right to left. The panel is a
    monogram for a critic.
    """

    outlet: str
    language: str
    is_leftwards: bool
    panel: Posters | Monogram
    kicker: str
    title: str
    foot: Byline | Stands | Line

    @property
    def digest(self) -> str:
        """What its address is made of: another one for any other content. 16 hexadecimal digits."""
        return sha256(f"{EDITION}|{self!r}".encode()).hexdigest()[:16]
