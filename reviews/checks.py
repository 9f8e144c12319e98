"""System checks of our own."""

import sqlite3
from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Info, Tags, register
from django.db import connections

FIRST_WITH_WAL_FAULT = (3, 7, 0)
LAST_WITH_WAL_FAULT = (3, 51, 2)


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
