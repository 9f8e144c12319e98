"""Properties of elements and blocks that the walk needs."""

import re

from reviews.text.pasting.markup import Element
from reviews.text.pasting.model import (
    Block,
    Code,
    Heading,
    List,
    ListItem,
    Look,
    Paragraph,
    Quote,
    Run,
    Spoiler,
    Table,
)

_WIDEST_CELL = 20


def width_of(cell: Element) -> int:
    """How many columns a cell spans."""
    span = cell.get("colspan")
    return min(max(int(span), 1), _WIDEST_CELL) if re.fullmatch(r"\d{1,6}", span) else 1


def rows_of(table: Element) -> list[list[Element]]:
    """The cells of a table, row by row; none if it contains anything else, because then it is not a table of words."""
    rows: list[list[Element]] = []
    waiting: list[tuple[Element, Element | str]] = [(table, child) for child in reversed(table.children)]
    while waiting:
        within, child = waiting.pop()
        if isinstance(child, str):
            if child.strip():
                return []
        elif child.name in ("thead", "tbody", "tfoot", "tr") and within.name != "tr":
            if child.name == "tr":
                rows.append([])
            waiting.extend((child, each) for each in reversed(child.children))
        elif child.name in ("td", "th") and within.name == "tr":
            rows[-1].append(child)
        elif child.name not in ("caption", "colgroup", "col", "br"):
            return []
    return [row for row in rows if row]


def leaves_of(blocks: list[Block]) -> list[list[Run]]:
    """The words of blocks, line by line."""
    found: list[list[Run]] = []
    for block in blocks:
        match block:
            case Paragraph(runs) | Heading(_, runs):
                found.append(runs)
            case Code(text):
                found.append([Run(" ".join(text.split()), Look(code=True))])
            case Table(rows):
                found += [cell for row in rows for cell in row]
            case Quote(inner) | Spoiler(_, inner) | ListItem(_, _, _, inner):
                found += leaves_of(inner)
            case List(_, items):
                found += [line for item in items for line in leaves_of(item)]
    return found


def raw_text(element: Element) -> str:
    """The text of a preformatted element, with its line breaks."""
    parts = []
    waiting: list[Element | str] = [element]
    while waiting:
        child = waiting.pop()
        if isinstance(child, str):
            parts.append(child)
        elif child.name == "br":
            parts.append("\n")
        else:
            waiting.extend(reversed(child.children))
    text = "".join(parts).replace("\xa0", " ").replace("\r", "")
    return text.removeprefix("\n").rstrip("\n")
