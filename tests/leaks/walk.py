"""The leak walk itself: where somebody looks, in which ways, and what counts as the same answer."""

import datetime as dt
import logging
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import pairwise
from typing import Any, NamedTuple

from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.urls import reverse

from reviews import clock
from reviews.models import (
    Autosave,
    HistoryEntry,
    Judgement,
    PreviewLink,
    Review,
    ReviewTag,
    Revision,
)
from reviews.seeding.factories import make_account
from reviews.urls import urlpatterns
from tests.leaks import links
from tests.leaks.leaks import NOW, uid
from tests.measures.counting import counted

# -- Where a reader can look -----------------------------------------------------------------------------------

ROUTES = {pattern.name for pattern in urlpatterns if pattern.name}

Slugs = Mapping[str, Sequence[str]]
"""Slugs by noun, and under ``preview`` the secrets of preview links."""

KNOWN: Slugs = {
    "film": ("public-film", "no-such-film"),
    "critic": ("public-critic", "other-critic", "no-such-critic"),
    "review": ("public-review", "renamed-review", "other-review", "no-such-review"),
    "person": ("public-person", "no-such-person"),
    "tag": ("public-tag", "other-tag", "no-such-tag"),
    "franchise": ("public-series", "no-such-series"),
    "preview": (links.UNKNOWN,),
}
"""What is public, and what never was. What is hidden comes with each walk."""
NOUNS = [noun for noun in KNOWN if noun != "preview"]

VARIABLE: Mapping[str, Sequence[tuple[str, ...]]] = {
    "sitemap_section": (
        *((section,) for section in ("pages", "films", "critics", "reviews", "archive")),
        *((section,) for section in ("franchises", "people", "tags", "none")),
    ),
    "archive_year": (("2025",), ("2024",), ("2026",), ("9999",)),
    "archive_month": (("2025", "05"), ("2025", "06"), ("2025", "04"), ("2024", "05"), ("2025", "13")),
    "side_by_side": (
        ("public-review", "renamed-review"),
        ("renamed-review", "public-review"),
        ("other-review", "public-review"),
        ("public-review", "public-review"),
        ("no-such-review", "public-review"),
    ),
}
"""Other variable parts of addresses."""

PLAIN = {
    "home",
    "film_list",
    "critic_list",
    "review_list",
    "archive",
    "franchise_list",
    "person_list",
    "tag_list",
    "how_we_rate",
    "how_we_count",
    "correction_list",
    "about",
    "review_feed",
    "sitemap_index",
    "robots",
}
"""Addresses without a variable part. The feed of all reviews is one of them."""

BEFORE = "?before=20250608T120000000000Z-" + uid("review hidden").hex
AFTER = "?after=" + uid("film hidden").hex + "-the"
QUERIES = {
    "film_list": AFTER,
    "critic_list": AFTER,
    "person_list": AFTER,
    "tag_list": AFTER,
    "franchise_list": AFTER,
    "sitemap_section": "?from=" + uid("review hidden").hex,
}
"""What a curious reader puts behind an address: a cursor that names what is hidden, or a page that is not there."""


def known_routes() -> set[str]:
    """The routes that the walk asks for."""
    by_slug = {f"{noun}_{form}" for noun in NOUNS for form in ("detail", "feed")}
    return PLAIN | set(VARIABLE) | by_slug | {"film_side_by_side", "preview_link"}


def known_addresses(*, queries: bool) -> Iterator[str]:
    """Every address of what is public and of what never was; with ``queries`` those with more behind a ``?``, too."""
    for name in sorted(ROUTES):
        arguments = [()] if name in PLAIN else VARIABLE.get(name) or [(slug,) for slug in KNOWN[_noun(name)]]
        for each in arguments:
            path = reverse(name, args=each)
            yield path
            if queries:
                yield from _with_more(name, path)


def addresses_of(noun: str, slug: str, *, queries: bool, thorough: bool = False) -> Iterator[str]:
    """Every address that has this slug in it. A ``thorough`` walk asks each of them in more forms."""
    for name in sorted(ROUTES - PLAIN - set(VARIABLE)):
        if _noun(name) == noun:
            path = reverse(name, args=[slug])
            yield path
            if queries and thorough:
                yield from _with_more(name, path)
    if noun == "review":
        yield reverse("side_by_side", args=["public-review", slug])
        if thorough:
            yield reverse("side_by_side", args=[slug, "renamed-review"])
        if queries:
            chosen = (f"?one={slug}&other=public-review",)
            more = (f"?one=public-review&other={slug}", f"?one={slug}&other={slug}", f"?one={slug}")
            path = reverse("film_side_by_side", args=["public-film"])
            yield from (path + query for query in chosen + more * thorough)


def _with_more(name: str, path: str) -> Iterator[str]:
    if name == "film_side_by_side":
        yield f"{path}?one=public-review&other=renamed-review"
        yield f"{path}?one=no-such-review&other=public-review"
    if name.endswith(("_list", "_detail", "_section", "_year", "_month")):
        yield path + QUERIES.get(name, BEFORE)


def _noun(name: str) -> str:
    return name.partition("_")[0]


# -- How it is asked -------------------------------------------------------------------------------------------

