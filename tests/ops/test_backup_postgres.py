"""Backup and restore of PostgreSQL with the commands of docs/operations.md. Collected only on PostgreSQL."""

import os
import subprocess
import uuid
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.ops.test_backup import commands

Rows = list[tuple[object, ...]]
WORK = """
CREATE TABLE film (id serial PRIMARY KEY, title text NOT NULL UNIQUE);
CREATE TABLE review (id serial PRIMARY KEY, film integer NOT NULL REFERENCES film, headline text);
INSERT INTO film (title) SELECT 'Film ' || n FROM generate_series(1, 50) n;
INSERT INTO review (film, headline) SELECT n, 'It''s “good” ' || n FROM generate_series(1, 50) n;
"""
# Damage: rows changed and deleted, and a table of a later release that refers to an older one.
HARM = """
UPDATE review SET headline = 'bad'; DELETE FROM review WHERE id % 3 = 0; ALTER TABLE film ADD COLUMN later text;
CREATE TABLE later (film integer REFERENCES film); INSERT INTO later VALUES (1);
"""


@pytest.fixture
def url() -> Iterator[str]:
    """The address of a separate database on the server that the tests use."""
    server = os.environ["DATABASE_URL"]
    name = f"restored_{uuid.uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}"'.encode())
    parts = urlsplit(server)
    yield f"{parts.scheme}://{parts.netloc}/{name}?{parts.query}"
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


def execute(url: str, sql: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute(sql.encode())


def everything(url: str) -> dict[str, Rows]:
    with psycopg.connect(url) as connection:
        tables = connection.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1"
        ).fetchall()
        return {
            name: connection.execute(f'SELECT * FROM "{name}" ORDER BY 1'.encode()).fetchall()
            for (name,) in tables
        }


def known_columns(url: str) -> set[str]:
    """The columns for which the query planner has statistics."""
    with psycopg.connect(url) as connection:
        found = connection.execute("SELECT attname FROM pg_stats WHERE schemaname = 'public'").fetchall()
        return {str(name) for (name,) in found}


def run(folder: Path, script: str, url: str) -> None:
    environment = {"PATH": os.environ["PATH"], "DATABASE_URL": url}
    subprocess.run(["sh", "-eu", "-c", script], cwd=folder, env=environment, check=True, timeout=60)


def test_what_is_restored_is_the_backup_and_nothing_that_came_after(url: str, tmp_path: Path) -> None:
    execute(url, WORK)
    kept = everything(url)
    assert [len(rows) for rows in kept.values()] == [50, 50]
    run(tmp_path, commands("Back up PostgreSQL"), url)
    for _ in range(2):
        execute(url, HARM)
        assert everything(url) != kept
        run(tmp_path, commands("Restore PostgreSQL"), url)
        assert everything(url) == kept
        assert known_columns(url) == {"id", "film", "title", "headline"}, "the planner has no statistics"
    # Sequences continue after the restored rows.
    execute(url, "INSERT INTO film (title) VALUES ('The next')")


def test_a_backup_of_what_was_restored_is_as_good(url: str, tmp_path: Path) -> None:
    execute(url, WORK)
    kept = everything(url)
    for _ in range(2):
        run(tmp_path, commands("Back up PostgreSQL"), url)
        execute(url, HARM)
        run(tmp_path, commands("Restore PostgreSQL"), url)
    assert everything(url) == kept


def test_nobody_else_may_read_it_and_a_failure_leaves_the_last_one(url: str, tmp_path: Path) -> None:
    run(tmp_path, commands("Back up PostgreSQL"), url)
    before = (tmp_path / "backup.dump").read_bytes()
    assert (tmp_path / "backup.dump").stat().st_mode & 0o777 == 0o600
    with pytest.raises(subprocess.CalledProcessError):
        run(tmp_path, commands("Back up PostgreSQL"), url.replace("/restored_", "/nowhere_"))
    assert (tmp_path / "backup.dump").read_bytes() == before
