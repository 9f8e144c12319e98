"""Aspects: what a judgement is about."""

from django.db import models
from django.db.models import Q

from reviews.models.fields import Identified, LineField, SlugField


class AspectQuerySet(models.QuerySet["Aspect"]):
    def get_by_natural_key(self, slug: str, film_slug: str | None) -> "Aspect":
        return self.get(slug=slug, film__slug=film_slug)


class Aspect(Identified):
    """One side of a film that critics judge: a general one, or one that only a single film has."""

    name = LineField(max_length=100)
    slug = SlugField()
    position = models.PositiveSmallIntegerField(
        default=0, help_text="The order in which aspects are shown, from 1."
    )
    film = models.ForeignKey(
        "reviews.Film",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        help_text="Leave empty for an aspect that every film has.",
    )

    objects = AspectQuerySet.as_manager()

    class Meta:
        ordering = ["position", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["slug"],
                condition=Q(film=None),
                name="aspect_general_slug_unique",
                violation_error_message="Another general aspect has this slug: choose another.",
            ),
            models.UniqueConstraint(
                fields=["film", "slug"],
                condition=Q(film__isnull=False),
                name="aspect_film_slug_unique",
                violation_error_message="This film has an aspect with this slug already.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str, str | None]:
        return (self.slug, self.film.slug if self.film else None)

    natural_key.dependencies = ["reviews.film"]  # type: ignore[attr-defined]
