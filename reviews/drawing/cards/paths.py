"""Reads the paths of drawings (SVG 2, 9.3), as far as these use them: straight lines, and arcs of circles."""

import re
from collections.abc import Iterator
from math import atan2, ceil, cos, hypot, pi, sin, sqrt

Point = tuple[float, float]

_PART = re.compile(r"([MmLlHhVvAaZz])|(-?(?:\d+\.?\d*|\.\d+))")
_TAKES = {"M": 2, "L": 2, "H": 1, "V": 1, "A": 7, "Z": 0}
_STEP = pi / 24
"""Between two corners of an arc."""


def contours(path: str) -> list[list[Point]]:
    """The closed contours of a path as polygons."""
    found: list[list[Point]] = []
    here: Point = (0, 0)
    for command, values in _commands(path):
        x, y = here if command.islower() else (0.0, 0.0)
        match command.upper():
            case "M":
                here = (x + values[0], y + values[1])
                found.append([here])
            case "Z":
                here = found[-1][0]
            case "A":
                end = (x + values[5], y + values[6])
                found[-1] += _arc(here, end, values[0], is_large=values[3] > 0, is_sweep=values[4] > 0)
                here = end
            case "H":
                here = (x + values[0], here[1])
                found[-1].append(here)
            case "V":
                here = (here[0], y + values[0])
                found[-1].append(here)
            case _:
                here = (x + values[0], y + values[1])
                found[-1].append(here)
    return found


def _commands(path: str) -> Iterator[tuple[str, list[float]]]:
    """Commands with their values; one that is not repeated in writing is given again."""
    command = ""
    values: list[float] = []
    for letter, number in _PART.findall(path):
        if letter:
            command, values = letter, []
        else:
            values.append(float(number))
        if len(values) == _TAKES[command.upper()]:
            yield command, values
            values = []
            command = {"M": "L", "m": "l"}.get(command, command)


def _arc(start: Point, end: Point, radius: float, *, is_large: bool, is_sweep: bool) -> list[Point]:
    """Corners along an arc of a circle, its end included (SVG 2, B.2.4, for equal radii)."""
    across, down = (start[0] - end[0]) / 2, (start[1] - end[1]) / 2
    half = hypot(across, down)
    radius = max(radius, half)
    away = sqrt(max(radius**2 - half**2, 0)) / half if half else 0.0
    if is_large == is_sweep:
        away = -away
    centre = ((start[0] + end[0]) / 2 + away * down, (start[1] + end[1]) / 2 - away * across)
    first = atan2(start[1] - centre[1], start[0] - centre[0])
    turn = atan2(end[1] - centre[1], end[0] - centre[0]) - first
    if is_sweep and turn < 0:
        turn += 2 * pi
    elif not is_sweep and turn > 0:
        turn -= 2 * pi
    steps = max(ceil(abs(turn) / _STEP), 1)
    angles = (first + turn * step / steps for step in range(1, steps + 1))
    return [(centre[0] + radius * cos(angle), centre[1] + radius * sin(angle)) for angle in angles]
