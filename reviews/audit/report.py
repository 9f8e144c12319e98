"""The report of an audit: it names surfaces and kinds of hiding, nothing that is hidden, so anybody may read it."""

import json
import os
import re
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings

FOLDER = "leak-audit"
"""Below ``VAR_DIR``: the report, and while an audit runs, a copy of SQLite's file."""
FILE = "report.json"

VARIABLE_PART = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class SurfaceLine:
    """A route: how many of its addresses were asked for, and how many answers were compared."""

    route: str
    pattern: str
    addresses: int
    answers: int

    @property
    def shown(self) -> str:
        """The pattern, for people: ``/films/…/feed.xml``."""
        return VARIABLE_PART.sub("…", self.pattern)


@dataclass(frozen=True)
class LeakLine:
    """A surface that tells of something hidden: how it was asked, what differs, and the kinds of hiding that cause it
    (none where that was not looked for). No address: that may name it.
    """

    route: str
    way: str
    what: str
    times: int
    because: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class LeakReport:
    """What an audit found: ``at`` a moment in ISO 8601, for so many ``seconds`` and ``megabytes``.

    ``history`` is the head of the desk's history before anything was hidden; empty if it has no entry.
    """

    at: str
    version: str
    database: str
    seconds: float
    megabytes: int
    compared: int
    kinds: dict[str, int]
    ways: dict[str, int]
    surfaces: list[SurfaceLine]
    unknown: list[str]
    leaks: list[LeakLine]
    history: str = ""
    times: list[dict[str, Any]] = field(default_factory=list)

    @property
    def has_passed(self) -> bool:
        """Whether nothing leaked, and every surface was known and asked."""
        return not self.leaks and not self.unknown and self.compared > 0

    @property
    def hidden(self) -> int:
        return sum(self.kinds.values())

    @property
    def readers(self) -> list[SurfaceLine]:
        return [line for line in self.surfaces if not line.route.startswith("admin:")]

    @property
    def of_the_desk(self) -> int:
        """How many of the desk's addresses were asked for."""
        return sum(line.addresses for line in self.surfaces) - sum(line.addresses for line in self.readers)


def keep(report: LeakReport, folder: Path) -> Path:
    """Write the report where the desk finds it, in place of the last one. Only its owner can read the file."""
    file, new = folder / FILE, folder / f"{FILE}.new"
    with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600), "w") as out:
        json.dump(asdict(report), out, indent=1)
    new.replace(file)
    return file


def last_report() -> LeakReport | None:
    """The report of the last audit of this site, if there is one that can be read."""
    try:
        held = json.loads((Path(settings.VAR_DIR) / FOLDER / FILE).read_text())
        held["surfaces"] = [SurfaceLine(**line) for line in held["surfaces"]]
        held["leaks"] = [LeakLine(**line) for line in held["leaks"]]
        return LeakReport(**held)
    except (OSError, ValueError, KeyError, TypeError):
        return None
