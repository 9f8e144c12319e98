"""An editor as the server meets them: opens a review's form, saves it, and follows where the answer leads."""

import http.client
import re
import time
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode, urlsplit

PATIENCE = 60
TRIES = 20


class _Fields(HTMLParser):
    """What a browser would post of the largest form: enough of HTML for pages of our own."""

    def __init__(self) -> None:
        super().__init__()
        self.posted: dict[str, str] = {}
        self.area = self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        of = dict(attrs)
        name = of.get("name") or ""
        match tag:
            case "input" if name and of.get("type") not in ("submit", "checkbox", "radio"):
                self.posted[name] = of.get("value") or ""
            case "textarea":
                self.area = name
                self.posted[name] = ""
            case "select":
                self.select = name
                self.posted[name] = ""
            case "option" if self.select and "selected" in of:
                self.posted[self.select] = of.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.posted[self.area] = self.posted[self.area].removeprefix("\n")
            self.area = ""
        if tag == "select":
            self.select = ""

    def handle_data(self, data: str) -> None:
        if self.area:
            self.posted[self.area] += data


@dataclass
class Editor:
    """One person with one browser. ``fields`` is what their form holds as it was last read."""

    address: str
    cookie: str
    session: str
    review: int
    slug: str
    fields: dict[str, str] = field(default_factory=dict)
    token: str = ""
    took: float = 0.0
    """How long the last save took to be answered, in seconds."""

    def save(self, mark: str) -> str:
        """Save the review with a mark in several of its parts; what went wrong, empty where it was acknowledged."""
        try:
            if not self.fields:
                self.open()
            typed = {
                "headline": f"Save {mark}",
                "standfirst": f"Save {mark}",
                "body": f"Save {mark}",
                "tags": f"save {mark}",
                "_continue": "1",
            }
            begun = time.perf_counter()
            status, page = self.ask(self.form, "POST", self.fields | typed)
            self.took = time.perf_counter() - begun
            if status != 302:
                self.fields = {}
                return f"{status} {re.findall('<title>(.*?)</title>', page, re.DOTALL)}"
        except (OSError, http.client.HTTPException) as error:
            self.fields = {}
            return type(error).__name__
        try:
            self.open()
        except (OSError, http.client.HTTPException):
            self.fields = {}  # The save was acknowledged; the form is read again before the next.
        return ""

    def open(self) -> None:
        """Read the form as it is now."""
        for _ in range(TRIES):
            try:
                status, page = self.ask(self.form, "GET")
            except (OSError, http.client.HTTPException):
                continue
            if status != 200:
                raise http.client.HTTPException(status)
            reader = _Fields()
            reader.feed(page)
            self.fields = reader.posted
            return
        raise ConnectionError

    @property
    def form(self) -> str:
        return f"/admin/reviews/review/{self.review}/change/"

    def ask(self, path: str, method: str, posted: dict[str, str] | str | None = None) -> tuple[int, str]:
        """The status and the page that are answered."""
        connection = http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=PATIENCE)
        headers = {
            "Cookie": f"{self.cookie}={self.session}" + (f"; csrftoken={self.token}" if self.token else ""),
            "Content-Type": "application/x-www-form-urlencoded",
            "Referer": self.address,
        }
        body = urlencode(posted) if isinstance(posted, dict) else posted
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        page = response.read().decode()
        for name, value in response.getheaders():
            if name.lower() == "set-cookie" and value.startswith("csrftoken="):
                self.token = value.partition("=")[2].partition(";")[0]
        connection.close()
        return response.status, page
