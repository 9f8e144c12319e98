"""Rendering: Markdown to HTML that is safe on a page, with anchors where a passage is cited."""

from collections.abc import Iterable, Iterator, Mapping

import nh3
from markdown_it.token import Token

from reviews.text.characters import clean_characters
from reviews.text.markdown.body import Body, markup, tokens_of
from reviews.text.markdown.grammar import SCHEMES, host_of, to_html
from reviews.text.markdown.pictures import PICTURE, placeholder
from reviews.text.passages.anchors import cut_at_passages

OUTSIDE = "external nofollow noopener"
"""The rel of links to other hosts. Bodies are also imported and syndicated, so the outlet does not vouch for the
addresses in them, and the linked page gets no access to ours (``noopener``)."""

_TAGS = (
    "a blockquote br code details div em figure h2 h3 h4 h5 h6 hr li ol p pre section span strong summary sup "
    "table tbody td th thead tr ul"
)

# The sanitiser takes quadratic time to write one long text full of ampersands or no-break spaces. A comment
# splits it into shorter ones; the sanitiser then removes it.
_SPLIT = "<!---->"
_SPLIT_EVERY = 2_000

# A second barrier: the renderer writes only these tags; if it ever wrote others, this would remove them.
_CLEANER = nh3.Cleaner(
    tags=set(_TAGS.split()),
    attributes={
        "a": {"href", "title", "rel", "id", "role", "aria-label"},
        "details": {"class"},
        "div": {"class", "role", "aria-label", "tabindex"},
        "figure": {"data-picture", "data-alt"},
        "li": {"id"},
        "ol": {"start"},
        "section": {"class", "role", "aria-label"},
        "span": {"id", "class", "data-passage", "data-passages"},
        "sup": {"class"},
        "td": {"class"},
        "th": {"class"},
    },
    url_schemes=set(SCHEMES),
    link_rel=None,
)


def render(
    source: str | Body,
    *,
    passages: Mapping[str, str] | None = None,
    site_host: str = "",
    pictures: bool = False,
) -> str:
    """The body as an HTML fragment that is valid and safe for any source.

    ``passages`` maps anchor ids to evidence. At the start of each one that ``find_passage`` finds is an empty ``<span
    id=… data-passage="N">``; N is its place in the mapping, from 1. Every run of text in a passage is in a ``<span
    class="passage" data-passages="1 3">`` with the numbers of all its passages, so CSS can highlight the passage that
    an address names even if others overlap it. A passage that is not found changes nothing.

    Links to a host other than ``site_host`` (a host name, port ignored; empty: every absolute address) get ``rel``.
    With ``pictures``, the body's pictures have placeholders (:mod:`reviews.text.markdown.pictures`); else there are
    none. Takes any strings and never raises.
    """
    tokens = [token for token in tokens_of(source) if pictures or token.type != PICTURE]
    cut = cut_at_passages(tokens, passages) if passages else {}
    home = host_of(f"//{site_host}")

    def written(token: Token) -> Token:
        if token.type == PICTURE:
            return markup("html_block", placeholder(token))
        if not token.children:
            return token
        pieces = (piece for child in token.children for piece in cut.get(id(child), (child,)))
        return token.copy(children=list(_written(pieces, home)))

    return clean_characters(_CLEANER.clean(to_html([written(token) for token in tokens])))


def _written(children: Iterable[Token], home: str | None) -> Iterator[Token]:
    """The tokens to write, with ``rel`` on links to other hosts and long texts split; the body's own do not change."""
    for token in children:
        if token.type == "link_open" and _is_outside(str(token.attrs["href"]), home):
            yield token.copy(attrs={**token.attrs, "rel": OUTSIDE})
            continue
        if token.type != "text" or len(token.content) <= _SPLIT_EVERY:
            yield token
            continue
        for start in range(0, len(token.content), _SPLIT_EVERY):
            yield markup("html_inline", _SPLIT)
            yield Token("text", "", 0, content=token.content[start : start + _SPLIT_EVERY])


def _is_outside(address: str, home: str | None) -> bool:
    """Whether the address may lead to another site."""
    names_a_host = address.startswith("//") or address.lower().startswith(("http:", "https:"))
    return names_a_host and (home is None or host_of(address) != home)
