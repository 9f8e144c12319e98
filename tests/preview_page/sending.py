"""Preview links as they are sent, and the responses that somebody without an account gets."""

from typing import Any

from django.test import Client
from django.urls import reverse

from reviews.desk import preview_links, revisions
from reviews.models import Review
from reviews.seeding.factories import make_review
from tests.reading import Document

UNLIKE = {"X-Request-ID", "Date"}


def sent(review: Review | None = None, **wanted: Any) -> str:
    """The path of a new link."""
    _link, secret = preview_links.make(review or make_review(), by=None, **wanted)
    return reverse("preview_link", args=[secret])


def pinned(review: Review, **wanted: Any) -> str:
    """The path of a new link to the revision saved now."""
    revisions.settle(review)
    return sent(review, revision=revisions.newest(review), **wanted)


def secret_in(path: str) -> str:
    return path.split("/")[2]


def opened(path: str) -> Document:
    """The page at a path, for somebody without an account."""
    response = Client().get(path)
    assert response.status_code == 200
    return Document(response.content.decode())


def notice(page: Document) -> list[str]:
    """What the preview says about itself."""
    return page.texts(".//aside[@class='preview-notice']/p")


def answer(path: str, client: Client | None = None, *, method: str = "get") -> tuple[int, Any, bytes]:
    """Status, headers with cookies, and body: all that an outsider could compare."""
    response = getattr(client or Client(), method)(path)
    headers = {name: value for name, value in response.headers.items() if name not in UNLIKE}
    return response.status_code, (headers, dict(response.cookies)), response.content
