"""``make bench-pictures``: what pictures cost: time to take and to make, bytes by format at equal quality, memory.

Quality is SSIM (Wang et al., 2004) of the luminance, in windows of 8 × 8 pixels that do not overlap. Times are of this
machine; bytes and memory are the same at every run, but for the grain.
"""

import argparse
import io
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import mean
from typing import Any

from PIL import Image, ImageMath

from reviews.imaging import process
from reviews.imaging.encoding import Recipe
from reviews.imaging.reading import read
from reviews.imaging.shapes import CENTRE, WIDE, sizes_of
from reviews.seeding.invented.stills import SCENES, drawn

WINDOW = 8
LARGE = {"JPEG": (6000, 4000), "PNG": (5000, 3000), "WEBP": (4000, 3000), "AVIF": (4000, 3000)}
"""The sizes of uploads that are timed, in pixels."""
SHOWN = (1280, 536)
"""The size at which formats are compared: a still at the head of a film's page on a desktop."""
SMALL = (1600, 1000)
MOST_MEMORY = 300
"""Megabytes that one upload may take."""


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument(
        "--count", type=int, default=1000, help="how many pictures are taken in one after another"
    )
    asked.add_argument(
        "--take", metavar="FILE", action="append", help="take these files in, and print what it took"
    )
    options = asked.parse_args()
    if options.take:
        print(json.dumps(_taken_here(options.take, options.count)))
        return
    count = options.count
    scenes = [drawn(name, 1) for name in SCENES]
    _take_and_make(scenes[0])
    _compare(scenes)
    _take_many(scenes, count)


def _take_and_make(scene: Image.Image) -> None:
    print(f"{'upload':<8}{'megapixels':>12}{'MB':>7}{'seconds':>9}{'MP/s':>7}{'MB of memory':>14}")
    for of_format, size in LARGE.items():
        data = _encoded(scene.resize(size), of_format, {"quality": 90} if of_format != "PNG" else {})
        told = _taken_apart([data], 1)
        pixels = size[0] * size[1] / 1e6
        print(
            f"{of_format:<8}{pixels:>12.0f}{len(data) / 1e6:>7.1f}{told['seconds']:>9.2f}"
            f"{pixels / told['seconds']:>7.1f}{told['child']:>14.0f}"
        )
    taken = process.take(data)
    sizes = [*sizes_of(WIDE, taken.size)]
    print(f"\n{'rendition':<12}{'seconds':>9}   (a process each)")
    for of_format in ("AVIF", "WEBP", "JPEG"):
        for size in (sizes[1], sizes[3], sizes[-1]):
            recipe = Recipe(WIDE.name, size, of_format, CENTRE)
            took, _made = _timed(lambda recipe=recipe: process.render(taken.file, [recipe]))  # type: ignore[misc]
            print(f"{of_format} {size[0]:<7}{took:>9.2f}")
    every = [Recipe(WIDE.name, size, name, CENTRE) for size in sizes for name in ("AVIF", "WEBP", "JPEG")]
    took, _made = _timed(lambda: process.render(taken.file, every))
    pixels = sum(each.size[0] * each.size[1] for each in every) / 1e6
    print(f"all {len(every):<8}{took:>9.2f}   (in one process: {pixels / took:.1f} MP/s)")


def _compare(scenes: list[Image.Image]) -> None:
    """Bytes of each format at the quality that ours has on the whole, and at equal quality."""
    masters = [_encoded(scene, "JPEG", {"quality": 95, "subsampling": 0}) for scene in scenes]
    plain = [
        read(master).image.resize(SHOWN, Image.Resampling.LANCZOS, box=_box(scene))
        for master, scene in zip(masters, scenes, strict=True)
    ]
    print(
        f"\n{'format':<8}{'bytes':>9}{'SSIM':>8}   as we write it, mean of {len(scenes)} scenes, {SHOWN[0]} px wide"
    )
    goal = 0.0
    for of_format in ("JPEG", "WEBP", "AVIF"):
        recipe = Recipe(WIDE.name, SHOWN, of_format, CENTRE)
        made = [process.render(master, [recipe])[0] for master in masters]
        likeness = mean(ssim(one, _decoded(other)) for one, other in zip(plain, made, strict=True))
        goal = goal or likeness
        print(f"{of_format:<8}{mean(map(len, made)):>9,.0f}{likeness:>8.4f}")
    print(f"\n{'format':<8}{'bytes':>9}{'quality':>9}   at an SSIM of {goal:.4f} or more")
    for of_format, settings in (("JPEG", {"optimize": True, "progressive": True}), ("WEBP", {"method": 4}),
                                ("AVIF", {"speed": 6, "max_threads": 1})):  # fmt: skip
        quality, size = _least(plain, of_format, settings, goal)
        print(f"{of_format:<8}{size:>9,.0f}{quality:>9}")


