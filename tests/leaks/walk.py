"""The leak walk: which addresses are requested, how, and which responses are equal."""

import datetime as dt
import logging
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import pairwise
from typing import Any, NamedTuple

from django.contrib.auth.models import User
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
"""Slugs of what is public and of what does not exist. Each walk adds the hidden ones."""
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
"""Query strings to try: a cursor that names something hidden, or a page that does not exist."""


def known_routes() -> set[str]:
    """The routes that the walk requests."""
    by_slug = {f"{noun}_{form}" for noun in NOUNS for form in ("detail", "feed")}
    return PLAIN | set(VARIABLE) | by_slug | {"film_side_by_side", "preview_link"}


def known_addresses(*, queries: bool) -> Iterator[str]:
    """Every address of what is public and of what does not exist; ``queries``: with query strings, too."""
    for name in sorted(ROUTES):
        arguments = [()] if name in PLAIN else VARIABLE.get(name) or [(slug,) for slug in KNOWN[_noun(name)]]
        for each in arguments:
            path = reverse(name, args=each)
            yield path
            if queries:
                yield from _with_more(name, path)


def addresses_of(noun: str, slug: str, *, queries: bool, thorough: bool = False) -> Iterator[str]:
    """Every address with this slug. A ``thorough`` walk requests more forms of each."""
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
"""Below this path one query may read the desk's tables: the look-up of a working link by digest."""
LOOK_UP = re.compile(
    r'SELECT .* FROM "reviews_previewlink" .* WHERE .*"reviews_previewlink"."digest" = [^ ]+( .*)?', re.S
)
AS_EDITOR = "GET as an editor"
OTHERS = ("GET as a publisher", "GET as a critic")
ACCOUNTS = f'"{User._meta.db_table}"'
# CSRF tokens differ each time, but have a fixed length.
PROOF = re.compile(rb'(?<=name="csrfmiddlewaretoken" value=")[A-Za-z0-9]{64}')


class Answer(NamedTuple):
    """A response and its cost (queries, rows): a difference in either reveals something."""

    status: int
    headers: dict[str, str]
    body: bytes
    queries: int
    rows: int


Key = tuple[str, str]
"""The client and method, and the address."""
Answers = dict[Key, Answer]


@contextmanager
def desk_untouched(address: str) -> Iterator[list[str]]:
    """Fail if a query inside names a desk table, except the look-up of a preview link.

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
    if address.startswith(DOOR):
        assert len(reads) == 1, reads
        assert LOOK_UP.fullmatch(reads.pop()), reads
    assert reads == [], address


def make_readers() -> dict[str, Client]:
    """One client for each method and role."""
    clients = {way: Client(raise_request_exception=False) for way in ("GET", "HEAD", AS_EDITOR, *OTHERS)}
    for way in (AS_EDITOR, *OTHERS):
        clients[way].force_login(make_account(way.rpartition(" ")[2].capitalize()))
    return clients


def tour(hidden: Slugs, *, thorough: bool = False) -> dict[Key, Key]:
    """The requests of a walk, each with its twin for the plain site: for a hidden slug, one that does not exist.

    An editor requests everything that a reader may know of, and the hidden reviews. A ``thorough`` walk requests all,
    HEAD as well, and has the same requests for the plain site.
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
    """Make all these requests at one moment of the clock.

    A session's user is known from the database only. If no query of an editor's request read it, the response cannot
    depend on the role: publishers and critics make only the other requests.
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
    """The response, and whether a query read who is signed in."""
    with counted() as count, desk_untouched(address) as who_asks:
        response = (client.head if way == "HEAD" else client.get)(address)
    headers = {name: value for name, value in response.headers.items() if name not in UNLIKE}
    if way in ("GET", "HEAD"):
        assert not response.cookies, f"{way} {address} sets a cookie"
    body = PROOF.sub(b"", response.content)
    return Answer(response.status_code, headers, body, count.queries, count.rows), bool(who_asks)


@contextmanager
def _silently() -> Iterator[None]:
    """Without a log line for each 404."""
    logging.disable(logging.WARNING)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)


def differences(one: Answers, other: Answers, *, but: Collection[str] = ()) -> dict[Key, str]:
    """The addresses at which two walks differ, and how.

    ``but`` are addresses that may differ, with any query string.
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
    """Whether the body contains a hidden name; ``aria-hidden`` drawings are ignored."""
    return b"hidden" in answer.body.replace(b"aria-hidden", b"")
