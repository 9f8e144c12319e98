"""Ask the process in which image files are read and written (``__main__.py``); the asking one decodes nothing."""

import json
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from typing import Any

from reviews.child_process import ChildFailedError, answer_of
from reviews.imaging.encoding import Recipe
from reviews.imaging.headers import RefusedImageError, header_of
from reviews.imaging.metadata import Metadata

LONGEST_WAIT = 180
"""Seconds. The process has 60 of CPU, and waits for whatever else the machine does."""
_GAVE_UP = (
    "The picture could not be read: it is damaged, or takes too much time. Open it in a picture editor and export it "
    "again."
)


@dataclass(frozen=True, slots=True)
class TakenImage:
    """An upload made safe: a file of our own with nothing in it but the picture, and what the upload said.

    ``size`` and ``uploaded_size`` are in pixels, upright. ``frames`` is above one where an animation lost the others.
    """

    file: bytes
    format: str
    size: tuple[int, int]
    uploaded_size: tuple[int, int]
    frames: int
    colour: str
    metadata: Metadata


def take(data: bytes) -> TakenImage:
    """Raises RefusedImageError, with a message for whoever uploads it."""
    header_of(data)  # Most of what is refused needs no process.
    told, files = _asked({"task": "take"}, data)
    return TakenImage(
        file=files[0],
        format=told["format"],
        size=_pair(told["size"]),
        uploaded_size=_pair(told["uploaded_size"]),
        frames=told["frames"],
        colour=told["colour"],
        metadata=Metadata(**told["metadata"]),
    )


def render(kept: bytes, recipes: Sequence[Recipe]) -> list[bytes]:
    """The renditions of a kept picture, in the order of the recipes. Raises RefusedImageError if it is damaged."""
    asked = [
        {"frame": each.frame, "size": each.size, "format": each.format, "focal": astuple(each.focal)}
        for each in recipes
    ]
    return _asked({"task": "render", "recipes": asked}, kept)[1]


def _pair(values: list[int]) -> tuple[int, int]:
    first, second = values
    return first, second


def _asked(question: dict[str, Any], data: bytes) -> tuple[dict[str, Any], list[bytes]]:
    sent = json.dumps(question).encode() + b"\n" + data
    try:
        answer = answer_of("reviews.imaging", sent, longest_wait=LONGEST_WAIT)
    except ChildFailedError as error:
        raise RefusedImageError(_GAVE_UP) from error
    line, _, rest = answer.partition(b"\n")
    told = json.loads(line)
    if "refused" in told:
        raise RefusedImageError(told["refused"])
    files = []
    for length in told.pop("lengths"):
        files.append(rest[:length])
        rest = rest[length:]
    return told, files
