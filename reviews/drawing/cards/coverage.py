"""Which characters a font has, read from the font itself (OpenType, ``cmap``)."""

import struct
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO


@dataclass(frozen=True, slots=True)
class Coverage:
    """Ranges of characters, in order: their first and their last ones."""

    firsts: tuple[int, ...]
    lasts: tuple[int, ...]

    def has(self, character: str) -> bool:
        at = bisect_left(self.lasts, ord(character))
        return at < len(self.lasts) and self.firsts[at] <= ord(character)


def coverage_of(font: Path, index: int = 0) -> Coverage:
    """The characters of a font; ``index`` is its number in a collection. Raises ValueError for what is no font."""
    try:
        with font.open("rb") as file:
            ranges = sorted(_ranges(_character_map(file, index)))
    except (struct.error, KeyError, IndexError) as error:
        raise ValueError(f"{font} is not a font that can be read.") from error
    return Coverage(tuple(first for first, _last in ranges), tuple(last for _first, last in ranges))


def _character_map(file: BinaryIO, index: int) -> bytes:
    start = 0
    if _read(file, 0, 4) == b"ttcf":
        (start,) = struct.unpack(">I", _read(file, 12 + 4 * index, 4))
    (count,) = struct.unpack(">H", _read(file, start + 4, 2))
    tables = struct.iter_unpack(">4sIII", _read(file, start + 12, 16 * count))
    offset, length = {tag: (offset, length) for tag, _sum, offset, length in tables}[b"cmap"]
    return _read(file, offset, length)


def _read(file: BinaryIO, offset: int, length: int) -> bytes:
    file.seek(offset)
    return file.read(length)


def _ranges(table: bytes) -> Iterator[tuple[int, int]]:
    """Of the largest table for Unicode."""
    (count,) = struct.unpack_from(">H", table, 2)
    formats = {}
    for platform, _encoding, offset in struct.iter_unpack(">HHI", table[4 : 4 + 8 * count]):
        if platform in (0, 3):
            formats[struct.unpack_from(">H", table, offset)[0]] = offset
    if 12 in formats:
        return _of_groups(table, formats[12])
    return _of_segments(table, formats[4])


def _of_groups(table: bytes, offset: int) -> Iterator[tuple[int, int]]:
    """Format 12: groups of characters with glyphs of successive numbers."""
    (count,) = struct.unpack_from(">I", table, offset + 12)
    for first, last, glyph in struct.iter_unpack(">III", table[offset + 16 : offset + 16 + 12 * count]):
        yield first if glyph else first + 1, last


def _of_segments(table: bytes, offset: int) -> Iterator[tuple[int, int]]:
    """Format 4: segments in four parallel arrays; glyph 0 stands for none."""
    count = struct.unpack_from(">H", table, offset + 6)[0] // 2
    ends, starts = offset + 14, offset + 16 + 2 * count
    for number in range(count):
        (last,) = struct.unpack_from(">H", table, ends + 2 * number)
        (first,) = struct.unpack_from(">H", table, starts + 2 * number)
        (delta,) = struct.unpack_from(">H", table, starts + 2 * (count + number))
        at = starts + 2 * (2 * count + number)
        (skip,) = struct.unpack_from(">H", table, at)
        if first == 0xFFFF:
            continue
        for character in range(first, last + 1):
            if skip:
                (glyph,) = struct.unpack_from(">H", table, at + skip + 2 * (character - first))
            else:
                glyph = (character + delta) & 0xFFFF
            if glyph:
                yield character, character
