"""Tests of the scripts of the gate and the nightly run, and of the gate's last line."""

import subprocess
from pathlib import Path

import pytest

from tests.gate import nights

ROOT = Path(__file__).parents[2]
TABLE = """
| part | commit | date | result | minutes |
|---|---|---|---|---|
| leaks | aaaaaaa | 2026-11-27 | passed | 14 |
| browser | bbbbbbb | 2026-11-27 | passed | 9 |
| leaks | ccccccc | 2026-11-28 | passed | 15 |
| browser | ddddddd | 2026-11-28 | FAILED | 9 |
| leaks | eeeeeee-dirty | 2026-11-28 | passed | 15 |
"""


class TestTheScripts:
    @pytest.mark.parametrize("name", ["prepare", "run", "nightly"])
    def test_bash_can_read_them(self, name: str) -> None:
        read = subprocess.run(
            ["bash", "-n", str(ROOT / ".ci" / name)], capture_output=True, text=True, check=False
        )
        assert (read.returncode, read.stderr) == (0, "")

    def test_the_night_has_parts(self) -> None:
        assert {"leaks", "tests", "postgres", "browser", "mutants", "bench", "screenshots"} <= {
            *nights.parts()
        }


class TestTheLastNight:
    def test_the_newest_line_of_a_part_counts_if_it_passed_as_committed(self) -> None:
        assert nights.passed(TABLE) == {"leaks": "ccccccc", "browser": "bbbbbbb"}

    def test_a_night_is_as_old_as_its_oldest_part(self) -> None:
        ages = {"ccccccc": 1, "bbbbbbb": 7}
        said = nights.told(["leaks", "browser"], nights.passed(TABLE), ages.get)
        assert said == "The last complete nightly run was 7 commits ago (docs/nightly.md)."

    def test_what_never_passed_or_passed_elsewhere_is_named(self) -> None:
        said = nights.told(["leaks", "browser", "bench"], nights.passed(TABLE), {"ccccccc": 1}.get)
        assert said == "No nightly run is complete: docs/nightly.md has no line for browser, bench."

    def test_a_commit_that_is_not_here_has_no_age(self) -> None:
        assert nights.age("0" * 40) is None


class TestTheTable:
    def test_every_line_of_ours_is_read(self) -> None:
        lines = (ROOT / "docs" / "nightly.md").read_text().partition("|---|")[2].splitlines()[1:]
        for line in filter(None, lines):
            part, commit, date, result, minutes = (cell.strip() for cell in line.strip("| ").split("|"))
            assert part in nights.parts(), line
            assert result in ("passed", "FAILED"), line
            assert nights.LINE.fullmatch(line) or result == "FAILED" or commit.endswith("-dirty"), (
                date,
                minutes,
            )
