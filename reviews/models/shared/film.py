"""Films, the franchises they belong to, and their releases."""

import datetime as dt

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Expression, OuterRef, Q
from django.urls import reverse

from reviews.models.fields import (
    Identified,
    IdentifierField,
    LineField,
    ProseField,
    SlugField,
    SortKeyField,
    WithinLimits,
)
from reviews.models.shared.picture import not_on_pages
from reviews.models.shared.queryset import PublicQuerySet, SluggedManagerMixin, any_of
from reviews.rules import identifiers

FIRST_FILM_YEAR = 1874
LAST_FILM_YEAR = 2100
LONGEST_RUNTIME = 60 * 24 * 40


class FranchiseQuerySet(SluggedManagerMixin, PublicQuerySet["Franchise"]):
    edition_lookup = "film__franchise"

    def is_public(self, at: dt.datetime | None) -> Expression:
        return any_of(Film.objects.public(at).filter(franchise=OuterRef("pk")).order_by())

    def alphabetical(self) -> "FranchiseQuerySet":
        return self.order_by("name", "uid")


class Franchise(Identified, WithinLimits):
    """A series of films. Readers see it while one of its films is public."""

    name = LineField(max_length=200)
    slug = SlugField(
        unique=True,
        error_messages={"unique": "Another franchise has this address: choose another."},
        help_text="Its address on the site: /franchises/…/",
    )
    description = ProseField(blank=True)

    objects = FranchiseQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        indexes = [models.Index(fields=["name", "uid"], name="franchise_alphabetical")]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    def get_absolute_url(self) -> str:
        return reverse("franchise_detail", args=[self.slug])


class FilmQuerySet(SluggedManagerMixin, PublicQuerySet["Film"]):
    edition_lookup = "film"

    def alphabetical(self) -> "FilmQuerySet":
        return self.order_by("sort_title", "uid")

    def with_posters(self) -> "FilmQuerySet":
        """With what pages show of their posters, in one query."""
        return self.select_related("poster__file").defer(*not_on_pages("poster"))


