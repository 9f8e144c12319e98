"""When a shared model is public: while a public edition refers to it (``Edition.objects.public()``)."""

import datetime as dt
from typing import Any, ClassVar, Generic, Self, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import Expression, OuterRef, QuerySet, Subquery
from django.db.models.lookups import IsNull

M = TypeVar("M", bound=models.Model)


def any_of(rows: QuerySet[Any, Any]) -> Expression:
    """The condition that there is one of these rows; for a correlated query in the order of an index.

    Unlike EXISTS, a database asks this row by row and never turns it into a join. So a page of a list asks for the few
    rows that it shows, whatever PostgreSQL believes about the sizes of tables.
    """
    return IsNull(Subquery(rows.values("pk")[:1]), False)


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
