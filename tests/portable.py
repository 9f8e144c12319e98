"""What can differ between databases, and so runs on PostgreSQL at every commit. All else runs there at night.

``DIFFERS`` is the selection, in one place: its tests carry the marker ``databases``, which ``make test-postgres`` asks
for, and so does whatever test commits (``django_db(transaction=True)``). The rest asks the database for nothing but
what Django has both do alike: ``tests/test_portable.py`` looks through the product for what is not portable, and each
such place is named in ``COVERED`` with tests of the selection.
"""

import ast
import fnmatch
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

DIFFERS = {
    "tests/models/*": "constraints, columns, natural keys and what they refuse",
    "tests/migrations/*": "each migration over rows that break it",
    "tests/desk/*": "the verbs, their locks and what they ask",
    "tests/previews/*": "links that many open at once",
    "tests/views/test_archive.py": "months cut in a time zone, and counted",
    "tests/views/test_critics*.py": "a critic's pages: order, counts and pages",
    "tests/views/test_film*.py": "a film's pages: order, counts, nulls",
    "tests/views/test_franchises.py": "the order of films with no year",
    "tests/views/test_home.py": "the newest",
    "tests/views/test_lists.py": "every list: order, counts and pages",
    "tests/views/test_paging.py": "pages of rows that are equal",
    "tests/views/test_people.py": "the order of names and of films",
    "tests/views/test_plans.py": "how much is looked at for an answer, and by which plan",
    "tests/views/test_queries.py": "the queries of every page",
    "tests/views/test_read_next*.py": "what is chosen next",
    "tests/views/test_reviews.py": "a review and its judgements in order",
    "tests/views/test_said.py": "words that people search for",
    "tests/views/test_side_by_side*.py": "two reviews, paired in order",
    "tests/views/test_tags.py": "tags of any script",
    "tests/views/test_verdict_history.py": "moments in order",
    "tests/views/test_withdrawn.py": "what was public once",
    "tests/admin/test_autosave*": "autosaves, of several windows at once",
    "tests/admin/test_bulk.py": "several reviews in one transaction",
    "tests/admin/test_calendar.py": "days cut in a time zone, and ranks within them",
    "tests/admin/test_claims*": "two savers of one record, whatever it is",
    "tests/admin/test_confirmed*": "what is confirmed under its lock",
    "tests/admin/test_embargo.py": "verbs on a film's embargoes",
    "tests/admin/test_gone.py": "records that are deleted meanwhile",
    "tests/admin/test_history.py": "ranks within a history",
    "tests/admin/test_home.py": "the desk's lists and ranks",
    "tests/admin/test_lists.py": "filters and the order of lists",
    "tests/admin/test_nouns.py": "names that exist already, in whatever case",
    "tests/admin/test_old_addresses.py": "addresses in order",
    "tests/admin/test_preview_moment.py": "the order of what is read as of a moment",
    "tests/admin/test_revisions.py": "documents as JSON, and rows claimed",
    "tests/admin/test_saving*": "savers at once",
    "tests/admin/test_searching.py": "words searched for",
    "tests/admin/test_sign_in_limit.py": "attempts counted, many at once",
    "tests/admin/test_turns.py": "the length of texts and of documents as JSON",
    "tests/admin/test_typed_preview.py": "the order of tags",
    "tests/ops/test_backup_postgres.py": "the README's backup and restore",
    "tests/test_addresses.py": "addresses that have moved",
    "tests/test_counting.py": "queries and rows counted",
    "tests/test_derived.py": "what happens on commit",
    "tests/test_feeds.py": "order and moments",
    "tests/test_fixture.py": "fixtures by natural key, loaded twice",
    "tests/test_leaks*": "every hidden state walked through every address",
    "tests/test_sitemaps.py": "order and moments",
    "tests/test_with_postgres.py": "the throw-away server itself",
}
"""Patterns of files to what in them can differ."""

