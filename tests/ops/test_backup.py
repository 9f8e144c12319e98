"""Backup and restore, by the commands of docs/operations.md, in a shell, on a database whose server was killed."""

import os
import re
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.gate.test_project import ROOT

OPERATIONS = (ROOT / "docs/operations.md").read_text()
# One transaction after another until it is killed; nothing is checkpointed, as if readers never stopped.
SITE = """
import itertools, sqlite3, sys
site = sqlite3.connect(sys.argv[1])
site.execute("PRAGMA journal_mode=WAL")
site.execute("PRAGMA wal_autocheckpoint=0")
site.execute("CREATE TABLE IF NOT EXISTS review (number INTEGER PRIMARY KEY, headline TEXT)")
for number in itertools.count():
    site.execute("INSERT INTO review (headline) VALUES (?)", (f"{sys.argv[2]} {number} " + "x" * 500,))
    if number % 7 == 0:
        site.execute("UPDATE review SET headline = ? || headline", (sys.argv[2],))
    site.commit()
    print(number, flush=True)
"""


def commands(heading: str) -> str:
    """The commands under a heading of the backup section in docs/operations.md, to be run in a shell."""
    section = OPERATIONS[OPERATIONS.index("## Backup and restore") :]
    found = re.search(rf"\*\*{re.escape(heading)}\*\*.*?```sh\n(.*?)```", section, re.DOTALL)
    assert found, heading
    return found[1]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder that looks like a checkout to these commands."""
    (tmp_path / "var").mkdir()
    (tmp_path / ".venv/bin").mkdir(parents=True)
    (tmp_path / ".venv/bin/python").symlink_to(sys.executable)
    return tmp_path


def run(folder: Path, script: str) -> None:
    # A shell without the sqlite3 program: Python's own module must do.
    subprocess.run(
        ["sh", "-eu", "-c", script], cwd=folder, env={"PATH": "/usr/bin:/bin"}, check=True, timeout=60
    )


def serving(folder: Path, marking: str) -> subprocess.Popen[str]:
    """A process that writes to the site's database, and has written for a while."""
    arguments = [sys.executable, "-c", SITE, str(folder / "var/site.sqlite3"), marking]
    process = subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    for _ in range(40):
        assert process.stdout.readline()
    return process


def killed(process: subprocess.Popen[str]) -> None:
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()


def rows(file: Path) -> list[tuple[int, str]]:
    connection = sqlite3.connect(file)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return connection.execute("SELECT * FROM review ORDER BY number").fetchall()
    finally:
        connection.close()


def back_up_break_and_restore(folder: Path) -> None:
    var = folder / "var"
    process = serving(folder, "good")
    run(folder, commands("Back up SQLite"))
    killed(process)
    assert not list(var.glob("backup.sqlite3-*"))
    kept = rows(var / "backup.sqlite3")
    assert len(kept) >= 40
    killed(serving(folder, "bad"))
    assert (var / "site.sqlite3-wal").stat().st_size > 0
    run(folder, commands("Restore SQLite"))
    assert rows(var / "site.sqlite3") == kept
    assert not any("bad" in headline for _, headline in kept)


class TestSqlite:
    def test_what_is_restored_over_a_live_log_is_the_backup(self, site: Path) -> None:
        back_up_break_and_restore(site)

    @pytest.mark.nightly
    def test_succeeds_twenty_times_out_of_twenty(self, site: Path) -> None:
        for number in range(20):
            folder = site / str(number)
            (folder / "var").mkdir(parents=True)
            (folder / ".venv").symlink_to(site / ".venv")
            back_up_break_and_restore(folder)

    def test_works_twice_in_one_folder(self, site: Path) -> None:
        for _ in range(2):
            back_up_break_and_restore(site)

    def test_what_was_there_before_is_kept_aside_with_its_log(self, site: Path) -> None:
        back_up_break_and_restore(site)
        [aside] = (site / "var").glob("replaced-*")
        assert "bad" in rows(aside / "site.sqlite3")[-1][1]

    def test_a_restore_that_was_interrupted_is_finished_by_another(self, site: Path) -> None:
        back_up_break_and_restore(site)
        kept = rows(site / "var/backup.sqlite3")
        lines = [line for line in commands("Restore SQLite").splitlines() if line.strip()]
        for after in range(1, len(lines)):
            killed(serving(site, "worse"))
            run(site, "\n".join(lines[:after]))
            subprocess.run(
                ["sh", "-c", "\n".join(lines)], cwd=site, stderr=subprocess.DEVNULL, check=False, timeout=60
            )
            assert rows(site / "var/site.sqlite3") == kept, after

    def test_a_backup_is_one_file_whoever_opens_it(self, site: Path) -> None:
        back_up_break_and_restore(site)
        # The file format: 1 says that there is no write-ahead log.
        assert (site / "var/backup.sqlite3").read_bytes()[18:20] == b"\x01\x01"

    def test_nobody_else_may_read_what_is_made(self, site: Path) -> None:
        back_up_break_and_restore(site)
        for name in ("backup.sqlite3", "site.sqlite3"):
            assert (site / "var" / name).stat().st_mode & 0o777 == 0o600, name
