"""Pasting: what a clipboard holds as HTML becomes the Markdown that a critic would have typed.

Word processors, Google Docs, mail programs and web pages each write their own HTML. What they share is read in one
pass: markup to a tree (``markup``), the tree to blocks of runs (``walking``, with ``styles``, ``links``, ``notes`` and
``lists`` for the habits of each), and blocks to Markdown (``writing``, ``inline``), which is read back to see that it
says the same words.
"""

from reviews.text.pasting.lists import nest
from reviews.text.pasting.markup import parse
from reviews.text.pasting.notes import find_notes
from reviews.text.pasting.walking import Walk
from reviews.text.pasting.writing import write

__all__ = ["markdown_from_html"]


def markdown_from_html(html: str, *, first_note: int = 1) -> str:
    """The Markdown of a clipboard's HTML, without a line feed at its end; empty where it holds no words.

    Keeps headings (the highest becomes ``##``), lists, emphasis, links to the web and to mailboxes, quotations, tables,
    code, spoilers and footnotes, which are numbered from ``first_note``. Pictures and players become links; scripts,
    styles, navigation, fields and what was hidden go. Takes any string, in time that grows with its length, and never
    raises.
    """
    tree = parse(html)
    notes = find_notes(tree, first=first_note)
    walk = Walk(notes)
    blocks = nest(walk.blocks(tree))
    return write(blocks, {number: walk.note(number) for number in sorted(notes.texts)})
