"""Lists with a maximum length and a count of all rows."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet

CAP = 10
"""The most rows of a list on the desk's home."""

Row = TypeVar("Row")
Shown = TypeVar("Shown")


@dataclass(frozen=True)
class Listed(Generic[Row]):
    """The first rows of a list, and the count of all."""

    rows: list[Row]
    total: int

    @property
    def more(self) -> int:
        return self.total - len(self.rows)

    def map(self, show: Callable[[Row], Shown]) -> "Listed[Shown]":
        return Listed([show(row) for row in self.rows], self.total)


def listed(rows: "QuerySet[Any, Row]", cap: int = CAP) -> Listed[Row]:
    """Takes two queries: the first rows, and the count."""
    return Listed(list(rows[:cap]), rows.count())