_LISTS = ("tests/admin/test_lists.py", "tests/admin/test_searching.py")
_READERS = ("tests/views/test_lists.py", "tests/views/test_queries.py")
COVERED: dict[str, tuple[set[str], tuple[str, ...]]] = {
    "reviews/admin/accounts.py": ({"in the order of name"}, _LISTS),
    "reviews/admin/claiming.py": (
        {"IntegrityError"},
        ("tests/admin/test_claims.py", "tests/admin/test_claims_at_once.py"),
    ),
    "reviews/admin/deleting.py": (
        {"select_for_update"},
        ("tests/admin/test_gone.py", "tests/admin/test_claims_at_once.py"),
    ),
    "reviews/admin/embargo.py": ({"search_fields"}, _LISTS),
    "reviews/admin/film.py": ({"search_fields"}, _LISTS),
    "reviews/admin/long_copy.py": ({"Cast", "Coalesce", "Length"}, ("tests/admin/test_turns.py",)),
    "reviews/admin/people.py": ({"search_fields"}, _LISTS),
    "reviews/admin/preview_moment.py": (
        {"in the order of name", "nulls_first"},
        ("tests/admin/test_preview_moment.py",),
    ),
    "reviews/admin/records.py": (
        {"in the order of name", "in the order of path", "search_fields"},
        ("tests/admin/test_old_addresses.py", *_LISTS),
    ),
    "reviews/admin/review.py": ({"search_fields"}, _LISTS),
    "reviews/admin/site.py": ({"select_for_update"}, ("tests/admin/test_gone.py",)),
    "reviews/admin/typed_copy.py": ({"in the order of name"}, ("tests/admin/test_typed_preview.py",)),
    "reviews/admin/vocabulary.py": ({"iexact", "search_fields"}, ("tests/admin/test_nouns.py", *_LISTS)),
    "reviews/derived.py": ({"on_commit"}, ("tests/test_derived.py",)),
    "reviews/desk/agenda.py": ({"nulls_first", "nulls_last"}, ("tests/desk/test_agenda.py",)),
    "reviews/desk/attempts.py": (
        {"ignore_conflicts", "in the order of key", "select_for_update"},
        ("tests/admin/test_sign_in_limit.py",),
    ),
    "reviews/desk/autosaves.py": ({"select_for_update"}, ("tests/desk/test_autosaves.py",)),
    "reviews/desk/boards.py": ({"RowNumber", "Window"}, ("tests/desk/test_boards.py",)),
    "reviews/desk/comparison.py": ({"in the order of name"}, ("tests/desk/test_comparison.py",)),
    "reviews/desk/composition.py": (
        {"in the order of name", "nulls_first"},
        ("tests/desk/test_publishing.py", "tests/desk/test_revisions.py"),
    ),
    "reviews/desk/days.py": ({"RowNumber", "TruncDate", "Window"}, ("tests/desk/test_days.py",)),
    "reviews/desk/link_ends.py": ({"in the order of username"}, ("tests/desk/test_link_ends.py",)),
    "reviews/desk/locks.py": (
        {"select_for_update"},
        ("tests/desk/test_concurrency.py", "tests/desk/test_lock_order.py"),
    ),
    "reviews/desk/publishing.py": ({"IntegrityError"}, ("tests/desk/test_choosing_addresses.py",)),
    "reviews/desk/retrospect.py": ({"RowNumber", "Window"}, ("tests/desk/test_retrospect.py",)),
    "reviews/desk/revisions.py": (
        {"select_for_update"},
        ("tests/desk/test_revisions.py", "tests/admin/test_saving_at_once.py"),
    ),
    "reviews/desk/snapshots.py": ({"in the order of name"}, ("tests/desk/test_revisions.py",)),
    "reviews/desk/tidying.py": ({"select_for_update"}, ("tests/desk/test_tidying.py",)),
    "reviews/models/address.py": ({"startswith", "endswith"}, ("tests/models/test_constraints.py",)),
    "reviews/models/aspect.py": ({"in the order of name"}, ("tests/views/test_film_argument.py",)),
    "reviews/models/critic.py": ({"in the order of sort_name"}, _READERS),
    "reviews/models/film.py": (
        {"in the order of name", "in the order of sort_title", "in the order of territory", "regex"},
        ("tests/models/test_constraints.py", *_READERS),
    ),
    "reviews/models/person.py": (
        {"in the order of sort_name", "regex"},
        ("tests/models/test_constraints.py", *_READERS),
    ),
    "reviews/models/tag.py": ({"in the order of name"}, ("tests/models/test_tags.py", *_READERS)),
    "reviews/sitemaps.py": ({"RowNumber", "Window"}, ("tests/test_sitemaps.py",)),
    "reviews/views/argument.py": ({"nulls_first"}, ("tests/views/test_film_argument.py",)),
    "reviews/views/films.py": ({"in the order of territory", "nulls_last"}, ("tests/views/test_films.py",)),
    "reviews/views/franchises.py": (
        {"in the order of sort_title", "nulls_last"},
        ("tests/views/test_franchises.py",),
    ),
    "reviews/views/people.py": (
        {"in the order of sort_title", "nulls_last"},
        ("tests/views/test_people.py",),
    ),
    "reviews/views/read_next.py": (
        {"Abs", "Coalesce", "in the order of name"},
        ("tests/views/test_read_next.py",),
    ),
    "reviews/views/reviews.py": ({"in the order of name", "nulls_first"}, ("tests/views/test_reviews.py",)),
    "reviews/views/said.py": ({"icontains"}, ("tests/views/test_said.py",)),
    "reviews/views/tags.py": ({"in the order of name"}, ("tests/views/test_tags.py",)),
}
"""What is not portable in each file of the product, and the tests on PostgreSQL that would see a difference."""

