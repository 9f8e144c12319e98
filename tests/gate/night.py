"""Nightly tests, hypothesis profiles, and sampling: which third of a table a commit runs.

``NIGHTLY=1`` runs everything. Without it, tests marked ``nightly`` are deselected (never skipped), hypothesis uses the
same 25 examples each time, and tables sampled by ``in_turn`` and tests marked so run one third, so that three commits
run all.
``TURN=2`` repeats another commit's choice.
"""

import os
import subprocess
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import settings

NIGHT = os.environ.get("NIGHTLY") == "1"
TURNS = 3
T = TypeVar("T")
U = TypeVar("U")

settings.register_profile("gate", max_examples=25, derandomize=True, deadline=None, print_blob=True)
settings.register_profile("nightly", max_examples=500, derandomize=False, deadline=None, print_blob=True)


def turn() -> int:
    """This commit's turn: TURN if it is set, else the number of commits before it."""
    if given := os.environ.get("TURN"):
        return int(given) % TURNS
    counted = subprocess.run(
        ["git", "rev-list", "--count", "HEAD"],
        cwd=Path(__file__).parent,
        capture_output=True,
        text=True,
        check=False,
    )
    return int(counted.stdout) % TURNS if counted.returncode == 0 else 0


TURN = turn()


def in_turn(table: Sequence[T]) -> list[T]:
    """One in three rows of a table, by this commit's turn; at night all of them."""
    return list(table) if NIGHT else list(table[TURN::TURNS])


def pairs_in_turn(rows: Sequence[T], columns: Sequence[U]) -> list[tuple[T, U]]:
    """One in three of all pairs, by turn; at night all.

    Each commit has some of every row and every column, if there are three at least of either.
    """
    return [
        (row, column)
        for i, row in enumerate(rows)
        for j, column in enumerate(columns)
        if NIGHT or (i + j) % TURNS == TURN
    ]


def is_in_turn(name: str) -> bool:
    """The same for what has a name and no place in a table: by its checksum, so that others come and go beside it."""
    return NIGHT or zlib.crc32(name.encode()) % TURNS == TURN


def pytest_report_header() -> str:
    if NIGHT:
        return "night: the whole product, hypothesis with the profile nightly"
    return f"sampled tables: part {TURN} of {TURNS} (repeat with TURN={TURN}, take all with NIGHTLY=1)"


def pytest_configure() -> None:
    # Every worker counts the commits at the start of the run, even if another commit is made meanwhile.
    os.environ["TURN"] = str(TURN)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if NIGHT:
        return
    left_out = [item for item in items if not _runs(item)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = filter(_runs, items)


def _runs(item: pytest.Item) -> bool:
    """Whether a test is one of the gate, at this commit."""
    if item.get_closest_marker("nightly"):
        return False
    return not item.get_closest_marker("in_turn") or is_in_turn(item.nodeid)


# The option --hypothesis-profile is applied later and overrides this.
settings.load_profile("nightly" if NIGHT else "gate")
