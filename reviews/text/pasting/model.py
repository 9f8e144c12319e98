"""What has been read of a clipboard: blocks of runs, with nothing left of how they were marked up."""

from dataclasses import dataclass, field

NOTE = "\ufffc"
"""The one character of a run that stands for a footnote's mark."""


@dataclass(frozen=True, slots=True)
class Look:
    """How words are set."""

    strong: bool = False
    em: bool = False
    code: bool = False
    href: str = ""
    note: int = 0
    """The number of the footnote, where the run is its mark."""


PLAIN = Look()


@dataclass(frozen=True, slots=True)
class Run:
    """Words that are set alike. A line feed is a line break that was meant."""

    text: str
    look: Look = PLAIN


@dataclass(slots=True)
class Paragraph:
    runs: list[Run]


@dataclass(slots=True)
class Heading:
    """``level`` as it was marked up, from 1; a document's title is 0."""

    level: int
    runs: list[Run]


@dataclass(slots=True)
class Code:
    text: str


@dataclass(slots=True)
class Rule:
    pass


@dataclass(slots=True)
class Table:
    """Rows of cells, the head first; ``aligns`` holds ``left``, ``center``, ``right`` or nothing for each column."""

    rows: list[list[list[Run]]]
    aligns: list[str]


@dataclass(slots=True)
class Quote:
    blocks: list["Block"] = field(default_factory=list)


@dataclass(slots=True)
class Spoiler:
    title: list[Run]
    blocks: list["Block"] = field(default_factory=list)


@dataclass(slots=True)
class List:
    """``start`` is the number of the first item, or None where they are not numbered."""

    start: int | None
    items: list[list["Block"]] = field(default_factory=list)


@dataclass(slots=True)
class ListItem:
    """An item of a list that was written as a paragraph with a level; ``group`` tells lists of one level apart."""

    level: int
    start: int | None
    group: str
    blocks: list["Block"]


Block = Paragraph | Heading | Code | Rule | Table | Quote | Spoiler | List | ListItem
