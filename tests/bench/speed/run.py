"""Measure an archive in this process, and print it as JSON: ``python -m tests.bench.speed.run pages|desk [NAME]``.

The database and the page cache are those of the environment. What is measured takes turns with the yardsticks, and the
least time of each counts: a core that is busy with something else, or slower for being hot, is so for both.

``NAME`` is that of a copy of the database. Then the archive gets statistics (ANALYZE), and the plain list is read from
the copy, which has none: with them, SQLite sorts the whole table for it.
"""

import gc
import json
import logging
import sys
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import django

if TYPE_CHECKING:
    from tests.bench.speed.plain_connection import PlainConnection

ROUNDS = 9
ENOUGH = 1.5
"""Seconds of CPU after which a page has been asked often enough."""
AT_A_TIME = 3
DESK_ROUNDS = 3


@dataclass
class Found:
    """Seconds of CPU; ``conditional`` are those of a 304, if there is one."""

    seconds: float
    status: int
    queries: int
    rows: int
    bytes: int
    spent: float = 0.0
    conditional: float | None = None


def main(what: str, unanalyzed: str) -> None:
    django.setup()
    # Models can be imported only now.
    from django.db import connection

    from tests.bench.speed import yardsticks
    from tests.bench.speed.plain_connection import PlainConnection

    yardsticks.add_to_settings()
    logging.disable(logging.ERROR)
    if unanalyzed:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    plain = PlainConnection(unanalyzed)
    json.dump(_pages(plain) if what == "pages" else _desk(plain), sys.stdout)


def _pages(plain: "PlainConnection") -> dict[str, Any]:
    from reviewsite.wsgi import application
    from tests.bench.speed import asking, pages, yardsticks

    beside = {"constant": yardsticks.CONSTANT, "plain": yardsticks.PLAIN}
    addresses = beside | pages.pages()
    found: dict[str, Found] = {}
    etags = {}
    for name, address in addresses.items():
        with plain.used(name == "plain"):
            asking.ask(application, address)
            # A cache may ask a query now and then, whether what it holds still stands.
            answer, counted = min(
                (asking.count(application, address) for _ in range(2)), key=lambda two: two[1].queries
            )
        found[name] = Found(
            answer.seconds, answer.status, counted.queries, counted.rows, len(answer.body), 0.0
        )
        etags[name] = answer.headers.get("etag")
    gc.collect()
    gc.freeze()
    for _ in range(ROUNDS):
        for name, address in addresses.items():
            with plain.used(name == "plain"):
                for _ in range(AT_A_TIME):
                    if found[name].spent > ENOUGH and name not in beside:
                        break
                    _note(found[name], asking.ask(application, address).seconds)
                    if etag := etags[name]:
                        again = asking.ask(application, address, HTTP_IF_NONE_MATCH=etag)
                        if again.status == 304:
                            found[name].conditional = min(found[name].conditional or 9.0, again.seconds)
    return {name: asdict(each) for name, each in found.items()}


def _desk(plain: "PlainConnection") -> dict[str, Any]:
    from reviews.audit.counting import counted
    from reviewsite.wsgi import application
    from tests.bench.speed import asking, yardsticks
    from tests.bench.speed.desk import Desk

    with plain.used():
        asking.ask(application, yardsticks.PLAIN)
    found = {"plain": Found(9.0, 200, 1, yardsticks.CARDS, 0)}
    for name, ready in Desk().steps():
        for _ in range(DESK_ROUNDS):
            with plain.used():
                for _ in range(AT_A_TIME):
                    _note(found["plain"], asking.ask(application, yardsticks.PLAIN).seconds)
            step = ready()
            with counted() as count:
                response, seconds = asking.timed(step)
            if name not in found:
                found[name] = Found(
                    seconds, response.status_code, count.queries, count.rows, len(response.content)
                )
            _note(found[name], seconds)
    return {name: asdict(each) for name, each in found.items()}


def _note(found: Found, seconds: float) -> None:
    found.seconds = min(found.seconds, seconds)
    found.spent += seconds


if __name__ == "__main__":
    main(sys.argv[1], "".join(sys.argv[2:]))
