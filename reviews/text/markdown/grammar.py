"""The Markdown dialect: CommonMark with tables, footnotes, pictures and ``::: spoiler`` blocks, without raw HTML.

Spoiler markers are parsed as single lines and paired afterwards, without looking ahead. So a ``:::`` inside a code
block closes nothing, spoilers nest, parsing is one pass, and a missing closing line hides too much rather than too
little.
"""

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Literal
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline, image, link
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from reviews.text.markdown.pictures import name_in

SCHEMES = frozenset({"http", "https", "mailto"})
"""The schemes that a link may have; it may also be relative to the page."""

ADDRESS_LENGTH = 4_000
"""The longest address of a link. Counted after percent-encoding, where one Chinese character takes nine."""

DEFAULT_SUMMARY = "Spoiler"
"""The label of a spoiler without a title."""

SPOILER_DEPTH = 8
"""Spoilers nested deeper are not folded again."""

FOOTNOTE_MARK = "footnote_mark"
SPOILER_OPEN = "spoiler_open"
SPOILER_CLOSE = "spoiler_close"

# CommonMark sets no limit. The parser drops what is nested deeper, which keeps time linear; no review nests
# ten lists.
_NESTING = 20

_BRACKETS = 8
"""Brackets nested deeper in link text make no link: each level is parsed once for every level around it."""

_LONG = 10_000
"""Source length from which parsing runs in a new thread, whose stack is empty. CPython allocates frames in blocks of 16
kB: a loop at the end of a block asks the system for another at every call, and takes five times as long."""

