"""The desk's lists: as quick for 100,000 rows as for a thousand.

A list counts and numbers its next ten pages only. Those after them begin where these end, at a row that the address
names; the last page is read from the end.
"""

from collections.abc import Sequence
from typing import Any

from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import PAGE_VAR, ChangeList
from django.core.exceptions import FieldDoesNotExist
from django.core.paginator import Paginator
from django.db import connection
from django.db.models import Model, Q, QuerySet
from django.db.models.constants import LOOKUP_SEP
from django.http import HttpRequest
from django.utils.functional import cached_property

from reviews.admin.parts.typing import ModelAdmin
from reviews.admin.parts.values import is_key
from reviews.models import Critic, Film, Franchise, Person
from reviews.models.keys import Sequenced

COUNTED = 500
"""The most rows that a list counts and numbers in pages."""
AFTER_VAR = "after"
LAST = "last"
"""The value of ``after`` that asks for the last page."""

LAST_NAME = "\U000ffffd"
"""No name comes after it."""

ALPHABETICAL: dict[type[Model], tuple[str, str, str]] = {
    Film: ("title", "sort_title", "uid"),
    Franchise: ("name", "name", "uid"),
    Critic: ("name", "sort_name", "uid"),
    Person: ("name", "sort_name", "uid"),
}
"""By which columns a list is sorted where it is sorted by this column, or by a relation to the model."""


class CountedPaginator(Paginator):  # type: ignore[type-arg]
    """Pages of the first rows of a list."""

    @cached_property
    def found(self) -> int:
        """How many rows there are, but not further than one more than is counted."""
        rows: Any = self.object_list
        return int(rows.order_by()[: COUNTED + 1].count())

    @cached_property
    def count(self) -> int:
        return min(self.found, COUNTED)

    @property
    def has_more(self) -> bool:
        return self.found > COUNTED


class DeskChangeList(ChangeList):
    """``has_more``: there are more rows than ``result_count`` says. ``is_last``: these are the last ones."""

    has_more = False
    is_last = False
    after = ""
    next_after = ""
    paginator: CountedPaginator

    def get_filters_params(self, params: Any = None) -> dict[str, Any]:
        left: dict[str, Any] = super().get_filters_params(params)
        self.after = (left.pop(AFTER_VAR, None) or [""])[-1]
        return left

    def get_results(self, request: HttpRequest) -> None:
        everything = self.queryset = in_order_of_an_index(self.queryset)
        # From where the pages are counted, which actions on the list must not be limited to.
        self.queryset = self._those_after(everything)
        super().get_results(request)
        self.queryset = everything
        self.has_more = self.paginator.has_more
        self.is_last = self.after == LAST
        if self.is_last:
            self.result_list = list(everything.reverse()[: self.list_per_page])[::-1]
            self.multi_page = False
        elif self.has_more and self.page_num == self.paginator.num_pages:
            self.next_after = str(list(self.result_list)[-1].pk)

    def _those_after(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        if self.after in ("", LAST):
            return rows
        row = rows.order_by().filter(pk=self.after) if is_key(self.after) else rows.none()
        names = [str(name) for name in rows.query.order_by]
        values = row.values_list(*(name.removeprefix("-") for name in names)).first()
        if values is None:
            raise IncorrectLookupParameters
        return rows.filter(beyond(names, values))

    @property
    def next_pages(self) -> str:
        """The query string of the pages after the numbered ones; empty if these are all."""
        return self._at(self.next_after) if self.next_after else ""

    @property
    def last_page(self) -> str:
        """The query string of the last page, if there are more than the numbered ones."""
        return self._at(LAST) if self.has_more and not self.is_last else ""

    @property
    def first_pages(self) -> str:
        """The query string of the first pages, if these are others."""
        return self.get_query_string(remove=[PAGE_VAR, AFTER_VAR]) if self.after else ""

    def _at(self, after: str) -> str:
        return self.get_query_string({AFTER_VAR: after}, remove=[PAGE_VAR])

    def _get_deterministic_ordering(self, ordering: Sequence[Any]) -> list[Any]:
        # All terms run in the direction of the first, so that an index that has them is read either way.
        terms = [term for part in ordering for term in self._columns(str(part))]
        names = {term.removeprefix("-") for term in terms}
        sign = "-" if terms and terms[0].startswith("-") else ""
        last = ["sequence", "pk"] if issubclass(self.model, Sequenced) else ["pk"]
        return terms + [f"{sign}{name}" for name in last if name not in names]

    def get_ordering_field(self, field_name: Any) -> Any:
        # Nor by an address that names the column.
        return super().get_ordering_field(field_name) if field_name in (self.sortable_by or ()) else None

    def _columns(self, term: str) -> list[str]:
        """What an index has of a term, instead of the whole order of the model that it names."""
        name = term.removeprefix("-")
        sign = "-" if term.startswith("-") else ""
        try:
            related = self.lookup_opts.get_field(name).related_model
        except FieldDoesNotExist:
            related = None
        if isinstance(related, type) and related in ALPHABETICAL:
            return [f"{sign}{name}__{column}" for column in ALPHABETICAL[related][1:]]
        shown, *columns = ALPHABETICAL.get(self.model, ("",))
        return [f"{sign}{column}" for column in columns] if name == shown else [term]


class ListingMixin(ModelAdmin):
    """An admin whose list is a ``DeskChangeList``."""

    paginator = CountedPaginator
    show_full_result_count = False
    list_per_page = 50
    list_max_show_all = COUNTED - 1

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return DeskChangeList


def in_order_of_an_index(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The same rows. Where they are sorted by a related name, SQLite is led to read the names in their order.

    Without statistics it believes that it is cheaper to sort all rows. A condition that all names meet lets it expect
    few of them.
    """
    first = str(next(iter(rows.query.order_by), "")).removeprefix("-")
    relation = rows.model._meta.get_field(first.partition(LOOKUP_SEP)[0]) if LOOKUP_SEP in first else None
    if connection.vendor != "sqlite" or relation is None or relation.null:
        return rows
    return rows.filter(**{f"{first}__gte": "", f"{first}__lte": LAST_NAME})


def beyond(names: Sequence[str], values: Sequence[Any]) -> Q:
    """The rows that come after the one with these values, in the order of these names."""
    found, same = Q(pk__in=[]), Q()
    for name, value in zip(names, values, strict=True):
        column = name.removeprefix("-")
        found |= same & _past(column, value, is_falling=name.startswith("-"))
        same &= Q(**{column: value}) if value is not None else Q(**{f"{column}__isnull": True})
    return found


def _past(column: str, value: Any, *, is_falling: bool) -> Q:
    # SQLite takes null for less than any value, PostgreSQL for more.
    null_is_past = is_falling == (connection.vendor == "sqlite")
    is_null = Q(**{f"{column}__isnull": True})
    if value is None:
        return Q(pk__in=[]) if null_is_past else ~is_null
    past = Q(**{f"{column}__{'lt' if is_falling else 'gt'}": value})
    return past | is_null if null_is_past else past
