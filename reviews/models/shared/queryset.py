"""When a shared model is public: while a public edition refers to it (``Edition.objects.public()``)."""

import datetime as dt
from typing import Any, ClassVar, Generic, Self, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import Case, Expression, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.lookups import Exact, IsNull

M = TypeVar("M", bound=models.Model)


def any_of(rows: QuerySet[Any, Any]) -> Expression:
    """The condition that there is one of these rows; for a correlated query in the order of an index.

    Unlike EXISTS, a database asks this row by row and never turns it into a join. So a page of a list asks for the few
    rows that it shows, whatever PostgreSQL believes about the sizes of tables.
    """
    return IsNull(Subquery(rows.values("pk")[:1]), False)


def none_of(rows: QuerySet[Any, Any], where: Q | None = None) -> Q:
    """The condition that there is none of these rows, asked row by row as in ``any_of``, where there rarely is one.

    ``where`` must be true as well.
    """
    is_none = IsNull(Subquery(rows.values("pk")[:1]), True)
    return mostly(is_none if where is None else where & Q(is_none))


def mostly(condition: Q | Expression) -> Q:
    """A condition that is true of nearly every row. Where a NULL is compared it is not.

    Written as a number that is not 1, it is in no index, and PostgreSQL takes it to be true of nearly every row,
    statistics or not. Otherwise it would guess: that an end is NULL in one row of two hundred, for example. It would
    read a whole index for that, or sort a table, instead of looking for the twenty rows of a page.
    """
    return ~Q(Exact(Case(When(condition, then=Value(0)), default=Value(1)), Value(1)))


def seldom(condition: Q | Expression) -> Q:
    """A condition that is true of few rows: said again in addition to the one that an index is for.

    PostgreSQL takes it to be true of one row in two hundred, statistics or not, and looks for what belongs to these
    rows one by one. Without statistics it would expect thousands of them, and read other tables whole instead.
    """
    return Q(Exact(Case(When(condition, then=Value(1)), default=Value(0)), Value(1)))


def unless(condition: Q | Expression) -> Q:
    """The condition that another one is not true. Where a NULL is compared it is not: so what hides is asked for."""
    return ~Q(Exact(Case(When(condition, then=Value(1)), default=Value(0)), Value(1)))


class PublicQuerySet(models.QuerySet[M], Generic[M]):
    """A queryset of things that readers may see while a public edition refers to them."""

    edition_lookup: ClassVar[str]
    """The look-up from an edition to this model, such as ``film``."""

    def public(self, at: dt.datetime | None = None) -> Self:
        """Those with a public edition at a moment (default: now)."""
        return self.filter(self.is_public(at))

    def is_public(self, at: dt.datetime | None) -> Expression:
        """The condition on a row of this model."""
        return any_of(public_editions(at).filter(**{self.edition_lookup: OuterRef("pk")}).newest_first())


def public_editions(at: dt.datetime | None) -> Any:
    """``Edition.objects.public(at)``, for models that editions refer to."""
    editions: Any = apps.get_model("reviews", "Edition").objects
    return editions.public(at)


class SluggedManagerMixin:
    """Natural keys in fixtures: the slug."""

    def get_by_natural_key(self, slug: str) -> Any:
        return self.get(slug=slug)  # type: ignore[attr-defined]
