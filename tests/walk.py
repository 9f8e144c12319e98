"""The leak walk itself: where somebody looks, in which ways, and what counts as the same answer."""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.contrib.sessions.models import Session
from django.db import connection, transaction
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
from reviews.urls import urlpatterns
from tests import links
from tests.factories import make_account
from tests.leaks import NOW, World, uid

# -- Where a reader can look -----------------------------------------------------------------------------------

ROUTES = {pattern.name for pattern in urlpatterns if pattern.name}

SLUGS = {
    "film": ("public-film", "hidden-film", "hidden-new-film", "no-such-film"),
    "critic": ("public-critic", "other-critic", "hidden-critic", "hidden-new-critic", "no-such-critic"),
    "review": (
        "public-review",
        "renamed-review",
        "other-review",
        "hidden-review",
        "hidden-old-review",
        "hidden-next-review",
        "no-such-review",
    ),
    "person": ("public-person", "hidden-person", "hidden-new-person", "no-such-person"),
    "tag": ("public-tag", "other-tag", "hidden-tag", "hidden-new-tag", "no-such-tag"),
    "franchise": ("public-series", "hidden-series", "hidden-new-series", "no-such-series"),
}

ARGUMENTS: Mapping[str, Sequence[tuple[str, ...]]] = {
    name: tuple((slug,) for slug in SLUGS[noun])
    for noun in SLUGS
    for name in (f"{noun}_detail", f"{noun}_feed")
} | {
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
        *(("public-review", f"hidden-{name}") for name in ("review", "old-review", "next-review")),
        *((f"hidden-{name}", "renamed-review") for name in ("review", "old-review", "next-review")),
        ("hidden-old-review", "hidden-review"),
        ("no-such-review", "public-review"),
    ),
    "film_side_by_side": tuple((slug,) for slug in SLUGS["film"]),
    "preview_link": tuple((secret,) for secret in (*links.ENDED.values(), links.UNKNOWN)),
}
"""What an address with a variable part is asked for: public things, hidden ones, and ones that never were."""

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
    "sitemap_section": "?p=2",
}
"""What a curious reader puts behind an address: a cursor that names what is hidden, or a page that is not there."""


TWO = {
    "side_by_side": ("?one=hidden-review&other=public-review",),
    "film_side_by_side": (
        "?one=public-review&other=renamed-review",
        "?one=hidden-review&other=public-review",
        "?one=public-review&other=hidden-old-review",
        "?one=hidden-review&other=hidden-review",
        "?one=hidden-next-review",
    ),
}
"""Which two reviews somebody asks for who wants them side by side."""


def addresses(names: set[str], *, with_queries: bool) -> Iterator[str]:
    """Every address of these routes that the walk asks for."""
    for name in sorted(names):
        for arguments in [()] if name in PLAIN else ARGUMENTS[name]:
            path = reverse(name, args=arguments)
            yield path
            yield from (path + query for query in TWO.get(name, ()) if with_queries)
            if with_queries and name.endswith(("_list", "_detail", "_section", "_year", "_month")):
                yield path + QUERIES.get(name, BEFORE)


# -- How it is asked -------------------------------------------------------------------------------------------

UNLIKE = {"Date", "X-Request-ID", "Set-Cookie"}
DESK_NOUNS = (Review, Judgement, ReviewTag, HistoryEntry, Revision, Autosave, PreviewLink)
DESK_TABLES = [f'"{model._meta.db_table}"' for model in DESK_NOUNS]
DOOR = "/preview/"
"""Below it the desk is asked one thing: whether there is a link of this digest that works."""
LOOK_UP = re.compile(
    r'SELECT .* FROM "reviews_previewlink" .* WHERE .*"reviews_previewlink"."digest" = [^ ]+( .*)?', re.S
)
AS_EDITOR, AS_PUBLISHER = "GET as an editor", "GET as a publisher"
WAYS = ("GET", "HEAD", AS_EDITOR, AS_PUBLISHER)
SESSIONS = f'"{Session._meta.db_table}"'
# A form's proof that it is ours is another every time, and of one length.
PROOF = re.compile(rb'(?<=name="csrfmiddlewaretoken" value=")[A-Za-z0-9]{64}')

Answer = tuple[int, dict[str, str], bytes]
Answers = dict[tuple[str, str], Answer]


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is written inside is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


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


def walk(readers: dict[str, Client], at: dt.datetime = NOW) -> Answers:
    """Ask for every address in every way, at one moment.

    Who is behind a session stands in the database alone: what was answered to an editor without a look at it would be
    answered to a publisher just so, and is not asked for again.
    """
    answers: Answers = {}
    knows_who_asks: set[str] = set()
    with clock.frozen_at(at):
        for way, client in readers.items():
            ask = client.head if way == "HEAD" else client.get
            for address in addresses(ROUTES, with_queries=way == "GET"):
                if way == AS_PUBLISHER and address not in knows_who_asks:
                    answers[way, address] = answers[AS_EDITOR, address]
                    continue
                with desk_untouched(address) as who_asks:
                    response = ask(address)
                if who_asks:
                    knows_who_asks.add(address)
                headers = {name: value for name, value in response.headers.items() if name not in UNLIKE}
                answers[way, address] = (response.status_code, headers, PROOF.sub(b"", response.content))
    return answers


def make_readers() -> dict[str, Client]:
    """One client for each way of asking."""
    clients = {way: Client(raise_request_exception=False) for way in WAYS}
    clients[AS_EDITOR].force_login(make_account("Editor"))
    clients[AS_PUBLISHER].force_login(make_account("Publisher"))
    return clients


_plain: Answers = {}


def plain_walk(readers: dict[str, Client]) -> Answers:
    """The answers of a site in which nothing is hidden: walked once, for they do not depend on anything else."""
    if not _plain:
        with undone():
            build(populate)
            _plain.update(walk(readers))
    return _plain


def build(*steps: Callable[[World], None]) -> None:
    world = World()
    with clock.frozen_at(NOW):
        for step in steps:
            step(world)


def assert_same(
    plain: Answers, other: Answers, record: Callable[[str, object], None], *, but: Sequence[str] = ()
) -> None:
    """Fail at the first difference, naming the address; report how many comparisons were made.

    ``but`` are addresses that may differ, whatever is asked of them after a question mark.
    """
    assert plain.keys() == other.keys()
    compared = [key for key in plain if key[1].partition("?")[0] not in but]
    for key in compared:
        assert other[key] == plain[key], f"{key} betrays what is hidden"
    record("comparisons", len(compared))


def names_the_hidden(answer: Answer) -> bool:
    """Whether anything hidden is spelled out; drawings are hidden from the ear only."""
    return b"hidden" in answer[2].replace(b"aria-hidden", b"")


def populate(world: World) -> None:
    world.populate()
