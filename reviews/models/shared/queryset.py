"""What makes a shared noun public: a public edition, through ``Edition.objects.public()`` and nothing else."""

import datetime as dt
from typing import Any, ClassVar, Generic, Self, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef

M = TypeVar("M", bound=models.Model)


class PublicQuerySet(models.QuerySet[M], Generic[M]):
    """A queryset of things that readers may see while an edition that names them is public."""

    edition_lookup: ClassVar[str]
    """The path from an edition to this noun, such as ``film__credits__person``."""

    def public(self, at: dt.datetime | None = None) -> Self:
        """Those with a public edition at a moment (default: now)."""
        lookup: dict[str, Any] = {self.edition_lookup: OuterRef("pk")}
        editions: Any = apps.get_model("reviews", "Edition").objects
        return self.filter(Exists(editions.public(at).filter(**lookup).order_by()))


class SluggedManagerMixin:
    """Look things up by the slug in fixtures."""

    def get_by_natural_key(self, slug: str) -> Any:
        return self.get(slug=slug)  # type: ignore[attr-defined]