UNLIKE = {"Date", "X-Request-ID"}
DESK_NOUNS = (Review, Judgement, ReviewTag, HistoryEntry, Revision, Autosave, PreviewLink)
DESK_TABLES = [f'"{model._meta.db_table}"' for model in DESK_NOUNS]
DOOR = "/preview/"
"""Below it the desk is asked one thing: whether there is a link of this digest that works."""
LOOK_UP = re.compile(
    r'SELECT .* FROM "reviews_previewlink" .* WHERE .*"reviews_previewlink"."digest" = [^ ]+( .*)?', re.S
)
AS_EDITOR = "GET as an editor"
OTHERS = ("GET as a publisher", "GET as a critic")
SESSIONS = f'"{Session._meta.db_table}"'
# A form's proof that it is ours is another every time, and of one length.
PROOF = re.compile(rb'(?<=name="csrfmiddlewaretoken" value=")[A-Za-z0-9]{64}')


class Answer(NamedTuple):
    """What somebody was answered, and what that took: a difference in either tells that something is there."""

    status: int
    headers: dict[str, str]
    body: bytes
    queries: int
    rows: int


Key = tuple[str, str]
"""The way of asking, and the address."""
Answers = dict[Key, Answer]


@contextmanager
def desk_untouched(address: str) -> Iterator[list[str]]:
    """Fail if a query inside names a table of the desk's, but for the one by which a preview link is looked up.

    Collects those that ask who is signed in.
    """
    reads: list[str] = []
    who_asks: list[str] = []

    def watch(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if any(table in sql for table in DESK_TABLES):
            reads.append(sql)
        if SESSIONS in sql:
            who_asks.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(watch):
        yield who_asks
    if address.startswith(DOOR):
        assert len(reads) == 1, reads
        assert LOOK_UP.fullmatch(reads.pop()), reads
    assert reads == [], address


def make_readers() -> dict[str, Client]:
    """One client for each way of asking."""
    clients = {way: Client(raise_request_exception=False) for way in ("GET", "HEAD", AS_EDITOR, *OTHERS)}
    for way in (AS_EDITOR, *OTHERS):
        clients[way].force_login(make_account(way.rpartition(" ")[2].capitalize()))
    return clients


def tour(hidden: Slugs, *, thorough: bool = False) -> dict[Key, Key]:
    """What one walk asks, each with what is asked of the plain site: an address that never was for a hidden one.

    An editor asks for everything that a reader may know of, and for the hidden reviews. A ``thorough`` walk leaves
    nothing out, asks HEAD, too, and asks the plain site the very same.
    """
    ways = ("HEAD", AS_EDITOR) if thorough else (AS_EDITOR,)
    keys = [("GET", address) for address in known_addresses(queries=True)]
    keys += [(way, address) for way in ways for address in known_addresses(queries=False)]
    twins = {key: key for key in keys}
    for noun, slugs in hidden.items():
        for slug in slugs:
            if thorough:
                own = [("GET", address) for address in addresses_of(noun, slug, queries=True, thorough=True)]
                own += [(way, address) for way in ways for address in addresses_of(noun, slug, queries=False)]
                twins |= {key: key for key in own}
            else:
                twins |= zip(_asked_of(noun, slug), _asked_of(noun, KNOWN[noun][-1]), strict=True)
    if thorough:
        reviews = hidden.get("review", ())
        pairs = [reverse("side_by_side", args=pair) for pair in pairwise(reviews)]
        twins |= {("GET", pair): ("GET", pair) for pair in pairs}
    return twins


def _asked_of(noun: str, slug: str) -> list[Key]:
    keys = [("GET", address) for address in addresses_of(noun, slug, queries=True)]
    return keys + ([(AS_EDITOR, reverse("review_detail", args=[slug]))] if noun == "review" else [])


def walk(readers: dict[str, Client], keys: Collection[Key], at: dt.datetime = NOW) -> Answers:
    """Ask for all of these at one moment.

    Who is behind a session is known from the database alone: what was answered to an editor without a look at it
    would be answered to a publisher or critic just so, and they ask only where there was one.
    """
    answers: Answers = {}
    with clock.frozen_at(at), _silently():
        for way, address in keys:
            answers[way, address], looked = _ask(readers[way], way, address)
            if way == AS_EDITOR and looked:
                for other in OTHERS:
                    answers[other, address], _ = _ask(readers[other], other, address)
    return answers


def _ask(client: Client, way: str, address: str) -> tuple[Answer, bool]:
    """The answer, and whether somebody looked at who asks."""
    with counted() as count, desk_untouched(address) as who_asks:
        response = (client.head if way == "HEAD" else client.get)(address)
    headers = {name: value for name, value in response.headers.items() if name not in UNLIKE}
    if way in ("GET", "HEAD"):
        assert not response.cookies, f"{way} {address} sets a cookie"
    body = PROOF.sub(b"", response.content)
    return Answer(response.status_code, headers, body, count.queries, count.rows), bool(who_asks)


@contextmanager
def _silently() -> Iterator[None]:
    """Without a line in the log for each address at which there is nothing."""
    logging.disable(logging.WARNING)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)


def differences(one: Answers, other: Answers, *, but: Collection[str] = ()) -> dict[Key, str]:
    """Where two walks were answered differently, and in what.

    ``but`` are addresses that may differ, whatever is asked of them after a question mark.
    """
    keys = [key for key in one | other if key[1].partition("?")[0] not in but]
    return {key: _difference(one.get(key), other.get(key)) for key in keys if one.get(key) != other.get(key)}


def _difference(one: Answer | None, other: Answer | None) -> str:
    if one is None or other is None:
        return "looks at who asks"
    return ", ".join(
        f"{name} {before!r} is {after!r}" if name not in ("body", "headers") else name
        for name, before, after in zip(Answer._fields, one, other, strict=True)
        if before != after
    )


def names_the_hidden(answer: Answer) -> bool:
    """Whether anything hidden is spelled out; drawings are hidden from the ear only."""
    return b"hidden" in answer.body.replace(b"aria-hidden", b"")
