"""The tables of ``make bench``."""

from pathlib import Path
from typing import Any

import pytest

from tests.bench.speed import table


def found(seconds: float, *, queries: int = 2, conditional: float | None = None) -> dict[str, Any]:
    return {
        "seconds": seconds,
        "queries": queries,
        "rows": 20,
        "bytes": 12_345,
        "conditional": conditional,
    }


BESIDE = {"constant": found(0.001, queries=0), "plain": found(0.002, queries=1)}


def cells(text: str, name: str) -> list[str]:
    (line,) = [line for line in text.splitlines() if line.startswith(f"| {name} |")]
    return line.strip("| ").split(" | ")[1:]


class TestPages:
    def test_a_page_is_told_beside_the_plain_list_and_its_smaller_self(self) -> None:
        runs = {
            ("1k", "off"): BESIDE | {"home": found(0.004)},
            ("100k", "off"): BESIDE | {"home": found(0.010, queries=3)},
            # With statistics it is divided by the plain list of its own run, too.
            ("100k", "analyzed"): BESIDE | {"home": found(0.010), "plain": found(0.004)},
        }
        assert cells(table.page_table(runs), "home")[:6] == ["2.00", "2.50", "1.25", "2 … 3", "20", "12.3"]

    def test_an_answer_from_the_cache_is_told_beside_the_constant_page(self) -> None:
        warm = BESIDE | {"home": found(0.0005, queries=0, conditional=0.0004)}
        runs = {("1k", "off"): BESIDE | {"home": found(0.004)}, ("1k", "warm"): warm}
        assert cells(table.page_table(runs), "home")[-2:] == ["0.50", "0.40"]
        # It is none itself.
        assert table.page_table(runs).splitlines()[2].endswith("|  |  |")

    def test_without_a_cache_the_same_page_is_not_taken_for_a_warm_one(self) -> None:
        runs = {("1k", way): BESIDE | {"home": found(0.004)} for way in ("off", "warm")}
        assert table.page_table(runs).splitlines()[-1].endswith("|  |  |")


def test_a_step_at_the_desk() -> None:
    runs = {
        ("1k", "off"): BESIDE | {"save": found(0.04), "small": found(0.01)},
        ("100k", "analyzed"): BESIDE | {"save": found(0.06)},
        ("100k", "off"): BESIDE | {"save": found(0.05)},
    }
    text = table.desk_table(runs)
    assert cells(text, "save")[:3] == ["20.00", "1.25", "1.50"]
    assert cells(text, "small")[:3] == ["5.00", "", ""]
    assert text.startswith("| step | ÷ plain at 1k | 100k ÷ 1k | with statistics | queries | rows | kB |\n")
    assert "plain |" not in text.partition("---")[2]


class TestWrite:
    def test_replaces_one_section_and_leaves_the_rest(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        page = tmp_path / "performance.md"
        page.write_text("a\n<!-- bench: one -->\nold\n<!-- end -->\nb\n<!-- bench: two -->\n<!-- end -->\n")
        monkeypatch.setattr(table, "PAGE", page)
        table.write("one", "new")
        expected = "a\n<!-- bench: one -->\nnew\n<!-- end -->\nb\n<!-- bench: two -->\n<!-- end -->\n"
        assert page.read_text() == expected
        with pytest.raises(ValueError, match="three"):
            table.write("three", "new")
