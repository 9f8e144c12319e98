"""What was measured as tables of ratios, and their places in ``docs/performance.md``."""

import re
from collections.abc import Sequence
from typing import Any

from tests.bench.served import ROOT

PAGE = ROOT / "docs" / "performance.md"
YARDSTICKS = ("constant", "plain")

Results = dict[str, dict[str, Any]]
"""What a run has found, by name: see ``tests.bench.speed.run.Found``."""


def markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    rule = ["---", *["--:"] * (len(head) - 1)]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, rule, *rows))


def write(section: str, text: str) -> None:
    """Put a text where the page has a section of this name, between two comments. Raises ValueError if it has none."""
    pattern = re.compile(rf"(<!-- bench: {section} -->\n).*?(<!-- end -->)", re.DOTALL)
    page, found = pattern.subn(lambda match: f"{match[1]}{text}\n{match[2]}", PAGE.read_text())
    if not found:
        raise ValueError(f"{PAGE.name} has no section {section}.")
    PAGE.write_text(page)


def page_table(runs: dict[tuple[str, str], Results]) -> str:
    """A row for each kind of page. ``runs`` by size, the first of which is the base, and way: off, analyzed, warm."""
    head, rows = _grown(runs, "page")
    warm = runs.get((next(iter(runs))[0], "warm"))
    return markdown(
        [*head, "warm ÷ constant", "304 ÷ constant"],
        [[*row, *_cached(row[0], warm)] for row in rows],
    )


def desk_table(runs: dict[tuple[str, str], Results]) -> str:
    """A row for each step at the desk; ``runs`` by size, the first of which is the base, and way: off, analyzed."""
    head, rows = _grown(runs, "step")
    return markdown(head, [row for row in rows if row[0] not in YARDSTICKS])


def _grown(runs: dict[tuple[str, str], Results], of: str) -> tuple[list[str], list[list[str]]]:
    """The head and the rows of what both tables tell."""
    (base, *larger) = dict.fromkeys(size for size, _ in runs)
    head = [of, f"÷ plain at {base}"]
    for size in larger:
        head += [f"{size} ÷ {base}", "with statistics"]
    rows = []
    for name, found in runs[base, "off"].items():
        row = [name, _ratio(found, runs[base, "off"])]
        for size in larger:
            for way in ("off", "analyzed"):
                row.append(_growth(name, runs.get((size, way)), runs[base, "off"]))
        last = runs[larger[-1] if larger else base, "off"].get(name, found)
        row += [_span(found["queries"], last["queries"]), _span(found["rows"], last["rows"])]
        rows.append([*row, f"{found['bytes'] / 1000:.1f}"])
    return [*head, "queries", "rows", "kB"], rows


def _ratio(found: dict[str, Any], run: Results, beside: str = "plain") -> str:
    return f"{found['seconds'] / run[beside]['seconds']:.2f}"


def _growth(name: str, larger: Results | None, base: Results) -> str:
    """How much longer a page takes on a larger site, each counted in plain lists of its own run."""
    if not larger or name not in larger:
        return ""
    times, beside = (run[name]["seconds"] / run["plain"]["seconds"] for run in (larger, base))
    return f"{times / beside:.2f}"


def _span(few: int, many: int) -> str:
    return str(few) if few == many else f"{few} … {many}"


def _cached(name: str, warm: Results | None) -> list[str]:
    """What an answer from the page cache costs, and a 304; empty if there is none."""
    if not warm or name not in warm:
        return ["", ""]
    found = warm[name]
    constant = warm["constant"]["seconds"]
    is_kept = name not in YARDSTICKS and found["queries"] == 0
    again = found["conditional"]
    return [
        _ratio(found, warm, "constant") if is_kept else "",
        f"{again / constant:.2f}" if again else "",
    ]
