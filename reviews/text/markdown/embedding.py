"""Bodies on another page than their own: beside another body, or under the page's headings.

Only for the output of ``rendering.render``: in it every tag is spelled alike, and attributes are in double quotation
marks.
"""

import re
from html import escape, unescape
from urllib.parse import unquote, urljoin

_TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)((?: [a-z][a-z-]*="[^"]*")*)>')
_ATTRIBUTE = re.compile(r' ([a-z][a-z-]*)="([^"]*)"')
_LANDMARKS = frozenset({"region", "doc-endnotes"})
_LOWEST_HEADING = 6


def apart(html: str, prefix: str, *, home: str = "", name: str = "") -> str:
    """The body with ``prefix`` and a hyphen before each of its ids, and before them in its links.

    So two bodies whose footnotes have the same ids can be on one page. A link out of the body leads where it does on
    the body's own page, whose path is ``home``; without ``home`` it is not changed. Tables and footnotes, which screen
    readers list as parts of the page, get ``name`` before their label, if given. Words do not change.
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
    """The body with its headings so many levels further down, at most at h6."""

    def tag(found: re.Match[str]) -> str:
        closes, element, attributes = found.groups()
        if re.fullmatch("h[1-6]", element):
            element = f"h{min(int(element[1]) + levels, _LOWEST_HEADING)}"
        return f"<{closes}{element}{attributes}>"

    return _TAG.sub(tag, html)


def _joined(home: str, address: str) -> str:
    """The address, resolved against ``home``; unchanged if it cannot be parsed, because then it leads nowhere."""
    try:
        return urljoin(home, address)
    except ValueError:
        return address
