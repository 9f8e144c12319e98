"""How many commits ago the last complete nightly run was, by ``docs/nightly.md``: ``python -m tests.gate.nights``.

``--parts`` lists the parts that ``.ci/nightly`` knows.
"""

import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]
LINE = re.compile(
    r"\| (?P<part>\w+) \| (?P<commit>[0-9a-f]{7,40}) \| (?P<date>\d{4}-\d\d-\d\d) \| passed \| \d+ \|"
)


def parts() -> list[str]:
    return re.findall(r"^part_(\w+)\(\)", (ROOT / ".ci" / "nightly").read_text(), re.M)


def passed(table: str) -> dict[str, str]:
    """The commit at which each part last passed, by its last line. Runs with uncommitted changes do not count."""
    return {
        found["part"]: found["commit"]
        for line in table.splitlines()
        if (found := LINE.fullmatch(line.strip()))
    }


def age(commit: str) -> int | None:
    """The number of commits since that one; None if it is not an ancestor."""
    counted = subprocess.run(
        ["git", "rev-list", "--count", f"{commit}..HEAD"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    behind = subprocess.run(
        ["git", "merge-base", "--is-ancestor", commit, "HEAD"], cwd=ROOT, capture_output=True, check=False
    )
    return int(counted.stdout) if counted.returncode == behind.returncode == 0 else None


def told(wanted: Iterable[str], ran: Mapping[str, str], aged: Callable[[str], int | None]) -> str:
    """The sentence that the gate ends with."""
    ages = {part: aged(ran[part]) if part in ran else None for part in wanted}
    missing = [part for part, commits in ages.items() if commits is None]
    if missing:
        return f"No nightly run is complete: docs/nightly.md has no line for {', '.join(missing)}."
    oldest = max(commits for commits in ages.values() if commits is not None)
    return f"The last complete nightly run was {oldest} commit{'' if oldest == 1 else 's'} ago (docs/nightly.md)."


def main(arguments: list[str]) -> None:
    if arguments == ["--parts"]:
        print("\n".join(parts()))
    else:
        print(told(parts(), passed((ROOT / "docs" / "nightly.md").read_text()), age))


if __name__ == "__main__":
    main(sys.argv[1:])
