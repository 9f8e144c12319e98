"""People in the credits of films."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Expression, OuterRef, Q
from django.urls import reverse

from reviews.models.fields import Identified, IdentifierField, LineField, SlugField, SortKeyField
from reviews.models.shared.queryset import PublicQuerySet, SluggedManagerMixin, any_of, public_editions
from reviews.rules import identifiers


class PersonQuerySet(SluggedManagerMixin, PublicQuerySet["Person"]):
    edition_lookup = "film__credits__person"

    def is_public(self, at: dt.datetime | None) -> Expression:
        return any_of(Credit.objects.public(at).filter(person=OuterRef("pk")).order_by())

    def alphabetical(self) -> "PersonQuerySet":
        return self.order_by("sort_name", "uid")


class Person(Identified):
    """Somebody who made or appears in films. Readers see them while one of their films is public."""

    name = LineField(max_length=200)
    sort_name = SortKeyField("name")
    slug = SlugField(
        unique=True,
        error_messages={"unique": "Another person has this address: add what tells them apart."},
        help_text="Their address on the site: /people/…/",
    )
    portrait = models.ForeignKey(
        "reviews.Picture",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Shown square on their page.",
    )
    imdb_id = IdentifierField(identifiers.imdb_name, verbose_name="IMDb id", help_text="Such as nm0000158.")
    wikidata_id = IdentifierField(
        identifiers.wikidata, verbose_name="Wikidata id", help_text="Such as Q2263."
    )

    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering = ["sort_name"]
        verbose_name_plural = "people"
        constraints = [
            models.CheckConstraint(
                condition=~Q(name=""),
                name="person_name_given",
                violation_error_message="Give the person a name.",
            ),
            models.CheckConstraint(
                condition=Q(imdb_id="") | Q(imdb_id__regex=identifiers.IMDB_NAME_PATTERN),
                name="person_imdb_id_pattern",
                violation_error_message="That is not a person’s IMDb id.",
            ),
            models.CheckConstraint(
                condition=Q(wikidata_id="") | Q(wikidata_id__regex=identifiers.WIKIDATA_PATTERN),
                name="person_wikidata_id_pattern",
                violation_error_message="That is not a Wikidata id.",
            ),
        ]
        indexes = [models.Index(fields=["sort_name", "uid"], name="person_alphabetical")]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    def get_absolute_url(self) -> str:
        return reverse("person_detail", args=[self.slug])


class Job(models.TextChoices):
    """Kinds of credit, in the order in which credits are shown."""

    DIRECTOR = "director", "Director"
    WRITER = "writer", "Writer"
    PRODUCER = "producer", "Producer"
    CINEMATOGRAPHER = "cinematographer", "Cinematography"
    COMPOSER = "composer", "Music"
    PRODUCTION_DESIGNER = "production_designer", "Production design"
    EDITOR = "editor", "Editing"
    ACTOR = "actor", "Cast"


class CreditQuerySet(models.QuerySet["Credit"]):
    def get_by_natural_key(self, uid: str) -> "Credit":
        return self.get(uid=uid)

    def public(self, at: dt.datetime | None = None) -> Self:
        """Those on films with a public review at a moment (default: now)."""
        return self.filter(any_of(public_editions(at).filter(film=OuterRef("film")).newest_first()))


class Credit(Identified):
    """The job of a person on a film."""

    film = models.ForeignKey("reviews.Film", models.CASCADE, related_name="credits")
    person = models.ForeignKey(Person, models.PROTECT, related_name="credits")
    job = models.CharField(max_length=20, choices=Job)
    character = LineField(max_length=200, blank=True, help_text="For the cast.")
    position = models.PositiveSmallIntegerField(default=0, help_text="The order of billing, from 1.")

    objects = CreditQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["film", "person", "job", "character"],
                name="credit_once",
                violation_error_message="That person has that credit already.",
            ),
            models.CheckConstraint(
                condition=Q(job__in=Job.values),
                name="credit_job_known",
                violation_error_message="Choose what they did from the list.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_job_display()}"

    def natural_key(self) -> tuple[str]:
        return (str(self.uid),)
