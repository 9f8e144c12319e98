"""Bodies on a page that is not their own: beside another body, or under headings of the page's.

For what ``rendering.render`` has written and nothing else: of such HTML every tag is spelled alike, its attributes in
double quotation marks.
"""

import re
from html import escape, unescape
from urllib.parse import unquote, urljoin

_TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)((?: [a-z][a-z-]*="[^"]*")*)>')
_ATTRIBUTE = re.compile(r' ([a-z][a-z-]*)="([^"]*)"')
_LOWEST_HEADING = 6


def apart(html: str, prefix: str, *, home: str = "") -> str:
    """The body with ``prefix`` and a hyphen before each of its ids, and its links leading to them.

    So two bodies stand on one page, whose footnotes have the same ids. A link that leads out of the body leads where
    it does on the body's own page, whose path is ``home``; without one it stays as it is. Words stay as they are.
    """
    ids = {
        unescape(value)
        for tag in _TAG.finditer(html)
        for name, value in _ATTRIBUTE.findall(tag[3])
        if name == "id"
    }

    def moved(name: str, value: str) -> str:
        if name == "id":
            return f"{prefix}-{value}"
        if name != "href":
            return value
        address = unescape(value)
        if address.startswith("#") and (target := unquote(address[1:])) in ids:
            return f"#{prefix}-{escape(target)}"
        return escape(_joined(home, address)) if home else value

    def tag(found: re.Match[str]) -> str:
        closes, name, attributes = found.groups()
        written = _ATTRIBUTE.sub(lambda each: f' {each[1]}="{moved(each[1], each[2])}"', attributes)
        return f"<{closes}{name}{written}>"

    return _TAG.sub(tag, html)


def lowered(html: str, levels: int) -> str:
    """The body with its headings so many levels further down; none is lower than h6."""

    def tag(found: re.Match[str]) -> str:
        closes, name, attributes = found.groups()
        if re.fullmatch("h[1-6]", name):
            name = f"h{min(int(name[1]) + levels, _LOWEST_HEADING)}"
        return f"<{closes}{name}{attributes}>"

    return _TAG.sub(tag, html)


def _joined(home: str, address: str) -> str:
    """An address as another page reads it. What cannot be read as one leads nowhere from either."""
    try:
        return urljoin(home, address)
    except ValueError:
        return address
