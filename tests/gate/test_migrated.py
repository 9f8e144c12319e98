"""Tests of the cached migrated database: used while the code is unchanged, and never with another database's WAL."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests.gate.migrated import Kept, fingerprint


@pytest.fixture
def code(tmp_path: Path) -> Path:
    folder = tmp_path / "reviews"
    (folder / "migrations").mkdir(parents=True)
    (folder / "migrations" / "0001_initial.py").write_text("operations = []")
    return folder


def database(path: Path, *tables: str) -> sqlite3.Connection:
    opened = sqlite3.connect(path)
    opened.execute("PRAGMA journal_mode=WAL")
    for table in tables:
        opened.execute(f"CREATE TABLE {table} (a)")
    return opened


def tables(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as opened:
        return [name for (name,) in opened.execute("SELECT name FROM sqlite_master ORDER BY name")]


class TestTheHash:
    def test_is_another_once_a_migration_is_changed_added_renamed_or_gone(self, code: Path) -> None:
        first = code / "migrations" / "0001_initial.py"
        seen = [fingerprint([code])]
        first.write_text("operations = [1]")
        seen.append(fingerprint([code]))
        (code / "migrations" / "0002_more.py").write_text("operations = []")
        seen.append(fingerprint([code]))
        first.rename(code / "migrations" / "0001_first.py")
        seen.append(fingerprint([code]))
        (code / "migrations" / "0001_first.py").unlink()
        seen.append(fingerprint([code]))
        assert len({*seen}) == 5

    def test_is_another_with_another_django_and_else_the_same(self, code: Path) -> None:
        assert fingerprint([code], ["django 5.2"]) == fingerprint([code], ["django 5.2"])
        assert fingerprint([code], ["django 5.2"]) != fingerprint([code], ["django 6.0"])


class TestTheCopy:
    def test_is_lent_as_it_was_kept(self, tmp_path: Path) -> None:
        kept = Kept(tmp_path / "kept", "one")
        assert not kept.lend(tmp_path / "test.sqlite3")
        with closing(database(tmp_path / "first.sqlite3", "film")) as first:
            kept.keep(first)
        assert kept.lend(tmp_path / "test.sqlite3")
        assert tables(tmp_path / "test.sqlite3") == ["film"]

    def test_takes_no_log_of_an_earlier_run(self, tmp_path: Path) -> None:
        kept = Kept(tmp_path / "kept", "one")
        with closing(database(tmp_path / "first.sqlite3", "film")) as first:
            kept.keep(first)
        with closing(database(tmp_path / "test.sqlite3", "left", "over")) as earlier:
            log = (tmp_path / "test.sqlite3-wal").read_bytes()
            assert log
            assert earlier
        (tmp_path / "test.sqlite3").unlink()
        (tmp_path / "test.sqlite3-wal").write_bytes(log)
        kept.lend(tmp_path / "test.sqlite3")
        assert tables(tmp_path / "test.sqlite3") == ["film"]
        assert not (tmp_path / "test.sqlite3-wal").exists()

    def test_goes_when_the_code_has_changed(self, tmp_path: Path) -> None:
        old, new = Kept(tmp_path, "old"), Kept(tmp_path, "new")
        with closing(database(tmp_path / "first.sqlite3", "film")) as first:
            old.keep(first)
            assert not new.lend(tmp_path / "test.sqlite3")
            new.keep(first)
        assert [path.name for path in tmp_path.glob("migrated-*")] == ["migrated-new.sqlite3"]


@pytest.mark.django_db
class TestThisRunsDatabase:
    def test_has_every_migration(self) -> None:
        executor = MigrationExecutor(connection)
        assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []

    def test_has_what_comes_after_them(self) -> None:
        def rows() -> list[tuple[object, ...]]:
            with connection.cursor() as cursor:
                cursor.execute("SELECT codename, content_type_id FROM auth_permission ORDER BY 1, 2")
                return [*cursor.fetchall()]

        before = rows()
        call_command("migrate", verbosity=0)
        assert rows() == before != []
