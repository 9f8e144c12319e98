"""Run every measurement and write the tables into ``docs/performance.md``. See ``--help``."""

import argparse
import datetime as dt
import json
import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.served import ROOT
from tests.bench.speed import archives, memory, table
from tests.bench.speed.asking import HOST
from tests.bench.speed.table import Results


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", nargs="+", choices=archives.SIZES, default=["1k", "100k"])
    parser.add_argument(
        "--section", default="", help="the section of the page (default: the database's name)"
    )
    parser.add_argument("--show", action="store_true", help="show the tables, and leave the page as it is")
    options = parser.parse_args()
    server = os.environ.get("DATABASE_URL", "")
    section = options.section or ("PostgreSQL" if server.startswith("postgres") else "SQLite")
    pages: dict[tuple[str, str], Results] = {}
    desk: dict[tuple[str, str], Results] = {}
    for name in options.sizes:
        with _database(archives.SIZES[name], server) as (database, folder):
            pages[name, "off"] = _run("pages", database, folder, cache="0")
            if name == options.sizes[0]:
                pages[name, "warm"] = _run("pages", database, folder, cache="1")
            else:
                copy = _copied(archives.SIZES[name], database, folder)
                pages[name, "analyzed"] = _run("pages", copy, folder, database, cache="0")
                desk[name, "analyzed"] = _run("desk", copy, folder, database, cache="1")
            # Last, because it writes to the database that others are measured beside.
            desk[name, "off"] = _run("desk", database, folder, cache="1")
    command = f"make bench SIZES={' '.join(options.sizes)!r}"
    if section == "PostgreSQL":
        command = f"tests/with_postgres.sh {command}"
    if redis := os.environ.get("CACHE_URL"):
        command = f"CACHE_URL={redis.partition('//')[0]}//… {command}"
    text = (
        f"`{command}` on {dt.datetime.now(dt.UTC):%Y-%m-%d} at {_commit()}.\n\n{table.page_table(pages)}\n\n"
    )
    text += table.desk_table(desk)
    if section != "PostgreSQL":
        largest = archives.SIZES[options.sizes[-1]]
        kept = archives.archive(largest).stat().st_size / largest.reviews / largest.times
        text += f"\n\nA review takes {kept / 1000:.1f} kB on disk at {largest.name}."
        share = " and ".join(f"{megabytes:.0f}" for megabytes in memory.worker_megabytes())
        text += f" Two workers that have answered for every page of 1k take {share} MB (PSS)."
    print(text)
    if not options.show:
        table.write(section, text)


@contextmanager
def _database(size: archives.Size, server: str) -> Iterator[tuple[str, Path]]:
    """A seeded database that may be written to, and a folder beside it; both go afterwards."""
    archives.FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=archives.FOLDER) as name:
        folder = Path(name)
        if server.startswith("postgres"):
            yield _on_server(size, server), folder
        else:
            yield archives.lend(size, folder / "site.sqlite3"), folder


def _copied(size: archives.Size, database: str, folder: Path) -> str:
    """A copy of a database that nobody has written to; it goes with the folder, or with the next one of that size."""
    if not database.startswith("postgres"):
        return archives.lend(size, folder / "analyzed.sqlite3")
    return _made_on_server(database, f"{_name_of(database)}_analyzed", f"TEMPLATE {_name_of(database)}")


def _on_server(size: archives.Size, server: str) -> str:
    """Seed a database of its own on a server of PostgreSQL; its DATABASE_URL."""
    import psycopg

    database = _made_on_server(server, f"bench_{size.name}")
    archives.seed(size, database)
    with psycopg.connect(database, autocommit=True) as connection:
        # What seeding has written over, autovacuum would remove. This gathers no statistics of columns.
        connection.execute("VACUUM")
    return database


def _made_on_server(server: str, name: str, how: str = "") -> str:
    import psycopg

    address, _, query = server.partition("?")
    address = address.rpartition("/")[0]
    with psycopg.connect(f"{address}/postgres?{query}", autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name}")
        connection.execute(f"CREATE DATABASE {name} {how}")
    return f"{address}/{name}?{query}"


def _name_of(database: str) -> str:
    """The name by which a driver knows a database, of its DATABASE_URL: of SQLite's, its path."""
    if database.startswith("postgres"):
        return database.partition("?")[0].rpartition("/")[2]
    return database.removeprefix("sqlite:///")


def _run(what: str, database: str, folder: Path, unanalyzed: str = "", *, cache: str) -> Results:
    """Measure in a process of its own, which runs as in production; with statistics if a copy without is named."""
    print(f"Measuring {what} of {Path(_name_of(database)).name}", file=sys.stderr)
    environment = {
        name: os.environ[name] for name in ("PATH", "HOME", "LANG", "CACHE_URL") if name in os.environ
    }
    environment |= {
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": HOST,
        "SITE_URL": f"http://{HOST}",
        "DATABASE_URL": database,
        "VAR_DIR": str(folder),
        "LOG_LEVEL": "ERROR",
        "DJANGO_SETTINGS_MODULE": "reviewsite.settings",
        "PAGE_CACHE": cache,
    }
    if not (folder / "static").exists():
        _python(["manage.py", "collectstatic", "--noinput", "-v0"], environment)
    beside = [_name_of(unanalyzed)] if unanalyzed else []
    found: Results = json.loads(_python(["-m", "tests.bench.speed.run", what, *beside], environment))
    return found


def _python(arguments: list[str], environment: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True
    )
    return done.stdout


def _commit() -> str:
    found = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True)
    return found.stdout.strip()


if __name__ == "__main__":
    main()
