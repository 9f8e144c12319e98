"""The panel at a card's side: drawn posters of films, or the seat of a critic."""

from collections.abc import Iterator
from itertools import pairwise
from math import hypot

from PIL import Image, ImageDraw

from reviews.drawing import compositions
from reviews.drawing.cards.contents import HEIGHT, MOST_POSTERS, FilmPoster, Posters
from reviews.drawing.cards.faces import Weight
from reviews.drawing.cards.house import PANEL, RAISED
from reviews.drawing.cards.paths import Point, contours
from reviews.drawing.cards.setting import fitted
from reviews.drawing.cards.sheet import Sheet, directed, fill
from reviews.drawing.monogram import Monogram, Seat
from reviews.drawing.poster import HEIGHT as POSTER_HEIGHT
from reviews.drawing.poster import LEADING, LETTERED_HEIGHT, poster
from reviews.drawing.poster import MARGIN as POSTER_MARGIN
from reviews.drawing.poster import WIDTH as POSTER_WIDTH

FINER = 3
_DASH, _THICK = 3.0, 1.6
"""The length of a dash, and of what is between two; and how thick it is: in units of the monogram."""


def panel(of: Posters | Monogram, language: str) -> Image.Image:
    """The picture of a panel, ``PANEL`` × ``HEIGHT``."""
    return _seat(of, language) if isinstance(of, Monogram) else _posters(of.films[:MOST_POSTERS], language)


def _posters(films: tuple[FilmPoster, ...], language: str) -> Image.Image:
    """One poster; two bands; a band over two posters; or four posters."""
    image = Image.new("RGB", (PANEL, HEIGHT), RAISED)
    half = (PANEL // 2, HEIGHT // 2)
    bands = {2: 2, 3: 1}.get(len(films), 0)
    for number, film in enumerate(films[:bands]):
        image.paste(_poster(film, PANEL, language).crop((0, 0, PANEL, half[1])), (0, number * half[1]))
    if len(films) == 1:
        image.paste(_poster(films[0], PANEL, language))
    elif len(films) > 2:
        for number, film in enumerate(films[bands:], start=2 * bands):
            down, across = divmod(number, 2)
            image.paste(_poster(film, half[0], language), (across * half[0], down * half[1]))
    return image


def _poster(film: FilmPoster, width: int, language: str) -> Image.Image:
    """A film's poster, as pages show it."""
    drawn = poster(film.uid, film.title, year=film.year, minutes=film.minutes)
    scale = width / POSTER_WIDTH
    fine = Image.new("RGB", (width * FINER, round(POSTER_HEIGHT * scale) * FINER), drawn.palette.ground)
    for shape in drawn.shapes:
        fill(fine, contours(shape.d), scale * FINER, shape.fill)
    image = fine.reduce(FINER)
    draw = ImageDraw.Draw(image)
    foot = POSTER_HEIGHT - compositions.FOOT
    title = fitted(
        film.title,
        Weight.HEAVY,
        language,
        width=width - round(2 * POSTER_MARGIN * scale),
        height=round(LETTERED_HEIGHT * scale),
        sizes=[round(size * scale) for size in range(64, 10, -2)],
        leading=LEADING,
    )
    if title:
        x = (POSTER_WIDTH - POSTER_MARGIN if title.is_leftwards else POSTER_MARGIN) * scale
        last = (POSTER_HEIGHT - POSTER_MARGIN) * scale - title.size * 0.16
        for number, line in enumerate(reversed(title.lines)):
            at = (round(x), round(last - number * title.leading))
            anchor = "rs" if title.is_leftwards else "ls"
            font = title.face.font(title.size)
            draw.text(at, line, drawn.palette.ink, font, anchor=anchor, **directed(title))
    year = fitted(drawn.year, Weight.BOLD, language, width=width, height=foot, sizes=[round(11 * scale)])
    if year:
        at = (round((POSTER_WIDTH - POSTER_MARGIN) * scale), round((compositions.FOOT + 13) * scale))
        draw.text(at, drawn.year, drawn.palette.ink, year.face.font(year.size), anchor="rs")
    return image


def _seat(of: Monogram, language: str) -> Image.Image:
    """A critic's seat, as large as the panel lets it be, on the floor."""
    sheet = Sheet(size=(PANEL, HEIGHT))
    sheet.rectangle(0, 0, PANEL, HEIGHT, of.palette.ground)
    scale = 8.0
    draw_seat(sheet, of, (PANEL - 40 * scale) / 2, HEIGHT - 40 * scale, scale, of.palette.ink, language)
    return sheet.image


def draw_seat(
    sheet: Sheet, of: Monogram, x: float, y: float, scale: float, colour: str, language: str
) -> None:
    """A seat with initials, in a colour; dashed and empty if nobody knows who sits on it."""
    polygons = contours(of.outline)
    is_empty = of.seat is Seat.UNKNOWN
    if is_empty:
        polygons = [dash for polygon in polygons for dash in _dashes([*polygon, polygon[0]], _THICK)]
    sheet.polygons(polygons, x, y, scale, 40, colour, is_solid=is_empty)
    initials = fitted(
        of.initials,
        Weight.HEAVY,
        language,
        width=round(32 * scale),
        height=round(26 * scale),
        sizes=[round(size * scale / 4) for size in range(68, 24, -4)],
    )
    if initials:
        middle = x + (40 * scale - initials.width) / 2
        sheet.words(initials, middle, y + 23 * scale - initials.leading / 2, _on(colour, of))


def _on(colour: str, of: Monogram) -> str:
    """The colour of what stands on a colour."""
    return of.palette.ground if colour == of.palette.ink else "#fdfdfb"


def _dashes(line: list[Point], thick: float) -> Iterator[list[Point]]:
    """A line as dashes, each a polygon."""
    gone = 0.0
    for one, other in pairwise(line):
        long = hypot(other[0] - one[0], other[1] - one[1])
        if not long:
            continue
        along = ((other[0] - one[0]) / long, (other[1] - one[1]) / long)
        aside = (-along[1] * thick / 2, along[0] * thick / 2)
        at = 0.0
        while at < long:
            left = _DASH - gone % _DASH
            upto = min(at + left, long)
            if int(gone / _DASH + 1e-9) % 2 == 0:
                a = (one[0] + along[0] * at, one[1] + along[1] * at)
                b = (one[0] + along[0] * upto, one[1] + along[1] * upto)
                yield [
                    (a[0] + aside[0], a[1] + aside[1]),
                    (b[0] + aside[0], b[1] + aside[1]),
                    (b[0] - aside[0], b[1] - aside[1]),
                    (a[0] - aside[0], a[1] - aside[1]),
                ]
            gone += upto - at
            at = upto
