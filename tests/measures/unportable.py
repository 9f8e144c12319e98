"""Searches a module for what databases may do differently."""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

LOOKUPS = {
    *("regex", "iregex", "contains", "icontains", "startswith", "istartswith", "endswith", "iendswith"),
    *("iexact", "search", "date", "year", "month", "day", "week", "week_day", "hour", "minute", "second"),
}
NAMES = {
    *(
        "RawSQL",
        "Window",
        "Collate",
        "Cast",
        "Func",
        "Avg",
        "StdDev",
        "Variance",
        "connection",
        "connections",
    ),
    *("IntegrityError", "OperationalError", "DatabaseError"),
}
METHODS = {"raw", "extra", "select_for_update", "dates", "datetimes", "on_commit"}
KEYWORDS = {"nulls_first", "nulls_last", "ignore_conflicts", "update_conflicts", "durable"}


@dataclass(frozen=True)
class Place:
    """Something that databases may do differently, and where it is used."""

    file: str
    number: int
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.number}: {self.what}"


@dataclass(frozen=True)
class Columns:
    """The names of columns whose order or parts may differ between databases."""

    text: frozenset[str]
    json: frozenset[str]


def places(source: str, file: str, columns: Columns) -> Iterator[Place]:
    """Everything in a module that is not portable."""
    tree = ast.parse(source)
    from_django = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("django.db")
        for alias in node.names
    }
    for node in ast.walk(tree):
        for what in _found(node, columns, from_django & NAMES):
            yield Place(file, getattr(node, "lineno", 0), what)


def _found(node: ast.AST, columns: Columns, names: Iterable[str]) -> Iterator[str]:
    match node:
        case ast.Name(id=name) if name in names:
            yield name
        case ast.ImportFrom(module="django.db.models.functions", names=functions):
            yield from (alias.name for alias in functions)
        case ast.Call(func=ast.Attribute(attr="distinct"), args=[_, *_]):
            yield "distinct(fields)"
        case ast.Call(func=ast.Attribute(attr="order_by"), args=by):
            yield from _ordered(by, columns)
        case ast.Call(func=ast.Attribute(attr=method)) if method in METHODS:
            yield method
        case ast.Assign(targets=[ast.Name(id="ordering")], value=ast.List(elts=by) | ast.Tuple(elts=by)):
            yield from _ordered(by, columns)
        case ast.Assign(targets=[ast.Name(id="search_fields")]):
            yield "search_fields"
        case ast.BinOp(left=left, right=right):
            yield from (f"reckons with {name}" for name in _texts([left, right], columns))
        case ast.keyword(arg=str(name)):
            yield from {name} & KEYWORDS
            yield from _looked_up(name, columns)
        case ast.Constant(value=str(text)) if text.isidentifier():
            yield from _looked_up(text, columns)


def _looked_up(path: str, columns: Columns) -> Iterator[str]:
    *steps, lookup = path.split("__")
    if any(steps) and lookup in LOOKUPS:
        yield lookup
    if columns.json & set(steps) and lookup != "isnull":
        yield "inside JSON"


def _ordered(by: list[ast.expr], columns: Columns) -> Iterator[str]:
    for constant in (node for each in by for node in ast.walk(each) if isinstance(node, ast.Constant)):
        name = str(constant.value).removeprefix("-").rpartition("__")[2]
        if name in columns.text:
            yield f"in the order of {name}"


def _texts(operands: list[ast.expr], columns: Columns) -> Iterator[str]:
    for operand in operands:
        match operand:
            case ast.Call(func=ast.Name(id="F"), args=[ast.Constant(value=str(path))]):
                yield from {path.rpartition("__")[2]} & columns.text
