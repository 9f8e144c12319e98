"""The process in which image files are read and written: ``python -m reviews.imaging``.

A hostile file can crash a decoder or make it take memory and time; here it takes its own process with it and no other.
Standard input: a line of JSON, then a file. Standard output: a line of JSON, then the files that it counts.
"""

import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from reviews.child_process import limit_this_process
from reviews.imaging.encoding import Recipe, colour_of, keep, render
from reviews.imaging.headers import RefusedImageError
from reviews.imaging.reading import read
from reviews.imaging.shapes import FocalPoint

MOST_MEMORY = 1_500_000_000
"""Bytes of address space, which includes what is reserved and never used. Decoding takes a fifth of it."""
MOST_CPU = 60
"""Seconds."""
NICENESS = 5
"""Readers' pages go first."""


def main() -> None:
    """Do what one line asks, and answer."""
    limit_this_process(memory=MOST_MEMORY, cpu=MOST_CPU, niceness=NICENESS)
    asked = json.loads(sys.stdin.buffer.readline())
    data = sys.stdin.buffer.read()
    try:
        answer, files = _TASKS[asked.pop("task")](data, **asked)
    except RefusedImageError as refusal:
        answer, files = {"refused": str(refusal)}, []
    except MemoryError:
        answer, files = {"refused": "The picture takes too much memory to read. Export it smaller."}, []
    answer["lengths"] = [len(each) for each in files]
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + b"".join(files))


def _take(data: bytes) -> tuple[dict[str, Any], list[bytes]]:
    picture = read(data)
    of_format, kept = keep(picture.image)
    told = {
        "format": of_format,
        "size": picture.image.size,
        "uploaded_size": picture.uploaded_size,
        "frames": picture.frames,
        "metadata": asdict(picture.metadata),
        "colour": colour_of(picture.image),
    }
    return told, [kept]


def _render(data: bytes, recipes: list[dict[str, Any]]) -> tuple[dict[str, Any], list[bytes]]:
    image = read(data).image
    return {}, [
        render(image, Recipe(each["frame"], tuple(each["size"]), each["format"], FocalPoint(*each["focal"])))
        for each in recipes
    ]


_TASKS: dict[str, Callable[..., tuple[dict[str, Any], list[bytes]]]] = {"take": _take, "render": _render}

if __name__ == "__main__":
    main()
