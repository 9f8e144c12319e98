"""Mutants: lines that are broken on purpose. ``mutants.py`` and ``breakages.py`` list them."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


class Lost(Exception):
    """The line is not in the tree any more, or not unique."""


@dataclass(frozen=True)
class Mutant:
    """A line (its text without indentation), its replacement, and the tests that must fail.

    ``file`` is a path in ``reviews/``, or from the root. ``at_night``: nightly tests must fail.
    """

    file: str
    line: str
    becomes: str
    tests: tuple[str, ...]
    on_postgres: bool = False
    at_night: bool = False

    def __str__(self) -> str:
        return f"{self.line}  →  {self.becomes}"


@dataclass(frozen=True)
class Place:
    """The place of a mutant's line: a file and a line number, from 1."""

    path: Path
    number: int


def place(mutant: Mutant, tree: Path) -> Place:
    """Where the line is now. Raises Lost."""

    def found(files: Iterable[Path]) -> list[Place]:
        return [
            Place(path, number)
            for path in files
            for number, line in enumerate(path.read_text().splitlines(), 1)
            if line.strip() == mutant.line
        ]

    named = [path for path in (tree / "reviews" / mutant.file, tree / mutant.file) if path.exists()]
    places = found(named) or found(sorted((tree / "reviews").rglob("*.py")))
    if len(places) != 1:
        there = "is not there any more" if not places else f"is there {len(places)} times"
        raise Lost(f"{mutant.file}: the line “{mutant.line}” {there}: choose again what to break.")
    return places[0]


def broken(source: str, number: int, becomes: str) -> str:
    """A module's text with one line replaced, with the same indentation."""
    lines = source.splitlines(keepends=True)
    line = lines[number - 1]
    indentation = line[: len(line) - len(line.lstrip())]
    lines[number - 1] = f"{indentation}{becomes}\n" if becomes else "\n"
    return "".join(lines)
