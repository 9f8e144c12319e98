"""Selects the tests that run on PostgreSQL at every commit: those of what may differ between databases.

``DIFFERS`` is the selection. The other tests run on PostgreSQL at night: they use only what Django does alike on both
databases. ``tests/gate/test_portable.py`` searches the product for code that is not portable, and ``COVERED`` names the
tests of the selection for each such place. These run whole, as do those of ``WHOLE`` and every test that commits
(``django_db(transaction=True)``); of the rest of the selection each commit runs a third (``tests/gate/night.py``). What
runs gets the marker ``databases``, which ``make test-postgres`` selects.
"""

import fnmatch
from pathlib import Path

import pytest

from tests.gate.night import is_in_turn

ROOT = Path(__file__).parents[2]

DIFFERS = {
    "tests/audit/test_running.py": "the copy of a database, and what is read of it",
    "tests/models/*": "constraints, columns, natural keys and what they refuse",
    "tests/migrations/*": "each migration over rows that break it",
    "tests/desk/*": "the verbs, their locks and what they ask",
    "tests/preview_page/*": "links that many open at once",
    "tests/public/pages/test_archive.py": "months cut in a time zone, and counted",
    "tests/public/pages/test_cards.py": "a card's public row, to the second",
    "tests/public/pages/test_critics*.py": "a critic's pages: order, counts and pages",
    "tests/public/pages/test_film*.py": "a film's pages: order, counts, nulls",
    "tests/public/reading/test_film_argument.py": "the judgements of a film in order",
    "tests/public/pages/test_franchises.py": "the order of films with no year",
    "tests/public/pages/test_home.py": "the newest",
    "tests/public/every_page/test_lists.py": "every list: order, counts and pages",
    "tests/public/every_page/test_paging.py": "pages of rows that are equal",
    "tests/public/pages/test_people.py": "the order of names and of films",
    "tests/public/every_page/test_plans.py": "how much is looked at for an answer, and by which plan",
    "tests/measures/test_limits.py": "sorts and scans, found in plans",
    "tests/public/every_page/test_queries.py": "the queries of every page",
    "tests/public/reading/test_read_next*.py": "what is chosen next",
    "tests/public/pages/test_reviews.py": "a review and its judgements in order",
    "tests/public/reading/test_said.py": "words that people search for",
    "tests/public/pages/test_side_by_side*.py": "two reviews, paired in order",
    "tests/public/pages/test_tags.py": "tags of any script",
    "tests/public/reading/test_verdict_history.py": "moments in order",
    "tests/public/pages/test_withdrawn.py": "what was public once",
    "tests/admin/review/saving/test_autosave*": "autosaves, of several windows at once",
    "tests/admin/review/verbs/test_bulk.py": "several reviews in one transaction",
    "tests/admin/site/test_calendar.py": "days cut in a time zone, and ranks within them",
    "tests/admin/pictures/test_library.py": "pictures found by their words, and what is found of whom",
    "tests/admin/parts/test_claims*": "two savers of one record, whatever it is",
    "tests/admin/review/verbs/test_confirmed*": "what is confirmed under its lock",
    "tests/admin/embargo/test_embargo.py": "verbs on a film's embargoes",
    "tests/admin/parts/test_gone.py": "records that are deleted meanwhile",
    "tests/admin/parts/test_history.py": "ranks within a history",
    "tests/admin/site/test_home.py": "the desk's lists and ranks",
    "tests/admin/nouns/test_lists.py": "filters and the order of lists",
    "tests/admin/nouns/test_nouns.py": "names that exist already, in whatever case",
    "tests/admin/nouns/test_old_addresses.py": "addresses in order",
    "tests/admin/time/test_machine.py": "that nothing is written",
    "tests/admin/time/test_every_moment.py": "what was and will be public, by every query of every page",
    "tests/admin/review/preview/test_preview_moment.py": "the order of what is read as of a moment",
    "tests/admin/review/test_revisions.py": "documents as JSON, and rows claimed",
    "tests/admin/review/test_new_field.py": "a column that is added, and JSON from before it",
    "tests/admin/review/test_deleted_meanwhile.py": "rows that name a row deleted meanwhile",
    "tests/admin/review/saving/test_saving*": "savers at once",
    "tests/admin/parts/test_listing.py": "lists in every order, nulls included",
    "tests/admin/parts/test_searching.py": "words searched for",
    "tests/admin/site/test_sign_in_limit.py": "attempts counted, many at once",
    "tests/admin/site/test_turns.py": "the length of texts and of documents as JSON",
    "tests/admin/review/preview/test_typed_preview.py": "the order of tags",
    "tests/ops/test_sqlite_connections.py": "which connections are kept",
    "tests/ops/test_postgresql.py": "what is set on a connection",
    "tests/ops/test_backup_postgres.py": "the backup and restore of docs/operations.md",
    "tests/public/page_cache/test_histories.py": "what is kept after verbs, embargoes and the clock",
    "tests/public/test_addresses.py": "addresses that have moved",
    "tests/pictures/*": "which files readers may see, and versions claimed",
    "tests/measures/test_counting.py": "queries and rows counted",
    "tests/test_derived.py": "what happens on commit",
    "tests/public/machines/test_feeds.py": "order and moments",
    "tests/public/test_fixture.py": "fixtures by natural key, loaded twice",
    "tests/leaks/test_leaks*": "every hidden state walked through every address",
    "tests/public/machines/test_sitemaps.py": "order and moments",
    "tests/gate/test_with_postgres.py": "the throw-away server itself",
}
"""Patterns of files, and what may differ in them."""

