"""The project's own system checks."""

import sqlite3
from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Info, Tags, register
from django.db import connections

FIRST_WITH_WAL_FAULT = (3, 7, 0)
LAST_WITH_WAL_FAULT = (3, 51, 2)
NAMED = 20
"""How many rows with a missing reference a check names."""


@register(Tags.database)
def sqlite_wal(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Name SQLite releases in which write-ahead logging can, rarely, corrupt a database (fixed in 3.51.3)."""
    if not FIRST_WITH_WAL_FAULT <= sqlite3.sqlite_version_info <= LAST_WITH_WAL_FAULT:
        return []
    return [
        Info(
            f"SQLite {sqlite3.sqlite_version} has a rare fault in write-ahead logging.",
            hint="Keep backups, and move to SQLite 3.51.3 or newer, or to PostgreSQL, when you can.",
            obj=alias,
            id="reviews.I001",
        )
        for alias in databases or []
        if connections[alias].vendor == "sqlite"
    ]


@register(Tags.database)
def rows_refer_to_rows(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Name rows of SQLite that refer to a deleted row, before ``migrate`` fails on them.

    The site cannot create such rows, but other programs can: the ``sqlite3`` shell checks no references by default.
    """
    found: list[CheckMessage] = []
    for alias in databases or []:
        if connections[alias].vendor != "sqlite":
            continue
        with connections[alias].cursor() as cursor:
            broken = cursor.execute("PRAGMA foreign_key_check").fetchmany(NAMED)
        file = connections[alias].settings_dict["NAME"]
        found += [
            Error(
                f"Row {row} of {table} refers to a row of {parent} that does not exist.",
                hint="Another program has deleted rows. Restore a backup, or delete the row as well: "
                f'sqlite3 {file} "DELETE FROM {table} WHERE rowid = {row}"',
                obj=alias,
                id="reviews.E001",
            )
            for table, row, parent, _reference in broken
        ]
    return found
