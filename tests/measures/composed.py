"""Compares prepared statements with what Django composes for the same arguments, in every test.

Composing takes longer than most of a page's queries. A prepared statement can differ only by what its values decide,
and they are merely compared, also with one another: the earlier of two moments, the first of two keys. So in the gate a
test compares a statement once for each relation between its values, and at night each time.
"""

from collections.abc import Hashable, Sequence
from typing import Any

import pytest
from django.core.exceptions import EmptyResultSet
from django.utils.timezone import get_current_timezone_name

from reviews.models.insider import reading_as
from reviews.models.prepared import Prepared
from tests.gate.night import NIGHT

Relation = tuple[Hashable, ...]


def relation(arguments: Sequence[Any]) -> Relation:
    """What can decide a statement besides the values themselves: types, None and booleans, order, and repetitions.

    Of single values the order within their type, of lists the length and whether a value is in it twice or also single;
    and the time zone, which a statement must not depend on.
    """
    single = [value for value in arguments if not isinstance(value, list | tuple)]
    return get_current_timezone_name(), *(
        _of_list(value, single) if isinstance(value, list | tuple) else _of_single(value, single)
        for value in arguments
    )


def _of_single(value: Any, single: Sequence[Any]) -> Hashable:
    if value is None or isinstance(value, bool):
        return value
    alike = {other for other in single if type(other) is type(value)}
    return type(value), not value, sorted(alike).index(value)


def _of_list(values: Sequence[Any], single: Sequence[Any]) -> Hashable:
    return tuple(map(type, values)), len({*values}), tuple(value in single for value in values)


class Comparisons:
    """Which statements were compared since this was made."""

    def __init__(self, *, each: bool) -> None:
        self.each = each
        self._made: set[tuple[Prepared[Any], Relation]] = set()

    def make(self, prepared: Prepared[Any], arguments: Sequence[Any]) -> None:
        """Compare, unless it was done for such arguments. Raises AssertionError for a difference."""
        key = prepared, relation(arguments)
        if self.each or key not in self._made:
            sent, parameters = prepared.sent(*arguments)
            composed = _composed(prepared, arguments)
            assert (sent, parameters) == composed, f"{sent} of {parameters} would be {composed}"
            self._made.add(key)


def _composed(prepared: Prepared[Any], arguments: Sequence[Any]) -> tuple[str, tuple[Any, ...]]:
    with reading_as(None):
        compiler = prepared.compose(*arguments).query.get_compiler("default")
        try:
            statement, parameters = compiler.as_sql()
        except EmptyResultSet:
            return "", ()
    return statement, tuple(parameters)


@pytest.fixture(autouse=True)
def statements_as_composed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compare what each test sends."""
    fetch, comparisons = Prepared.__call__, Comparisons(each=NIGHT)

    def compared(self: Prepared[Any], *arguments: Any) -> list[Any]:
        comparisons.make(self, arguments)
        return fetch(self, *arguments)

    monkeypatch.setattr(Prepared, "__call__", compared)
