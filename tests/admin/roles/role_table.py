"""Reads the table of docs/roles.md for tests."""

from dataclasses import dataclass
from pathlib import Path

DOCUMENT = Path(__file__).parents[3] / "docs" / "roles.md"
ROLES = ("Critic", "Editor", "Publisher")
STATES = ("draft", "returned", "in review", "scheduled", "live", "withdrawn")
NO_ROLE = "no role"
EMPTY_DESK = "Open the desk, change one's own password"
CELLS = {"yes": True, "–": False}


@dataclass(frozen=True)
class Row:
    """An action, the states of a review to which it applies (empty: not about a review), and the roles that may."""

    to_do: str
    states: tuple[str, ...]
    may: dict[str, bool]


def read() -> list[Row]:
    """The table's rows. Fails for an unknown word."""
    lines = [line for line in DOCUMENT.read_text().splitlines() if line.startswith("|")]
    heading, _, *body = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    assert heading == ["To do", "While the review is", *ROLES]
    rows = []
    for to_do, states, *cells in body:
        if to_do.startswith("**"):
            continue  # The name of a part of the table.
        found = tuple(state.strip() for state in states.split(",")) if states else ()
        assert set(found) <= set(STATES), to_do
        rows.append(Row(to_do, found, {role: CELLS[cell] for role, cell in zip(ROLES, cells, strict=True)}))
    return rows


ROWS = read()


def may(role: str, to_do: str, state: str = "") -> bool:
    """Whether the table allows an action to a role, for a review in a state. No role: only an empty desk."""
    if role == NO_ROLE and to_do == EMPTY_DESK:
        return True
    rows = [row for row in ROWS if row.to_do == to_do]
    assert rows, f"docs/roles.md has no row “{to_do}”."
    return any(row.may.get(role, False) and (not row.states or state in row.states) for row in rows)
