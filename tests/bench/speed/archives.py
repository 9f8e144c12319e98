"""Seeded archives of the sizes that are measured: made once, kept in ``var/bench``, and lent as copies."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from tests.bench.served import ROOT
from tests.gate.migrated import fingerprint

FOLDER = ROOT / "var" / "bench"
AS_OF = "2026-11-29"


@dataclass(frozen=True)
class Size:
    """``reviews`` are seeded; four in five of them are public. ``times`` more by copying, with bodies cut."""

    name: str
    reviews: int
    times: int = 1


SIZES = {
    size.name: size for size in (Size("1k", 1_230), Size("100k", 123_000), Size("1m", 123_000, times=10))
}


def archive(size: Size) -> Path:
    """The file of an archive, seeded now if this code has seeded none. Nobody writes to it."""
    code = fingerprint(
        [ROOT / "reviews" / "seeding", ROOT / "reviews" / "models", ROOT / "reviews" / "migrations"]
    )
    kept = FOLDER / f"{size.name}-{code}.sqlite3"
    if not kept.exists():
        for older in FOLDER.glob(f"{size.name}-*.sqlite3"):
            older.unlink()
        making = FOLDER / f"making-{size.name}"
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir(parents=True)
        seed(size, f"sqlite:///{making}/site.sqlite3")
        with closing(sqlite3.connect(making / "site.sqlite3")) as made:
            made.execute("PRAGMA journal_mode=DELETE")
        (making / "site.sqlite3").replace(kept)
        shutil.rmtree(making)
    return kept


def lend(size: Size, to: Path) -> str:
    """Copy an archive; the DATABASE_URL of the copy."""
    shutil.copyfile(archive(size), to)
    to.chmod(0o600)
    return f"sqlite:///{to}"


def seed(size: Size, database: str) -> None:
    """Migrate an empty database and fill it, in a process of its own."""
    print(f"Seeding {size.reviews * size.times:,} reviews", file=sys.stderr)
    environment = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ} | {
        "DEBUG": "1",
        "LOG_LEVEL": "ERROR",
        "DATABASE_URL": database,
        "VAR_DIR": str(FOLDER / "seeding"),
        "DJANGO_SETTINGS_MODULE": "reviewsite.settings",
    }
    manage = [sys.executable, "manage.py"]
    commands = [
        [*manage, "migrate", "-v0"],
        [*manage, "seed", "--reviews", str(size.reviews), "--as-of", AS_OF],
    ]
    if size.times > 1:
        commands.append([sys.executable, "-m", "tests.bench.speed.multiplied", str(size.times)])
    for command in commands:
        subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