WHOLE = (
    "tests/models/*",
    "tests/migrations/*",
    "tests/measures/*",
    "tests/ops/*",
    "tests/gate/*",
    "tests/admin/parts/test_claims*",
    "tests/desk/verbs/test_asked.py",
    "tests/public/every_page/*",
)
"""Of these: constraints, migrations, plans, queries and locks. (The leak walk covers what is not portable.)"""

_LISTS = ("tests/admin/nouns/test_lists.py", "tests/admin/parts/test_searching.py")
_READERS = ("tests/public/every_page/test_lists.py", "tests/public/every_page/test_queries.py")
_AUDIT = ("tests/audit/test_running.py",)
COVERED: dict[str, tuple[set[str], tuple[str, ...]]] = {
    "reviews/audit/asking.py": ({"connection"}, _AUDIT),
    "reviews/audit/copying/copies.py": ({"connection"}, _AUDIT),
    "reviews/audit/copying/switching.py": ({"connections"}, _AUDIT),
    "reviews/audit/counting.py": ({"connection"}, ("tests/measures/test_counting.py",)),
    "reviews/audit/planting.py": ({"startswith"}, ("tests/leaks/test_leaks.py",)),
    "reviews/audit/running.py": ({"connection"}, _AUDIT),
    "reviews/audit/walking/known.py": ({"datetimes"}, _AUDIT),
    "reviews/management/commands/leak_audit.py": ({"OperationalError"}, _AUDIT),
    "reviews/admin/nouns/accounts.py": ({"in the order of name"}, _LISTS),
    "reviews/admin/parts/saving/claiming.py": (
        {"IntegrityError"},
        ("tests/admin/parts/test_claims.py", "tests/admin/parts/test_claims_at_once.py"),
    ),
    "reviews/admin/parts/saving/deleting.py": (
        {"select_for_update"},
        ("tests/admin/parts/test_gone.py", "tests/admin/parts/test_claims_at_once.py"),
    ),
    "reviews/admin/embargo/admin.py": ({"search_fields"}, _LISTS),
    "reviews/admin/nouns/film.py": ({"search_fields"}, _LISTS),
    "reviews/admin/pictures/admin.py": (
        {"icontains", "search_fields"},
        ("tests/admin/pictures/test_library.py",),
    ),
    "reviews/admin/pictures/listing.py": (
        {"in the order of sort_title"},
        ("tests/admin/pictures/test_library.py",),
    ),
    "reviews/admin/site/long_copy.py": ({"Cast", "Coalesce", "Length"}, ("tests/admin/site/test_turns.py",)),
    "reviews/admin/nouns/people.py": ({"search_fields"}, _LISTS),
    "reviews/admin/review/preview/moment.py": (
        {"in the order of name", "nulls_first"},
        ("tests/admin/review/preview/test_preview_moment.py",),
    ),
    "reviews/admin/nouns/records.py": (
        {"in the order of name", "in the order of path", "search_fields"},
        ("tests/admin/nouns/test_old_addresses.py", *_LISTS),
    ),
    "reviews/pictures/ahead.py": ({"connection"}, ("tests/pictures/test_ahead.py",)),
    "reviews/desk/pictures/intake.py": ({"select_for_update"}, ("tests/pictures/test_spine.py",)),
    "reviews/desk/pictures/uses.py": ({"contains"}, ("tests/desk/pictures/test_uses.py",)),
    "reviews/desk/pictures/removing.py": ({"on_commit"}, ("tests/desk/pictures/test_uses.py",)),
    "reviews/admin/parts/listing.py": ({"connection"}, ("tests/admin/parts/test_listing.py",)),
    "reviews/admin/review/admin.py": ({"search_fields"}, _LISTS),
    "reviews/admin/review/saving/autosave.py": (
        {"IntegrityError"},
        ("tests/admin/review/test_deleted_meanwhile.py",),
    ),
    "reviews/admin/site/site.py": ({"select_for_update"}, ("tests/admin/parts/test_gone.py",)),
    "reviews/admin/nouns/vocabulary.py": (
        {"iexact", "search_fields"},
        ("tests/admin/nouns/test_nouns.py", *_LISTS),
    ),
    "reviewsite/sqlite_connections.py": ({"connections"}, ("tests/ops/test_sqlite_connections.py",)),
    "reviews/models/prepared.py": ({"connections"}, ("tests/models/test_prepared.py",)),
    "reviews/derived.py": ({"on_commit"}, ("tests/test_derived.py",)),
    "reviews/desk/planning/agenda.py": (
        {"nulls_first", "nulls_last"},
        ("tests/desk/planning/test_agenda.py",),
    ),
    "reviews/desk/accounts/attempts.py": (
        {"ignore_conflicts", "in the order of key", "select_for_update"},
        ("tests/admin/site/test_sign_in_limit.py",),
    ),
    "reviews/desk/autosaves.py": ({"select_for_update"}, ("tests/desk/test_autosaves.py",)),
    "reviews/desk/capped.py": ({"Func", "RowNumber", "Window"}, ("tests/desk/test_capped.py",)),
    "reviews/desk/planning/boards.py": (
        {"Func", "RowNumber", "Window"},
        ("tests/desk/planning/test_boards.py",),
    ),
    "reviews/desk/planning/columns.py": ({"Cast"}, ("tests/desk/planning/test_agenda.py",)),
    "reviews/desk/document/documents.py": (
        {"in the order of name", "nulls_first"},
        (
            "tests/desk/document/test_comparison.py",
            "tests/desk/verbs/test_publishing.py",
            "tests/desk/test_revisions.py",
            "tests/admin/review/preview/test_typed_preview.py",
        ),
    ),
    "reviews/desk/planning/calendar.py": (
        {"RowNumber", "TruncDate", "Window"},
        ("tests/desk/planning/test_calendar.py",),
    ),
    "reviews/desk/preview_link_validity.py": (
        {"in the order of username"},
        ("tests/desk/test_preview_link_validity.py",),
    ),
    "reviews/desk/chain/appending.py": ({"on_commit"}, ("tests/desk/chain/test_appending.py",)),
    "reviews/desk/publication_log.py": ({"icontains"}, ("tests/desk/test_publication_log.py",)),
    "reviews/models/desk/history.py": (
        {"ignore_conflicts", "select_for_update"},
        ("tests/desk/chain/test_at_once.py",),
    ),
    "reviews/desk/counting.py": ({"ignore_conflicts", "select_for_update"}, ("tests/desk/test_counting.py",)),
    "reviews/desk/verbs/locks.py": (
        {"on_commit", "select_for_update"},
        (
            "tests/desk/verbs/test_concurrency.py",
            "tests/desk/verbs/test_lock_order.py",
            "tests/desk/verbs/test_waiting.py",
        ),
    ),
    "reviews/desk/verbs/publishing.py": ({"IntegrityError"}, ("tests/desk/test_choosing_addresses.py",)),
    "reviews/desk/history_pages.py": ({"RowNumber", "Window"}, ("tests/desk/test_history_pages.py",)),
    "reviews/desk/revisions.py": (
        {"select_for_update"},
        ("tests/desk/test_revisions.py", "tests/admin/review/saving/test_saving_at_once.py"),
    ),
    "reviews/desk/public_state/changes.py": ({"on_commit"}, ("tests/desk/public_state/test_commits.py",)),
    "reviews/desk/public_state/signals.py": ({"on_commit"}, ("tests/desk/public_state/test_commits.py",)),
    "reviews/models/public/state.py": (
        {"ignore_conflicts", "select_for_update"},
        ("tests/desk/public_state/test_commits.py",),
    ),
    "reviews/desk/tidying.py": ({"select_for_update"}, ("tests/desk/test_tidying.py",)),
    "reviews/models/public/address.py": ({"startswith", "endswith"}, ("tests/models/test_constraints.py",)),
    "reviews/models/shared/aspect.py": (
        {"in the order of name"},
        ("tests/public/reading/test_film_argument.py",),
    ),
    "reviews/models/shared/critic.py": ({"in the order of sort_name"}, _READERS),
    "reviews/models/shared/picture_file.py": ({"regex"}, ("tests/models/test_constraints.py",)),
    "reviews/models/shared/film.py": (
        {"in the order of name", "in the order of sort_title", "in the order of territory", "regex"},
        ("tests/models/test_constraints.py", *_READERS),
    ),
    "reviews/models/shared/person.py": (
        {"in the order of sort_name", "regex"},
        ("tests/models/test_constraints.py", *_READERS),
    ),
    "reviews/models/shared/tag.py": ({"in the order of name"}, ("tests/models/test_tags.py", *_READERS)),
    "reviews/public/reading/argument_source.py": (
        {"nulls_first"},
        ("tests/public/reading/test_film_argument.py",),
    ),
    "reviews/public/pages/films.py": (
        {"in the order of territory", "nulls_last"},
        ("tests/public/pages/test_films.py",),
    ),
    "reviews/public/pages/franchises.py": (
        {"in the order of sort_title", "nulls_last"},
        ("tests/public/pages/test_franchises.py",),
    ),
    "reviews/public/pages/paging.py": (
        {"in the order of sort_title", "nulls_last"},
        ("tests/public/pages/test_people.py",),
    ),
    "reviews/public/reading/read_next.py": (
        {"Abs", "Coalesce", "in the order of name"},
        ("tests/public/reading/test_read_next.py",),
    ),
    "reviews/public/pages/reviews.py": (
        {"in the order of name", "nulls_first"},
        ("tests/public/pages/test_reviews.py",),
    ),
    "reviews/public/reading/said.py": ({"icontains"}, ("tests/public/reading/test_said.py",)),
}
"""What is not portable in each file of the product, and the tests that cover it on PostgreSQL."""

ALIKE = {
    "reviews/checks.py": "asks which database it is, to warn of a fault of SQLite's own",
    "reviewsite/checks.py": "asks which database it is, to look at SQLite's file",
}
"""Files that name the database but do not query it."""


_COVERING = frozenset(test for _, tests in COVERED.values() for test in tests)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of what may differ between databases."""
    for item in items:
        database = item.get_closest_marker("django_db")
        commits = database is not None and database.kwargs.get("transaction", False)
        if commits or runs(item.path.relative_to(ROOT).as_posix(), item.nodeid):
            item.add_marker("databases")


def runs(file: str, test: str) -> bool:
    """Whether a test of a file that is selected runs on PostgreSQL at this commit."""
    return is_selected(file) and (is_whole(file) or is_in_turn(test))


def is_selected(file: str) -> bool:
    """Whether tests of a file run on PostgreSQL at every commit."""
    return any(fnmatch.fnmatch(file, pattern) for pattern in DIFFERS)


def is_whole(file: str) -> bool:
    """Whether all tests of a file do, and not a third of them by turns."""
    return file in _COVERING or any(fnmatch.fnmatch(file, pattern) for pattern in WHOLE)