_SCHEME = re.compile(r"\s*([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_MARKER_LINE = re.compile(r"(:{3,})[ \t]*(?:(spoilers?)(?:[ \t:]+(.*))?)?\Z", re.IGNORECASE)
_TITLE_TAIL = re.compile(r"(?:\A|[ \t]):{3,}\Z")
_FOOTNOTE = re.compile(r"\[\^([^\[\]\s]+)\]")


class _Parser(MarkdownIt):
    def validateLink(self, url: str) -> bool:
        """Whether a link may have this address. If not, it stays the text that the author typed."""
        if len(url) > ADDRESS_LENGTH:
            return False
        scheme = _SCHEME.match(url)
        if scheme is None:
            return True
        if name_in(url):
            return True
        return scheme[1].lower() in SCHEMES and (scheme[1].lower() == "mailto" or bool(host_of(url)))


def host_of(address: str) -> str | None:
    """The host of an address, in lower case and ASCII; None if it has none or cannot be parsed."""
    try:
        host = urlsplit(address).hostname or ""
        return (host if host.isascii() else host.encode("idna").decode()) or None
    except ValueError:
        return None


def parse(source: str) -> list[Token]:
    """The block tokens of a clean source, with inline children parsed and spoilers paired.

    Footnote definitions stay in place (``footnote_reference_open``); the marks that refer to one are ``footnote_mark``
    tokens with the definition's ``footnote_key`` in ``meta["key"]``.
    """
    if len(source) < _LONG:
        return _PARSER.parse(source, {})
    with ThreadPoolExecutor(1) as own:
        return own.submit(_PARSER.parse, source, {}).result()


def to_html(tokens: list[Token]) -> str:
    """The HTML of tokens that came from ``parse``, text and attributes escaped."""
    return str(_PARSER.renderer.render(tokens, _PARSER.options, {}))


def footnote_key(label: str) -> str:
    """A footnote label as labels are compared: ignoring letter case."""
    return label.casefold()


def _spoiler_marker(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    begin = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith(":::", begin) or state.is_code_block(start):
        return False
    line = _MARKER_LINE.match(state.src[begin : state.eMarks[start]].rstrip())
    if line is None:
        return False
    if not silent:
        token = state.push("spoiler_marker", "", 0)
        title = _TITLE_TAIL.sub("", line[3] or "").strip()
        token.meta = {"opens": line[2] is not None, "size": len(line[1]), "title": title}
        state.line = start + 1
    return True


def _pair_spoilers(state: StateCore) -> None:
    # One stack of open spoilers for each enclosing block: a spoiler that was opened in a list item or
    # quotation ends with it at the latest. An entry is the marker's size and whether it folds.
    open_spoilers: list[list[tuple[int, bool]]] = [[]]
    depth = 0
    tokens: list[Token] = []
    definitions: set[str] = set()

    def close(spoiler: tuple[int, bool]) -> None:
        nonlocal depth
        if spoiler[1]:
            depth -= 1
            tokens.append(_block(SPOILER_CLOSE, "details", -1))

    for token in state.tokens:
        if token.type == "spoiler_marker":
            size, here = token.meta["size"], open_spoilers[-1]
            if token.meta["opens"]:
                folds = depth < SPOILER_DEPTH
                here.append((size, folds))
                depth += folds
                tokens.extend((_spoiler_start if folds else _paragraph)(token.meta["title"]))
            elif here and here[-1][0] <= size:
                close(here.pop())
            else:
                tokens.extend(_paragraph(":" * size))
            continue
        if token.type == "footnote_reference_open":
            definitions.add(footnote_key(token.meta["label"]))
        if token.nesting == 1:
            open_spoilers.append([])
        elif token.nesting == -1:
            for spoiler in reversed(open_spoilers.pop()):
                close(spoiler)
        tokens.append(token)
    for spoiler in reversed(open_spoilers[0]):
        close(spoiler)
    state.tokens = tokens
    state.env["definitions"] = definitions


def _spoiler_start(title: str) -> Iterator[Token]:
    opening = _block(SPOILER_OPEN, "details", 1)
    opening.attrSet("class", "spoiler")
    yield opening
    yield _block("summary_open", "summary", 1)
    yield _inline(title)
    yield _block("summary_close", "summary", -1)


def _paragraph(text: str) -> Iterator[Token]:
    yield _block("paragraph_open", "p", 1)
    yield _inline(text)
    yield _block("paragraph_close", "p", -1)


def _block(kind: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
    return Token(kind, tag, nesting, block=True)


def _inline(text: str) -> Token:
    return Token("inline", "", 0, content=text, children=[], block=True)


def _footnote_mark(state: StateInline, silent: bool) -> bool:
    # A label contains no brackets, so that each bracket in a run of ``[^[^[^`` is checked once.
    found = _FOOTNOTE.match(state.src, state.pos, state.posMax)
    if found is None or footnote_key(found[1]) not in state.env["definitions"]:
        return False
    if not silent:
        state.push(FOOTNOTE_MARK, "", 0).meta = {"key": footnote_key(found[1])}
    state.pos = found.end()
    return True


def _bracketed(
    rule: Callable[[StateInline, bool], bool], opening: str
) -> Callable[[StateInline, bool], bool]:
    """The parser's rule for links or images, called only where there can be one."""

    def asked(state: StateInline, silent: bool) -> bool:
        if not state.src.startswith(opening, state.pos) or state.html_terminator_last("]") < state.pos:
            return False
        if silent and state.level > _BRACKETS:
            state.pos = state.posMax  # As the parser does beyond its own limit.
            return True
        return rule(state, silent)

    return asked


def _make_parser() -> MarkdownIt:
    parser = _Parser("commonmark", {"html": False, "xhtmlOut": False, "maxNesting": _NESTING})
    parser.enable("table")
    # The plugin finds the definitions. Its ``^[inline]`` notes parse their content once per level, and its
    # marks and its footnote section ignore spoilers, so ours replace them.
    parser.use(footnote_plugin, inline=False, move_to_end=False)
    parser.inline.ruler.at("footnote_ref", _footnote_mark)
    parser.inline.ruler.at("link", _bracketed(link, "["))
    parser.inline.ruler.at("image", _bracketed(image, "!["))
    parser.block.ruler.before(
        "fence", "spoiler", _spoiler_marker, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )
    parser.core.ruler.after("block", "spoiler_pairs", _pair_spoilers)
    return parser


_PARSER = _make_parser()
