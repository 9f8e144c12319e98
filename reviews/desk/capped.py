"""Lists that are cut where a board is full, and say how many more there are."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet

CAP = 10
"""What can be read at a glance."""

Row = TypeVar("Row")
Shown = TypeVar("Shown")


@dataclass(frozen=True)
class Listed(Generic[Row]):
    """The first rows of a list, and how many it has in all."""

    rows: list[Row]
    total: int

    @property
    def more(self) -> int:
        return self.total - len(self.rows)

    def map(self, show: Callable[[Row], Shown]) -> "Listed[Shown]":
        return Listed([show(row) for row in self.rows], self.total)


def listed(rows: "QuerySet[Any, Row]", cap: int = CAP) -> Listed[Row]:
    """Always in two queries: one that reads the first rows, one that counts all."""
    return Listed(list(rows[:cap]), rows.count())
