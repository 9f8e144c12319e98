"""Parse a body into tokens in page order, ready to be rendered or read as plain text.

After ``read`` the author's words are only in ``text`` tokens (and ``hardbreak``) inside ``inline`` tokens; markup that
we add is in ``html_inline`` and ``html_block`` tokens. So code that needs the words, or the place of a word, reads one
type of token.

Rules for every output:

- Headings move one level down, because the page's own title is the h1; h6 stays h6.
- A page loads nothing from elsewhere for a body: an image becomes a link to it, with the alternative text as its words.
  A picture of the library (``picture:NAME``) is a block of its own, without words.
- Links and footnote marks do not nest. A spoiler's title contains neither, because it is itself a control.
- Emphasis inside eight other levels is dropped; its words stay.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from markdown_it.token import Token

from reviews.text.characters import clean_characters
from reviews.text.markdown.footnotes import arrange_footnotes
from reviews.text.markdown.grammar import DEFAULT_SUMMARY, FOOTNOTE_MARK, parse
from reviews.text.markdown.pictures import PICTURE, name_in, picture, placed

EMPHASIS_DEPTH = 8
"""Browsers, and sanitisers even more, are slow with thousands of nested marks; no reader can tell nine apart."""

TITLE_LENGTH = 500
"""The longest title of a link; a longer one is left out, because nobody reads a page in a tooltip."""

ADDRESS_ROOM = 10_000
"""Characters for the addresses and titles of links, beyond twelve for each character of the source. A link in the
source never needs more, even if all of it is escaped; a long definition referred to thousands of times does."""

_UNNAMED_IMAGE = "Image"
_HIGHEST_HEADING, _LOWEST_HEADING = 2, 6
"""Level 1 is the page's own title. The highest level that a body uses becomes level 2."""

_LEVELS = {f"h{level}": level for level in range(1, 7)}


@dataclass(frozen=True, slots=True)
class Body:
    """A parsed body, for callers that need several results from it: parsing is most of the work.

    Every function here that takes a source also takes a ``Body``. Its tokens are shared, so nobody changes them.
    """

    source: str
    tokens: tuple[Token, ...]


def read_body(source: str | Body) -> Body:
    """The body, parsed if it is not yet."""
    return source if isinstance(source, Body) else Body(source, tuple(read(source)))


def tokens_of(source: str | Body) -> Sequence[Token]:
    """The tokens of a body; not to be changed."""
    return read_body(source).tokens


def pictures_in(source: str | Body) -> list[tuple[str, str]]:
    """The pictures of a body in page order: the name of each, and the alternative text that the body gives it."""
    return [(token.meta["name"], token.meta["alt"]) for token in tokens_of(source) if token.type == PICTURE]


def picture_names(source: str | Body) -> list[str]:
    """The names of the pictures of a body, each once, in page order."""
    return list(dict.fromkeys(name for name, _alt in pictures_in(source)))


def read(source: str) -> list[Token]:
    """The tokens of a body, footnotes last. Takes any string; never raises."""
    tokens = parse(clean_characters(source))
    room = _AddressBudget(ADDRESS_ROOM + 12 * len(source))
    title = False
    for token in tokens:
        title = token.type == "summary_open" or (title and token.type == "inline")
        if token.type == "inline":
            token.children = _Line(title, room).settle(token.children or [])
    return list(_shape(list(placed(arrange_footnotes(tokens)))))


def _shape(tokens: list[Token]) -> Iterator[Token]:
    tables = 0
    shift = _HIGHEST_HEADING - min(
        (_LEVELS[token.tag] for token in tokens if token.tag in _LEVELS), default=1
    )
    for token in tokens:
        if token.tag in _LEVELS:
            token.tag = f"h{min(_LEVELS[token.tag] + shift, _LOWEST_HEADING)}"
        if token.type in ("fence", "code_block"):
            yield Token("pre_open", "pre", 1)
            yield Token("inline", "", 0, children=_code(token.content.removesuffix("\n")))
            yield Token("pre_close", "pre", -1, block=True)
        elif token.type == "table_open":
            # A table wider than the screen scrolls by itself; a keyboard can only scroll what has focus, and
            # what has focus needs a role and a name.
            tables += 1
            yield markup(
                "html_block",
                f'<div class="table-scroll" role="region" aria-label="Table {tables}" tabindex="0">\n',
            )
            yield token
        elif token.type == "table_close":
            yield token
            yield markup("html_block", "</div>\n")
        elif token.type in ("th_open", "td_open"):
            # The parser writes a style attribute, which a strict content security policy ignores.
            style = str(token.attrs.pop("style", ""))
            if style:
                token.attrSet("class", f"align-{style.removeprefix('text-align:')}")
            yield token
        else:
            yield token


