"""The file of an SQLite database is for its owner alone: it holds unpublished copy, sessions and password hashes.

SQLite would make it readable for everybody on the machine. Its write-ahead log takes the database's mode.
"""

import os
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Any

MODE = 0o600


class PrivateConnection(sqlite3.Connection):
    """Makes the file first, with ``MODE``, where it is not there yet; and the folder for it that is ours to make."""

    def __init__(self, database: Any, *args: Any, **kwargs: Any) -> None:
        if not str(database).startswith((":memory:", "file:")):
            # What goes wrong here SQLite reports itself, as an error that Django's callers expect.
            with suppress(OSError):
                make_private(Path(database))
        super().__init__(database, *args, **kwargs)


def make_private(file: Path) -> None:
    """Make an empty file with ``MODE``; one that is there stays as it is. Raises OSError where it cannot be made."""
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
