"""``make card-fonts``: subset and merge the fonts with which share cards are lettered.

One file for each weight holds every script that the cards can set, so that a line of several scripts needs one font
alone. Letters that an earlier source has are not taken from a later one. What is made is licensed as its sources are:
SIL Open Font License 1.1 (``reviews/drawing/cards/fonts/OFL.txt``).
"""

import argparse
import copy
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem
from fontTools.varLib.instancer import instantiateVariableFont

MADE = Path(__file__).resolve().parents[1] / "reviews/drawing/cards/fonts"
UNITS_PER_EM = 1000
PIAZZOLLA = ("latin", "latin-ext", "vietnamese", "greek", "greek-ext", "cyrillic", "cyrillic-ext")
"""The parts in which the npm package @fontsource-variable/piazzolla has the font."""


class Script(NamedTuple):
    """Letters from a font of Noto, as Debian's packages fonts-noto-core and fonts-noto-extra have it."""

    font: str
    letters: Sequence[int]


ARABIC = [*range(0x600, 0x700), *range(0x750, 0x780), *range(0x8A0, 0x900), 0xFDF2, 0xFDFC, 0x200C, 0x200D]
HEBREW = [*range(0x590, 0x600), *range(0xFB1D, 0xFB50)]
DEVANAGARI = [*range(0x900, 0x980), *range(0xA8E0, 0xA900), 0x20B9]
THAI = [*range(0xE00, 0xE80)]
SIGNS = [0x25A0, 0x25A1, 0x25B2, 0x25B3, 0x25BC, 0x25BD, 0x25C6, 0x25C7, 0x25CB, 0x25CF, 0x2605, 0x2606]


class Weight(NamedTuple):
    """A file that is made: where it stands on the axes of Piazzolla, and what it takes from Noto.

    ``wider_spaces`` is what the site's style sheet adds to its spaces, in thousandths of an em.
    """

    name: str
    style: str
    axes: dict[str, float]
    wider_spaces: int
    scripts: Sequence[Script] = ()


def _scripts(arabic: str, others: str) -> list[Script]:
    return [
        Script(f"NotoNaskhArabic-{arabic}.ttf", ARABIC),
        Script(f"NotoSerifHebrew-{others}.ttf", HEBREW),
        Script(f"NotoSerifDevanagari-{others}.ttf", DEVANAGARI),
        Script(f"NotoSerifThai-{others}.ttf", THAI),
        Script("NotoSansSymbols2-Regular.ttf", SIGNS),
    ]


WEIGHTS = (
    Weight("heavy", "normal", {"wght": 900, "opsz": 30}, 80, _scripts("Bold", "Black")),
    Weight("bold", "normal", {"wght": 700, "opsz": 24}, 30, _scripts("SemiBold", "Bold")),
    Weight("italic", "italic", {"wght": 450, "opsz": 24}, 25),
)


def make(weight: Weight, piazzolla: Path, noto: Path, made: Path) -> None:
    """Write one file."""
    sources: list[tuple[TTFont, Iterable[int] | None]] = []
    for part in PIAZZOLLA:
        font = TTFont(piazzolla / f"piazzolla-{part}-opsz-{weight.style}.woff2")
        font.flavor = None
        sources.append((instantiateVariableFont(font, weight.axes), None))
    sources += [(TTFont(noto / script.font), script.letters) for script in weight.scripts]
    with tempfile.TemporaryDirectory() as folder:
        parts = list(_parts(sources, Path(folder)))
        merged = Merger().merge([str(part) for part in parts])
    for letter in (0x20, 0xA0):
        glyph = merged.getBestCmap()[letter]
        width, bearing = merged["hmtx"][glyph]
        merged["hmtx"][glyph] = (width + weight.wider_spaces, bearing)
    _name(merged, weight)
    merged.recalcTimestamp = False  # The same sources make the same file.
    merged["head"].created = merged["head"].modified = 0
    merged.save(made / f"{weight.name}.ttf")


def _parts(sources: Iterable[tuple[TTFont, Iterable[int] | None]], folder: Path) -> Iterator[Path]:
    """Each source cut down to the letters that no earlier one has."""
    covered: set[int] = set()
    for number, (font, letters) in enumerate(sources):
        has = set(font.getBestCmap())
        wanted = (has if letters is None else has & set(letters)) - covered
        if not wanted:
            continue
        covered |= wanted
        scale_upem(font, UNITS_PER_EM)
        part = folder / f"{number:02}.ttf"
        _subset(font, wanted).save(part)
        yield part


def _subset(font: TTFont, letters: set[int]) -> TTFont:
    options = Options()
    options.hinting = False
    options.notdef_outline = True
    options.layout_features = ["*"]
    options.drop_tables += ["STAT", "DSIG", "meta", "FFTM"]
    cutter = Subsetter(options)
    cutter.populate(unicodes=letters)
    kept = copy.deepcopy(font)
    cutter.subset(kept)
    return kept


def _name(font: TTFont, weight: Weight) -> None:
    """A name of its own: it is none of the fonts that it is made of."""
    table: Any = font["name"]
    licence = "SIL Open Font License 1.1"
    names = {
        1: "Share Cards",
        2: weight.name,
        4: f"Share Cards {weight.name}",
        6: f"ShareCards-{weight.name}",
    }
    table.names = []
    for number, words in (names | {13: licence, 14: "https://openfontlicense.org"}).items():
        table.setName(words, number, 3, 1, 0x409)


def main() -> None:
    """Make every file."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--piazzolla", type=Path, required=True, help="the package's folder of files")
    arguments.add_argument("--noto", type=Path, default=Path("/usr/share/fonts/truetype/noto"))
    asked = arguments.parse_args()
    for weight in WEIGHTS:
        make(weight, asked.piazzolla, asked.noto, MADE)
        print(weight.name, (MADE / f"{weight.name}.ttf").stat().st_size)


if __name__ == "__main__":
    main()
