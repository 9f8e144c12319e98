"""Read an image file: checked, reduced, turned upright, in sRGB, with nothing of the file in it but the picture."""

import io
import warnings
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageCms

from reviews.imaging.headers import RefusedImageError, check_size, cut_off, header_of
from reviews.imaging.metadata import Metadata, metadata_of

LONGEST_KEPT = 3840
"""The longest side, in pixels, of what is kept of a picture."""
LONGEST_SHOWN = 2560
"""The longest side that any page asks for. A JPEG is decoded at a reduced size that is not below it."""

_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What turns a picture upright, by its EXIF orientation. Source: CIPA DC-008, tag 274."""
_ORIENTATION = 0x0112
_WIDE_MODES = ("I", "F", "I;16", "I;16B", "I;16L", "I;16N")


@dataclass(frozen=True, slots=True)
class ReadImage:
    """A picture that was read: RGB or, with transparency, RGBA; upright; in sRGB.

    ``uploaded_size`` is the file's own, upright, before it was reduced. ``frames`` is one if it is not animated.
    """

    image: Image.Image
    uploaded_size: tuple[int, int]
    frames: int
    metadata: Metadata


def read(data: bytes) -> ReadImage:
    """Raises RefusedImageError for what cannot be taken."""
    header = header_of(data)
    try:
        with (
            warnings.catch_warnings(action="ignore"),
            Image.open(io.BytesIO(data), formats=[header.format]) as image,
        ):
            check_size(header.format, image.size)
            return _read(image, header.format)
    except RefusedImageError:
        raise
    except Exception as error:  # Hostile files make libraries raise everything.
        raise _refusal(error) from error


def _refusal(error: Exception) -> RefusedImageError:
    if "truncated" in str(error).lower() or isinstance(error, EOFError):
        return cut_off()
    return RefusedImageError(
        "The file is damaged and cannot be read. Export the picture again and upload that."
    )


def _read(image: Image.Image, of_format: str) -> ReadImage:
    metadata = metadata_of(image)
    orientation = _orientation_of(image)
    uploaded_size = image.size if orientation < 5 else (image.height, image.width)
    frames = 1 if of_format == "JPEG" else int(getattr(image, "n_frames", 1))
    image.seek(0)
    image = _in_srgb(_reduced(image))
    if orientation in _UPRIGHT:
        image = image.transpose(_UPRIGHT[orientation])
    bare = Image.new(image.mode, image.size)
    bare.paste(image)
    return ReadImage(bare, uploaded_size, frames, metadata)


def _orientation_of(image: Image.Image) -> int:
    try:
        found = image.getexif().get(_ORIENTATION)
    except Exception:
        return 1
    return found if found in _UPRIGHT else 1


def _reduced(image: Image.Image) -> Image.Image:
    """At most ``LONGEST_KEPT`` pixels long, in a mode that can be converted. Closes the image that is given.

    Every copy is released before the next is made: one of 25 megapixels takes 100 MB.
    """
    if factor := max(image.size) // LONGEST_SHOWN:
        image.draft(None, (image.width // factor, image.height // factor))
    image.load()
    resizable = _resizable(image)
    if resizable is not image:
        image.close()
    image.__dict__.pop("_decoder", None)
    if max(resizable.size) > LONGEST_KEPT:
        resizable.thumbnail((LONGEST_KEPT, LONGEST_KEPT), Image.Resampling.LANCZOS, reducing_gap=3)
    return resizable.convert("RGBA") if resizable.mode == "RGBa" else resizable


def _resizable(image: Image.Image) -> Image.Image:
    """Palettes, bits and sixteen-bit values as what can be averaged; colours multiplied by their opacity."""
    if image.mode in _WIDE_MODES:
        return _of_eight_bits(image)
    if image.mode == "1":
        return image.convert("L")
    if image.has_transparency_data:
        return (image if image.mode == "RGBA" else image.convert("RGBA")).convert("RGBa")
    return image if image.mode in ("L", "RGB", "CMYK", "LAB") else image.convert("RGB")


def _of_eight_bits(image: Image.Image) -> Image.Image:
    """Grey of sixteen bits as grey of eight: black stays black, white stays white."""
    wide = image if image.mode == "I" else image.convert("I")
    return wide.point(lambda value: value * (1 / 257)).convert("L")


def _in_srgb(image: Image.Image) -> Image.Image:
    """In sRGB, by the profile that the file has; without one, as browsers show it."""
    alpha = image.getchannel("A") if image.mode == "RGBA" else None
    colours = image.convert("RGB") if alpha is not None else image
    profile: Any = image.info.get("icc_profile")
    converted = _by_profile(colours, profile) if profile else None
    picture = converted if converted is not None else colours.convert("RGB")
    if alpha is None or alpha.getextrema() == (255, 255):
        return picture
    picture.putalpha(alpha)
    return picture


def _by_profile(image: Image.Image, profile: bytes) -> Image.Image | None:
    """``None`` if the profile is damaged, or is one of another kind of image."""
    try:
        return ImageCms.profileToProfile(
            image,
            ImageCms.ImageCmsProfile(io.BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
            outputMode="RGB",
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None
