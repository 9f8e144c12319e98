"""Write a picture that was read: once to be kept, and as often as pages need it."""

import io
from dataclasses import dataclass

from PIL import Image

from reviews.imaging.shapes import FRAMES, FocalPoint, crop_of

KEPT_QUALITY = 95
_SETTINGS: dict[str, dict[str, object]] = {
    "AVIF": {"quality": 58, "speed": 6, "max_threads": 1},
    "WEBP": {"quality": 78, "method": 4},
    "JPEG": {"quality": 80, "progressive": True, "optimize": True},
}
"""Equal to the eye: ``make bench-pictures`` compares them."""
MEDIA_TYPES = {"AVIF": "image/avif", "WEBP": "image/webp", "JPEG": "image/jpeg"}
"""In the order in which a page offers them."""
PAPER = (255, 255, 255)
"""What is behind a transparent picture in a format without transparency."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a rendition is made. ``frame`` names a frame; ``size`` is in pixels; ``format`` as Pillow names it."""

    frame: str
    size: tuple[int, int]
    format: str
    focal: FocalPoint


def keep(image: Image.Image) -> tuple[str, bytes]:
    """The file from which renditions are made, and its format: fine JPEG, or lossless WebP if it is transparent."""
    if image.mode == "RGBA":
        return "WEBP", _written(image, "WEBP", lossless=True, method=2)
    return "JPEG", _written(image, "JPEG", quality=KEPT_QUALITY, subsampling=0)


def render(image: Image.Image, recipe: Recipe) -> bytes:
    """A rendition: cropped around the focal point, then reduced."""
    box = crop_of(FRAMES[recipe.frame], image.size, recipe.focal)
    source = image.convert("RGBa") if image.mode == "RGBA" else image
    made = source.resize(recipe.size, Image.Resampling.LANCZOS, box=box, reducing_gap=3)
    if made.mode == "RGBa":
        made = made.convert("RGBA")
        made = _on_paper(made) if recipe.format == "JPEG" else made
    return _written(made, recipe.format, **_SETTINGS[recipe.format])


def colour_of(image: Image.Image) -> str:
    """The average colour, as ``#rrggbb``: what stands in a picture's place until it has come."""
    flat = _on_paper(image) if image.mode == "RGBA" else image
    red, green, blue = flat.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))  # type: ignore[misc]
    return f"#{red:02x}{green:02x}{blue:02x}"


def _on_paper(image: Image.Image) -> Image.Image:
    paper = Image.new("RGB", image.size, PAPER)
    paper.paste(image, mask=image.getchannel("A"))
    return paper


def _written(image: Image.Image, of_format: str, **settings: object) -> bytes:
    written = io.BytesIO()
    image.save(written, of_format, **settings)
    return written.getvalue()