ALIKE = {
    "reviews/checks.py": "asks which database it is, to warn of a fault of SQLite's own",
    "reviewsite/checks.py": "asks which database it is, to look at SQLite's file",
}
"""Files that name the database and ask it nothing."""

LOOKUPS = {
    *("regex", "iregex", "contains", "icontains", "startswith", "istartswith", "endswith", "iendswith"),
    *("iexact", "search", "date", "year", "month", "day", "week", "week_day", "hour", "minute", "second"),
}
NAMES = {
    *(
        "RawSQL",
        "Window",
        "Collate",
        "Cast",
        "Func",
        "Avg",
        "StdDev",
        "Variance",
        "connection",
        "connections",
    ),
    *("IntegrityError", "OperationalError", "DatabaseError"),
}
METHODS = {"raw", "extra", "select_for_update", "dates", "datetimes", "on_commit"}
KEYWORDS = {"nulls_first", "nulls_last", "ignore_conflicts", "update_conflicts", "durable"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what can differ between databases."""
    for item in items:
        database = item.get_closest_marker("django_db")
        commits = database is not None and database.kwargs.get("transaction", False)
        if commits or is_selected(item.path.relative_to(ROOT).as_posix()):
            item.add_marker("databases")


def is_selected(file: str) -> bool:
    """Whether a test file runs on PostgreSQL at every commit."""
    return any(fnmatch.fnmatch(file, pattern) for pattern in DIFFERS)


@dataclass(frozen=True)
class Place:
    """Something that databases may do differently, and where it is asked for."""

    file: str
    number: int
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.number}: {self.what}"


@dataclass(frozen=True)
class Columns:
    """The names of the columns whose order or parts databases may read differently."""

    text: frozenset[str]
    json: frozenset[str]


def places(source: str, file: str, columns: Columns) -> Iterator[Place]:
    """Everything in a module that is not portable."""
    tree = ast.parse(source)
    from_django = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("django.db")
        for alias in node.names
    }
    for node in ast.walk(tree):
        for what in _found(node, columns, from_django & NAMES):
            yield Place(file, getattr(node, "lineno", 0), what)


def _found(node: ast.AST, columns: Columns, names: Iterable[str]) -> Iterator[str]:
    match node:
        case ast.Name(id=name) if name in names:
            yield name
        case ast.ImportFrom(module="django.db.models.functions", names=functions):
            yield from (alias.name for alias in functions)
        case ast.Call(func=ast.Attribute(attr="distinct"), args=[_, *_]):
            yield "distinct(fields)"
        case ast.Call(func=ast.Attribute(attr="order_by"), args=by):
            yield from _ordered(by, columns)
        case ast.Call(func=ast.Attribute(attr=method)) if method in METHODS:
            yield method
        case ast.Assign(targets=[ast.Name(id="ordering")], value=ast.List(elts=by) | ast.Tuple(elts=by)):
            yield from _ordered(by, columns)
        case ast.Assign(targets=[ast.Name(id="search_fields")]):
            yield "search_fields"
        case ast.BinOp(left=left, right=right):
            yield from (f"reckons with {name}" for name in _texts([left, right], columns))
        case ast.keyword(arg=str(name)):
            yield from {name} & KEYWORDS
            yield from _looked_up(name, columns)
        case ast.Constant(value=str(text)) if text.isidentifier():
            yield from _looked_up(text, columns)


def _looked_up(path: str, columns: Columns) -> Iterator[str]:
    *steps, lookup = path.split("__")
    if any(steps) and lookup in LOOKUPS:
        yield lookup
    if columns.json & set(steps) and lookup != "isnull":
        yield "inside JSON"


def _ordered(by: list[ast.expr], columns: Columns) -> Iterator[str]:
    for constant in (node for each in by for node in ast.walk(each) if isinstance(node, ast.Constant)):
        name = str(constant.value).removeprefix("-").rpartition("__")[2]
        if name in columns.text:
            yield f"in the order of {name}"


def _texts(operands: list[ast.expr], columns: Columns) -> Iterator[str]:
    for operand in operands:
        match operand:
            case ast.Call(func=ast.Name(id="F"), args=[ast.Constant(value=str(path))]):
                yield from {path.rpartition("__")[2]} & columns.text
