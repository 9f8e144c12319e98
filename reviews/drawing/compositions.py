"""The motifs of posters. A composition fills the upper part of the poster with the number of parts it is given.

Coordinates are in the poster's units; what is below ``FOOT`` is covered by the background of the title. Each part is a
separate closed path.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import cos, pi, sin

from reviews.drawing.chance import Chance

LEFT, RIGHT, TOP, FOOT = 0, 200, 0, 184


@dataclass(frozen=True, slots=True)
class Drawn:
    """Parts, of which one will be drawn differently, over a backdrop (a path, or empty)."""

    parts: list[str]
    backdrop: str = ""


Composition = Callable[[int, Chance], Drawn]


def rows(parts: int, chance: Chance) -> Drawn:
    """Rows of cinema seats, seen from the back row."""
    across = 4 if parts <= 12 else 5
    pitch = 172 / across
    wide, high = pitch * 0.78, 30 if parts <= 16 else 24
    down = (FOOT - 22) / -(-parts // across)
    seats = []
    for number in range(parts):
        row, column = divmod(number, across)
        seats.append(
            _seat(14 + column * pitch + (pitch - wide) / 2, 20 + row * down, wide, min(high, down * 0.8))
        )
    return Drawn(seats)


def rings(parts: int, chance: Chance) -> Drawn:
    """Ripples around a point away from the middle."""
    x, y = chance.pick((58, 100, 142)), chance.pick((70, 92, 112))
    step = 150 / parts
    return Drawn([_ring(x, y, step * (number + 0.5), step * 0.5) for number in range(parts)])


def beam(parts: int, chance: Chance) -> Drawn:
    """Light from a projector in a corner."""
    x = chance.pick((LEFT, RIGHT))
    start, end = (0.02, pi / 2 - 0.02) if x == LEFT else (pi / 2 + 0.02, pi - 0.02)
    step = (end - start) / parts
    rays = []
    for number in range(parts):
        first = start + number * step
        rays.append(_closed([(x, TOP), _polar(x, TOP, 300, first), _polar(x, TOP, 300, first + step * 0.5)]))
    return Drawn(rays)


def curtain(parts: int, chance: Chance) -> Drawn:
    """A curtain that has begun to rise: its folds."""
    step = RIGHT / parts
    lift = chance.below(parts)
    folds = []
    for number in range(parts):
        away = abs(number - lift) / parts
        hem = 60 + 120 * min(away * 1.6, 1.0)
        x = number * step + step * 0.12
        folds.append(_box(x, TOP, step * 0.76, hem))
    return Drawn(folds)


def steps(parts: int, chance: Chance) -> Drawn:
    """Stairs, up or down."""
    step = (FOOT - 16) / parts
    upwards = chance.below(2)
    stairs = []
    for number in range(parts):
        length = 36 + 164 * (number + 1) / parts
        x = RIGHT - length if upwards else LEFT
        stairs.append(_box(x, 12 + number * step, length, step * 0.62))
    return Drawn(stairs)


def reel(parts: int, chance: Chance) -> Drawn:
    """A reel of film, its holes around the hub."""
    x, y = chance.pick((84, 100, 116)), 96
    hole = min(15.0, 190 / parts)
    turn = chance.below(12) / 12
    centres = [_polar(x, y, 56, 2 * pi * (number + turn) / parts) for number in range(parts)]
    return Drawn([_disc(*centre, hole) for centre in centres], _disc(x, y, 82))


def tiles(parts: int, chance: Chance) -> Drawn:
    """Quarter circles, each in its own orientation."""
    across = 3 if parts <= 12 else 4 if parts <= 20 else 5
    side = RIGHT / across
    down = -(-parts // across)
    high = min(side, FOOT / down)
    quarters = []
    for number in range(parts):
        row, column = divmod(number, across)
        quarters.append(_quarter(column * side, row * high, side, high, chance.below(4)))
    return Drawn(quarters)


def horizon(parts: int, chance: Chance) -> Drawn:
    """A sun setting through bars of haze."""
    x, radius = chance.pick((72, 100, 128)), 74
    step = 2 * radius / parts
    bars = []
    for number in range(parts):
        y = 98 - radius + number * step
        thick = step * (0.92 - 0.6 * number / parts)
        half = (max(radius**2 - (y + thick / 2 - 98) ** 2, 9)) ** 0.5
        bars.append(_box(x - half, y, 2 * half, thick))
    return Drawn(bars)


ALL: tuple[Composition, ...] = (rows, rings, beam, curtain, steps, reel, tiles, horizon)


# -- Paths -----------------------------------------------------------------------------------------------------


def _n(number: float) -> str:
    """A coordinate in the fewest characters that look the same."""
    return f"{number:.1f}".removesuffix(".0")


def _polar(x: float, y: float, radius: float, angle: float) -> tuple[float, float]:
    return x + radius * cos(angle), y + radius * sin(angle)


def _closed(points: list[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{_n(x)} {_n(y)}" for x, y in points) + "z"


def _box(x: float, y: float, wide: float, high: float) -> str:
    return f"M{_n(x)} {_n(y)}h{_n(wide)}v{_n(high)}h{_n(-wide)}z"


def _seat(x: float, y: float, wide: float, high: float) -> str:
    bend = wide * 0.42
    return (
        f"M{_n(x)} {_n(y + high)}v{_n(bend - high)}a{_n(bend)} {_n(bend)} 0 0 1 {_n(bend)} {_n(-bend)}"
        f"h{_n(wide - 2 * bend)}a{_n(bend)} {_n(bend)} 0 0 1 {_n(bend)} {_n(bend)}v{_n(high - bend)}z"
    )


def _disc(x: float, y: float, radius: float) -> str:
    r = _n(radius)
    return f"M{_n(x - radius)} {_n(y)}a{r} {r} 0 1 0 {_n(2 * radius)} 0a{r} {r} 0 1 0 {_n(-2 * radius)} 0z"


def _ring(x: float, y: float, radius: float, thick: float) -> str:
    """A disc with a hole: the inner circle runs in the opposite direction."""
    inner = max(radius - thick / 2, 0.5)
    outer, r = radius + thick / 2, _n(inner)
    return (
        f"{_disc(x, y, outer)}M{_n(x - inner)} {_n(y)}a{r} {r} 0 1 1 {_n(2 * inner)} 0"
        f"a{r} {r} 0 1 1 {_n(-2 * inner)} 0z"
    )


def _quarter(x: float, y: float, wide: float, high: float, turn: int) -> str:
    w, h = _n(wide), _n(high)
    corners = (
        f"M{_n(x)} {_n(y)}h{w}a{w} {h} 0 0 1 {_n(-wide)} {h}z",
        f"M{_n(x + wide)} {_n(y)}v{h}a{w} {h} 0 0 1 {_n(-wide)} {_n(-high)}z",
        f"M{_n(x + wide)} {_n(y + high)}h{_n(-wide)}a{w} {h} 0 0 1 {w} {_n(-high)}z",
        f"M{_n(x)} {_n(y + high)}v{_n(-high)}a{w} {h} 0 0 1 {w} {h}z",
    )
    return corners[turn]
