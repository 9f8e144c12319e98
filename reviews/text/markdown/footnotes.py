"""Footnotes: numbered in reading order, collected at the end, linked in both directions.

A footnote is folded if the author put it inside a spoiler, or if every mark that leads to it is inside one: otherwise
the end of the page would reveal what the spoiler hides.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from markdown_it.token import Token

from reviews.text.markdown.grammar import (
    DEFAULT_SUMMARY,
    FOOTNOTE_MARK,
    SPOILER_CLOSE,
    SPOILER_OPEN,
    footnote_key,
)

FOOTNOTES_OPEN = "footnotes_open"
"""All tokens after this one are footnotes."""


@dataclass(slots=True)
class _Footnote:
    written_in_spoiler: bool
    tokens: list[Token] = field(default_factory=list)
    number: int = 0
    marks: int = 0
    is_open: bool = False


def arrange_footnotes(tokens: list[Token]) -> list[Token]:
    """The tokens with the definitions moved to the end, and every mark turned into a link to one.

    A definition without a mark is dropped; of two with the same label the first one is used.
    """
    body, footnotes = _lift(tokens)
    if not footnotes:
        return body
    _unfold(body, footnotes)
    numbered = _number(body, footnotes)
    if not numbered:
        return body
    return body + list(_section(numbered))


def _lift(tokens: list[Token]) -> tuple[list[Token], dict[str, _Footnote]]:
    footnotes: dict[str, _Footnote] = {}
    body: list[Token] = []
    targets = [body]
    depth = 0
    for token in tokens:
        if token.type == "footnote_reference_open":
            note = _Footnote(written_in_spoiler=depth > 0)
            footnotes.setdefault(footnote_key(token.meta["label"]), note)
            targets.append(note.tokens)
        elif token.type == "footnote_reference_close":
            targets.pop()
        else:
            depth += (token.type == SPOILER_OPEN) - (token.type == SPOILER_CLOSE)
            targets[-1].append(token)
    return body, footnotes


def _marks(tokens: list[Token]) -> Iterator[tuple[Token, bool]]:
    """Every footnote mark, and whether it is inside a spoiler."""
    depth = 0
    for token in tokens:
        depth += (token.type == SPOILER_OPEN) - (token.type == SPOILER_CLOSE)
        for child in token.children or ():
            if child.type == FOOTNOTE_MARK:
                yield child, depth > 0


def _unfold(body: list[Token], footnotes: dict[str, _Footnote]) -> None:
    # A mark inside an open footnote opens another one, and so on; a mark inside a folded one does not.
    waiting = deque([body])
    while waiting:
        for mark, in_spoiler in _marks(waiting.popleft()):
            note = footnotes[mark.meta["key"]]
            if not (in_spoiler or note.is_open or note.written_in_spoiler):
                note.is_open = True
                waiting.append(note.tokens)


def _number(body: list[Token], footnotes: dict[str, _Footnote]) -> list[_Footnote]:
    numbered: list[_Footnote] = []
    waiting = deque([body])
    while waiting:
        for mark, _ in _marks(waiting.popleft()):
            note = footnotes[mark.meta["key"]]
            if not note.number:
                numbered.append(note)
                note.number = len(numbered)
                waiting.append(note.tokens)
            note.marks += 1
            mark.type = "html_inline"
            mark.content = (
                f'<sup class="footnote-mark"><a href="#fn-{note.number}" id="{_mark_id(note, note.marks)}" '
                f'role="doc-noteref" aria-label="Footnote {note.number}">{note.number}</a></sup>'
            )
    return numbered


def _mark_id(note: _Footnote, use: int) -> str:
    return f"fnref-{note.number}" if use == 1 else f"fnref-{note.number}-{use}"


def _section(footnotes: list[_Footnote]) -> Iterator[Token]:
    yield Token(
        FOOTNOTES_OPEN,
        "section",
        1,
        attrs={"class": "footnotes", "role": "doc-endnotes", "aria-label": "Footnotes"},
        block=True,
    )
    yield Token("html_block", "", 0, content="<ol>\n")
    for note in footnotes:
        yield Token("html_block", "", 0, content=f'<li id="fn-{note.number}">\n')
        yield from _folded(note) if not note.is_open else _unfolded(note)
        yield Token("html_block", "", 0, content="</li>\n")
    yield Token("html_block", "", 0, content="</ol>\n")
    yield Token("footnotes_close", "section", -1, block=True)


def _folded(note: _Footnote) -> Iterator[Token]:
    yield Token(SPOILER_OPEN, "details", 1, attrs={"class": "spoiler"}, block=True)
    yield Token("html_block", "", 0, content=f"<summary>{DEFAULT_SUMMARY}</summary>\n")
    yield from note.tokens
    yield Token(SPOILER_CLOSE, "details", -1, block=True)
    yield Token("html_block", "", 0, content=f"<p>{_way_back(note)}</p>\n")


def _unfolded(note: _Footnote) -> Iterator[Token]:
    last = note.tokens[-1] if note.tokens else None
    if last is not None and last.type == "paragraph_close" and not last.hidden:
        yield from note.tokens[:-1]
        yield Token("html_block", "", 0, content=f" {_way_back(note)}")
        yield last
    else:
        yield from note.tokens
        yield Token("html_block", "", 0, content=f"<p>{_way_back(note)}</p>\n")


def _way_back(note: _Footnote) -> str:
    return " ".join(
        f'<a href="#{_mark_id(note, use)}" role="doc-backlink" aria-label="Back to reference {note.number}'
        + (f', use {use}">↩<sup>{use}</sup></a>' if use > 1 else '">↩\ufe0e</a>')
        for use in range(1, note.marks + 1)
    )
