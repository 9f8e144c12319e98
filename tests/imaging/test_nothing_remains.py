"""No file of ours holds a run of eight bytes of what an upload said of itself, and each is what its address says."""

import random
import string
from typing import Any

import pytest
from PIL import Image, PngImagePlugin

from reviews.imaging.encoding import Recipe, keep, render
from reviews.imaging.reading import read
from reviews.imaging.shapes import CENTRE
from tests.imaging.files import encoded, iptc, still, with_segment, xmp

RUN = 8
BEGINS = {"AVIF": (4, b"ftypavif"), "WEBP": (8, b"WEBP"), "JPEG": (0, b"\xff\xd8\xff")}
"""Where a file of each format says which it is, and how. Sources: AVIF 1.1, RFC 9649, ITU-T T.81."""
CHANCE = random.Random(15)


def words(length: int = 120) -> str:
    return "".join(CHANCE.choices(string.ascii_letters, k=length))


SAID = {
    name: words() for name in ("comment", "caption", "owner", "place", "credit", "rights", "profile", "terms")
}


def exif() -> Image.Exif:
    found = Image.Exif()
    found[0x010E], found[0x8298] = SAID["caption"], SAID["owner"]
    found.get_ifd(0x8825)[0x001C] = SAID["place"].encode()  # Where it was taken.
    found.get_ifd(0x8769)[0x9286] = SAID["comment"].encode()
    return found


def packet() -> bytes:
    return xmp(
        f"<photoshop:Credit>{SAID['credit']}</photoshop:Credit><dc:rights>{SAID['rights']}</dc:rights>"
    )


def jpeg(mode: str) -> bytes:
    data = encoded(
        still(mode=mode),
        "JPEG",
        exif=exif(),
        xmp=packet(),
        comment=SAID["comment"],
        icc_profile=SAID["profile"].encode(),
    )
    return with_segment(data, iptc(r2_120=SAID["terms"]))


def png(mode: str) -> bytes:
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", SAID["comment"])
    text.add_itxt("XML:com.adobe.xmp", packet().decode())
    return encoded(still(mode=mode), "PNG", pnginfo=text, exif=exif()) + SAID["terms"].encode()


def webp(mode: str) -> bytes:
    return encoded(still(mode=mode), "WEBP", exif=exif().tobytes(), xmp=packet()) + SAID["terms"].encode()


UPLOADS: dict[str, bytes] = {
    "JPEG": jpeg("RGB"),
    "JPEG in four colours": jpeg("CMYK"),
    "PNG": png("RGB"),
    "PNG with transparency": png("RGBA"),
    "WebP": webp("RGB"),
    "AVIF": encoded(still(), "AVIF", exif=exif().tobytes(), xmp=packet()),
}


def runs_in(data: bytes) -> set[bytes]:
    return {data[at : at + RUN] for at in range(len(data) - RUN + 1)}


THEIRS = set().union(*(runs_in(each.encode()) for each in SAID.values()))


def files_of(upload: bytes) -> dict[str, bytes]:
    picture: Any = read(upload).image
    of_format, kept = keep(picture)
    made = {
        name: render(picture, Recipe("card", (240, 180), name, CENTRE)) for name in ("AVIF", "WEBP", "JPEG")
    }
    return {f"kept as {of_format}": kept} | made


@pytest.mark.parametrize("upload", UPLOADS)
def test_nothing_of_it_is_in_any_file_of_ours(upload: str) -> None:
    assert runs_in(UPLOADS[upload]) & THEIRS, "Otherwise this would prove nothing."
    for name, data in files_of(UPLOADS[upload]).items():
        assert not runs_in(data) & THEIRS, name
        at, begins = BEGINS[name.rpartition(" ")[2]]
        assert data[at : at + len(begins)] == begins, name
