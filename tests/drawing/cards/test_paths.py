"""Paths of drawings as polygons."""

from math import hypot, pi

import pytest

from reviews.drawing.cards.paths import Point, contours
from reviews.drawing.signs import SEAT, SIGNS


def area(polygon: list[Point]) -> float:
    """The area; negative if the corners run the other way (the shoelace formula)."""
    following = [*polygon[1:], polygon[0]]
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(polygon, following, strict=True)) / 2


class TestContours:
    def test_straight_lines_relative_and_absolute(self) -> None:
        assert contours("M8 14L0 2h16z") == [[(8, 14), (0, 2), (16, 2)]]
        assert contours("M1 2h3v4H1V2zm1-1l2.5.5z") == [
            [(1, 2), (4, 2), (4, 6), (1, 6), (1, 2)],
            [(2, 1), (4.5, 1.5)],
        ]

    def test_an_arc_is_as_far_from_its_centre_all_along(self) -> None:
        (disc,) = contours("M0 8a8 8 0 1 0 16 0a8 8 0 1 0-16 0z")
        assert {round(hypot(x - 8, y - 8), 6) for x, y in disc} == {8}
        assert abs(area(disc)) == pytest.approx(pi * 64, rel=0.02)

    def test_a_seat_is_rounded_above(self) -> None:
        (seat,) = contours(SEAT)
        assert min(y for _x, y in seat) == pytest.approx(1)
        assert max(y for _x, y in seat) == 22

    def test_a_ring_is_two_circles(self) -> None:
        outer, inner = contours(SIGNS["unstated"])
        assert abs(area(outer)) == pytest.approx(pi * 64, rel=0.02)
        assert abs(area(inner)) == pytest.approx(pi * 25, rel=0.02)
        assert area(outer) * area(inner) < 0

    @pytest.mark.parametrize("name", SIGNS)
    def test_every_sign_stays_in_its_box(self, name: str) -> None:
        for polygon in contours(SIGNS[name]):
            assert all(-0.01 <= number <= 16.01 for point in polygon for number in point)
