"""Connections to SQLite are kept between requests, and nothing of one request stays in them for the next."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import pytest_django
from django.core.signals import request_finished, request_started
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler

from reviewsite import environment
from reviewsite.sqlite_connections import KeptConnection

ROWS = 500


def write(file: Path, said: str, rows: int = 1) -> None:
    """Another process's write; it waits for nobody."""
    with closing(sqlite3.connect(file, timeout=0)) as made, made:
        made.execute("PRAGMA journal_mode=WAL")
        made.execute("CREATE TABLE IF NOT EXISTS line (said)")
        made.executemany("INSERT INTO line VALUES (?)", [[said]] * rows)


def said(kept: BaseDatabaseWrapper) -> list[tuple[str, int]]:
    with kept.cursor() as cursor:
        cursor.execute("SELECT said, count(*) FROM line GROUP BY said ORDER BY said")
        found: list[tuple[str, int]] = cursor.fetchall()
    return found


def next_request() -> None:
    """A request has been answered, and the next one begins."""
    request_finished.send(None)
    request_started.send(None)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    write(tmp_path / "site.sqlite3", "before", ROWS)
    return tmp_path / "site.sqlite3"


@pytest.fixture
def kept(
    file: Path, monkeypatch: pytest.MonkeyPatch, django_db_blocker: pytest_django.DjangoDbBlocker
) -> Iterator[BaseDatabaseWrapper]:
    """The site's only connection, to a file of this test."""
    own: dict[str, Any] = {"ENGINE": environment.SQLITE, "NAME": str(file), "CONN_MAX_AGE": None}
    handler = ConnectionHandler({"default": own | {"OPTIONS": {"factory": KeptConnection}}})
    monkeypatch.setattr("django.db.connections", handler)
    with django_db_blocker.unblock():
        yield handler["default"]
        handler.close_all()


def test_a_connection_is_kept_from_one_request_to_the_next(kept: BaseDatabaseWrapper) -> None:
    said(kept)
    opened = kept.connection
    next_request()
    assert said(kept) == [("before", ROWS)]
    assert kept.connection is opened


def test_the_sites_connections_are_kept(settings: Any) -> None:
    of_the_site = settings.DATABASES["default"]
    if of_the_site["ENGINE"] == environment.SQLITE:
        assert of_the_site["CONN_MAX_AGE"] is None
        assert of_the_site["OPTIONS"]["factory"] is KeptConnection
    else:
        assert of_the_site["CONN_MAX_AGE"] > 0


def test_a_file_that_was_replaced_is_opened_anew(kept: BaseDatabaseWrapper, file: Path) -> None:
    assert said(kept) == [("before", ROWS)]
    aside = file.parent / "aside"
    aside.mkdir()
    for each in list(file.parent.glob("site.sqlite3*")):
        each.rename(aside / each.name)
    write(file.parent / "restored.sqlite3", "after")
    (file.parent / "restored.sqlite3").rename(file)
    next_request()
    assert said(kept) == [("after", 1)]
    write(file, "later")
    next_request()
    assert said(kept) == [("after", 1), ("later", 1)]


def test_a_file_that_was_removed_and_written_anew_is_opened_anew(
    kept: BaseDatabaseWrapper, file: Path
) -> None:
    said(kept)
    for each in list(file.parent.glob("site.sqlite3*")):
        each.unlink()
    next_request()
    write(file, "after")
    next_request()
    assert said(kept) == [("after", 1)]


def test_a_transaction_that_was_left_open_ends_with_its_request(
    kept: BaseDatabaseWrapper, file: Path
) -> None:
    with kept.cursor() as cursor:
        cursor.execute("BEGIN IMMEDIATE")
        cursor.execute("INSERT INTO line VALUES ('never')")
    request_finished.send(None)
    write(file, "after")
    request_started.send(None)
    assert said(kept) == [("after", 1), ("before", ROWS)]


def test_a_statement_that_was_not_read_to_its_end_ends_with_its_request(
    kept: BaseDatabaseWrapper, file: Path
) -> None:
    abandoned = kept.cursor()
    abandoned.execute("SELECT said FROM line")
    assert abandoned.fetchone() == ("before",)
    write(file, "after")
    assert said(kept) == [("before", ROWS)], "The statement holds the state in which it began."
    next_request()
    assert said(kept) == [("after", 1), ("before", ROWS)]


def test_a_process_does_not_use_what_another_has_opened(
    kept: BaseDatabaseWrapper, monkeypatch: pytest.MonkeyPatch
) -> None:
    said(kept)
    opened = kept.connection
    monkeypatch.setattr(os, "getpid", lambda: -1)
    next_request()
    said(kept)
    assert kept.connection is not opened
