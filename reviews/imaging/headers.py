"""Which image files are taken, and how large they are, read from their first bytes before anything is decoded.

A header costs nothing to read; decoding costs memory for every pixel that the header promises.
"""

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass

LARGEST_FILE = 20_000_000
"""Bytes."""
MOST_PIXELS = {
    "JPEG": 40_000_000,
    "PNG": 25_000_000,
    "GIF": 25_000_000,
    "AVIF": 25_000_000,
    "WEBP": 16_000_000,
}
"""The pixels of one frame, by format. A JPEG is decoded at a reduced size; WebP holds three copies while it is read."""
LONGEST_SIDE = 20_000
"""Pixels."""
MOST_COEFFICIENTS = 200_000_000
"""Bytes that a progressive JPEG takes while it is decoded: it is kept whole, before any reduction."""

TAKEN = "JPEG, PNG, WebP, AVIF or GIF"
FROM_EXPORT = f"Export it as {TAKEN} and upload that."


class RefusedImageError(ValueError):
    """An image file that is not taken. The message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Header:
    """What a file says of itself: the format as Pillow names it, and the size in pixels, if it is known yet.

    The size of AVIF is unknown here: its decoder reads it without decoding.
    """

    format: str
    size: tuple[int, int] | None


def header_of(data: bytes) -> Header:
    """Raises RefusedImageError for everything that is not one of the five formats within its limits."""
    if not data:
        raise RefusedImageError("The file is empty. Export the picture again and upload that.")
    if len(data) > LARGEST_FILE:
        raise RefusedImageError(
            f"The file has {_megabytes(len(data))}, and the limit is {_megabytes(LARGEST_FILE)}. "
            "Export it smaller, or as JPEG."
        )
    found = _format_of(data)
    if found is None:
        raise RefusedImageError(_refusal_of(data))
    try:
        size = _SIZES[found](data)
    except (IndexError, struct.error):
        raise cut_off() from None
    header = Header(found, size)
    if size is not None:
        check_size(found, size)
    return header


def check_size(of_format: str, size: tuple[int, int]) -> None:
    """Raises RefusedImageError for an image of no pixels, or of more than are decoded safely."""
    width, height = size
    if width < 1 or height < 1:
        raise RefusedImageError(f"The file says that it is {width} × {height} pixels. {_AGAIN}")
    if width * height > MOST_PIXELS[of_format]:
        most = MOST_PIXELS[of_format] // 1_000_000
        hint = "" if of_format == "JPEG" else ", or as JPEG, which may be larger"
        raise RefusedImageError(
            f"The picture has {width * height / 1_000_000:,.0f} megapixels ({width:,} × {height:,}), and the limit for "
            f"{NAMES[of_format]} is {most}. Export it smaller{hint}."
        )
    if max(size) > LONGEST_SIDE:
        raise RefusedImageError(
            f"The picture is {width:,} × {height:,} pixels, and no side may be longer than {LONGEST_SIDE:,}. Export it "
            "smaller."
        )


def cut_off() -> RefusedImageError:
    """For a file that ends too early."""
    return RefusedImageError(
        "The file is cut off: a part of the picture is missing. Export or download it again."
    )


NAMES = {"JPEG": "JPEG", "PNG": "PNG", "GIF": "GIF", "AVIF": "AVIF", "WEBP": "WebP"}
_AGAIN = "It is damaged. Export it again and upload that."


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:,.1f} MB".replace(".0 MB", " MB")


def _format_of(data: bytes) -> str | None:
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data[:6] in (b"GIF87a", b"GIF89a"):
        return "GIF"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    if data[4:8] == b"ftyp" and _brands(data) & {b"avif", b"avis"}:
        return "AVIF"
    return None


def _brands(data: bytes) -> set[bytes]:
    """The brands of an ISO media file, as its first box lists them."""
    length = int.from_bytes(data[:4], "big")
    listed = data[8 : min(length, 200)]
    return {listed[at : at + 4] for at in range(0, len(listed), 4) if at != 4}


_HEIF = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"}
_OTHERS = (
    (b"II*\x00", "a TIFF"),
    (b"MM\x00*", "a TIFF"),
    (b"II+\x00", "a TIFF"),
    (b"MM\x00+", "a TIFF"),
    (b"8BPS", "a Photoshop file"),
    (b"%PDF-", "a PDF"),
    (b"BM", "a Windows bitmap"),
    (b"\x00\x00\x00\x0cjP  ", "a JPEG 2000"),
    (b"\xff\x0a", "a JPEG XL"),
    (b"\x00\x00\x00\x0cJXL ", "a JPEG XL"),
    (b"PK\x03\x04", "a ZIP archive or a document"),
)


def _refusal_of(data: bytes) -> str:
    """The message for a file that is none of the five."""
    if data[4:8] == b"ftyp":
        if _brands(data) & _HEIF:
            return f"This is a HEIC picture, as iPhones take them. {FROM_EXPORT}"
        return f"This is a film, not a picture. Take a still of it, as {TAKEN}."
    for begins, kind in _OTHERS:
        if data.startswith(begins):
            return f"This is {kind}, which is not taken. {FROM_EXPORT}"
    beginning = data[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"<svg" in beginning:
        return f"This is an SVG drawing, which can hold scripts. {FROM_EXPORT}"
    if beginning.startswith((b"<!doctype html", b"<html")):
        return "This is a web page, not a picture: perhaps a link was saved. Download the picture itself."
    return f"This is not a picture in a format that is taken. {FROM_EXPORT}"


def _size_of_png(data: bytes) -> tuple[int, int]:
    if data[12:16] != b"IHDR":
        raise cut_off() if len(data) < 24 else RefusedImageError(f"The file has no header. {_AGAIN}")
    width, height = struct.unpack_from(">II", data, 16)
    return width, height


def _size_of_gif(data: bytes) -> tuple[int, int]:
    """The size of the screen. A first frame may be larger, so the size is checked again when the file is open."""
    width, height = struct.unpack_from("<HH", data, 6)
    return width, height


def _size_of_webp(data: bytes) -> tuple[int, int]:
    kind = data[12:16]
    if kind == b"VP8X":
        return int.from_bytes(_exact(data, 24, 3), "little") + 1, int.from_bytes(
            _exact(data, 27, 3), "little"
        ) + 1
    if kind == b"VP8L":
        bits = struct.unpack_from("<I", data, 21)[0]
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8 ":
        width, height = struct.unpack_from("<HH", data, 26)
        return width & 0x3FFF, height & 0x3FFF
    raise cut_off() if len(data) < 30 else RefusedImageError(f"The file has no picture in it. {_AGAIN}")


def _exact(data: bytes, at: int, length: int) -> bytes:
    found = data[at : at + length]
    if len(found) < length:
        raise IndexError
    return found


_STANDALONE = {0x01, *range(0xD0, 0xD9)}
"""The markers of JPEG that no segment follows."""
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_HUFFMAN_FRAMES = {0xC0, 0xC1, 0xC2}
PROGRESSIVE = 0xC2


def _size_of_jpeg(data: bytes) -> tuple[int, int]:
    """Source: ITU-T T.81, B.2.2."""
    for marker, at in _segments(data):
        if marker not in _FRAMES:
            continue
        precision, height, width, components = struct.unpack_from(">BHHB", data, at)
        if marker not in _HUFFMAN_FRAMES or precision != 8:
            raise RefusedImageError(f"This is a rare kind of JPEG that browsers do not show. {FROM_EXPORT}")
        if marker == PROGRESSIVE:
            _check_progressive(width, height, [data[at + 7 + 3 * each] for each in range(components)])
        return width, height
    raise cut_off()


def _segments(data: bytes) -> Iterator[tuple[int, int]]:
    """The markers of a JPEG, each with the position of what its segment holds, up to the first scan."""
    at = 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            return
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
        elif marker in _STANDALONE:
            at += 2
        else:
            if marker == 0xDA:
                return
            yield marker, at + 4
            at += 2 + max(int.from_bytes(data[at + 2 : at + 4], "big"), 2)


def _check_progressive(width: int, height: int, samplings: list[int]) -> None:
    """Raises RefusedImageError if the coefficients, two bytes each, would take too much memory."""
    shares = [(each >> 4) * (each & 15) for each in samplings]
    across = max((each >> 4 for each in samplings), default=1) or 1
    down = max((each & 15 for each in samplings), default=1) or 1
    if 2 * width * height * sum(shares) / (across * down) > MOST_COEFFICIENTS:
        raise RefusedImageError(
            f"The picture is a progressive JPEG of {width:,} × {height:,} pixels, which takes too much memory to read. "
            "Export it without “progressive”, or smaller."
        )


_SIZES: dict[str, Callable[[bytes], tuple[int, int] | None]] = {
    "JPEG": _size_of_jpeg,
    "PNG": _size_of_png,
    "GIF": _size_of_gif,
    "WEBP": _size_of_webp,
    "AVIF": lambda data: None,
}
