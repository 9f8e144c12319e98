"""Cards to try."""

import io
from dataclasses import replace
from typing import Any
from uuid import UUID

from PIL import Image

from reviews.drawing.cards.contents import (
    Byline,
    Card,
    FilmPoster,
    Line,
    Posters,
    Stand,
    Stands,
    VerdictGiven,
)
from reviews.drawing.cards.drawn import draw
from reviews.drawing.monogram import Seat, monogram

ANY = UUID("00000000-0000-4000-8000-000000000001")
MARK = monogram(ANY, "Ada Lens", Seat.PERSON)
POSTER = FilmPoster(ANY, "La Haine", 1995, 98)
BYLINE = Byline(
    MARK, "By", "Ada Lens", VerdictGiven("Verdict:", "rave", "rave"), "The critic’s rating", "4/5"
)
REVIEW = Card(
    "The Test Reel", "en-GB", False, Posters((POSTER,)), "La Haine (1995)", "So far so good", BYLINE
)
FILM = replace(
    REVIEW,
    kicker="1995",
    title="La Haine",
    foot=Stands(
        "Three critics: two for, one against.", (Stand("pan", 1), Stand("mixed", 0), Stand("rave", 2))
    ),
)
CRITIC = replace(REVIEW, panel=MARK, kicker="Critic", title="Ada Lens", foot=Line("Three films."))
NOTHING_BUT_PAPER = (253, 253, 251)


def picture(card: Card, **changed: Any) -> Image.Image:
    """A card as drawn."""
    return Image.open(io.BytesIO(draw(replace(card, **changed)))).convert("RGB")


def inked(image: Image.Image, box: tuple[int, int, int, int]) -> int:
    """How many pixels of a box are anything but paper."""
    part = image.crop(box)
    return sum(1 for pixel in part.get_flattened_data() if pixel != NOTHING_BUT_PAPER)
