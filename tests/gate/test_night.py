"""Tests of the nightly selection and of sampling by commit."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.gate import night

ROOT = Path(__file__).parents[2]
TESTS = """
import pytest
from hypothesis import settings
from tests.gate import night

@pytest.mark.nightly
def test_long(): pass

def test_short(): pass

@pytest.mark.in_turn
@pytest.mark.parametrize("number", range(30))
def test_sampled(number): pass

def test_profile(): print(f"{settings.default.max_examples} examples, rows {night.in_turn('abcdef')}")
"""


def run(folder: Path, **environment: str) -> str:
    """The output of pytest over ``TESTS``, with only this plugin."""
    (folder / "test_some.py").write_text(TESTS)
    return subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-rA",
            "-p",
            "no:django",
            "-p",
            "tests.gate.night",
            "-c",
            "/dev/null",
            ".",
        ],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT)} | environment,
        capture_output=True,
        text=True,
        check=False,
    ).stdout


class TestTheGate:
    def test_what_is_marked_nightly_is_deselected_and_not_skipped(self, tmp_path: Path) -> None:
        told = run(tmp_path, TURN="4")
        assert "test_short" in told
        assert "test_long" not in told
        assert "skipped" not in told
        assert "25 examples, rows ['b', 'e']" in told

    def test_what_is_marked_in_turn_runs_at_one_commit_in_three(self, tmp_path: Path) -> None:
        ran: list[str] = []
        for turn in range(3):
            passed = re.findall(r"^PASSED .*(test_sampled.*)$", run(tmp_path, TURN=str(turn)), re.M)
            assert passed
            ran += passed
        assert sorted(ran) == sorted(f"test_sampled[{number}]" for number in range(30))


class TestTheNight:
    def test_everything_runs_with_more_examples_and_whole_tables(self, tmp_path: Path) -> None:
        told = run(tmp_path, TURN="4", NIGHTLY="1")
        assert "33 passed" in told
        assert "500 examples, rows ['a', 'b', 'c', 'd', 'e', 'f']" in told


class TestTurns:
    def test_every_row_has_its_turn_once_in_three_commits(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(night, "NIGHT", False)
        table = "abcdefgh"
        taken = []
        for commit in (17, 18, 19):
            monkeypatch.setenv("TURN", str(commit))
            monkeypatch.setattr(night, "TURN", night.turn())
            taken += night.in_turn(table)
        assert sorted(taken) == list(table)

    def test_so_has_every_pair_and_at_each_commit_every_row_and_column(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(night, "NIGHT", False)
        taken = []
        for commit in range(3):
            monkeypatch.setattr(night, "TURN", commit)
            now = night.pairs_in_turn("abcdefg", range(6))
            assert {row for row, _ in now} == set("abcdefg")
            assert {column for _, column in now} == set(range(6))
            taken += now
        every = [(row, column) for row in "abcdefg" for column in range(6)]
        assert sorted(taken) == every
        monkeypatch.setattr(night, "NIGHT", True)
        assert night.pairs_in_turn("abcdefg", range(6)) == every

    def test_every_name_has_its_turn_once_in_three_commits(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(night, "NIGHT", False)
        names = [f"test_{number}" for number in range(300)]
        taken = []
        for commit in range(3):
            monkeypatch.setattr(night, "TURN", commit)
            now = [name for name in names if night.is_in_turn(name)]
            assert 60 < len(now) < 140
            taken += now
        assert sorted(taken) == sorted(names)
        monkeypatch.setattr(night, "NIGHT", True)
        assert all(night.is_in_turn(name) for name in names)
