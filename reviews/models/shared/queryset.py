"""When a shared model is public: while a public edition refers to it (``Edition.objects.public()``)."""

import datetime as dt
from typing import Any, ClassVar, Generic, Self, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef

M = TypeVar("M", bound=models.Model)


class PublicQuerySet(models.QuerySet[M], Generic[M]):
    """A queryset of things that readers may see while a public edition refers to them."""

    edition_lookup: ClassVar[str]
    """The look-up from an edition to this model, such as ``film__credits__person``."""

    def public(self, at: dt.datetime | None = None) -> Self:
        """Those with a public edition at a moment (default: now)."""
        lookup: dict[str, Any] = {self.edition_lookup: OuterRef("pk")}
        editions: Any = apps.get_model("reviews", "Edition").objects
        return self.filter(Exists(editions.public(at).filter(**lookup).order_by()))


class SluggedManagerMixin:
    """Natural keys in fixtures: the slug."""

    def get_by_natural_key(self, slug: str) -> Any:
        return self.get(slug=slug)  # type: ignore[attr-defined]
