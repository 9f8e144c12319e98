"""Caches the migrated test database on SQLite, so that workers and later runs copy it.

The result of migrating depends on migrations, models and the table of roles, so the cache key is a hash of all the
site's code and of the versions of Django and the installed apps. PostgreSQL migrates each time: its server is
temporary.
"""

import hashlib
import os
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

ROOT = Path(__file__).parents[2]
BESIDE = ("-wal", "-shm", "-journal")


def fingerprint(folders: Iterable[Path], versions: Iterable[str] = ()) -> str:
    """A hash of every Python file in these folders, by name and content."""
    digest = hashlib.sha256(repr(sorted(versions)).encode())
    for folder in folders:
        for path in sorted(folder.rglob("*.py")):
            content = path.read_bytes()
            digest.update(f"{path.relative_to(folder)}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()[:20]


class Kept:
    """The copy for one state of the code. Storing a new one deletes the older ones."""

    def __init__(self, folder: Path, code: str) -> None:
        self.folder = folder
        self.path = folder / f"migrated-{code}.sqlite3"

    def lend(self, database: Path) -> bool:
        """Copy it to a database's path. Returns whether there is a copy."""
        for beside in BESIDE:
            Path(f"{database}{beside}").unlink(
                missing_ok=True
            )  # SQLite would apply another database's WAL to it.
        with suppress(FileNotFoundError):
            shutil.copyfile(self.path, database)
            return True
        return False

    def keep(self, database: sqlite3.Connection) -> None:
        """Store a copy atomically: other workers may be reading it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        making = self.folder / f"making-{os.getpid()}.sqlite3"
        making.unlink(missing_ok=True)
        with closing(sqlite3.connect(making)) as copy:
            database.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
        making.replace(self.path)
        for other in self.folder.glob("migrated-*.sqlite3"):
            if other != self.path:
                other.unlink(missing_ok=True)


def of_this_code() -> Kept:
    apps = ("django", "django-taggit")
    code = fingerprint([ROOT / "reviews", ROOT / "reviewsite"], [f"{app} {version(app)}" for app in apps])
    return Kept(settings.VAR_DIR / "migrated", code)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> Iterator[None]:
    """pytest-django's hook that runs before the database is made."""
    with pytest.MonkeyPatch.context() as patch:
        if connection.vendor == "sqlite":
            _copy_instead(patch, of_this_code())
        yield


def _copy_instead(patch: pytest.MonkeyPatch, kept: Kept) -> None:
    creation: Any = connection.creation
    make, make_and_migrate = creation._create_test_db, creation.create_test_db
    lent = []

    def with_a_copy(*arguments: Any, **options: Any) -> str:
        name: str = make(*arguments, **options)
        lent.append(creation.is_in_memory_db(name) or kept.lend(Path(name)))
        return name

    def and_keep(*arguments: Any, **options: Any) -> str:
        name: str = make_and_migrate(*arguments, **options)  # A copy has nothing to apply.
        if not any(lent):
            connection.ensure_connection()
            kept.keep(connection.connection)
        return name

    patch.setattr(creation, "_create_test_db", with_a_copy)
    patch.setattr(creation, "create_test_db", and_keep)
