"""Pasting: turn a clipboard's HTML into the Markdown that a critic would have typed.

Word processors, Google Docs, mail programs and web pages each write their own HTML. ``markup`` parses it into a tree in
one pass; ``walking`` turns the tree into blocks of runs, with ``styles``, ``links``, ``notes`` and ``lists`` for what
differs between programs; ``writing`` and ``inline`` turn the blocks into Markdown, and parse it to check that the words
are the same.
"""

from reviews.text.pasting.lists import nest
from reviews.text.pasting.markup import parse
from reviews.text.pasting.notes import find_notes
from reviews.text.pasting.walking import Walk
from reviews.text.pasting.writing import write

__all__ = ["markdown_from_html"]


def markdown_from_html(html: str, *, first_note: int = 1) -> str:
    """The Markdown of a clipboard's HTML, without a line feed at its end; empty if it has no words.

    Keeps headings (the highest becomes ``##``), lists, emphasis, links to web and e-mail addresses, quotations, tables,
    code, spoilers and footnotes, which are numbered from ``first_note``. Pictures and players become links; scripts,
    styles, navigation, form fields and hidden elements are removed. Takes any string, in time that grows with its
    length, and never raises.
    """
    tree = parse(html)
    notes = find_notes(tree, first=first_note)
    walk = Walk(notes)
    blocks = nest(walk.blocks(tree))
    return write(blocks, {number: walk.note(number) for number in sorted(notes.texts)})
