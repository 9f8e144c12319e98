"""Tests of the cost report: counted in workers, printed, and enforced at night."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.gate.dearest import (
    MOST_OF_A_FILE,
    MOST_OF_A_TEST,
    SLOW,
    Bound,
    Cost,
    Meter,
    dearest,
    listed,
    over,
    spent,
)

ROOT = Path(__file__).parents[2]
TESTS = """
import time, pytest

def burn(seconds):
    end = time.process_time() + seconds
    while time.process_time() < end: pass

@pytest.fixture(scope="session", autouse=True)
def shared(): burn(0.3)

@pytest.fixture
def own(): burn(0.1)

def test_that_burns(own): burn(0.2)

def test_that_sleeps(): time.sleep(0.3)
"""
TIGHT = """
from tests.gate import dearest
dearest.MOST_OF_A_TEST = 5
dearest.FEW = 2
"""


def cost(units: float) -> Cost:
    return Cost(units / 50, units, units / 50)


def run(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run pytest over ``TESTS`` with a bound of five units (0.1 s) a test."""
    (folder / "test_some.py").write_text(TESTS)
    (folder / "tight.py").write_text(TIGHT)
    plugins = ["-p", "no:django", "-p", "tests.gate.dearest", "-p", "tight", "-c", "/dev/null"]
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *plugins, *arguments, "."],
        cwd=folder,
        env={"PYTHONPATH": f"{ROOT}:{folder}", "TURN": "0"} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


class TestARun:
    @pytest.mark.parametrize("workers", ["0", "1"])
    def test_prints_the_dearest_first_and_names_what_is_over(self, tmp_path: Path, workers: str) -> None:
        told = run(tmp_path, "-n", workers)
        assert told.returncode == 0
        lines = told.stdout.splitlines()
        first = lines.index(next(line for line in lines if "the ten most expensive tests" in line)) + 1
        assert lines[first].endswith("test_some.py::test_that_burns")
        assert 0.25 < float(lines[first].split()[0]) < 0.5, (
            "its fixture belongs to it, the session's does not"
        )
        named = [line for line in lines if line.startswith("Over budget: ")]
        assert [line.split()[2] for line in named] == ["test_some.py::test_that_burns:"]

    def test_fails_for_it_at_night(self, tmp_path: Path) -> None:
        told = run(tmp_path, "-n", "1", NIGHTLY="1")
        assert "2 passed" in told.stdout
        assert told.returncode == 1


class TestBounds:
    def test_hold_for_tests_and_files(self) -> None:
        tests = {
            "tests/test_a.py::test_dear": cost(MOST_OF_A_TEST + 1),
            "tests/test_a.py::test_cheap": cost(MOST_OF_A_TEST - 1),
            **{f"tests/test_b.py::test_{n}": cost(MOST_OF_A_FILE / 20 + 1) for n in range(20)},
        }
        named = {line.split(": ")[1] for line in over(tests, {})}
        assert named == {"tests/test_a.py::test_dear", "tests/test_b.py"}

    def test_a_listed_one_has_its_own(self) -> None:
        tests = {
            "tests/a.py::test_x[1]": cost(500),
            "tests/a.py::test_x[2]": cost(700),
            "tests/a.py::test_y": cost(1),
        }
        named = over(tests, {"tests/a.py::test_x": Bound(600, "It draws every poster.")})
        assert [line.split(": ")[1] for line in named] == ["tests/a.py::test_x[2]"]

    def test_a_listed_file_may_bound_each_of_its_tests(self) -> None:
        tests = {
            "tests/a.py::test_x[1]": cost(500),
            "tests/a.py::test_y": cost(299),
            "tests/a.py::test_z": cost(99),
        }
        bounds = {
            "tests/a.py": Bound(800, "It draws.", each=300),
            "tests/a.py::test_z": Bound(90, "It is small."),
        }
        named = [line.split(": ")[1] for line in over(tests, bounds)]
        assert named == ["tests/a.py", "tests/a.py::test_x[1]", "tests/a.py::test_z"]

    def test_the_list_gives_every_bound_and_reason(self) -> None:
        entry = '["tests/a.py"]\nunits = 9\nwhy = "It counts."'
        assert listed(entry) == {"tests/a.py": Bound(9, "It counts.")}
        for broken in (entry.replace("It counts.", " "), entry.replace("units = 9\n", "")):
            with pytest.raises(ValueError, match="its reason"):
                listed(broken)

    def test_the_list_names_nothing_that_is_gone(self) -> None:
        for name in listed(SLOW.read_text()):
            path, _, test = name.partition("::")
            source = (ROOT / path).read_text()
            assert all(
                f"{part}(" in source or f"class {part}:" in source for part in test.split("::") if part
            ), name


class TestTheDearest:
    def test_come_in_order_and_no_more_than_asked_for(self) -> None:
        lines = dearest({f"test_{n}": cost(n) for n in range(9)}, 3)
        assert [line.split()[-1] for line in lines] == ["test_8", "test_7", "test_6"]


class TestWhatIsSpent:
    def test_counts_children_that_run_and_that_have_ended(self) -> None:
        burn = "import time\nwhile time.process_time() < 0.3: pass\nprint(1, flush=True); input()"
        before = spent()
        with subprocess.Popen(
            [sys.executable, "-c", burn], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as child:
            assert child.stdout is not None
            child.stdout.readline()
            running = spent() - before
            child.communicate("\n")
        assert running > 0.25
        assert spent() - before > 0.25


class TestAMeter:
    def test_counts_no_more_than_the_cores_can_do(self, monkeypatch: pytest.MonkeyPatch) -> None:
        seen = iter([100.0, 0.0, 100.0])  # The second time a browser's processes could not be read.
        meter = Meter(timed=float("inf"))
        with monkeypatch.context() as patch:  # Undone before this test itself is measured.
            patch.setattr("tests.gate.dearest.spent", lambda: next(seen))
            meter.begin()
            laps = [meter.lap()[0], meter.lap()[0]]
        assert laps[0] == 0
        assert laps[1] < 1
