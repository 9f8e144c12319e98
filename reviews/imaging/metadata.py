"""Credit, caption and terms, which studios write into the files that they send: XMP first, then IPTC, then EXIF.

The order is the one that the IPTC recommends for values that differ. Nothing here raises: what cannot be read is empty,
and the picture is taken all the same.
"""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from defusedxml import ElementTree
from PIL import Image, IptcImagePlugin

LONGEST_VALUE = 2_000
"""Characters that are read of one value."""
LARGEST_XMP = 1_000_000
"""Bytes of XMP that are read at all."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a file says about its picture, as plain text; what it does not say is empty.

    ``terms`` are instructions for those who publish it, such as an embargo.
    """

    credit: str = ""
    creator: str = ""
    copyright: str = ""
    caption: str = ""
    alt_text: str = ""
    source: str = ""
    terms: str = ""


def metadata_of(image: Image.Image) -> Metadata:
    """What an open file says. Its pixels need not be decoded."""
    read = [_quietly(reader, image) for reader in (_of_xmp, _of_iptc, _of_exif)]
    found = {each.name: _first([values.get(each.name, "") for values in read]) for each in fields(Metadata)}
    return Metadata(**found)


def _quietly(reader: Callable[[Image.Image], Mapping[str, str]], image: Image.Image) -> Mapping[str, str]:
    try:
        return reader(image)
    except Exception:
        return {}  # Metadata is whatever some program wrote; libraries raise everything about it.


def _first(values: list[str]) -> str:
    return next((cleaned for value in values if (cleaned := clean(value))), "")


def clean(value: str) -> str:
    """Text as a form shows it: without control characters and lone surrogates, ``LONGEST_VALUE`` characters at most."""
    text = unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n"))
    allowed = (
        " " if mark == "\t" else mark for mark in text if mark == "\n" or mark == "\t" or _is_printed(mark)
    )
    return "".join(allowed).strip()[:LONGEST_VALUE].strip()


def _is_printed(mark: str) -> bool:
    return unicodedata.category(mark) not in ("Cc", "Cs", "Co", "Cn")


_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_PHOTOSHOP = "{http://ns.adobe.com/photoshop/1.0/}"
_CORE = "{http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/}"
_RIGHTS = "{http://ns.adobe.com/xap/1.0/rights/}"
_XMP = {
    "credit": [f"{_PHOTOSHOP}Credit"],
    "creator": [f"{_DC}creator"],
    "copyright": [f"{_DC}rights"],
    "caption": [f"{_DC}description"],
    "alt_text": [f"{_CORE}AltTextAccessibility"],
    "source": [f"{_PHOTOSHOP}Source"],
    "terms": [f"{_RIGHTS}UsageTerms", f"{_PHOTOSHOP}Instructions"],
}


def _of_xmp(image: Image.Image) -> dict[str, str]:
    packet: Any = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or b""
    raw = packet.encode() if isinstance(packet, str) else bytes(packet)
    if not raw or len(raw) > LARGEST_XMP:
        return {}
    root = ElementTree.fromstring(raw.strip(b"\x00 \t\r\n"), forbid_dtd=True)
    described = list(root.iter(f"{_RDF}Description"))
    return {
        field: "\n".join(said for name in names if (said := _said(described, name)))
        for field, names in _XMP.items()
    }


def _said(described: list[Any], name: str) -> str:
    """The value of a property, which is an attribute, an element, or a list of texts in one."""
    for each in described:
        if value := each.get(name):
            return str(value)
        element = each.find(name)
        if element is None:
            continue
        listed = [str(item.text) for item in element.iter(f"{_RDF}li") if item.text]
        if not listed:
            return str(element.text or "")
        is_one = element.find(f"{_RDF}Alt") is not None
        return listed[0] if is_one else ", ".join(listed)
    return ""


_IPTC = {
    "credit": [(2, 110)],
    "creator": [(2, 80)],
    "copyright": [(2, 116)],
    "caption": [(2, 120)],
    "source": [(2, 115)],
    "terms": [(2, 40)],
}
_CHARACTER_SET, _UTF8 = (1, 90), b"\x1b%G"


def _of_iptc(image: Image.Image) -> dict[str, str]:
    if not isinstance(image.info.get("photoshop"), dict):
        return {}
    records = IptcImagePlugin.getiptcinfo(image) or {}  # type: ignore[arg-type]
    is_utf8 = records.get(_CHARACTER_SET) == _UTF8
    return {
        field: "\n".join(_decoded(records[key], is_utf8) for key in keys if key in records)
        for field, keys in _IPTC.items()
    }


def _decoded(value: bytes | list[bytes], is_utf8: bool) -> str:
    """Text in UTF-8 if it can be, else as Windows wrote it before files said their encoding."""
    if isinstance(value, list):
        return ", ".join(_decoded(each, is_utf8) for each in value)
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("utf-8" if is_utf8 else "cp1252", errors="replace")


_EXIF = {"caption": 0x010E, "creator": 0x013B, "copyright": 0x8298}


def _of_exif(image: Image.Image) -> dict[str, str]:
    exif = image.getexif()
    return {field: _exif_text(exif.get(tag)) for field, tag in _EXIF.items()}


def _exif_text(value: object) -> str:
    """Text of an ASCII field. Pillow reads it as Latin-1, while programs write UTF-8."""
    if not isinstance(value, str):
        return ""
    try:
        return value.encode("latin-1").decode().replace("\x00", " ")
    except (UnicodeDecodeError, UnicodeEncodeError):
        return value.replace("\x00", " ")
