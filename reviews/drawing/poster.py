"""A poster for a film: a drawing in which one part differs, and the title.

There is one part for every ten minutes of the film. Its uid determines the composition, the colours and which part
differs.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from reviews.drawing import compositions
from reviews.drawing.chance import Chance
from reviews.drawing.lettering import Lettering, fitted, runs_leftwards
from reviews.drawing.palettes import PALETTES, Palette

WIDTH, HEIGHT = 200, 300
MARGIN = 14
LETTERED_HEIGHT = 84
"""The largest share of a poster's height that the title may take."""
SIZES = range(72, 12, -1)
LEADING, TALL_LEADING = 0.96, 1.2
"""The height of a line in ems; Arabic and Hebrew letters are taller and deeper."""

MINUTES_A_PART = 10
FEWEST_PARTS, MOST_PARTS, PARTS_OF_UNKNOWN_LENGTH = 5, 24, 11


@dataclass(frozen=True, slots=True)
class Shape:
    """A filled path: ``d`` as in SVG, and a colour."""

    d: str
    fill: str


@dataclass(frozen=True, slots=True)
class PosterLine:
    """A line of text on its baseline."""

    text: str
    y: int


@dataclass(frozen=True, slots=True)
class Poster:
    """What the template draws, in the units of a ``WIDTH`` × ``HEIGHT`` box."""

    palette: Palette
    shapes: tuple[Shape, ...]
    lines: tuple[PosterLine, ...]
    size: int
    year: str
    is_leftwards: bool

    @property
    def x(self) -> int:
        """The x coordinate at which lines begin."""
        return WIDTH - MARGIN if self.is_leftwards else MARGIN


def poster(uid: UUID, title: str, *, year: int | None, minutes: int | None) -> Poster:
    """The poster of a film."""
    chance = Chance(uid, "poster")
    palette = chance.pick(PALETTES)
    draw = chance.pick(compositions.ALL)
    parts = _parts(minutes)
    dissenter = chance.below(parts)
    drawn = draw(parts, chance)
    is_leftwards = runs_leftwards(title)
    leading = TALL_LEADING if is_leftwards else LEADING
    lettering = fitted(title, width=WIDTH - 2 * MARGIN, height=LETTERED_HEIGHT, sizes=SIZES, leading=leading)
    return Poster(
        palette=palette,
        shapes=tuple(_shapes(drawn, dissenter, palette)),
        lines=tuple(_lines(lettering, leading)),
        size=lettering.size,
        year=str(year or ""),
        is_leftwards=is_leftwards,
    )


def _parts(minutes: int | None) -> int:
    if not minutes:
        return PARTS_OF_UNKNOWN_LENGTH
    return min(max(round(minutes / MINUTES_A_PART), FEWEST_PARTS), MOST_PARTS)


def _shapes(drawn: compositions.Drawn, dissenter: int, palette: Palette) -> Iterable[Shape]:
    """One path per colour: a page shows many posters, so their size in bytes matters."""
    if drawn.backdrop:
        yield Shape(drawn.backdrop, palette.shade)
    yield Shape(
        "".join(part for number, part in enumerate(drawn.parts) if number != dissenter), palette.figure
    )
    yield Shape(drawn.parts[dissenter], palette.accent)
    yield Shape(f"M0 {compositions.FOOT}h{WIDTH}v{HEIGHT - compositions.FOOT}H0z", palette.ground)


def _lines(lettering: Lettering, leading: float) -> Iterable[PosterLine]:
    """The lines of the title, at the foot of the poster."""
    last = HEIGHT - MARGIN - lettering.size * 0.16
    step = lettering.size * leading
    for number, text in enumerate(lettering.lines):
        yield PosterLine(text, round(last - step * (len(lettering.lines) - 1 - number)))
