"""Parse HTML from a clipboard into a tree, in one pass. Accepts any text.

Not a parser of the HTML standard: that reopens unclosed formatting in every later paragraph, and can turn a page of a
hundred thousand characters into fifteen million elements. Word processors and browsers close their elements properly;
unclosed ones are accepted, and no words are lost.
"""

import html
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from reviews.text.characters import clean_characters

DEPTH = 80
"""The content of elements deeper than this is added to the deepest element that is kept."""

BULLET = "bullet"
"""Our name for the element that Word writes for programs without lists: an item's bullet or number."""


def names(words: str) -> frozenset[str]:
    """A set of names, given as one string with spaces."""
    return frozenset(words.split())


VOID = names("area base br col embed hr img input link meta param source track wbr")
RAW = names("script style xml title noscript template textarea svg math")
"""The content of these is not text of the page."""
BLOCKS = names(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hgroup hr html li main menu nav ol p pre section summary table tbody td tfoot th thead "
    "tr ul"
)
_KEPT = names(
    "align alt aria-level cite class colspan data-aria-level datetime height hidden href id name role src start style "
    "title width"
)

# Possessive quantifiers, so that a tag that never ends is tried once and not in every way.
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:_-]*+)((?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+)>")
_LOOSE_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:_-]*+)([^>]*+)>")
_ATTRIBUTE = re.compile(r"([^\s=/\"'<>]++)(?:\s*+=\s*+(\"[^\"]*+\"|'[^']*+'|[^\s\"'>]++))?")
_CLIPBOARD_HEADER = re.compile(r"\AVersion:\d[^<]*+")
# Python refuses to parse a number of thousands of digits; no character has a number of eight.
_NO_CHARACTER = re.compile(r"&#(?:[0-9]{8,}+|[xX][0-9a-fA-F]{7,}+);?")

_ENDS = {
    "li": (frozenset({"li"}), frozenset({"ul", "ol", "menu"})),
    "dt": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "dd": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "tr": (frozenset({"tr"}), frozenset({"table", "tbody", "thead", "tfoot"})),
    "td": (frozenset({"td", "th"}), frozenset({"tr", "table"})),
    "th": (frozenset({"td", "th"}), frozenset({"tr", "table"})),
}
"""By start tag: the elements that it closes, and those at which the search for them stops."""


@dataclass(slots=True, eq=False)
class Element:
    """``place`` numbers elements in page order; those inside have the numbers up to ``last``."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Element | str"] = field(default_factory=list)
    parent: "Element | None" = None
    place: int = 0
    last: int = 0

    def get(self, attribute: str) -> str:
        return self.attributes.get(attribute, "")

    @property
    def classes(self) -> str:
        return self.get("class").lower()

    def text(self) -> str:
        """The text of all its descendants."""
        parts, waiting = [], list(reversed(self.children))
        while waiting:
            child = waiting.pop()
            if isinstance(child, str):
                parts.append(child)
            else:
                waiting.extend(reversed(child.children))
        return "".join(parts)

    def inside(self) -> Iterator["Element"]:
        """Every descendant, in page order."""
        waiting = [child for child in reversed(self.children) if isinstance(child, Element)]
        while waiting:
            element = waiting.pop()
            yield element
            waiting.extend(child for child in reversed(element.children) if isinstance(child, Element))


def is_spoiler(element: Element) -> bool:
    """Whether it is a spoiler that one of our pages wrote."""
    return element.name == "details" and "spoiler" in element.classes


def parse(source: str) -> Element:
    """The tree of a clipboard's HTML. Takes any string."""
    source = _CLIPBOARD_HEADER.sub("", clean_characters(source))
    builder = _Builder()
    # The end of the last one, so that none is searched for in vain twice.
    last_comment, last_tag = source.rfind("-->"), source.rfind(">")
    position = 0
    while (start := source.find("<", position)) >= 0:
        builder.text(source[position:start])
        if start > last_tag:
            position = start
            break
        following = source[start + 1 : start + 2]
        if source.startswith("<!--", start) and start <= last_comment - 4:
            end = source.index("-->", start + 4)
            builder.comment(source[start + 4 : end])
            position = end + 3
        elif following in ("!", "?"):
            position = source.index(">", start) + 1
            builder.comment(source[start + 2 : position - 1])
        elif tag := _TAG.match(source, start) or _LOOSE_TAG.match(source, start):
            position = tag.end()
            name = tag[2].lower()
            if tag[1]:
                builder.end(name)
            elif name in RAW:
                position = _after_raw(source, name, position)
            else:
                builder.start(name, _attributes(tag[3]))
        else:
            builder.text("<")
            position = start + 1
    builder.text(source[position:])
    return builder.finish()


def _after_raw(source: str, name: str, position: int) -> int:
    ending = re.compile(rf"</{name}[^>]*+>", re.IGNORECASE).search(source, position)
    return ending.end() if ending else len(source)


def _attributes(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(text):
        name = match[1].lower()
        if name in _KEPT:
            value = match[2] or ""
            found.setdefault(name, _unescape(value[1:-1] if value[:1] in ("'", '"') else value))
    return found


def _unescape(text: str) -> str:
    # Entities can encode characters that a source may not contain.
    return clean_characters(html.unescape(_NO_CHARACTER.sub("\ufffd", text))) if "&" in text else text


class _Builder:
    def __init__(self) -> None:
        self.root = Element("body")
        self.stack = [self.root]  # Deeper than DEPTH: the element that gets the content.
        self.names = ["body"]
        self.open: Counter[str] = Counter()
        self.count = 0

    def text(self, text: str) -> None:
        if text:
            self.stack[-1].children.append(_unescape(text))

    def comment(self, text: str) -> None:
        # Word marks these as for programs without lists: ``<![if !supportLists]>·<![endif]>``.
        words = text.strip().lower()
        if words.startswith("[if !supportlists]"):
            self.start(BULLET, {})
        elif words == "[endif]":
            self.end(BULLET)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in _ENDS:
            self._end_before(*_ENDS[name])
        elif name in BLOCKS and self.names[-1] == "p":
            self._cut(len(self.names) - 1)
        parent = self.stack[-1]
        self.count += 1
        element = Element(name, attributes, parent=parent, place=self.count, last=self.count)
        if name in VOID:
            parent.children.append(element)
            return
        if len(self.stack) < DEPTH:
            parent.children.append(element)
        else:
            if name in BLOCKS:
                parent.children.append(Element("br", parent=parent, place=self.count, last=self.count))
            element = parent
        self.stack.append(element)
        self.names.append(name)
        self.open[name] += 1

    def end(self, name: str) -> None:
        if not self.open[name]:
            if name == "br":  # As browsers do.
                self.start("br", {})
            return
        is_inline = name not in BLOCKS
        for index in range(len(self.names) - 1, max(0, len(self.names) - 200), -1):
            if self.names[index] == name:
                self._cut(index)
                return
            if is_inline and self.names[index] in BLOCKS:
                return

    def _end_before(self, ended: frozenset[str], within: frozenset[str]) -> None:
        for index in range(len(self.names) - 1, max(0, len(self.names) - 30), -1):
            if self.names[index] in within:
                return
            if self.names[index] in ended:
                self._cut(index)
                return

    def _cut(self, index: int) -> None:
        for position in range(index, len(self.stack)):
            self.stack[position].last = self.count
        self.open.subtract(Counter(self.names[index:]))
        del self.stack[index:], self.names[index:]

    def finish(self) -> Element:
        self._cut(1)
        self.root.last = self.count
        return self.root