class Film(Identified, WithinLimits):
    """A film and its production data. Readers see it while one of its reviews is public."""

    title = LineField(max_length=300)
    full_title = LineField(max_length=300, blank=True, help_text="The marketing title, where it is longer.")
    original_title = LineField(max_length=300, blank=True, help_text="Where it differs from the title above.")
    sort_title = SortKeyField("title")
    slug = SlugField(
        unique=True,
        error_messages={"unique": "Another film has this address: add the year, such as “ballerina-2025”."},
        help_text="The film’s address on the site: /films/…/",
    )
    release_year = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        validators=[MinValueValidator(FIRST_FILM_YEAR), MaxValueValidator(LAST_FILM_YEAR)],
    )
    runtime_minutes = models.PositiveIntegerField(
        "runtime in minutes",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_RUNTIME)],
    )
    synopsis = ProseField(blank=True, help_text="Without spoilers: readers see it before any review.")
    countries = LineField(
        max_length=300, blank=True, help_text="Separate with commas: Hungary, United States."
    )
    languages = LineField(max_length=300, blank=True, help_text="Separate with commas: English, Spanish.")
    franchise = models.ForeignKey(Franchise, models.PROTECT, null=True, blank=True, related_name="films")
    poster = models.ForeignKey(
        "reviews.Picture",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Shown at 2:3. Without one, or before it may be shown, readers see a drawn one.",
    )
    still = models.ForeignKey(
        "reviews.Picture",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Shown wide, at the head of the film’s page and where a review has no picture of its own.",
    )
    imdb_id = IdentifierField(identifiers.imdb_title, verbose_name="IMDb id", help_text="Such as tt0113247.")
    tmdb_id = IdentifierField(
        identifiers.tmdb_film, verbose_name="TMDB id", help_text="A number, such as 406."
    )
    wikidata_id = IdentifierField(
        identifiers.wikidata, verbose_name="Wikidata id", help_text="Such as Q275187."
    )
    eidr_id = IdentifierField(
        identifiers.eidr, verbose_name="EIDR id", help_text="Such as 10.5240/7791-8534-2C23-9030-8610-5."
    )

    objects = FilmQuerySet.as_manager()

    class Meta:
        ordering = ["sort_title", "release_year"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title=""),
                name="film_title_given",
                violation_error_message="Give the film a title.",
            ),
            models.CheckConstraint(
                condition=Q(release_year=None) | Q(release_year__range=(FIRST_FILM_YEAR, LAST_FILM_YEAR)),
                name="film_release_year_plausible",
                violation_error_message=f"A release year lies between {FIRST_FILM_YEAR} and {LAST_FILM_YEAR}.",
            ),
            models.CheckConstraint(
                condition=Q(runtime_minutes=None) | Q(runtime_minutes__range=(1, LONGEST_RUNTIME)),
                name="film_runtime_plausible",
                violation_error_message="A runtime is a number of minutes, at least 1.",
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{name: ""}) | Q(**{f"{name}__regex": pattern}),
                    name=f"film_{name}_pattern",
                    violation_error_message=f"That is not a film’s {label} id.",
                )
                for name, label, pattern in (
                    ("imdb_id", "IMDb", identifiers.IMDB_TITLE_PATTERN),
                    ("tmdb_id", "TMDB", identifiers.TMDB_PATTERN),
                    ("wikidata_id", "Wikidata", identifiers.WIKIDATA_PATTERN),
                    ("eidr_id", "EIDR", identifiers.EIDR_PATTERN),
                )
            ),
        ]
        indexes = [
            models.Index(fields=["sort_title", "uid"], name="film_alphabetical"),
            # The columns by which the desk's list is sorted.
            models.Index(fields=["release_year", "id"], name="film_by_release_year"),
            models.Index(fields=["runtime_minutes", "id"], name="film_by_runtime"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.release_year})" if self.release_year else self.title

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    def get_absolute_url(self) -> str:
        return reverse("film_detail", args=[self.slug])


class ReleaseQuerySet(models.QuerySet["Release"]):
    def get_by_natural_key(self, uid: str) -> "Release":
        return self.get(uid=uid)


class Release(Identified):
    """A release of a film: territory, medium, date and certificate."""

    class Medium(models.TextChoices):
        CINEMA = "cinema", "in cinemas"
        FESTIVAL = "festival", "at a festival"
        STREAMING = "streaming", "streaming"
        DISC = "disc", "on disc"
        TELEVISION = "television", "on television"

    film = models.ForeignKey(Film, models.CASCADE, related_name="releases")
    territory = LineField(max_length=2, help_text="ISO 3166-1 alpha-2, such as GB or US.")
    medium = models.CharField(max_length=12, choices=Medium, default=Medium.CINEMA)
    date = models.DateField(null=True, blank=True)
    certificate = LineField(
        max_length=20, blank=True, help_text="As the territory’s board gave it: 15, R, FSK 16."
    )
    advice = LineField(max_length=300, blank=True, help_text="The board’s reasons, as it words them.")
    distributor = LineField(max_length=200, blank=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ["date", "territory", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(territory__regex=r"^[A-Z]{2}$"),
                name="release_territory_code",
                violation_error_message="A territory is two capital letters, such as GB or US.",
            ),
            models.UniqueConstraint(
                fields=["film", "territory", "medium", "date"],
                name="release_once",
                violation_error_message="This film has that release already.",
            ),
            # To a database, two null dates are different.
            models.UniqueConstraint(
                fields=["film", "territory", "medium"],
                condition=Q(date=None),
                name="release_once_undated",
                violation_error_message="This film has that release already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.territory}, {self.get_medium_display()}, {self.date or 'date open'}"

    def natural_key(self) -> tuple[str]:
        return (str(self.uid),)
