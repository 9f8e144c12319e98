"""Write blocks as Markdown."""

import re
from collections.abc import Iterator

from reviews.text.pasting.inline import line
from reviews.text.pasting.model import (
    Block,
    Code,
    Heading,
    List,
    ListItem,
    Paragraph,
    Quote,
    Rule,
    Run,
    Spoiler,
    Table,
)

_HIGHEST, _LOWEST = 2, 6
"""The level of the highest heading, and the lowest level."""
_FENCES = re.compile(r"`{3,}")
_RULES = {"left": ":--", "center": ":-:", "right": "--:"}


def write(blocks: list[Block], notes: dict[int, list[Block]]) -> str:
    """The Markdown of blocks, followed by the texts of their footnotes by number."""
    levels = [
        block.level for block in _headings([*blocks, *(each for note in notes.values() for each in note)])
    ]
    writer = _Writer(_HIGHEST - min(levels, default=_HIGHEST))
    parts = [writer.blocks(blocks)]
    parts += [_indented(writer.blocks(note), f"[^{number}]: ", 4) for number, note in notes.items()]
    return "\n\n".join(part.rstrip() for part in parts if part)


def _headings(blocks: list[Block]) -> Iterator[Heading]:
    for block in blocks:
        match block:
            case Heading():
                yield block
            case Quote(inner) | Spoiler(_, inner) | ListItem(_, _, _, inner):
                yield from _headings(inner)
            case List(_, items):
                for item in items:
                    yield from _headings(item)


class _Writer:
    def __init__(self, shift: int) -> None:
        self.shift = shift

    def blocks(self, blocks: list[Block], *, is_tight: bool = False) -> str:
        parts: list[str] = []
        before: Block | None = None
        is_other = False
        for block in blocks:
            if isinstance(block, List) and isinstance(before, List):
                # Markdown separates two lists in a row only if their bullets differ.
                is_other = not is_other and (block.start is None) == (before.start is None)
            else:
                is_other = False
            if written := self._block(block, is_other):
                parts += ["\n" if is_tight else "\n\n", written] if parts else [written]
                before = block
        return "".join(parts)

    def _block(self, block: Block, is_other: bool) -> str:
        match block:
            case Paragraph(runs):
                return line(runs)
            case Heading(level, runs):
                return line(runs, prefix="#" * min(level + self.shift, _LOWEST) + " ")
            case Code(text):
                fence = "`" * max([3, *(len(found) + 1 for found in _FENCES.findall(text))])
                return f"{fence}\n{text}\n{fence}"
            case Rule():
                return "---"
            case Table():
                return self._table(block)
            case Quote(blocks):
                return "\n".join(f"> {each}".rstrip() for each in self.blocks(blocks).split("\n"))
            case Spoiler():
                return self._spoiler(block)
            case List():
                return self._list(block, is_other)
            case ListItem(_, _, _, blocks):
                return self.blocks(blocks)

    def _spoiler(self, spoiler: Spoiler) -> str:
        title = line(spoiler.title).replace("\\\n", " ") if spoiler.title else ""
        opening = "::: spoiler " + re.sub(r"\A(?=:)", r"\\", title)
        # After a table the marker would be read as a row.
        gap = [""] if spoiler.blocks and not isinstance(spoiler.blocks[-1], Paragraph) else []
        body = [self.blocks(spoiler.blocks)] if spoiler.blocks else []
        return "\n".join([opening.rstrip(), *body, *gap, ":::"])

    def _list(self, written: List, is_other: bool) -> str:
        items = [_without_rules(item) for item in written.items]
        is_tight = all(_is_tight(item) for item in items)
        parts: list[str] = []
        for place, item in enumerate(items):
            sign = "*" if is_other else "-"
            if written.start is not None:
                sign = f"{written.start + place}{')' if is_other else '.'}"
            parts.append(_indented(self.blocks(item, is_tight=is_tight), f"{sign} ", len(sign) + 1))
        return ("\n" if is_tight else "\n\n").join(parts)

    def _table(self, table: Table) -> str:
        width = max(map(len, table.rows))
        aligns = [*table.aligns, *[""] * (width - len(table.aligns))]
        head = [*table.rows[0], *([[]] * (width - len(table.rows[0])))]
        rules = "| " + " | ".join(_RULES.get(align, "---") for align in aligns) + " |"
        return "\n".join([_row(head), rules, *map(_row, table.rows[1:])])


def _row(cells: list[list[Run]]) -> str:
    return "| " + " | ".join(line(cell).replace("|", "\\|") if cell else "" for cell in cells) + " |"


def _indented(text: str, sign: str, indent: int) -> str:
    """The text with a bullet or number before its first line, and the other lines indented."""
    first, *others = text.split("\n")
    margin = " " * indent
    return "\n".join([(sign + first).rstrip(), *(margin + each if each else "" for each in others)])


def _without_rules(item: list[Block]) -> list[Block]:
    """An item without rules, which would be read as another item's bullet."""
    return [block for block in item if not isinstance(block, Rule)]


def _is_tight(item: list[Block]) -> bool:
    """Whether an item is one line, perhaps with lists below it that need no empty line."""
    return (
        bool(item)
        and isinstance(item[0], Paragraph)
        and all(isinstance(block, List) and block.start in (None, 1) for block in item[1:])
        and len(item) <= 2
    )
