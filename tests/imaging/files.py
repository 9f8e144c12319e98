"""Image files, made for tests."""

import io
import struct
import zlib
from typing import Any

from PIL import Image

RED, BLUE = (200, 30, 30), (20, 20, 220)


def still(size: tuple[int, int] = (400, 200), mode: str = "RGB") -> Image.Image:
    """Red, and blue in the top left corner, so that one sees which side is up."""
    width, height = size
    image = Image.new("RGB", size, RED)
    image.paste(BLUE, (0, 0, width // 4, height // 4))
    return image.convert(mode)


def noise(size: tuple[int, int] = (400, 300)) -> Image.Image:
    """Grain, which no format makes small."""
    return Image.effect_noise(size, 60).convert("RGB")


def encoded(image: Image.Image, of_format: str, **settings: Any) -> bytes:
    """The bytes of a file of that format."""
    file = io.BytesIO()
    image.save(file, of_format, **settings)
    return file.getvalue()


def png_that_says(width: int, height: int, depth: int = 8, colour: int = 2) -> bytes:
    """A PNG with that header, and one row of pixels."""
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(b"\x00" * 100)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*chunk) for chunk in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def iptc(**records: str | bytes) -> bytes:
    """A Photoshop segment of a JPEG with IPTC records, named ``r2_110`` for record 2, number 110."""
    block = b""
    for name, value in records.items():
        record, number = (int(part) for part in name[1:].split("_"))
        raw = value.encode() if isinstance(value, str) else value
        block += struct.pack(">BBBH", 0x1C, record, number, len(raw)) + raw
    resource = b"8BIM\x04\x04\x00\x00" + struct.pack(">I", len(block)) + block + b"\x00" * (len(block) % 2)
    content = b"Photoshop 3.0\x00" + resource
    return b"\xff\xed" + struct.pack(">H", len(content) + 2) + content


def with_segment(jpeg: bytes, segment: bytes) -> bytes:
    """A JPEG with one more segment, behind its first."""
    end = 4 + int.from_bytes(jpeg[4:6], "big")
    return jpeg[:end] + segment + jpeg[end:]


def xmp(properties: str) -> bytes:
    """An XMP packet with these elements in its one description."""
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"'
        ' xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/"'
        ' xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/">'
        f"{properties}</rdf:Description></rdf:RDF></x:xmpmeta>"
    ).encode()
