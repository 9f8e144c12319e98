"""Turn the tree into blocks: which elements are blocks, which are inline, and which are left out."""

import re

from reviews.text.markdown.grammar import DEFAULT_SUMMARY
from reviews.text.pasting import lists
from reviews.text.pasting.links import address_of
from reviews.text.pasting.markup import BLOCKS, Element, is_spoiler
from reviews.text.pasting.model import (
    NOTE,
    PLAIN,
    Block,
    Code,
    Heading,
    List,
    ListItem,
    Look,
    Paragraph,
    Quote,
    Rule,
    Run,
    Spoiler,
    Table,
)
from reviews.text.pasting.notes import Notes
from reviews.text.pasting.runs import folded, is_blank, lines_of
from reviews.text.pasting.shapes import leaves_of, raw_text, rows_of, width_of
from reviews.text.pasting.styles import align_of, declarations, is_gone, look_of

NESTING = 6
"""Lists, quotations and spoilers inside so many others are not nested further: readers' pages drop what is deeper."""

_HEADING = re.compile(r"h([1-6])\Z")
_HEADING_CLASS = re.compile(r"\bmso(title|heading([1-6]))\b")
_PLAYERS = frozenset({"iframe", "video", "audio"})
_UNSEEN = ("0", "1")
"""The width and height in pixels of pictures that only count who reads."""


