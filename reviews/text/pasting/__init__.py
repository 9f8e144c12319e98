"""Pasting: turn a clipboard's HTML into the Markdown that a critic would have typed.

Word processors, Google Docs, mail programs and web pages each write their own HTML. ``markup`` parses it into a tree in
one pass; ``walking`` turns the tree into blocks of runs, with ``styles``, ``links``, ``notes`` and ``lists`` for what
differs between programs; ``writing`` and ``inline`` turn the blocks into Markdown, and parse it to check that the words
are the same.
"""

from dataclasses import dataclass

from reviews.text.pasting.lists import nest
from reviews.text.pasting.markup import parse
from reviews.text.pasting.notes import find_notes
from reviews.text.pasting.walking import Walk
from reviews.text.pasting.writing import write

__all__ = ["Pasted", "markdown_from_html", "pasted"]


@dataclass(frozen=True, slots=True)
class Pasted:
    """What becomes of a clipboard: Markdown, and the number of pictures that are left out of it."""

    markdown: str
    pictures: int


def pasted(html: str, *, first_note: int = 1) -> Pasted:
    """The Markdown of a clipboard's HTML, without a line feed at its end; empty if it has no words.

    Keeps headings (the highest becomes ``##``), lists, emphasis, links to web and e-mail addresses, quotations, tables,
    code, spoilers and footnotes, which are numbered from ``first_note``. Players, and pictures with an address and a
    description, become links; scripts, styles, navigation, form fields and hidden elements are removed. Takes any
    string, in time that grows with its length, and never raises.
    """
    tree = parse(html)
    notes = find_notes(tree, first=first_note)
    walk = Walk(notes)
    blocks = nest(walk.blocks(tree))
    markdown = write(blocks, {number: walk.note(number) for number in sorted(notes.texts)})
    return Pasted(markdown, len(walk.left_out))


def markdown_from_html(html: str, *, first_note: int = 1) -> str:
    """The Markdown alone."""
    return pasted(html, first_note=first_note).markdown
