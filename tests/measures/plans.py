"""How much a database looks through for an answer, and by which plan: counted by itself, not by a clock."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection

Statement = tuple[str, Any]


@contextmanager
def asked() -> Iterator[list[Statement]]:
    """Collect the statements that read, with their values."""
    statements: list[Statement] = []

    def watch(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if sql.startswith("SELECT"):
            statements.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield statements


@dataclass(frozen=True)
class Work:
    """What a statement took: ``rows`` that were looked at, and the plan in words."""

    rows: int
    plan: str


def work_of(statement: Statement) -> Work:
    """Ask once more, and count. SQLite counts the steps of its machine: about a dozen go into one row."""
    return _work_in_sqlite(*statement) if connection.vendor == "sqlite" else _work_in_postgresql(*statement)


_STEPS_A_ROW = 12
_STEPS_A_CALL = 12 * 10


def _work_in_sqlite(sql: str, params: Any) -> Work:
    calls = 0

    def count() -> int:
        nonlocal calls
        calls += 1
        return 0

    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
        plan = "\n".join(row[-1] for row in cursor.fetchall())
        connection.connection.set_progress_handler(count, _STEPS_A_CALL)
        try:
            cursor.execute(sql, params)
            cursor.fetchall()
        finally:
            connection.connection.set_progress_handler(None, 0)
    return Work(calls * _STEPS_A_CALL // _STEPS_A_ROW, plan)


def _work_in_postgresql(sql: str, params: Any) -> Work:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {sql}", params)
        (found,) = cursor.fetchone()
    told = json.loads(found) if isinstance(found, str) else found
    lines: list[str] = []
    rows = _looked_at(told[0]["Plan"], lines, 0)
    return Work(rows, "\n".join(lines))


def _looked_at(node: dict[str, Any], lines: list[str], depth: int) -> int:
    loops = node.get("Actual Loops", 1)
    given = node.get("Actual Rows", 0) * loops
    dropped = sum(value for name, value in node.items() if name.startswith("Rows Removed by")) * loops
    name = " ".join(filter(None, (node["Node Type"], node.get("Relation Name"), node.get("Index Name"))))
    lines.append(f"{'  ' * depth}{name}: {given:.0f} rows, {dropped:.0f} dropped")
    below = sum(_looked_at(child, lines, depth + 1) for child in node.get("Plans", []))
    # What a join drops, it has looked at as well.
    return int((given if "Relation Name" in node else 0) + dropped) + below
