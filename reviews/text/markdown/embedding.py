"""Bodies on a page that is not their own: beside another body, or under headings of the page's.

For what ``rendering.render`` has written and nothing else: of such HTML every tag is spelled alike, its attributes in
double quotation marks.
"""

import re
from html import escape, unescape
from urllib.parse import unquote, urljoin

_TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)((?: [a-z][a-z-]*="[^"]*")*)>')
_ATTRIBUTE = re.compile(r' ([a-z][a-z-]*)="([^"]*)"')
_LANDMARKS = frozenset({"region", "doc-endnotes"})
_LOWEST_HEADING = 6


def apart(html: str, prefix: str, *, home: str = "", name: str = "") -> str:
    """The body with ``prefix`` and a hyphen before each of its ids, and its links leading to them.

    So two bodies stand on one page, whose footnotes have the same ids. A link that leads out of the body leads where
    it does on the body's own page, whose path is ``home``; without one it stays as it is. What screen readers list as
    parts of the page, tables and footnotes, is called ``name`` first, if one is given. Words stay as they are.
    """
    ids = {
        unescape(value)
        for tag in _TAG.finditer(html)
        for attribute, value in _ATTRIBUTE.findall(tag[3])
        if attribute == "id"
    }

    def moved(attribute: str, value: str, role: str) -> str:
        if attribute == "id":
            return f"{prefix}-{value}"
        if attribute == "aria-label" and name and role in _LANDMARKS:
            return f"{escape(name)}: {value}"
        if attribute != "href":
            return value
        address = unescape(value)
        if address.startswith("#") and (target := unquote(address[1:])) in ids:
            return f"#{prefix}-{escape(target)}"
        return escape(_joined(home, address)) if home else value

    def tag(found: re.Match[str]) -> str:
        closes, element, written = found.groups()
        attributes = _ATTRIBUTE.findall(written)
        role = dict(attributes).get("role", "")
        written = "".join(f' {each}="{moved(each, value, role)}"' for each, value in attributes)
        return f"<{closes}{element}{written}>"

    return _TAG.sub(tag, html)


def lowered(html: str, levels: int) -> str:
    """The body with its headings so many levels further down; none is lower than h6."""

    def tag(found: re.Match[str]) -> str:
        closes, element, attributes = found.groups()
        if re.fullmatch("h[1-6]", element):
            element = f"h{min(int(element[1]) + levels, _LOWEST_HEADING)}"
        return f"<{closes}{element}{attributes}>"

    return _TAG.sub(tag, html)


def _joined(home: str, address: str) -> str:
    """An address as another page reads it. What cannot be read as one leads nowhere from either."""
    try:
        return urljoin(home, address)
    except ValueError:
        return address
