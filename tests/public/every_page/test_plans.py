"""Query plans on a site of 20,000 reviews: an index finds what a page shows, and no more is read than that.

Times are not measured. The database counts the rows that it reads (``tests/measures/plans.py``). No statement of a
public address may read more than a fraction of the editions, except those listed here with their reasons. None may sort
editions or scan them, whatever its LIMIT (``tests/measures/limits.py``), except those of ``excused.py``.
"""

import pytest
from django.db import connection
from django.test import Client

from reviews.models import Edition
from reviews.public.machines import sitemaps
from reviews.seeding.multiply import multiply
from reviews.seeding.site import make_site
from tests.measures.limits import faults_of
from tests.measures.plans import Statement, Work, asked, work_of
from tests.public.every_page import excused
from tests.public.every_page.budgets import BUDGETS, NOT_FOUND
from tests.public.every_page.excused import BEFORE
from tests.public.every_page.test_queries import shape

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

REVIEWS, WAITING = 20_000, 4_000
MOST = 11_000 if connection.vendor == "sqlite" else 8_000
"""Rows that one statement may read. SQLite's are estimates, and a scan of all editions is 60,000 of them."""

A_PAGE = 25
"""On PostgreSQL without statistics the planner guesses, and scans all editions once for most pages, depending on
chance. It may scan them as often as a page has rows, but must not join all with all. A restore ends with ANALYZE."""

DEEP = [
    f"/reviews/{BEFORE}",
    "/films/?after=00000000000000000000000000000000-film 0030",
    "/people/?after=00000000000000000000000000000000-person 0030",
    "/people/person-1/?after=00000000000000000000000000000000-1960-film",
    "/critics/?after=00000000000000000000000000000000-critic 0010",
    f"/corrections/{BEFORE}",
    "/sitemap-reviews.xml?from=80000000000000000000000000000000",
    f"/critics/critic-0/{BEFORE}",
    f"/tags/tag-1/{BEFORE}",
    f"/archive/2023/{BEFORE}",
    f"/films/film-0/{BEFORE}",
    "/sitemap-films.xml?from=80000000000000000000000000000000",
]
"""A place in the middle of long lists."""


NOT_YET: dict[str, str] = {}
"""Addresses with a statement that reads more, and why."""

IN_SQLITE: dict[str, str] = {}
IN_POSTGRESQL: dict[str, str] = {}

SECTIONS = ("films", "critics", "franchises", "people")
NOT_ALWAYS = {"/franchises/", DEEP[-1], *(f"/sitemap-{section}.xml" for section in SECTIONS)}
"""These look for the editions of many rows: a file of the sitemap of a thousand, which are a fifth of all films here.
By the order in which chance has put the uids, PostgreSQL may read every edition instead: seen to go either way at this
size. At 80,000 reviews it takes the index for all of them, and looks at fewer than 9,000 rows."""

EXCUSED = NOT_YET | (IN_SQLITE if connection.vendor == "sqlite" else IN_POSTGRESQL)
MAY_SORT = excused.IN_BOTH | (excused.IN_SQLITE if connection.vendor == "sqlite" else excused.IN_POSTGRESQL)


Told = dict[str, list[tuple[Statement, Work]]]
"""The statements of each public address, with the plan of each and the rows that it reads."""


def works() -> Told:
    found = {}
    for path in (*BUDGETS, *NOT_FOUND, *DEEP):
        with asked() as statements:
            assert Client().get(path).status_code in (200, 404), path
        found[path] = [(statement, work_of(statement)) for statement in statements]
    return found


def sorts_and_scans(found: Told) -> dict[str, list[str]]:
    """What plans do to editions, by address; a statement that several addresses ask is explained once."""
    explained: dict[str, list[str]] = {}
    faults: dict[str, list[str]] = {}
    for path, told in found.items():
        for (sql, values), _work in told:
            form = shape(sql)
            if form not in explained:
                explained[form] = [f"{fault}\n{sql}" for fault in faults_of((sql, values))]
            faults.setdefault(path, []).extend(explained[form])
    return {path: lines for path, lines in faults.items() if lines}


def assert_bounded(found: Told) -> None:
    beyond = {
        path: [f"{work.rows} rows: {sql}\n{work.plan}" for (sql, _values), work in told if work.rows > MOST]
        for path, told in found.items()
    }
    varying = set() if connection.vendor == "sqlite" else NOT_ALWAYS
    needless = [told for path, told in beyond.items() if path not in EXCUSED.keys() | varying and told]
    assert not needless, "\n\n".join(each for told in needless for each in told)
    assert EXCUSED.keys() <= {path for path, told in beyond.items() if told}, "take one off the list"


def assert_no_each_with_each(found: Told) -> None:
    beyond = [
        f"{path}: {work.rows} rows: {sql}\n{work.plan}"
        for path, told in found.items()
        for (sql, _values), work in told
        if work.rows > A_PAGE * (REVIEWS + WAITING)
    ]
    assert not beyond, "\n\n".join(beyond)


def test_every_statement_of_a_public_address_looks_at_what_it_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    # Of a hundred copies five each have uids that begin alike, so fewer would not tell how many rows there are.
    monkeypatch.setattr(sitemaps, "SAMPLE", 200)
    make_site(REVIEWS // 100)
    multiply(100, hours=REVIEWS // 100, waiting=WAITING * 100 // REVIEWS)
    assert Edition.objects.public().count() >= REVIEWS
    assert Edition.objects.count() >= REVIEWS + WAITING
    before = works()
    if connection.vendor == "sqlite":
        assert_bounded(before)
    else:
        assert_no_each_with_each(before)
    sorted_or_scanned = sorts_and_scans(before)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # It reads every row for its statistics, not a sample, so that the same site has the same plans.
            cursor.execute("SET LOCAL default_statistics_target = 1000")
        cursor.execute("ANALYZE")
    after = works()
    assert_bounded(after)
    for path, lines in sorts_and_scans(after).items():
        sorted_or_scanned.setdefault(path, []).extend(lines)
    needless = [
        f"{path}: {line}"
        for path, lines in sorted_or_scanned.items()
        if path not in MAY_SORT
        for line in lines
    ]
    assert not needless, "\n\n".join(needless)
    if (
        connection.vendor == "sqlite"
    ):  # PostgreSQL's plans for small tables vary with where chance has put their rows.
        assert MAY_SORT.keys() <= sorted_or_scanned.keys(), "take one off the list in excused.py"