class _Flow:
    """The blocks so far, and the line that is not finished."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.line: list[Run] = []

    def close(self) -> None:
        for runs in lines_of(self.line):
            self.blocks.append(Paragraph(runs))
        self.line = []

    def add(self, block: Block) -> None:
        self.close()
        self.blocks.append(block)


class Walk:
    """A walk over a tree whose footnotes are known."""

    def __init__(self, notes: Notes) -> None:
        self.notes = notes
        self.left_out: set[Element] = set()
        """The pictures that leave neither words nor a link."""

    def blocks(self, element: Element, look: Look = PLAIN, nesting: int = 0) -> list[Block]:
        """The content of an element as blocks; items that were written as paragraphs are not yet in lists."""
        flow = _Flow()
        self._inside(element, look, flow, nesting)
        flow.close()
        return flow.blocks

    def note(self, number: int) -> list[Block]:
        """The text of a footnote, without a spoiler if all its marks are in spoilers: our pages then fold it
        themselves."""
        blocks = lists.nest(self.blocks(self.notes.texts[number]))
        match blocks:
            case [Spoiler([], inner)] if number not in self.notes.open:
                return inner
        return blocks

    def _line(self, element: Element) -> list[Run]:
        """The content of an element as one line, with a space between blocks."""
        runs: list[Run] = []
        for block in leaves_of(self.blocks(element, nesting=NESTING)):
            runs += [Run(" "), *block] if runs else block
        return [Run(run.text.replace("\n", " "), run.look) for run in runs]

    def _inside(self, element: Element, look: Look, flow: _Flow, nesting: int) -> None:
        for child in element.children:
            if isinstance(child, str):
                flow.line.append(Run(folded(child), look))
            else:
                self._element(child, look, flow, nesting)

    def _element(self, element: Element, look: Look, flow: _Flow, nesting: int) -> None:
        style = declarations(element)
        if element in self.notes.asides or is_gone(element, style) or lists.is_marker(element, style):
            return
        if number := self.notes.marks.get(element):
            flow.line.append(Run(NOTE, Look(strong=look.strong, em=look.em, note=number)))
        elif element in self.notes.lifted:
            self._leave_out_note(flow)
        elif element.name == "br":
            flow.line.append(Run("\n", look))
        elif element.name in BLOCKS:
            self._block(element, look_of(element, style, look), style, flow, nesting)
        elif element.name == "img":
            self._picture(element, look, flow)
        elif element.name in _PLAYERS:
            words = element.get("title") or element.text() or "Video"
            if address := address_of(element.get("src")):
                flow.line.append(Run(folded(words), Look(href=address)))
        elif element.name == "q":
            flow.line.append(Run("“", look))
            self._inside(element, look_of(element, style, look), flow, nesting)
            flow.line.append(Run("”", look))
        elif "apple-converted-space" in element.classes:
            flow.line.append(Run(" ", look))
        else:
            self._inside(element, look_of(element, style, look), flow, nesting)

    def _leave_out_note(self, flow: _Flow) -> None:
        """Leave out the text of a footnote, and the rule that a program draws above the first."""
        flow.close()
        if flow.blocks and isinstance(flow.blocks[-1], Rule):
            flow.blocks.pop()

    def _picture(self, element: Element, look: Look, flow: _Flow) -> None:
        words = folded(element.get("alt")).strip()
        address = address_of(element.get("src"))
        if words and not any(character.isalnum() for character in words):
            flow.line.append(Run(words, look))  # An emoji, as mail programs write them.
        elif words and (address or look.href):
            flow.line.append(Run(words, look if look.href else Look(href=address)))
        elif element.get("width") not in _UNSEEN and element.get("height") not in _UNSEEN:
            self.left_out.add(element)

    def _block(self, element: Element, look: Look, style: dict[str, str], flow: _Flow, nesting: int) -> None:
        flow.close()
        level = self._level_of(element)
        if level is not None:
            # A heading is bold anyway: bold in it is not emphasis.
            runs = [Run(run.text, _unstrong(run.look)) for run in self._line(element)]
            if not is_blank(runs):
                flow.add(Heading(level, runs))
            return
        match element.name:
            case "hr":
                flow.add(Rule())
            case "ul" | "ol" | "menu":
                self._list(element, look, flow, nesting)
            case "pre":
                text = raw_text(element)
                if text.strip():
                    flow.add(Code(text))
            case "table":
                self._table(element, look, flow, nesting)
            case "blockquote":
                self._nest(Quote(), element, look, flow, nesting)
            case "details" if is_spoiler(element):
                self._spoiler(element, look, flow, nesting)
            case _:
                self._paragraph(element, look, style, flow, nesting)
        flow.close()

    def _level_of(self, element: Element) -> int | None:
        if found := _HEADING.match(element.name):
            return int(found[1])
        if element.get("role") == "heading":  # Word in a browser, and some pages.
            given = element.get("aria-level")
            return int(given) if re.fullmatch("[1-6]", given) else 2
        if element.name in ("p", "div") and (found := _HEADING_CLASS.search(element.classes)):
            return int(found[2] or 0)
        return None

    def _paragraph(
        self, element: Element, look: Look, style: dict[str, str], flow: _Flow, nesting: int
    ) -> None:
        place = lists.place_of(element, style)
        inner = self.blocks(element, look, nesting)
        if place is None and len(inner) == 1 and isinstance(inner[0], Paragraph):
            written = lists.written_place(element, style, inner[0].runs)
            if written:
                place, inner[0].runs = written
        if place is not None:
            if inner:
                flow.add(ListItem(place.level, place.start, place.group, inner))
        elif inner and re.search(r"\bmso(?:intense)?quote\b", element.classes) and nesting < NESTING:
            before = flow.blocks[-1] if flow.blocks else None
            if isinstance(before, Quote):
                before.blocks += inner
            else:
                flow.add(Quote(inner))
        else:
            flow.blocks += inner

    def _nest(self, block: Quote | Spoiler, element: Element, look: Look, flow: _Flow, nesting: int) -> None:
        inner = lists.nest(self.blocks(element, look, nesting + 1))
        if nesting >= NESTING:
            flow.blocks += inner
        elif inner or (isinstance(block, Spoiler) and block.title):
            block.blocks = inner
            flow.add(block)

    def _spoiler(self, element: Element, look: Look, flow: _Flow, nesting: int) -> None:
        title: list[Run] = []
        rest = Element("div", parent=element.parent)
        for child in element.children:
            if isinstance(child, Element) and child.name == "summary" and not title:
                title = self._line(child)
            else:
                rest.children.append(child)
        if "".join(run.text for run in title).strip() == DEFAULT_SUMMARY:
            title = []
        self._nest(Spoiler(title), rest, look, flow, nesting)

    def _list(self, element: Element, look: Look, flow: _Flow, nesting: int) -> None:
        start = None
        if element.name == "ol":
            given = element.get("start")
            start = int(given) if re.fullmatch(r"\d{1,9}", given) else 1
        items: list[list[Block]] = []
        for child in element.children:
            if isinstance(child, Element) and child.name in ("ul", "ol", "menu"):
                # Google Docs puts a nested list after its item.
                self._list_behind(items, child, look, flow, nesting)
                continue
            holder = child if isinstance(child, Element) and child.name == "li" else _wrapped(child)
            if holder in self.notes.lifted:
                self._leave_out_note(flow)
                continue
            style = declarations(holder)
            if is_gone(holder, style):
                continue
            inner = self.blocks(holder, look_of(holder, style, look), nesting + 1)
            level = holder.get("aria-level") or holder.get("data-aria-level")
            if inner and re.fullmatch(r"[1-9]", level) and not any(isinstance(each, List) for each in inner):
                flow.add(ListItem(int(level), start, "", inner))
            elif inner and nesting >= NESTING:
                flow.blocks += lists.nest(inner)
            elif inner:
                items.append(lists.nest(inner))
        if items:
            flow.add(List(start, items))

    def _list_behind(
        self, items: list[list[Block]], element: Element, look: Look, flow: _Flow, nesting: int
    ) -> None:
        if not items:
            self._list(element, look, flow, nesting)
            return
        inner = _Flow()
        self._list(element, look, inner, nesting + 1)
        items[-1] += lists.nest(inner.blocks)

    def _table(self, element: Element, look: Look, flow: _Flow, nesting: int) -> None:
        rows = rows_of(element)
        has_head = any(cell.name == "th" for row in rows for cell in row)
        is_layout = element.get("role") in ("presentation", "none")
        is_layout = is_layout or (max(map(len, rows), default=0) < 2 and not has_head)
        if is_layout or any(each.name == "table" for each in element.inside()):
            self._inside(element, look, flow, nesting)
            return
        for child in element.children:
            if isinstance(child, Element) and child.name == "caption":
                flow.blocks += self.blocks(child, look, nesting)
        cells = [[wide for cell in row for wide in self._cell(cell)] for row in rows]
        aligns = [
            align for cell in rows[0] for align in [align_of(cell, declarations(cell))] * width_of(cell)
        ]
        if any(not is_blank(cell) for row in cells for cell in row):
            flow.add(Table(cells, aligns))

    def _cell(self, cell: Element) -> list[list[Run]]:
        runs = self._line(cell)
        if cell.name == "th":
            runs = [Run(run.text, _unstrong(run.look)) for run in runs]
        return [runs, *([[]] * (width_of(cell) - 1))]


def _wrapped(child: "Element | str") -> Element:
    return Element("li", children=[child])


def _unstrong(look: Look) -> Look:
    return Look(em=look.em, code=look.code, href=look.href, note=look.note)
