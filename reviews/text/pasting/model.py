"""The content of a clipboard as blocks of runs, without its original markup."""

from dataclasses import dataclass, field

NOTE = "\ufffc"
"""The character that stands for a footnote mark; it is a run of its own."""


@dataclass(frozen=True, slots=True)
class Look:
    """How words are formatted."""

    strong: bool = False
    em: bool = False
    code: bool = False
    href: str = ""
    note: int = 0
    """The number of the footnote if the run is its mark."""


PLAIN = Look()


@dataclass(frozen=True, slots=True)
class Run:
    """Words in the same format. A line feed is an intended line break."""

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
    """Rows of cells, the head first; ``aligns`` has ``left``, ``center``, ``right`` or an empty string for each
    column."""

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
    """``start`` is the number of the first item, or None if items are not numbered."""

    start: int | None
    items: list[list["Block"]] = field(default_factory=list)


@dataclass(slots=True)
class ListItem:
    """An item that was written as a paragraph with a level; ``group`` distinguishes lists of the same level."""

    level: int
    start: int | None
    group: str
    blocks: list["Block"]


Block = Paragraph | Heading | Code | Rule | Table | Quote | Spoiler | List | ListItem
