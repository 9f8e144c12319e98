"""Sorts and scans in the plans of statements, whatever the LIMIT that they are asked with. Nothing is executed.

A page of ten cards and one of fifty are the same statement with another LIMIT, and a planner that has too little to go
by may scan or sort everything for the one and not for the other.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection

from tests.measures.plans import Statement

LIMITS = range(1, 51)
EDITIONS = "reviews_edition"

_LIMIT = re.compile(r"LIMIT \d+$")
_ALIAS = re.compile(rf'"{EDITIONS}" (?:AS )?"?([A-Z]+\d+)"?')
_FEW = re.compile(r"\b(rowid|id|slug|review_uid|review_id|film_id) *=")
"""Equality with a key of a row, of a review or of a film. What it finds does not grow with the site."""


@dataclass(frozen=True)
class Fault:
    """What a plan does that takes longer with more editions, and the least and largest LIMIT with which it does.

    Both are 0 if the statement has no LIMIT.
    """

    what: str
    least: int
    most: int


def faults_of(statement: Statement) -> list[Fault]:
    """Sorts in which editions take part, and scans over editions, at every LIMIT from 1 to 50.

    Not those of the editions of one review or film, nor reading in the order of an index until LIMIT rows are found
    (how many that takes is counted in :mod:`tests.measures.plans`).
    """
    sql, params = statement
    if f'"{EDITIONS}"' not in sql:
        return []
    seen = _seen_in_sqlite if connection.vendor == "sqlite" else _seen_in_postgresql
    if not _LIMIT.search(sql):
        return [Fault(what, 0, 0) for what in seen(sql, params)]
    found: dict[str, Fault] = {}
    for limit in LIMITS:
        for what in seen(_LIMIT.sub(f"LIMIT {limit}", sql), params):
            found[what] = replace(found.get(what, Fault(what, limit, limit)), most=limit)
    return list(found.values())


def _seen_in_sqlite(sql: str, params: Any) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
        plan = [row[-1] for row in cursor.fetchall()]
    names = "|".join({EDITIONS, *_ALIAS.findall(sql)})
    reads = [line for line in plan if re.match(rf"(SCAN|SEARCH) ({names})\b", line)]
    sorts = {line for line in plan if "TEMP B-TREE" in line}
    scans = {line for line in reads if line.startswith("SCAN")}
    if _LIMIT.search(sql) and not sorts:
        scans = {line for line in scans if " USING " not in line or line != plan[0]}
    return scans | (sorts if any(not _FEW.search(line) for line in reads) else set())


def _seen_in_postgresql(sql: str, params: Any) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON, VERBOSE, COSTS OFF) {sql}", params)
        (told,) = cursor.fetchone()
    return set(_in_node((json.loads(told) if isinstance(told, str) else told)[0]["Plan"], stops=False))


def _in_node(node: dict[str, Any], *, stops: bool) -> Iterator[str]:
    """``stops``: a node above takes the first rows only, in the order in which they come."""
    kind, below = node["Node Type"], node.get("Plans", [])
    if "Sort" in kind:
        few = tuple(f"{scan['Alias']}." for scan in _scans(node) if _finds_few(scan))
        keys = [key for key in node["Sort Key"] if not key.startswith(few)]
        editions = [scan for scan in _scans(node) if scan["Relation Name"] == EDITIONS]
        if keys and not all(_finds_few(scan) for scan in editions):
            yield f"{kind} by {', '.join(keys)}"
    if node.get("Relation Name") == EDITIONS and not _condition(node) and not (stops and "Index" in kind):
        yield f"{kind} of {EDITIONS}"
    for place, child in enumerate(below):
        goes_on = kind == "Limit" or (stops and kind == "Nested Loop" and place == 0)
        yield from _in_node(child, stops=goes_on)


def _scans(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if "Relation Name" in node:
        yield node
    for child in node.get("Plans", []):
        yield from _scans(child)


def _finds_few(scan: dict[str, Any]) -> bool:
    return bool(_FEW.search(_condition(scan)))


def _condition(node: dict[str, Any]) -> str:
    """The condition by which an index finds rows of a table, without casts and parentheses; empty if all are read."""
    return re.sub(r"::\w+(\[\])?|[()]", "", node.get("Index Cond") or node.get("Recheck Cond") or "")
