"""Create SQLite files that only their owner can read: they contain unpublished copy, sessions, password hashes.

SQLite itself creates files that everybody on the machine can read. The write-ahead log gets the database's mode.
"""

import os
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Any

MODE = 0o600


class PrivateConnection(sqlite3.Connection):
    """Creates a missing file first, with ``MODE``, and its folder if that is ``VAR_DIR``."""

    def __init__(self, database: Any, *args: Any, **kwargs: Any) -> None:
        if not str(database).startswith((":memory:", "file:")):
            # If this fails, SQLite reports it itself, as an error that Django's callers expect.
            with suppress(OSError):
                make_private(Path(database))
        super().__init__(database, *args, **kwargs)


def make_private(file: Path) -> None:
    """Create an empty file with ``MODE``; an existing one is not changed. Raises OSError if it cannot be created."""
    from django.conf import settings

    if file.exists():
        return
    if file.parent == settings.VAR_DIR:
        file.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(file, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, MODE))


def is_open_to_others(file: Path) -> bool:
    """Whether accounts of this machine other than the owner's and its group's may read or write a file."""
    try:
        return bool(file.stat().st_mode & 0o007)
    except OSError:
        return False
