"""The shapes and widths in which a picture is shown, and which part of it each one shows. Pure arithmetic."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Frame:
    """A named shape: its ratio of width to height, and the widths in pixels in which it is made, smallest first.

    ``ratio`` is ``None`` for a picture that is shown whole.
    """

    name: str
    ratio: tuple[int, int] | None
    widths: tuple[int, ...]


POSTER = Frame("poster", (2, 3), (160, 240, 320, 480, 640, 960))
STILL = Frame("still", (16, 9), (320, 480, 640, 960, 1280, 1920, 2400))
WIDE = Frame("wide", (239, 100), (480, 640, 960, 1280, 1920, 2400))
CARD = Frame("card", (4, 3), (240, 320, 480, 640, 960, 1280))
PORTRAIT = Frame("portrait", (1, 1), (96, 160, 240, 320, 480, 640))
SHARE = Frame("share", (40, 21), (1200,))
WHOLE = Frame("whole", None, (320, 480, 640, 960, 1280, 1920, 2400))
FRAMES = {frame.name: frame for frame in (POSTER, STILL, WIDE, CARD, PORTRAIT, SHARE, WHOLE)}


@dataclass(frozen=True, slots=True)
class FocalPoint:
    """What must stay in the picture: shares of its width and height, 0 to 1, from the top left."""

    x: float = 0.5
    y: float = 0.5


CENTRE = FocalPoint()


def crop_of(frame: Frame, size: tuple[int, int], focal: FocalPoint = CENTRE) -> tuple[int, int, int, int]:
    """The largest box of the frame's ratio in a picture of that size: left, top, right, bottom in pixels.

    The focal point is in its middle, or as near to it as the picture's edges allow.
    """
    if frame.ratio is None:
        return 0, 0, *size
    across, down = frame.ratio
    width, height = size
    if width * down > height * across:
        kept = max(round(height * across / down), 1)
        left = _begin(kept, width, focal.x)
        return left, 0, left + kept, height
    kept = max(round(width * down / across), 1)
    top = _begin(kept, height, focal.y)
    return 0, top, width, top + kept


def _begin(kept: int, length: int, share: float) -> int:
    return min(max(round(length * share - kept / 2), 0), length - kept)


def sizes_of(frame: Frame, size: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """The sizes in which a picture of that size is made for the frame, smallest first; none is enlarged.

    A picture that is narrower than the smallest width is made once, as it is. Where the widest one is lost because the
    picture is a little narrower, the picture's own width takes its place.
    """
    left, top, right, bottom = crop_of(frame, size)
    width, height = right - left, bottom - top
    made = [each for each in frame.widths if each <= width]
    if not made or (len(made) < len(frame.widths) and width >= made[-1] * 1.15):
        made.append(width)
    for each in made:
        yield each, height_of(frame, each, (width, height))


def height_of(frame: Frame, width: int, crop: tuple[int, int]) -> int:
    """The height of a rendition: by the ratio of the frame, so that every one has the same, or by that of the crop."""
    across, down = frame.ratio or crop
    return max(round(width * down / across), 1)
