"""The copy of a file of SQLite's: a file of mode 0600 in a folder of its own, of mode 0700."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from reviews.audit.copying.refusals import CannotCopy

PREFIX = "copy-"


@contextmanager
def copied_file(connection: Any, folder: Path) -> Iterator[Mapping[str, Any]]:
    """Copy the database by SQLite's online backup, while the site goes on. Yields Django's settings for the copy."""
    for left in folder.glob(f"{PREFIX}*"):
        shutil.rmtree(left, ignore_errors=True)
    place = Path(tempfile.mkdtemp(prefix=PREFIX, dir=folder))
    file = place / "copy.sqlite3"
    try:
        try:
            os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
            connection.ensure_connection()
            with closing(sqlite3.connect(file)) as copy:
                connection.connection.backup(copy)
        except (OSError, sqlite3.Error) as error:
            raise CannotCopy(f"The database cannot be copied to {place}: {error}.") from error
        yield {**connection.settings_dict, "NAME": str(file)}
    finally:
        shutil.rmtree(place, ignore_errors=True)
