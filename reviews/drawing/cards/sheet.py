"""The sheet that a card is drawn on: shapes, words, and which side they begin on."""

from collections.abc import Iterable
from typing import Any

from PIL import Image, ImageDraw

from reviews.drawing.cards.contents import HEIGHT, WIDTH
from reviews.drawing.cards.faces import CAN_SHAPE, shaping
from reviews.drawing.cards.house import PAPER
from reviews.drawing.cards.paths import Point, contours
from reviews.drawing.cards.setting import Setting

FINER = 4
"""How many times finer shapes are drawn than they are shown: edges are smooth then."""


class Sheet:
    """Paper. ``x`` is counted from the side on which the page begins: the right one, if it is laid out leftwards."""

    def __init__(self, *, is_leftwards: bool = False, size: tuple[int, int] = (WIDTH, HEIGHT)) -> None:
        self.image = Image.new("RGB", size, PAPER)
        self.is_leftwards = is_leftwards
        self._draw = ImageDraw.Draw(self.image)

    def rectangle(self, x: float, y: float, wide: float, high: float, colour: str) -> None:
        left = self._left(x, wide)
        self._draw.rectangle((left, round(y), left + round(wide) - 1, round(y) + round(high) - 1), colour)

    def shape(self, path: str, x: float, y: float, scale: float, units: float, colour: str) -> None:
        """A filled path in a box of ``units`` across, scaled."""
        self.polygons(contours(path), x, y, scale, units, colour)

    def polygons(
        self,
        polygons: list[list[Point]],
        x: float,
        y: float,
        scale: float,
        units: float,
        colour: str,
        *,
        is_solid: bool = False,
    ) -> None:
        """The same of polygons; ``is_solid``: filled where two overlap, too."""
        lowest = max(point[1] for polygon in polygons for point in polygon)
        wide, high = round(units * scale) + 2, round(lowest * scale) + 2
        mask = Image.new("L", (wide * FINER, high * FINER))
        for together in [[each] for each in polygons] if is_solid else [polygons]:
            fill(mask, together, scale * FINER, 255)
        small = mask.reduce(FINER)
        self.image.paste(colour, (self._left(x, units * scale), round(y)), small)

    def paste(self, image: Image.Image, x: float, y: float) -> None:
        self.image.paste(image, (self._left(x, image.width), round(y)))

    def words(
        self, setting: Setting | None, x: float, top: float, colour: str, *, at_end: bool = False
    ) -> None:
        """Lines one under another, from ``x`` onwards; ``at_end``: up to ``x``.

        Lines of the other direction than the page's begin under each other, too, at the side where they begin.
        """
        if setting is None:
            return
        left = self._left(x - setting.width if at_end else x, setting.width)
        side, across = ("r", left + setting.width) if setting.is_leftwards else ("l", left)
        for number, line in enumerate(setting.lines):
            # Capitals are centred in the height of a line.
            baseline = top + setting.leading * (number + 0.5) + setting.size * 0.33
            self._draw.text(
                (across, round(baseline)),
                line,
                colour,
                setting.face.font(setting.size),
                anchor=f"{side}s",
                **directed(setting),
            )

    def _left(self, x: float, wide: float) -> int:
        return round(self.image.width - x - wide) if self.is_leftwards else round(x)


def directed(setting: Setting) -> dict[str, Any]:
    """What the layout engine is told of the words."""
    if not CAN_SHAPE:
        return {}
    return {"direction": "rtl" if setting.is_leftwards else "ltr"} | shaping(setting.language)


def fill(image: Image.Image, polygons: Iterable[list[Point]], scale: float, colour: Any) -> None:
    """Fill polygons; where two overlap, nothing is (even-odd)."""
    outline = ImageDraw.Outline()
    for polygon in polygons:
        first, *others = polygon
        outline.move(first[0] * scale, first[1] * scale)
        for point in others:
            outline.line(point[0] * scale, point[1] * scale)
        outline.close()
    ImageDraw.Draw(image).shape(outline, colour)
