"""Statements that Django composes once, not for every request: composing takes most of the time of a short query."""

import datetime as dt
from collections.abc import Callable, Collection, Hashable, Iterator, Sequence
from copy import copy
from functools import lru_cache
from itertools import count
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet

from reviews import clock
from reviews.models.insider import Insider, insider, reading_as
from reviews.text import clean_characters

R = TypeVar("R")

MOST_SHAPES = 64
"""The most statements that each function keeps: one for every combination of lengths of the lists that it is given."""


_FEWEST = 16


def filled(keys: list[int]) -> list[int]:
    """The same and keys that no row has, up to a power of two: so a few statements serve lists of every length."""
    length = max(_FEWEST, 1 << (len(keys) - 1).bit_length()) if keys else 0
    return [*keys, *range(len(keys) - length, 0)]


class Prepared(Generic[R]):
    """A function that returns a queryset, made one that fetches its rows: ``Prepared(compose)(film.pk, clock.now())``.

    Arguments are primary keys, moments, days, uids, lines of text, and lists of these without repetition. The function
    may only compare with them: it is called once for each shape of its arguments, with stand-ins for the values, which
    are replaced afterwards. None and booleans belong to the shape, so what is asked may depend on them. Raises
    ValueError for a stand-in that is not among the parameters of the statement, and for a function that asks the clock:
    each moment is an argument, or the first one would stay.
    """

    def __init__(self, compose: Callable[..., QuerySet[Any, R]]) -> None:
        self.compose = compose
        self._statement = lru_cache(MOST_SHAPES)(self._composed)
        self._readers: list[_Reader[R]] = []

    def __call__(self, *arguments: Any) -> list[R]:
        """The rows that the queryset would give. One query; none if no row can match, as with an empty list."""
        someone = insider()
        if someone and not someone.sees_everything:
            # What they may see is a statement of their own.
            return list(self.compose(*arguments))
        # Who sees everything has another statement than readers. No person is in it.
        return self._statement(_shapes(arguments), someone is not None).rows([*_values(arguments)])

    def sent(self, *arguments: Any) -> tuple[str, tuple[Any, ...]]:
        """The statement of a reader and its parameters, which are what the queryset would send."""
        return self._statement(_shapes(arguments), False).sent([*_values(arguments)])

    def _composed(self, shape: tuple[Hashable, ...], sees_everything: bool) -> "_Statement[R]":
        someone = Insider(None, _NEVER) if sees_everything else None
        numbers = count(1)
        stand_ins = [_stand_in(each, numbers) for each in shape]
        with clock.reading_at(_NEVER), reading_as(someone):
            return _Statement(self.compose(*stand_ins), [*_values(stand_ins)], self._readers)


class _Reader(Generic[R]):
    """What makes objects of the rows of a statement: of its queryset and compiler all but what only composes.

    The trees of conditions take a hundred times the memory of the text that they become. Statements that select the
    same columns share one.
    """

    def __init__(self, queryset: QuerySet[Any, R], compiler: Any) -> None:
        self._db = queryset.db
        self._of = type(queryset)
        self._attributes = {name: value for name, value in vars(queryset).items() if name != "_query"}
        self._query = _bare(queryset.query, _COMPOSES)
        self._compiler = _bare(compiler, _COMPOSED)
        self._compiler.query = self._query

    @property
    def selects(self) -> tuple[Any, ...]:
        """All in which the readers of one function's statements can differ."""
        columns = [(sql, parameters, alias) for _, (sql, parameters), alias in self._compiler.select]
        named = {name: value for name, value in self._attributes.items() if name in _DECIDES}
        return self._of, columns, self._compiler.col_count, self._compiler.annotation_col_map, named

    def rows(self, sent: tuple[str, tuple[Any, ...]]) -> list[R]:
        compiler = copy(self._compiler)
        compiler.connection = connections[self._db]
        compiler.as_sql = lambda *args, **kwargs: sent
        query = _bare(self._query)
        query.get_compiler = lambda *args, **kwargs: compiler
        fetched = object.__new__(self._of)
        fetched.__dict__.update(self._attributes, _query=query, _result_cache=None)
        return list(fetched)


