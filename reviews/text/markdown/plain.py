"""Plain text: what a reader reads, and which token each run of it comes from."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from markdown_it.token import Token

from reviews.text.markdown.body import Body, tokens_of
from reviews.text.markdown.footnotes import FOOTNOTES_OPEN
from reviews.text.markdown.grammar import SPOILER_CLOSE, SPOILER_OPEN

# Separators between two runs of text, weakest first: none, between cells, between rows, between blocks.
_SEPARATORS = ("", "\t", "\n", "\n\n")
_BLOCK = 3
_GAPS = dict.fromkeys(
    ("inline", "html_block", "thead_open", "thead_close", "tbody_open", "tbody_close"), 0
) | {"tr_open": 2, "tr_close": 0, "th_open": 1, "th_close": 0, "td_open": 1, "td_close": 0}

# A paragraph inside these is not prose of the review.
_NOT_PROSE = frozenset({"heading", "table", "pre"})


@dataclass(frozen=True, slots=True)
class TextRun:
    """One text token: its offset in the plain text, and whether it is inside a spoiler (title included)."""

    start: int
    token: Token
    in_spoiler: bool


@dataclass(frozen=True, slots=True)
class PlainText:
    """The plain text of a body, and its runs in order."""

    text: str
    runs: tuple[TextRun, ...]

    def is_hidden(self, start: int, end: int) -> bool:
        """Whether any part of ``text[start:end]``, which begins within a run, is inside a spoiler."""
        first = bisect_right(self.runs, start, key=lambda run: run.start) - 1
        last = bisect_left(self.runs, end, key=lambda run: run.start)
        return any(run.in_spoiler for run in self.runs[first:last])


def plain_text(source: str | Body, *, spoilers: bool = True) -> str:
    """What a reader reads: without markup, an empty line between blocks, footnote texts at the end.

    Code keeps its text, an image becomes its alternative text, footnote marks are left out. The cells of a table row
    are separated by tabs, its rows by line feeds. Without ``spoilers``, spoiler blocks, their titles and the footnotes
    that are folded with them are left out.
    """
    return aloud(tokens_of(source), spoilers=spoilers).text


def aloud(tokens: Iterable[Token], *, spoilers: bool = True, prose_only: bool = False) -> PlainText:
    """The plain text of ``document.read``'s tokens.

    ``prose_only`` also leaves out headings, tables, code blocks and footnotes.
    """
    parts: list[str] = []
    runs: list[TextRun] = []
    length = gap = hidden = not_prose = 0
    for token in tokens:
        if token.type == FOOTNOTES_OPEN and prose_only:
            break
        hidden += (token.type == SPOILER_OPEN) - (token.type == SPOILER_CLOSE)
        kind = token.type.rpartition("_")[0]
        if kind in _NOT_PROSE:
            not_prose += token.nesting
        gap = max(gap, _GAPS.get(token.type, _BLOCK))
        if token.type != "inline" or (hidden and not spoilers) or (not_prose and prose_only):
            continue
        for child in token.children or ():
            content = "\n" if child.type == "hardbreak" else child.content if child.type == "text" else ""
            if not content:
                continue
            if parts and gap:
                parts.append(_SEPARATORS[gap])
                length += len(_SEPARATORS[gap])
            gap = 0
            if child.type == "text":
                runs.append(TextRun(length, child, hidden > 0))
            parts.append(content)
            length += len(content)
    return PlainText("".join(parts), tuple(runs))
