"""How the site is asked, and which of its answers are equal."""

import logging
import re
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from django.contrib.auth.models import User
from django.db import connection
from django.test import Client

from reviews.audit.counting import counted
from reviews.models import Autosave, HistoryEntry, Judgement, PreviewLink, Review, ReviewTag, Revision

UNLIKE = {"Date", "X-Request-ID"}
DESK_NOUNS = (Review, Judgement, ReviewTag, HistoryEntry, Revision, Autosave, PreviewLink)
DESK_TABLES = [f'"{model._meta.db_table}"' for model in DESK_NOUNS]
DOOR = "/preview/"
"""Below this path one query may read the desk's tables: the look-up of a working link by digest."""
MACHINE = "/admin/time/"
"""The path of the time machine."""
LOOK_UP = re.compile(
    r'SELECT .* FROM "reviews_previewlink" .* WHERE .*"reviews_previewlink"."digest" = [^ ]+( .*)?', re.S
)
AS_EDITOR = "GET as an editor"
OTHERS = ("GET as a publisher", "GET as a critic")
ACCOUNTS = f'"{User._meta.db_table}"'
# CSRF tokens differ each time, but have a fixed length.
PROOF = re.compile(rb'(?<=name="csrfmiddlewaretoken" value=")[A-Za-z0-9]{64}')


class SiteAnswer(NamedTuple):
    """A response and its cost (queries, rows): a difference in either reveals something."""

    status: int
    headers: dict[str, str]
    body: bytes
    queries: int
    rows: int


Key = tuple[str, str]
"""The client and method, and the address."""
Answers = dict[Key, SiteAnswer]


class ReadsTheDesk(AssertionError):
    """The answer to a reader was made from a table of the desk."""


class SetsACookie(AssertionError):
    """The answer to a reader without a session sets a cookie."""


@contextmanager
def desk_untouched(address: str) -> Iterator[list[str]]:
    """Raise ReadsTheDesk if a query inside names a desk table, except the look-up of a preview link; and the time
    machine may ask which copy is whose.

    Collects the queries that read who is signed in.
    """
    reads: list[str] = []
    who_asks: list[str] = []

    def watch(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if any(table in sql for table in DESK_TABLES):
            reads.append(sql)
        if ACCOUNTS in sql:
            who_asks.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(watch):
        yield who_asks
    if address.startswith(MACHINE):
        return
    if address.startswith(DOOR) and len(reads) == 1 and LOOK_UP.fullmatch(reads[0]):
        return
    if reads or address.startswith(DOOR):
        raise ReadsTheDesk(address, reads)


def ask(client: Client, way: str, address: str, **headers: str) -> tuple[SiteAnswer, bool]:
    """The response, and whether a query read who is signed in. Raises ReadsTheDesk, SetsACookie.

    A way is a method, in which a reader may get no cookie, or a method and more words: ``GET as an editor``.
    """
    method = way.partition(" ")[0]
    # What no page takes is refused before a link is looked up.
    watched = address if method in ("GET", "HEAD") else ""
    with counted() as count, desk_untouched(watched) as who_asks:
        response = client.generic(method, address, headers=headers)
    told = {name: value for name, value in response.headers.items() if name not in UNLIKE}
    if way == method and response.cookies:
        raise SetsACookie(f"{way} {address}")
    body = PROOF.sub(b"", response.content)
    return SiteAnswer(response.status_code, told, body, count.queries, count.rows), bool(who_asks)


@contextmanager
def silently(level: int = logging.WARNING) -> Iterator[None]:
    """Without a log line for each 404, or for anything else up to a level."""
    logging.disable(level)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)


def differences(one: Answers, other: Answers, *, but: Collection[str] = ()) -> dict[Key, str]:
    """The addresses at which two walks differ, and how.

    ``but`` are addresses that may differ, with any query string.
    """
    keys = [key for key in one | other if key[1].partition("?")[0] not in but]
    return {key: difference(one.get(key), other.get(key)) for key in keys if one.get(key) != other.get(key)}


def difference(one: SiteAnswer | None, other: SiteAnswer | None) -> str:
    """How two answers to one request differ, without their contents; empty if they do not."""
    if one is None or other is None:
        return "looks at who asks"
    found = [
        f"{name} {before!r} is {after!r}"
        for name, before, after in zip(SiteAnswer._fields, one, other, strict=True)
        if name not in ("body", "headers") and before != after
    ]
    names = sorted(
        name for name in one.headers | other.headers if one.headers.get(name) != other.headers.get(name)
    )
    found += [f"headers {', '.join(names)}"] * bool(names)
    return ", ".join(found + ["body"] * (one.body != other.body))
