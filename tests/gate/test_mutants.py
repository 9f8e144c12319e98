"""Tests of `make mutants`: every line that it breaks exists, and survivors are reported."""

import ast
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.gate.breakages import GATE, NIGHT
from tests.gate.mutant import Lost, Mutant, broken, place
from tests.gate.mutants import ALL, FAILED, MUTANTS, PASSED, ROOT, survivors
from tests.leaks.breakages import BREAKAGES

ONE = Mutant("desk/door.py", "return is_open", "return True", ("tests/test_door.py",))


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A tree with one module that has a line to break."""
    (tmp_path / "reviews" / "desk").mkdir(parents=True)
    (tmp_path / "reviews" / "desk" / "door.py").write_text("def door(is_open):\n    return is_open\n")
    return tmp_path


class TestTheList:
    def test_names_twenty(self) -> None:
        assert len({mutant.line for mutant in MUTANTS}) >= 20

    def test_names_twenty_breakages_for_the_gate_and_ten_for_the_night(self) -> None:
        assert len(BREAKAGES) + len(GATE) >= 20
        assert len(NIGHT) >= 10
        assert {mutant.at_night for mutant in GATE} == {False}
        assert {mutant.at_night for mutant in NIGHT} == {True}

    @pytest.mark.parametrize("mutant", ALL, ids=lambda mutant: f"{mutant.file} {mutant.line[:40]}")
    def test_names_a_line_that_can_be_broken_and_tests_that_are_there(self, mutant: Mutant) -> None:
        at = place(mutant, ROOT)
        source = at.path.read_text()
        changed = broken(source, at.number, mutant.becomes)
        assert changed != source
        if at.path.suffix == ".py":
            assert ast.dump(ast.parse(changed)) != ast.dump(ast.parse(source))
        assert all((ROOT / test.partition("::")[0]).exists() for test in mutant.tests)


class TestALine:
    def test_that_has_moved_is_found(self, tree: Path) -> None:
        (tree / "reviews" / "desk" / "door.py").rename(tree / "reviews" / "gate.py")
        assert place(ONE, tree).path == tree / "reviews" / "gate.py"

    def test_that_has_moved_within_its_file_is_found(self, tree: Path) -> None:
        (tree / "reviews" / "desk" / "door.py").write_text("\n\ndef door(is_open):\n    return is_open\n")
        assert place(ONE, tree).number == 4

    @pytest.mark.parametrize(
        ("source", "said"), [("", "not there any more"), ("return is_open\n" * 2, "is there 2 times")]
    )
    def test_that_has_gone_or_is_there_twice_is_an_error(self, tree: Path, source: str, said: str) -> None:
        (tree / "reviews" / "desk" / "door.py").write_text(source)
        with pytest.raises(Lost, match=said):
            survivors([ONE], tree)


class TestAMutant:
    def found(self, tree: Path, *, sees: bool, is_whole: bool = True, runs: bool = True) -> list[str]:
        """The report about the mutant ONE, for tests that see it or not, pass without it or not, and run or not."""
        module = tree / "reviews" / "desk" / "door.py"

        def run(where: Path, tests: Sequence[str], on_postgres: bool, at_night: bool) -> int:
            assert (where, tests, on_postgres, at_night) == (tree, ONE.tests, False, False)
            if "return True" in module.read_text():
                return (FAILED if sees else PASSED) if runs else 2
            return PASSED if is_whole else FAILED

        said = survivors([ONE], tree, run)
        assert module.read_text() == "def door(is_open):\n    return is_open\n"
        return said

    def test_that_the_tests_see_is_not_told_of(self, tree: Path) -> None:
        assert self.found(tree, sees=True) == []

    def test_that_survives_is_told_of_with_file_line_and_change(self, tree: Path) -> None:
        (said,) = self.found(tree, sees=False)
        assert said.startswith("SURVIVED: reviews/desk/door.py:2: return is_open  →  return True")

    def test_is_not_seen_by_tests_that_fail_anyway(self, tree: Path) -> None:
        (said,) = self.found(tree, sees=True, is_whole=False)
        assert said.startswith("FAIL though nothing is broken")

    def test_is_not_seen_by_tests_that_do_not_run(self, tree: Path) -> None:
        (said,) = self.found(tree, sees=True, runs=False)
        assert said.startswith("DID NOT RUN")
