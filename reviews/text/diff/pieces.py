"""Pieces: the words of a body as a reader sees them, block by block, and how each word looks."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from markdown_it.token import Token

from reviews.text.characters import (
    ZERO_WIDTH_JOINER,
    clean_characters,
    extends,
    is_han,
    is_regional,
    is_spoken,
    is_unspaced,
)
from reviews.text.markdown.footnotes import FOOTNOTES_OPEN
from reviews.text.markdown.grammar import DEFAULT_SUMMARY, SPOILER_CLOSE, SPOILER_OPEN
from reviews.text.markdown.pictures import PICTURE

Mark = tuple[str, str]
"""How a word looks (``emphasised``), or ``link`` and the address that it links to."""

_LOOKS = {"em": "emphasised", "strong": "strong", "code": "code", "link": "link"}
_BLANK = re.compile("[ \t\n\f\r]+")
"""White space that a browser shows as one space."""

_FOOTNOTE_MARK = re.compile(r"<sup.*>(\d+)</a></sup>\Z")


@dataclass(frozen=True, slots=True)
class Word:
    """A word, a punctuation mark, or a character of a script without spaces; ``gap`` is the space before it."""

    gap: str
    text: str
    marks: frozenset[Mark] = frozenset()

    @property
    def is_spoken(self) -> bool:
        """Whether it is more than punctuation."""
        return is_spoken(self.text)


@dataclass(frozen=True, slots=True)
class Piece:
    """A block with words, or a horizontal rule; ``name`` describes it within a sentence."""

    name: str
    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """Its words in order. White space is collapsed as in a browser, and there is none at the ends."""
        return "".join(word.gap + word.text for word in self.words)


def pieces_of(tokens: list[Token]) -> list[Piece]:
    """The pieces of ``document.read``'s tokens, in page order.

    A footnote mark is its number in brackets. A table row is one piece, its cells separated by tabs.
    """
    return list(_Walk().through(tokens))


def words_of(text: str) -> tuple[Word, ...]:
    """The words of a plain text, which a page shows as one paragraph."""
    line = _Line()
    line.add(clean_characters(text))
    return line.words()


class _Walk:
    """A walk over the tokens that tracks which blocks the current one is in."""

    def __init__(self) -> None:
        self.containers: list[str] = []
        self.hidden = self.footnote = 0
        self.in_footnotes = False
        self.block = ""
        self.row: _Line | None = None

    def through(self, tokens: list[Token]) -> Iterator[Piece]:
        for token in tokens:
            kind = token.type.rpartition("_")[0]
            self.hidden += (token.type == SPOILER_OPEN) - (token.type == SPOILER_CLOSE)
            if token.type == FOOTNOTES_OPEN:
                self.in_footnotes = True
            elif token.type == "html_block":
                self.footnote += self.in_footnotes and token.content.startswith("<li")
            elif kind in ("heading", "pre", "summary", "paragraph", "tr"):
                self.block = token.type if token.nesting > 0 else ""
                if kind == "heading":
                    self.block += token.tag
            if kind in ("blockquote", "ordered_list", "bullet_list"):
                if token.nesting > 0:
                    self.containers.append(kind)
                else:
                    self.containers.pop()
            yield from self._piece(token)

    def _piece(self, token: Token) -> Iterator[Piece]:
        if token.type == "hr":
            yield Piece(self._name("a line across"), ())
        elif token.type == PICTURE:
            yield Piece(self._name("a picture"), words_of(" ".join(filter(None, token.meta.values()))))
        elif token.type == "tr_open":
            self.row = _Line()
        elif token.type == "tr_close" and self.row:
            yield Piece(self._name("a table row"), self.row.words())
            self.row = None
        elif token.type in ("th_close", "td_close") and self.row:
            self.row.add("\t", is_exact=True)
        elif token.type == "inline":
            line = self.row or _Line()
            line.read(token.children or [], is_exact=self.block == "pre_open")
            if self.row is None:
                yield Piece(self._name(self._kind()), line.words())

    def _kind(self) -> str:
        if self.block.startswith("heading_open"):
            level = int(self.block[-1])
            return "a heading" if level == 2 else f"a heading of level {level}"
        if self.block in ("pre_open", "summary_open"):
            return {"pre_open": "code", "summary_open": "the title of a spoiler"}[self.block]
        around = self.containers[-1] if self.containers else ""
        return {
            "blockquote": "a quotation",
            "ordered_list": "a numbered item",
            "bullet_list": "a list item",
        }.get(around, "" if self.footnote else "a paragraph")

    def _name(self, kind: str) -> str:
        if self.footnote:
            kind = f"{kind} in footnote {self.footnote}" if kind else f"footnote {self.footnote}"
        return f"{kind} in a spoiler" if self.hidden and "spoiler" not in kind else kind


class _Line:
    """The text of one block while it is built, and the marks of each run of text."""

    def __init__(self) -> None:
        self.text = ""
        self.parts: list[str] = []
        self.starts: list[int] = []
        self.marks: list[frozenset[Mark]] = []
        self.length = 0
        self.ends_blank = True

    def add(self, content: str, marks: frozenset[Mark] = frozenset(), *, is_exact: bool = False) -> None:
        """Add a run of text, with its white space collapsed unless ``is_exact``."""
        if not is_exact:
            content = _BLANK.sub(" ", content)
            if self.ends_blank:
                content = content.removeprefix(" ")
        if content:
            self.parts.append(content)
            self.starts.append(self.length)
            self.marks.append(marks)
            self.length += len(content)
            self.ends_blank = content[-1] in " \n\t"

    def read(self, children: list[Token], *, is_exact: bool) -> None:
        """Add the text that the children of an inline token show."""
        inside: list[Mark] = []
        for token in children:
            kind = token.type.rpartition("_")[0]
            if token.nesting > 0 and kind in _LOOKS:
                inside.append((_LOOKS[kind], _leads_to(token)))
            elif token.nesting < 0 and kind in _LOOKS:
                inside.pop()
            elif token.type == "text":
                self.add(token.content, frozenset(inside), is_exact=is_exact)
            elif token.type == "hardbreak":
                self.add("\n", is_exact=True)
            elif token.content == DEFAULT_SUMMARY:
                self.add(token.content)
            elif mark := _FOOTNOTE_MARK.match(token.content):
                self.add(f"[{mark[1]}]")

    def words(self) -> tuple[Word, ...]:
        text = "".join(self.parts)
        found = []
        gap = 0
        for start, end in _places(text):
            first = bisect_right(self.starts, start) - 1
            past = bisect_right(self.starts, end - 1, first)
            marks = self.marks[first]
            if past - first > 1:
                marks = marks.union(*self.marks[first + 1 : past])
            found.append(Word(text[gap:start], text[start:end], marks))
            gap = end
        if rest := text[gap:].rstrip(" \n\t"):
            found.append(Word("", rest))  # Spaces that no browser collapses.
        return tuple(found)


def _leads_to(token: Token) -> str:
    address, title = str(token.attrs.get("href", "")), token.attrs.get("title")
    return f"{address} (“{title}”)" if title else address


class _Sort(Enum):
    SPACE, WORD, ALONE = range(3)


def _places(text: str) -> Iterator[tuple[int, int]]:
    """Where each word of a text begins and ends, never within what a reader sees as one character."""
    clusters = list(_clusters(text))
    begins: int | None = None
    for number, (start, end, sort) in enumerate(clusters):
        joins = sort is _Sort.WORD or (begins is not None and _is_within(text, clusters, number))
        if begins is not None and not joins:
            yield begins, start
            begins = None
        if joins:
            begins = start if begins is None else begins
        elif sort is _Sort.ALONE:
            yield start, end
    if begins is not None:
        yield begins, len(text)


def _is_within(text: str, clusters: list[tuple[int, int, _Sort]], number: int) -> bool:
    """Whether a mark is part of the word around it: the apostrophe in "don't", the point in "3.5"."""
    start, end, _ = clusters[number]
    if number + 1 == len(clusters) or clusters[number + 1][2] is not _Sort.WORD:
        return False
    if text[start:end] in ("'", "’"):
        return True
    return text[start:end] in (".", ",") and text[start - 1].isdigit() and text[end].isdigit()


def _clusters(text: str) -> Iterator[tuple[int, int, _Sort]]:
    """What a reader sees as characters (``characters.splits_a_character``), each with the format characters after
    it."""
    start, is_half_a_flag, is_joined = 0, False, False
    for position, character in enumerate(text):
        completes_a_flag = is_half_a_flag and is_regional(character)
        belongs = is_joined or completes_a_flag or character == ZERO_WIDTH_JOINER or _belongs(character)
        if position and not belongs:
            yield start, position, _sort(text[start:position])
            start = position
        is_half_a_flag = is_regional(character) and not completes_a_flag
        is_joined = character == ZERO_WIDTH_JOINER
    if text:
        yield start, len(text), _sort(text[start:])


def _belongs(character: str) -> bool:
    if character < "\u00ad" or is_han(character):
        return False
    return extends(character) or unicodedata.category(character) == "Cf"


def _sort(cluster: str) -> _Sort:
    if cluster.isspace():
        return _Sort.SPACE
    return _Sort.WORD if cluster[0].isalnum() and not is_unspaced(cluster[0]) else _Sort.ALONE
