"""Crops keep the focal point, have the ratio of their frame, and are never enlarged."""

from hypothesis import given
from hypothesis import strategies as st

from reviews.imaging.shapes import CARD, FRAMES, POSTER, STILL, WHOLE, FocalPoint, Frame, crop_of, sizes_of

SIDES = st.integers(1, 6000)
SHARES = st.floats(0, 1)


class TestCrop:
    def test_in_the_middle(self) -> None:
        assert crop_of(STILL, (1600, 1600)) == (0, 350, 1600, 1250)
        assert crop_of(POSTER, (1600, 900)) == (500, 0, 1100, 900)

    def test_around_the_focal_point(self) -> None:
        assert crop_of(POSTER, (1600, 900), FocalPoint(0.25, 0.9)) == (100, 0, 700, 900)

    def test_no_further_than_the_edge(self) -> None:
        assert crop_of(POSTER, (1600, 900), FocalPoint(1, 0)) == (1000, 0, 1600, 900)
        assert crop_of(STILL, (1600, 1600), FocalPoint(0, 0)) == (0, 0, 1600, 900)

    def test_whole(self) -> None:
        assert crop_of(WHOLE, (321, 123), FocalPoint(0, 0)) == (0, 0, 321, 123)

    @given(st.sampled_from(list(FRAMES.values())), SIDES, SIDES, SHARES, SHARES)
    def test_the_focal_point_is_in_it(
        self, frame: Frame, width: int, height: int, x: float, y: float
    ) -> None:
        left, top, right, bottom = crop_of(frame, (width, height), FocalPoint(x, y))
        assert 0 <= left < right <= width
        assert 0 <= top < bottom <= height
        assert left - 1 <= x * width <= right + 1
        assert top - 1 <= y * height <= bottom + 1


class TestSizes:
    def test_a_large_picture_has_every_width(self) -> None:
        assert [width for width, height in sizes_of(CARD, (4000, 3000))] == [240, 320, 480, 640, 960, 1280]

    def test_a_small_one_is_not_enlarged(self) -> None:
        assert list(sizes_of(STILL, (700, 700))) == [(320, 180), (480, 270), (640, 360)]
        assert list(sizes_of(STILL, (900, 900))) == [(320, 180), (480, 270), (640, 360), (900, 506)]

    def test_a_tiny_one_is_made_once(self) -> None:
        assert list(sizes_of(STILL, (160, 100))) == [(160, 90)]

    @given(st.sampled_from(list(FRAMES.values())), SIDES, SIDES)
    def test_rising_and_within_the_crop(self, frame: Frame, width: int, height: int) -> None:
        left, _, right, _ = crop_of(frame, (width, height))
        widths = [each for each, _ in sizes_of(frame, (width, height))]
        assert widths == sorted(set(widths))
        assert 1 <= len(widths) <= len(frame.widths)
        assert all(each <= right - left for each in widths)
