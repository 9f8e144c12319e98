"""Leads every link within a readers' page on at the same moment. This is the one place where that is done.

Readers' code makes the page as it does for readers, so what it looks up by an address is found; afterwards the links in
what it made are changed. Links to other sites, to the desk and to static files stay.
"""

import re
from collections.abc import Callable, Mapping
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse

# A tag that leads somewhere. Text is escaped, so only a tag begins so; a quoted value may contain anything.
_TAG = re.compile(r'<(?:a|area|form|link)\b(?:[^<>"]|"[^"]*")*>')
_LEADS = re.compile(r'(?<=\shref=")[^"]*|(?<=\saction=")[^"]*')
_IN_XML = re.compile(r'(?<=<link>)[^<]+|(?<=<loc>)[^<]+|(?<=\shref=")[^"]+')
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
_IN_TEXT = re.compile(r"(?m)(?<=^Sitemap: )\S+$")


class Leading:
    """Leads on under ``prefix``, from the page at ``path`` of the readers' site."""

    def __init__(self, prefix: str, path: str) -> None:
        self._prefix, self._path = prefix, path
        host = re.escape(urlsplit(settings.SITE_URL).netloc)
        self._here = re.compile(rf"(?:https?:)?//{host}(?=[/?#]|$)", re.IGNORECASE)
        self._left = (reverse("admin:index"), settings.STATIC_URL)

    def lead(self, response: HttpResponse) -> None:
        """Change the links of a response, and where it redirects to."""
        if location := response.headers.get("Location"):
            response.headers["Location"] = self.led(location)
        kind = response.headers.get("Content-Type", "").partition(";")[0]
        if change := _CHANGES.get(kind):
            response.content = change(self.led, response.content.decode()).encode()

    def led(self, address: str) -> str:
        """An address as it is to be in the page, escaped or not: a prefix is put into it, and no more is changed."""
        if address.startswith("/") and not address.startswith("//"):
            return self._under("", address)
        if here := self._here.match(address):
            return self._under(here[0], address[here.end() :])
        if ".." in address and not _SCHEME.match(address):
            below = urljoin(self._prefix + self._path, address).startswith(f"{self._prefix}/")
            # On the readers' site it cannot climb higher than the front page.
            return address if below else self._under("", urljoin(self._path, address))
        return address

    def _under(self, origin: str, rest: str) -> str:
        path = rest if rest.startswith("/") else f"/{rest}"
        return f"{origin}{'' if path.startswith(self._left) else self._prefix}{path}"


Lead = Callable[[str], str]


def _in_html(led: Lead, page: str) -> str:
    return _TAG.sub(lambda tag: _LEADS.sub(lambda found: led(found[0]), tag[0]), page)


def _in_xml(led: Lead, page: str) -> str:
    return _IN_XML.sub(lambda found: led(found[0]), page)


def _in_text(led: Lead, page: str) -> str:
    return _IN_TEXT.sub(lambda found: led(found[0]), page)


_CHANGES: Mapping[str, Callable[[Lead, str], str]] = {
    "text/html": _in_html,
    "application/rss+xml": _in_xml,
    "application/xml": _in_xml,
    "text/plain": _in_text,
}