class _AddressBudget:
    """How many characters are left for the addresses of a body's links."""

    def __init__(self, characters: int) -> None:
        self.characters = characters

    def take(self, link: Token) -> bool:
        """Whether the link fits; if it does, its length is subtracted."""
        needed = sum(len(str(value)) for value in link.attrs.values())
        if needed > self.characters:
            return False
        self.characters -= needed
        return True


class _Line:
    """Clean up the children of one inline token: remove what may not nest, and what is empty."""

    def __init__(self, is_title: bool, room: _AddressBudget) -> None:
        self.is_title = is_title
        self.room = room
        self.out: list[Token] = []
        self.links: list[int | None] = []  # For each open link: its token's index, if it was kept.
        self.in_link = is_title
        self.emphasis: list[bool] = []  # For each open emphasis: whether it was kept.

    def settle(self, children: list[Token]) -> list[Token]:
        for token in children:
            match token.type:
                case "text":
                    self._text(token.content)
                case "softbreak":
                    self._text(" ")
                case "code_inline":
                    self.out.extend(_code(token.content))
                case "image":
                    self._image(token)
                case "link_open":
                    self._open_link(token)
                case "link_close":
                    self._close_link(token)
                case "em_open" | "strong_open":
                    self.emphasis.append(len(self.emphasis) < EMPHASIS_DEPTH)
                    self.out.extend([token] if self.emphasis[-1] else ())
                case "em_close" | "strong_close":
                    self.out.extend([token] if self.emphasis.pop() else ())
                case _ if not (self.in_link and token.type == FOOTNOTE_MARK):
                    self.out.append(token)
        if self.is_title and not any(token.content.strip() for token in self.out):
            return [markup("html_inline", DEFAULT_SUMMARY)]
        return list(_joined(self.out))

    def _text(self, content: str) -> None:
        # Entities can encode characters that the source may not contain.
        self.out.append(Token("text", "", 0, content=clean_characters(content)))

    def _image(self, image: Token) -> None:
        words = _alternative(image.children or []).strip()
        address = str(image.attrs.get("src", ""))
        if name := name_in(address):
            self.out.append(picture(name, clean_characters(words)))
            return
        link = Token("link_open", "a", 1, attrs={"href": address})
        if "title" in image.attrs:
            link.attrs["title"] = image.attrs["title"]
        self._open_link(link)
        self._text(words or _UNNAMED_IMAGE)
        self._close_link(Token("link_close", "a", -1))

    def _open_link(self, token: Token) -> None:
        if len(str(token.attrs.get("title", ""))) > TITLE_LENGTH:
            del token.attrs["title"]
        if self.in_link or name_in(str(token.attrs.get("href", ""))) or not self.room.take(token):
            self.links.append(None)
            return
        self.in_link = True
        self.links.append(len(self.out))
        self.out.append(token)

    def _close_link(self, token: Token) -> None:
        opened = self.links.pop()
        if opened is None:
            return
        if any(inner.content.strip() for inner in self.out[opened:]):
            self.out.append(token)
        else:
            # A link without words can be neither seen nor read aloud.
            del self.out[opened]
        self.in_link = False


def _joined(tokens: list[Token]) -> Iterator[Token]:
    # One text token per run of words, line ends included: a passage then needs one span per run.
    for is_text, run in groupby(tokens, key=lambda token: token.type == "text"):
        if not is_text:
            yield from run
        elif content := "".join(token.content for token in run):
            yield Token("text", "", 0, content=content)


def markup(kind: str, html: str) -> Token:
    """Markup that we add; it contains none of the author's words."""
    return Token(kind, "", 0, content=html)


def _code(content: str) -> list[Token]:
    return [
        Token("code_open", "code", 1),
        Token("text", "", 0, content=clean_characters(content)),
        Token("code_close", "code", -1),
    ]


def _alternative(children: list[Token]) -> str:
    words = []
    for token in children:
        if token.type in ("softbreak", "hardbreak"):
            words.append(" ")
        elif token.type == "image":
            words.append(_alternative(token.children or []))
        elif token.type in ("text", "code_inline"):
            words.append(token.content)
    return "".join(words)
