"""Each page once: who visits which, how every page is reached by its links, and what the browser complained of."""

import re
import zlib
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urljoin

from django.test import Client
from playwright.sync_api import Page

from tests.browser.conftest import Complaints
from tests.browser.tools.site import is_page, quiet
from tests.gate.night import is_in_turn

NO_PAGE = re.compile(r"\.xml|robots\.txt|/logout/|/jsi18n/|^/static/|/picture/\d+/file/|\?")
AS_OF = re.compile(r"/admin/time/\d")
"""A readers' page as of a moment. Every page leads to such pages and these to one another, so none is followed."""
ROW = re.compile(r"/admin/\w+/\w+/\w+/")
"""A page of one row of one noun, a review's history for instance. It is reached from the list or from such a page."""


def share_of(path: str, shares: int) -> int:
    """Who visits a page. All the pages of a row have one visitor, whatever the row's uid is in this database."""
    return zlib.crc32("/".join(path.split("/")[:5]).encode()) % shares


def linked(page: Page) -> list[str]:
    """Paths of this site that the open page leads to."""
    found = page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")
    site = page.evaluate("location.origin")
    return [link.removeprefix(site).split("#")[0] for link in found if link.startswith(site)]


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        href = dict(attrs).get("href")
        if tag == "a" and href:
            self.found.append(href)


def read(client: Client, path: str) -> list[str]:
    """The same of a page that another share visits."""
    response = client.get(path)
    if not is_page(response):
        return []
    links = _Links()
    links.feed(response.content.decode())
    return [link for link in (urljoin(path, href).split("#")[0] for href in links.found) if link[0] == "/"]


def visited(
    page: Page, client: Client, inside: str, wanted: list[str], share: int, shares: int
) -> Iterator[str]:
    """Visit this share's pages below ``inside``: those that are wanted, and of those that links lead to a third.

    The links of the others are read without a browser. At night all are visited.
    """
    seen: set[str] = set()
    waiting = [*wanted, inside]
    while waiting:
        path = waiting.pop()
        if path in seen or not path.startswith(inside) or NO_PAGE.search(path):
            continue
        if inside == "/" and path.startswith("/admin/"):
            continue
        if AS_OF.match(path) and path not in wanted:
            continue
        seen.add(path)
        mine = share_of(path, shares) == share
        if mine and (path in wanted or is_in_turn(path)):
            page.goto(path)
            waiting += linked(page)
            yield path
        elif mine or not ROW.match(path):
            with quiet():
                waiting += read(client, path)


def told(complaints: Complaints, url: str, status: int) -> list[str]:
    """What the browser complained of since the last time, but for the page's own status, where that is no 200."""
    url = url.partition("#")[0]
    found = [f"console: {line}" for line in complaints.console if f"status of {status} " not in line]
    found += [f"asked another host: {line}" for line in complaints.elsewhere]
    found += [f"failed: {line}" for line in complaints.failed if line != f"{status} {url}"]
    for lines in (complaints.console, complaints.elsewhere, complaints.failed):
        lines.clear()
    return found
