"""Pictures in a body: ``![alternative text](picture:NAME)``.

Only their names are known here. The HTML of a body has a placeholder for each, because the terms of a picture may
change after the body was rendered: whoever shows the body puts figures in their place (``with_figures``).
"""

import re
from collections.abc import Callable, Iterator
from html import escape, unescape
from urllib.parse import unquote

from markdown_it.token import Token

PICTURE = "picture"
"""The type of a picture's token, a block without words: ``meta`` has its ``name`` and ``alt``."""
LONGEST_NAME = 200

_ADDRESS = re.compile(r"picture:([^\s/?#:\\\"'<>]+)", re.IGNORECASE)
_PLACEHOLDER = re.compile(r'<figure((?: data-[a-z]+="[^"]*")+)></figure>\n?')
_ATTRIBUTE = re.compile(r' data-([a-z]+)="([^"]*)"')
_LINES = {f"{kind}_close" for kind in ("paragraph", "heading", "summary", "table")}


def name_in(address: str) -> str:
    """The name of the picture that an address means; empty if it means none."""
    found = _ADDRESS.fullmatch(unquote(address))
    return found[1] if found and len(found[1]) <= LONGEST_NAME else ""


def picture(name: str, alt: str) -> Token:
    return Token(PICTURE, "", 0, block=True, meta={"name": name, "alt": alt})


def placed(tokens: list[Token]) -> Iterator[Token]:
    """The tokens with pictures between blocks, where a figure can be.

    A picture that is alone in its paragraph takes its place; another one follows the paragraph, heading or table that
    it stands in.
    """
    waiting: list[Token] = []
    in_table = emptied = 0
    for number, token in enumerate(tokens):
        in_table += {"table_open": 1, "table_close": -1}.get(token.type, 0)
        if token.type in ("paragraph_open", "heading_open") and _is_emptied(tokens[number : number + 3]):
            emptied = 3
        if token.type == "inline" and (found := _pictures(token)):
            waiting += found
            token.children = [each for each in token.children or () if each.type != PICTURE]
        if emptied:
            emptied -= 1
        else:
            yield token
        if token.type in _LINES and not in_table:
            yield from waiting
            waiting = []


def _pictures(token: Token) -> list[Token]:
    return [each for each in token.children or () if each.type == PICTURE]


def _is_emptied(block: list[Token]) -> bool:
    """Whether nothing but pictures stands in a paragraph or heading: its three tokens."""
    if len(block) < 3 or block[1].type != "inline" or block[2].nesting != -1 or not _pictures(block[1]):
        return False
    return not any(each.content.strip() for each in block[1].children or () if each.type != PICTURE)


def placeholder(token: Token) -> str:
    """The HTML that keeps a picture's place."""
    alt = f' data-alt="{escape(token.meta["alt"])}"' if token.meta["alt"] else ""
    return f'<figure data-picture="{escape(token.meta["name"])}"{alt}></figure>\n'


def with_figures(html: str, figure: Callable[[str, str], str]) -> str:
    """A body's HTML with its pictures.

    ``figure`` is asked for the HTML of each, by its name and by the alternative text that the body gives it, which may
    be empty. Only for the output of ``rendering.render``.
    """

    def resolved(found: re.Match[str]) -> str:
        said = {name: unescape(value) for name, value in _ATTRIBUTE.findall(found[1])}
        return figure(said.get("picture", ""), said.get("alt", ""))

    return _PLACEHOLDER.sub(resolved, html)
