"""Which renditions a picture has: a fixed ladder of widths for each frame, in three formats, each with its address.

The number of addresses is bounded by the ladder: no address names a size.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from django.urls import reverse

from reviews.imaging.encoding import MEDIA_TYPES, Recipe
from reviews.imaging.shapes import FRAMES, FocalPoint, Frame, sizes_of
from reviews.models.shared.picture_file import PictureFile
from reviews.pictures.elsewhere import below

EDITION = 1
"""Raise it whenever the same recipe makes another picture: every address is a new one then."""
SUFFIXES = {"AVIF": "avif", "WEBP": "webp", "JPEG": "jpg"}


@dataclass(frozen=True, slots=True)
class Rendition:
    """One of a picture's renditions: what it is made by, and the digest that is the second part of its address."""

    recipe: Recipe
    digest: str

    @property
    def width(self) -> int:
        return self.recipe.size[0]

    @property
    def height(self) -> int:
        return self.recipe.size[1]

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES[self.recipe.format]


def renditions_of(file: PictureFile) -> Mapping[str, Rendition]:
    """All renditions of a version, by digest."""
    return _all(file.token, file.width, file.height, file.focal_x, file.focal_y)


def in_frame(file: PictureFile, frame: Frame, of_format: str) -> list[Rendition]:
    """Those for a frame in one format, smallest first."""
    return [
        each
        for each in renditions_of(file).values()
        if each.recipe.frame == frame.name and each.recipe.format == of_format
    ]


def address_of(file: PictureFile, rendition: Rendition) -> str:
    """The path under which readers are given it, while they may see it; on other pages, one of theirs."""
    name = f"{rendition.digest}.{SUFFIXES[rendition.recipe.format]}"
    if elsewhere := below():
        return f"{elsewhere}{file.token}/{name}"
    return reverse("rendition", args=[file.token, name])


def thing_of(token: str) -> str:
    """What the addresses of all renditions of a version begin with: by it, a CDN knows them."""
    return reverse("rendition", args=[token, "-"]).removesuffix("-")


@lru_cache(maxsize=500)
def _all(token: str, width: int, height: int, x: float, y: float) -> Mapping[str, Rendition]:
    found: dict[str, Rendition] = {}
    for frame in FRAMES.values():
        for size in sizes_of(frame, (width, height)):
            for of_format in MEDIA_TYPES:
                recipe = Recipe(frame.name, size, of_format, FocalPoint(x, y))
                digest = _digest(token, recipe)
                found[digest] = Rendition(recipe, digest)
    return found


def _digest(token: str, recipe: Recipe) -> str:
    told = (EDITION, token, recipe.frame, *recipe.size, recipe.format, recipe.focal.x, recipe.focal.y)
    return sha256("|".join(map(str, told)).encode()).hexdigest()[:16]
