"""Tags: one vocabulary for the desk and the readers, with slugs in any script."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Expression, OuterRef, Q
from django.urls import reverse
from taggit.managers import _TaggableManager
from taggit.models import TagBase

from reviews.models.fields import Identified, LineField, SlugField
from reviews.models.shared.queryset import PublicQuerySet, SluggedManagerMixin, any_of
from reviews.rules.slugs import slugify


class TagQuerySet(SluggedManagerMixin, PublicQuerySet["Tag"]):
    edition_lookup = "tags"

    def is_public(self, at: dt.datetime | None) -> Expression:
        rows: Any = apps.get_model("reviews", "EditionTag").objects
        return any_of(rows.public(at).filter(tag=OuterRef("pk")).newest_first())

    def alphabetical(self) -> "TagQuerySet":
        return self.order_by("name", "uid")


class Tag(Identified, TagBase):
    """A subject that reviews share. Two names with one slug ("Sci-Fi", "sci fi") are one tag."""

    name = LineField(max_length=100, unique=True)
    slug = SlugField(unique=True, error_messages={"unique": "Another tag has this address: use that one."})

    natural_key_fields = ["slug"]
    objects = TagQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def save(self, *args: Any, **kwargs: Any) -> None:
        # taggit's own save would add a number to a slug that is taken, and so reveal a hidden tag.
        self.slug = self.slug or slugify(self.name)
        models.Model.save(self, *args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("tag_detail", args=[self.slug])


class TagsBySlug(_TaggableManager):
    """taggit's manager, but matching by slug: SQLite's case-insensitive comparison covers ASCII only.

    A tag whose slug an editor has changed is still found by its exact name.
    """

    def _to_tag_model_instances(self, tags: Iterable[str | Tag], tag_kwargs: dict[str, Any]) -> list[Tag]:
        named = {tag.slug if isinstance(tag, Tag) else slugify(tag): tag for tag in reversed(list(tags))}
        known = Tag.objects.filter(Q(slug__in=named) | Q(name__in=[str(tag) for tag in named.values()]))
        by_slug, by_name = {tag.slug: tag for tag in known}, {tag.name: tag for tag in known}
        result = [
            by_name.get(str(tag))
            or by_slug.get(slug)
            or Tag.objects.get_or_create(slug=slug, defaults={"name": str(tag)})[0]
            for slug, tag in reversed(named.items())
        ]
        return list(dict.fromkeys(result))
