"""Writers to SQLite queue: none of them fails with "database is locked", however long it waits."""

import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from reviewsite.sqlite_queue import InTurn

WRITERS, HOLDS, TIMEOUT = 24, 0.05, 0.4
"""All writers together take three times as long as SQLite lets one wait."""


def write_at_once(path: Path, begin: Callable[[sqlite3.Connection], Any]) -> list[str]:
    """Start all writers at once, each of which writes slowly; return the errors."""
    with sqlite3.connect(path) as made:
        made.execute("PRAGMA journal_mode=WAL")
        made.execute("CREATE TABLE line (writer)")
    signal, faults = threading.Barrier(WRITERS), []

    def work(number: int) -> None:
        base = sqlite3.connect(path, timeout=TIMEOUT, isolation_level=None)
        try:
            signal.wait(timeout=30)
            begin(base)
            base.execute("INSERT INTO line VALUES (?)", [number])
            time.sleep(HOLDS)
            base.execute("COMMIT")
        except sqlite3.OperationalError as error:
            faults.append(str(error))
        finally:
            base.close()

    threads = [threading.Thread(target=work, args=[number]) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return faults


def test_all_have_their_turn(tmp_path: Path) -> None:
    queue = InTurn(str(tmp_path / "base-queue"))

    def begin(base: sqlite3.Connection) -> Any:
        return queue(lambda sql, *rest: base.execute(sql), "BEGIN IMMEDIATE", None, False, {})

    assert write_at_once(tmp_path / "base", begin) == []
    with sqlite3.connect(tmp_path / "base") as base:
        assert base.execute("SELECT count(*) FROM line").fetchone() == (WRITERS,)


def test_without_the_queue_some_writers_fail(tmp_path: Path) -> None:
    assert "database is locked" in write_at_once(
        tmp_path / "base", lambda base: base.execute("BEGIN IMMEDIATE")
    )


def test_only_the_beginning_of_a_transaction_waits(tmp_path: Path) -> None:
    queue = InTurn(str(tmp_path / "base-queue"))
    assert queue(lambda sql, *rest: sql, "SELECT 1", None, False, {}) == "SELECT 1"
    assert not (tmp_path / "base-queue").exists()


@pytest.mark.django_db(transaction=True)
def test_every_connection_to_sqlite_has_it_once() -> None:
    connection.close()
    connection.ensure_connection()
    queues = [each for each in connection.execute_wrappers if isinstance(each, InTurn)]
    assert len(queues) == (connection.vendor == "sqlite")
