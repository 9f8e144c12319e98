"""How an element looks, from its attributes, as far as it matters for words."""

import re
from dataclasses import replace

from reviews.text.pasting.links import address_of
from reviews.text.pasting.markup import Element, names
from reviews.text.pasting.model import Look

GONE = names(
    "head nav button input select datalist canvas object embed applet map area dialog base meta link param"
)
"""Elements with no content that a reader of the page would quote."""
_STRONG = frozenset({"b", "strong"})
_EM = frozenset({"i", "em", "cite", "dfn", "var"})
_CODE = frozenset({"code", "kbd", "samp", "tt"})
_WEIGHT = re.compile(r"[1-9]\d{2,3}\Z")
# Word's drawings and commands. Its elements for places and dates (st1:City) are kept as words.
_FOREIGN = re.compile(r"(?:v|w|m|x|wp|pic|a14):")
_OFFICE_COMMENT = re.compile(r"\bmsocom|\bcomment(?:-list)?\b")


def declarations(element: Element) -> dict[str, str]:
    """The declarations of the element's ``style`` attribute, names and values in lower case."""
    found = {}
    for declaration in element.get("style").lower().split(";"):
        name, colon, value = declaration.partition(":")
        if colon:
            found[name.strip()] = value.strip()
    return found


def is_gone(element: Element, style: dict[str, str]) -> bool:
    """Whether it was hidden on the page, or cannot be pasted."""
    if element.name in GONE or _FOREIGN.match(element.name) or "hidden" in element.attributes:
        return True
    if (
        style.get("display") == "none"
        or style.get("mso-hide") == "all"
        or style.get("visibility") == "hidden"
    ):
        return True
    if _OFFICE_COMMENT.search(style.get("mso-element", "")) or "msocomment" in element.classes:
        return True
    # Text that tracked changes have deleted.
    return element.name == "del" and "datetime" in element.attributes


def look_of(element: Element, style: dict[str, str], outer: Look) -> Look:
    """How words in an element look, given the look of the element around it."""
    name = element.name
    strong, em = outer.strong or name in _STRONG, outer.em or name in _EM
    if weight := style.get("font-weight"):
        strong = weight in ("bold", "bolder") or bool(_WEIGHT.match(weight) and int(weight) >= 600)
    if slant := style.get("font-style"):
        em = slant.startswith(("italic", "oblique"))
    href = address_of(element.get("href")) if name == "a" and element.get("href") else outer.href
    return replace(outer, strong=strong, em=em, code=outer.code or name in _CODE, href=href)


def align_of(element: Element, style: dict[str, str]) -> str:
    """The alignment of a cell, ``left``, ``center`` or ``right``; empty if not given."""
    ours = re.search(r"\balign-(left|center|right)\b", element.classes)
    said = ours[1] if ours else style.get("text-align") or element.get("align").lower()
    return said if said in ("left", "center", "right") else ""
