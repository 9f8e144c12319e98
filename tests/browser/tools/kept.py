"""What many tests begin with: written once, and from then on copied back into the database as it was."""

import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from unittest.mock import patch

from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection


class Kept:
    """Whole databases by name, each as it was when it had just been staged."""

    def __init__(self) -> None:
        self._copies: dict[str, sqlite3.Connection] = {}

    def empty(self) -> None:
        """Leave the database as migrations left it: copied back in a tenth of the time that emptying takes."""
        if connection.vendor == "sqlite":
            self.stage("empty", lambda: None)
        else:
            call_command("flush", verbosity=0, interactive=False)

    def stage(self, name: str, write: Callable[[], object]) -> None:
        """Leave what ``write`` leaves in a database that is as it was the first time. Only SQLite lends its pages."""
        if connection.vendor != "sqlite":
            with _same_keys(name):
                write()
            return
        if name in self._copies:
            self._copies[name].backup(_open())
            ContentType.objects.clear_cache()  # They have the numbers again that they had then.
        else:
            with _same_keys(name):
                write()
            self._copies[name] = sqlite3.connect(":memory:")
            _open().backup(self._copies[name])

    def forget(self) -> None:
        for copy in self._copies.values():
            copy.close()


@contextmanager
def _same_keys(name: str) -> Iterator[None]:
    """Rows get the same keys in every worker, so that workers can share out pages by their addresses."""
    draw = random.Random(name).randrange
    with patch("reviews.models.keys.secrets", SimpleNamespace(randbelow=draw)):
        yield


def _open() -> sqlite3.Connection:
    connection.ensure_connection()
    ours: sqlite3.Connection = connection.connection
    return ours


@contextmanager
def keeping() -> Iterator[Kept]:
    kept = Kept()
    yield kept
    kept.forget()
