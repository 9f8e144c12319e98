"""A line that is broken on purpose, and where it is. ``mutants.py`` and ``breakages.py`` list them."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


class Lost(Exception):
    """A line that is not in the tree any more, or more than once."""


@dataclass(frozen=True)
class Mutant:
    """A line, by its text without indentation; what it becomes; and the tests that ought to see it.

    ``file`` is a path in ``reviews/``, or from the root. ``at_night``: the night's part of the tests ought to.
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
    """Where a mutant's line is: a file, and the line's number from 1."""

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
    """A module's text with one of its lines replaced, as far to the right as it was."""
    lines = source.splitlines(keepends=True)
    line = lines[number - 1]
    indentation = line[: len(line) - len(line.lstrip())]
    lines[number - 1] = f"{indentation}{becomes}\n" if becomes else "\n"
    return "".join(lines)