_COMPOSES = frozenset(
    (
        "where",
        "alias_map",
        "alias_refcount",
        "table_map",
        "used_aliases",
        "combined_queries",
        "order_by",
        "group_by",
    )
)
_COMPOSED = frozenset(("where", "having", "qualify", "quote_cache", "_meta_ordering"))
_DECIDES = (
    "_iterable_class",
    "_fields",
    "_known_related_objects",
    "_prefetch_related_lookups",
    "_sticky_filter",
)


def _bare(whole: Any, without: Collection[str] = ()) -> Any:
    """A copy that is made past the constructor, which would copy what is shared by all, or ask the database."""
    made = object.__new__(type(whole))
    made.__dict__.update({name: value for name, value in vars(whole).items() if name not in without})
    return made


class _Statement(Generic[R]):
    """A statement, and which of the values each of its parameters is."""

    def __init__(
        self, queryset: QuerySet[Any, R], stand_ins: Sequence[Any], readers: list[_Reader[R]]
    ) -> None:
        self._db = queryset.db
        self._sql = ""
        self._parameters: Sequence[Any] = ()
        self._places: list[int | None] = []
        compiler = queryset.query.get_compiler(using=queryset.db)
        try:
            self._sql, self._parameters = compiler.as_sql()
        except EmptyResultSet:
            return
        known = {_adapted(value, compiler.connection): n for n, value in enumerate(stand_ins)}
        self._places = [
            known.get(parameter) if isinstance(parameter, Hashable) else None
            for parameter in self._parameters
        ]
        if missing := set(known.values()) - set(self._places):
            raise ValueError(f"Not compared with: arguments {sorted(missing)} of {self._sql}")
        if _adapted(_NEVER, compiler.connection) in self._parameters:
            raise ValueError(f"The clock is asked by {self._sql}")
        reader = _Reader(queryset, compiler)
        alike = next((each for each in readers if each.selects == reader.selects), None)
        if alike is None:
            readers.append(reader)
        self._reader = alike or reader

    def sent(self, values: Sequence[Any]) -> tuple[str, tuple[Any, ...]]:
        """What the database is sent for these values. No text if no row can match."""
        connection = connections[self._db]
        given = [_adapted(value, connection) for value in values]
        return self._sql, tuple(
            parameter if place is None else given[place]
            for parameter, place in zip(self._parameters, self._places, strict=True)
        )

    def rows(self, values: Sequence[Any]) -> list[R]:
        return self._reader.rows(self.sent(values)) if self._sql else []


def _shapes(arguments: Sequence[Any]) -> tuple[Any, ...]:
    """What of each argument decides the statement: its type, or that of each value; None and booleans themselves."""
    return tuple(
        tuple(type(value) for value in each)
        if isinstance(each, list | tuple)
        else each
        if each is None or isinstance(each, bool)
        else type(each)
        for each in arguments
    )


def _stand_in(shape: Any, numbers: Iterator[int]) -> Any:
    if isinstance(shape, tuple):
        return [_stand_in(each, numbers) for each in shape]
    return shape if shape is None or isinstance(shape, bool) else _STAND_INS[shape](next(numbers))


_STAND_INS: dict[type, Callable[[int], Any]] = {
    int: lambda number: 2**62 + number,
    dt.date: lambda number: dt.date(2, 1, 1) + dt.timedelta(days=number),
    dt.datetime: lambda number: dt.datetime(3, 2, 1, tzinfo=dt.UTC) + dt.timedelta(microseconds=number),
    UUID: lambda number: UUID(int=2**127 + number),
    str: lambda number: f"\ue000{number}",
}
"""By type: values that no row has, each greater than the one before."""

_NEVER = dt.datetime(4, 3, 2, tzinfo=dt.UTC)


def _values(arguments: Sequence[Any]) -> Iterator[Any]:
    """The values of the arguments, those of lists one by one, without what belongs to the shape."""
    for argument in arguments:
        if isinstance(argument, list | tuple):
            yield from argument
        elif argument is not None and not isinstance(argument, bool):
            yield argument


def _adapted(value: Any, connection: BaseDatabaseWrapper) -> Any:
    """A value as a database's driver takes it."""
    if isinstance(value, dt.datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, dt.date):
        return connection.ops.adapt_datefield_value(value)
    if isinstance(value, UUID) and not connection.features.has_native_uuid_field:
        return value.hex
    return clean_characters(value) if isinstance(value, str) else value
