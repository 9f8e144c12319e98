"""How many queries somebody asks of the database, and how many rows they get for them."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection


@dataclass
class Count:
    """What was asked so far; ``rows`` are those that were fetched, not those that the database looked through."""

    statements: list[str] = field(default_factory=list)
    rows: int = 0

    @property
    def queries(self) -> int:
        return len(self.statements)


class CountingCursor:
    """A driver's cursor that counts the rows that it hands over."""

    def __init__(self, cursor: Any, count: Count) -> None:
        self.cursor, self.count = cursor, count

    def __getattr__(self, name: str) -> Any:
        return getattr(self.cursor, name)

    def __iter__(self) -> Iterator[Any]:
        for row in self.cursor:
            self.count.rows += 1
            yield row

    def fetchone(self) -> Any:
        row = self.cursor.fetchone()
        self.count.rows += row is not None
        return row

    def fetchmany(self, *size: int) -> Sequence[Any]:
        return self._counted(self.cursor.fetchmany(*size))

    def fetchall(self) -> Sequence[Any]:
        return self._counted(self.cursor.fetchall())

    def _counted(self, rows: Sequence[Any]) -> Sequence[Any]:
        self.count.rows += len(rows)
        return rows


@contextmanager
def counted() -> Iterator[Count]:
    """Count the queries and rows of this thread inside: ``with counted() as count: …; count.queries, count.rows``."""
    count = Count()

    def watch(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        count.statements.append(sql)
        wrapper = context["cursor"]
        if getattr(wrapper.cursor, "count", None) is not count:
            wrapper.cursor = CountingCursor(wrapper.cursor, count)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield count
