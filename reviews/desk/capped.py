"""Lists with a maximum length and a count, several of them read in one query."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import CharField, Func, IntegerField, QuerySet, Subquery, Value, Window
from django.db.models.functions import RowNumber

CAP = 10
"""The most rows of a list on the desk's home."""
COUNTED = 100
"""The most rows of such a list that are counted: what it costs does not grow with the archive."""

Row = TypeVar("Row")
Shown = TypeVar("Shown")


@dataclass(frozen=True)
class Listed(Generic[Row]):
    """The first rows of a list, and the count of all. If it ``goes_on``, there are more than were counted."""

    rows: list[Row]
    total: int
    goes_on: bool = False

    @property
    def more(self) -> int:
        return self.total - len(self.rows)

    def map(self, show: Callable[[Row], Shown]) -> "Listed[Shown]":
        return Listed([show(row) for row in self.rows], self.total, self.goes_on)


Parts = dict[str, list[Any]]
"""The rows of several lists by the lists' names."""


def marked(rows: QuerySet[Any], name: str, *, place: Any, total: Any) -> QuerySet[Any]:
    """The rows, to be read together with others: of which list they are, at which place, and how many it has."""
    found: QuerySet[Any] = rows.order_by().annotate(
        list_name=Value(name, CharField()), place=place, total=total
    )
    return found


def first_of(shown: QuerySet[Any], name: str, rows: QuerySet[Any]) -> QuerySet[Any]:
    """The first rows of an ordered list, marked, with the columns and relations of ``shown``."""
    order: Any = rows.query.order_by
    place = Window(RowNumber(), order_by=list(order))
    return marked(shown.filter(pk__in=rows.values("pk")[:CAP]), name, place=place, total=_how_many(rows))


def together(first: QuerySet[Any], *others: QuerySet[Any]) -> QuerySet[Any]:
    """Marked rows of several lists, to be read in one query. All have the same columns."""
    return first.union(*others, all=True).order_by("list_name", "place")


def by_list(rows: Iterable[Any]) -> Parts:
    """Rows that were read together. A list without rows is not among the found."""
    found: Parts = {}
    for row in rows:
        found.setdefault(row.list_name, []).append(row)
    return found


def listed(found: Parts, name: str) -> Listed[Any]:
    """A list whose first rows were read."""
    rows = found.get(name, [])
    total = rows[0].total if rows else 0
    return Listed(rows, min(total, COUNTED), goes_on=total > COUNTED)


def _how_many(rows: QuerySet[Any]) -> Subquery:
    """The number of rows, or one more than is counted."""
    counted = rows.order_by().values("pk")[: COUNTED + 1]
    some = rows.model._base_manager.filter(pk__in=counted).order_by()
    number = Func("pk", function="COUNT", output_field=IntegerField())
    return Subquery(some.annotate(rows_in_all=number).values("rows_in_all"))
