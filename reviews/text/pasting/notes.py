"""Footnotes on a clipboard: a mark that links to a text, which links back.

Every program names them differently: Word ``_ftn1`` and ``_ftnref1``, Google Docs ``ftnt1`` and ``ftnt_ref1``,
LibreOffice ``sdfootnote1sym`` and ``sdfootnote1anc``, our pages ``fn-1`` and ``fnref-1``. A mark counts only if its
text is on the clipboard too.
"""

import re
from bisect import bisect_left, bisect_right

from reviews.text.pasting.links import fragment_of
from reviews.text.pasting.markup import BLOCKS, Element, is_spoiler

_TEXT = re.compile(
    r"(?:(?:_ftn|_edn|ftnt|fn[-:_]?|(?:foot|end)note[-:_]?|note[-_])\d+|(?:fn|footnote)[-:]\w+|cite_note-.*"
    r"|sd(?:foot|end)note\d+sym)\Z",
    re.IGNORECASE,
)
_MARK = re.compile(
    r"(?:_ftnref|_ednref|ftnt_ref|fn-?ref|footnote-?ref|cite_ref-|ref[-:_]?fn|r?fnref)|sd(?:foot|end)note\d+anc\Z",
    re.IGNORECASE,
)
_HOLDERS = frozenset({"p", "div", "li", "dd", "aside", "section"})


class Notes:
    """Which elements are marks, with their numbers; which are texts; and which are only links back."""

    def __init__(self) -> None:
        self.marks: dict[Element, int] = {}
        self.texts: dict[int, Element] = {}
        self.lifted: set[Element] = set()
        self.asides: set[Element] = set()
        """Elements to leave out: links back, and the numbers before texts."""
        self.open: set[int] = set()
        """The numbers of footnotes with a mark outside spoilers."""


def find_notes(tree: Element, *, first: int) -> Notes:
    """The footnotes of a tree, numbered from ``first`` in the order of their marks."""
    notes = Notes()
    anchors: dict[str, Element] = {}
    links: list[tuple[Element, str]] = []
    for element in tree.inside():
        for name in (element.get("id"), element.get("name")):
            if name and len(name) < 100:
                anchors.setdefault(name, element)
        if element.name == "a" and (fragment := fragment_of(element.get("href"))):
            links.append((element, fragment))
    leading = [
        (link, fragment)
        for link, fragment in links
        if fragment in anchors and _TEXT.match(fragment) and not _MARK.match(fragment)
    ]
    places = [link.place for link, _ in leading]
    targets = sorted({anchors[fragment].place for _, fragment in leading})
    numbers: dict[str, int] = {}
    for link, fragment in leading:
        if fragment not in numbers:
            holder = _holder(anchors[fragment], places, targets)
            if holder is None or holder in notes.lifted or holder.place <= link.place <= holder.last:
                continue
            numbers[fragment] = first + len(numbers)
            notes.texts[numbers[fragment]] = holder
            notes.lifted.add(holder)
        notes.marks[link] = numbers[fragment]
        if not _is_in_spoiler(link):
            notes.open.add(numbers[fragment])
    _drop_unreachable(notes)
    if notes.texts:
        notes.asides = {link for link, fragment in links if _MARK.match(fragment) and link not in notes.marks}
    return notes


def _drop_unreachable(notes: Notes) -> None:
    """Drop footnotes whose only marks are in texts that no mark leads to. Their texts stay where they are."""
    by_holder = {holder: number for number, holder in notes.texts.items()}
    marks_in: dict[int, list[int]] = {}
    for link, number in notes.marks.items():
        around: Element | None = link
        while around is not None and around not in by_holder:
            around = around.parent
        marks_in.setdefault(by_holder[around] if around else 0, []).append(number)
    reached, waiting = set[int](), [0]
    while waiting:
        found = [number for number in marks_in.get(waiting.pop(), []) if number not in reached]
        reached.update(found)
        waiting += found
    notes.texts = {number: holder for number, holder in notes.texts.items() if number in reached}
    notes.marks = {link: number for link, number in notes.marks.items() if number in reached}
    notes.lifted = set(notes.texts.values())


def _is_in_spoiler(element: Element) -> bool:
    around: Element | None = element
    while around is not None:
        if is_spoiler(around):
            return True
        around = around.parent
    return False


def _holder(anchor: Element, marks: list[int], targets: list[int]) -> Element | None:
    """The element that contains the text of a footnote and nothing else; None if there is none."""
    holder: Element | None = anchor
    while holder is not None and holder.name not in _HOLDERS:
        if holder.name in BLOCKS:
            return None
        holder = holder.parent
    if holder is None:
        return None
    # An element around it is part of it, unless it contains another text or a mark.
    while (around := holder.parent) is not None and around.name in _HOLDERS:
        if _between(marks, around) or _between(targets, around) != 1 or not _is_first(holder, around):
            break
        holder = around
    return holder


def _between(places: list[int], element: Element) -> int:
    return bisect_right(places, element.last) - bisect_left(places, element.place)


def _is_first(inner: Element, outer: Element) -> bool:
    for child in outer.children:
        if child is inner:
            return True
        if isinstance(child, Element) or child.strip():
            return False
    return False
