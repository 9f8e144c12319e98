"""Strict parsing of HTML in tests, by the algorithm of the HTML standard."""

import re
from xml.etree.ElementTree import Element

import html5lib


def tree(html: str) -> Element:
    """The fragment's tree; raises ``html5lib.html5parser.ParseError`` if it is not valid."""
    parser = html5lib.HTMLParser(
        tree=html5lib.getTreeBuilder("etree"), strict=True, namespaceHTMLElements=False
    )
    fragment = parser.parseFragment(html)
    assert isinstance(fragment, Element)
    return fragment


def ids(html: str) -> list[str]:
    return [element.attrib["id"] for element in tree(html).iter() if "id" in element.attrib]


def words(element: Element) -> str:
    """The text of an element, white space collapsed."""
    return re.sub(r"\s+", " ", "".join(element.itertext())).strip()


def open_words(html: str) -> str:
    """The text visible while every ``details`` is closed; summaries are included."""
    fragment = tree(html)
    for fold in list(fragment.iter("details")):
        for child in list(fold):
            child.tail = None
            if child.tag != "summary":
                fold.remove(child)
    return words(fragment)
