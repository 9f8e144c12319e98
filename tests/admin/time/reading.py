"""Pages of the time machine beside those that readers get, for tests."""

import datetime as dt
import re
from typing import Any, NamedTuple

from django.test import Client

from reviews import clock

# By hand, not by the code under test: an address is one way of writing a moment.
ROOT = "/admin/time/{moment}"

_BANNER = re.compile(
    rb'<link rel="stylesheet" href="/static/css/desk-preview-banner\.css">\s*'
    rb'<section class="desk-banner".*?</section>',
    re.S,
)
_NOT_IN_THE_MACHINE = re.compile(
    rb'<link rel="canonical"[^>]*>|<meta property="og:(?:url|image[^"]*)"[^>]*>'
    rb'|<script type="application/ld\+json">.*?</script>',
    re.S,
)
_FORM_OF_CARD = re.compile(rb'<meta name="twitter:card"[^>]*>')
"""With an image or without one: nobody shares a page of the machine."""
_ROBOTS = b'<meta name="robots" content="noindex, nofollow">'
_GAPS = re.compile(rb"\n\s*")


def root(at: dt.datetime) -> str:
    """What comes before a path to read it as of a moment."""
    moment = at.astimezone(dt.UTC).replace(tzinfo=None)
    return ROOT.format(
        moment=moment.isoformat(timespec="microseconds" if moment.microsecond else "seconds") + "Z"
    )


class Seen(NamedTuple):
    """What an address answers, less what only one of the two sites has."""

    status: int
    kind: str
    location: str
    body: bytes


def by_readers(path: str, at: dt.datetime) -> Seen:
    """What readers get when the clock is there."""
    with clock.frozen_at(at):
        return _seen(Client().get(path), b"")


def in_machine(client: Client, path: str, at: dt.datetime) -> Seen:
    """What somebody at the desk gets as of a moment, without the banner and the prefix of its links."""
    response: Any = client.get(root(at) + path)
    if response.headers.get("Content-Type", "").startswith("text/html") and response.content:
        assert len(_BANNER.findall(response.content)) == 1, path
    assert not _NOT_IN_THE_MACHINE.search(response.content), path
    return _seen(response, root(at).encode())


def _seen(response: Any, prefix: bytes) -> Seen:
    body = response.content
    if prefix:
        body = _BANNER.sub(b"", body).replace(prefix, b"")
    if response.headers.get("Content-Type", "").startswith("text/html"):
        body = _GAPS.sub(
            b"\n", _FORM_OF_CARD.sub(b"", _NOT_IN_THE_MACHINE.sub(b"", body)).replace(_ROBOTS, b"")
        )
    return Seen(
        response.status_code,
        response.headers.get("Content-Type", ""),
        response.headers.get("Location", "").replace(prefix.decode(), "", 1)
        if prefix
        else response.headers.get("Location", ""),
        body,
    )