def _least(
    plain: list[Image.Image], of_format: str, settings: dict[str, Any], goal: float
) -> tuple[int, float]:
    """The lowest quality that reaches the goal on the whole, and the mean of its bytes."""
    low, high, size = 1, 100, 0.0
    while low < high:
        middle = (low + high) // 2
        made = [_encoded(each, of_format, {**settings, "quality": middle}) for each in plain]
        if mean(ssim(one, _decoded(other)) for one, other in zip(plain, made, strict=True)) >= goal:
            high, size = middle, mean(map(len, made))
        else:
            low = middle + 1
    return high, size


def _take_many(scenes: list[Image.Image], count: int) -> None:
    uploads = [_encoded(scene.resize(SMALL), "JPEG", {"quality": 88}) for scene in scenes]
    told = _taken_apart(uploads, count)
    print(
        f"\n{count:,} pictures of {SMALL[0] * SMALL[1] / 1e6:.1f} megapixels: {told['seconds'] / count:.2f} s each; "
        f"the process that asks grew by {told['grown']:.1f} MB, and no child took more than {told['child']:.0f} MB."
    )
    if told["child"] > MOST_MEMORY or told["grown"] > MOST_MEMORY:
        raise SystemExit(f"That is more than {MOST_MEMORY} MB.")


def _taken_apart(uploads: list[bytes], count: int) -> dict[str, float]:
    """Take files in, from a process that holds nothing else: what a child takes at most begins with what it holds."""
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / str(number) for number in range(len(uploads))]
        for file, data in zip(files, uploads, strict=True):
            file.write_bytes(data)
        named = [word for file in files for word in ("--take", str(file))]
        command = [sys.executable, "-m", "tests.bench.pictures", f"--count={count}", *named]
        told: dict[str, float] = json.loads(
            subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout
        )
        return told


def _taken_here(files: list[str], count: int) -> dict[str, float]:
    """Seconds, and megabytes: by how much this process grew, and what its largest child took."""
    before, begun = _own_memory(), time.monotonic()
    for number in range(count):
        process.take(Path(files[number % len(files)]).read_bytes())
    seconds = time.monotonic() - begun
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return {"seconds": seconds, "grown": _own_memory() - before, "child": child}


def ssim(one: Image.Image, other: Image.Image) -> float:
    """How alike two pictures of one size are: 1 is the same."""
    first, second = (each.convert("L").convert("F") for each in (one, other))
    size = max(first.width // WINDOW, 1), max(first.height // WINDOW, 1)

    def averaged(image: Image.Image) -> Image.Image:
        return image.resize(size, Image.Resampling.BOX)

    def times(one: Image.Image, other: Image.Image) -> Image.Image:
        made: Image.Image = ImageMath.lambda_eval(lambda given: given["a"] * given["b"], a=one, b=other)
        return made

    given = {
        "x": averaged(first),
        "y": averaged(second),
        "xx": averaged(times(first, first)),
        "yy": averaged(times(second, second)),
        "xy": averaged(times(first, second)),
    }
    steady, lively = (0.01 * 255) ** 2, (0.03 * 255) ** 2

    def likeness(of: Any) -> Any:
        x, y = of["x"], of["y"]
        means = (x * y * 2 + steady) / (x * x + y * y + steady)
        spread = (of["xx"] - x * x) + (of["yy"] - y * y) + lively
        return means * ((of["xy"] - x * y) * 2 + lively) / spread

    found: Any = (
        ImageMath.lambda_eval(likeness, **given).resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
    )
    return float(found)


def _box(scene: Image.Image) -> tuple[int, int, int, int]:
    height = round(scene.width * SHOWN[1] / SHOWN[0])
    top = (scene.height - height) // 2
    return 0, top, scene.width, top + height


def _encoded(image: Image.Image, of_format: str, settings: dict[str, Any]) -> bytes:
    file = io.BytesIO()
    image.save(file, of_format, **settings)
    return file.getvalue()


def _decoded(data: bytes) -> Image.Image:
    with Image.open(io.BytesIO(data)) as image:
        return image.convert("RGB")


def _timed(do: Callable[[], Any]) -> tuple[float, Any]:
    begun = time.monotonic()
    done = do()
    return time.monotonic() - begun, done


def _own_memory() -> float:
    with open("/proc/self/statm") as said:
        return int(said.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    main()
