"""A reader's eyes for tests: a page fetched, parsed by a strict parser, and asked what it says."""

import json
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from django.test import Client

APART = {"article", "aside", "dd", "div", "dl", "dt", "footer", "header", "li", "nav", "p", "section", "ul"}
APART |= {f"h{level}" for level in range(1, 7)}


class Document:
    """A parsed page. Making one fails where the HTML is not valid."""

    def __init__(self, html: str) -> None:
        self.html = html
        parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
        self.root: Element = parser.parse(html)

    @property
    def text(self) -> str:
        """What is written on the page, white space folded."""
        body = self.root.find("body")
        return written(body) if body is not None else ""

    def all(self, path: str) -> list[Element]:
        """Elements by an ElementTree path, such as ``.//a``."""
        return self.root.findall(path)

    def texts(self, path: str) -> list[str]:
        """What each of these elements says."""
        return [written(element) for element in self.all(path)]

    def hrefs(self, rel: str = "") -> list[str]:
        """Where the links of the head lead that have a ``rel``; without one, those of the body."""
        if rel:
            return [link.get("href", "") for link in self.all(f".//head/link[@rel='{rel}']")]
        return [link.get("href", "") for link in self.all(".//body//a")]

    def meta(self, name: str) -> str | None:
        """The content of a ``<meta>`` by its name or property."""
        found = self.all(f".//meta[@name='{name}']") + self.all(f".//meta[@property='{name}']")
        return found[0].get("content") if found else None

    @property
    def structured(self) -> list[Any]:
        """The page's JSON-LD."""
        return [
            json.loads(script.text or "") for script in self.all(".//script[@type='application/ld+json']")
        ]


def written(element: Element) -> str:
    """What an element says, white space folded; what browsers set apart is apart."""
    return " ".join("".join(_words(element)).split())


def _words(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        apart = " " if child.tag in APART else ""
        yield apart
        yield from _words(child)
        yield apart + (child.tail or "")


def read(path: str, status: int = 200, **headers: str) -> Document:
    """The page at a path, as somebody sees who comes for the first time."""
    response = Client().get(path, headers=headers)
    assert response.status_code == status, (path, response.status_code)
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    return Document(response.content.decode())
