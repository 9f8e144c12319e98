"""Pictures: what an outlet shows of films and people, with the terms on which it may."""

import datetime as dt
import secrets
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from taggit.managers import TaggableManager
from taggit.models import ItemBase

from reviews import clock
from reviews.models.fields import Identified, LineField, ProseField, SlugField, WithinLimits
from reviews.models.keys import RandomlyKeyed
from reviews.models.shared.picture_file import PictureFile
from reviews.models.shared.tag import Tag, TagsBySlug
from reviews.rules.slugs import slugify

LONGEST_STEM = 40
LONGEST_PROSE = 2_000
"""Characters; as much as is read of what a file says of itself."""
LONGEST_LINE = 300
_NAME_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
"""Without those that look alike, because people may type a name."""


def new_name(file_name: str) -> str:
    """A name for a picture that was uploaded under a file name.

    Part of every name is random: one that got a number only where it is taken would tell of pictures that whoever
    uploads may not see.
    """
    stem = slugify(file_name.rpartition(".")[0] or file_name)[:LONGEST_STEM].strip("-") or "picture"
    return f"{stem}-{''.join(secrets.choice(_NAME_LETTERS) for _ in range(7))}"


def is_cleared(at: dt.datetime, picture: str = "") -> Q:
    """The condition that a picture's own embargo and rights allow it to be shown at a moment, wherever it stands.

    ``picture`` is the look-up of a row's picture, such as ``picture__``.
    """
    begun = Q(**{f"{picture}embargo_until": None}) | Q(**{f"{picture}embargo_until__lte": at})
    lasting = Q(**{f"{picture}rights_until": None}) | Q(**{f"{picture}rights_until__gt": at})
    return begun & lasting


_ON_PAGES = ("alt", "is_decorative", "caption", "credit", "rights_until", "embargo_until")
_OF_FILES = ("token", "width", "height", "colour", "focal_x", "focal_y")


def on_pages(picture: str) -> tuple[str, ...]:
    """What readers' pages show of a row's picture, for ``only``. ``picture`` is its look-up: ``film__poster``."""
    own = (f"{picture}__{name}" for name in _ON_PAGES)
    return (picture, *own, f"{picture}__file", *(f"{picture}__file__{name}" for name in _OF_FILES))


def not_on_pages(picture: str) -> list[str]:
    """The other columns, for ``defer``."""
    shown = {"id", *_ON_PAGES, "file", *_OF_FILES}
    own = [f"{picture}__{field.name}" for field in Picture._meta.concrete_fields if field.name not in shown]
    files = (field.name for field in PictureFile._meta.concrete_fields if field.name not in shown)
    return [*own, *(f"{picture}__file__{name}" for name in files)]


class PictureQuerySet(models.QuerySet["Picture"]):
    def get_by_natural_key(self, uid: str) -> "Picture":
        return self.get(uid=uid)

    def cleared(self, at: dt.datetime | None = None) -> Self:
        """Those that their own embargo and rights allow to be shown at a moment (default: now)."""
        return self.filter(is_cleared(at or clock.now()))


class Picture(RandomlyKeyed, Identified, WithinLimits):
    """A still, portrait or poster, with its words, its terms and its newest version (``file``).

    Its words and terms are read live wherever it stands: a credit that is corrected is right on every page at once, and
    rights that end take it off every page.
    """

    class Licence(models.TextChoices):
        NONE = "", "not known yet"
        PRESS = "press", "press material, for coverage of the film"
        LICENSED = "licensed", "licensed from an agency"
        PERMITTED = "permitted", "by permission of whoever owns it"
        COMMONS = "commons", "Creative Commons"
        FREE = "free", "public domain"
        OURS = "ours", "ours"

    name = SlugField(
        unique=True,
        editable=False,
        help_text="How a text shows it: ![](picture:…). It never changes.",
    )
    file = models.ForeignKey(
        PictureFile, models.PROTECT, related_name="+", editable=False, verbose_name="newest version"
    )
    alt = ProseField(
        "alternative text",
        blank=True,
        max_length=LONGEST_PROSE,
        help_text="What it shows, for people who do not see it, and where it does not load.",
    )
    is_decorative = models.BooleanField(
        "decorative",
        default=False,
        help_text="Tick if it says nothing that the text does not: screen readers pass it by.",
    )
    caption = ProseField(
        blank=True, max_length=LONGEST_PROSE, help_text="Readers see it under a figure and a hero."
    )
    credit = LineField(
        max_length=300, blank=True, help_text="As the owner wants it: Photo: Larry D. Horricks / Lionsgate."
    )
    licence = models.CharField(max_length=10, choices=Licence, default=Licence.NONE, blank=True)
    licence_note = ProseField(
        blank=True,
        max_length=LONGEST_PROSE,
        help_text="The terms, as whoever gave it words them. For the desk.",
    )
    source = LineField(
        max_length=300, blank=True, help_text="Where it comes from: a press site, an agency, a person."
    )
    rights_until = models.DateTimeField(
        "end of rights",
        null=True,
        blank=True,
        help_text="The picture leaves the site by itself at this moment.",
    )
    embargo_until = models.DateTimeField(
        "embargo", null=True, blank=True, help_text="Readers see it nowhere before this moment."
    )
    tags = TaggableManager(
        through="reviews.PictureTag",
        manager=TagsBySlug,
        blank=True,
        related_name="desk_picture+",
        help_text="Separate with commas. They are for finding it at the desk.",
    )
    added_at = models.DateTimeField(default=clock.now, editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )

    objects = PictureQuerySet.as_manager()

    class Meta:
        ordering = ["-added_at", "uid"]
        permissions = [("license_picture", "Can change the licence, rights and embargo of pictures")]
        constraints = [
            models.CheckConstraint(
                condition=Q(licence__in=["", "press", "licensed", "permitted", "commons", "free", "ours"]),
                name="picture_licence_known",
                violation_error_message="Choose one of the licences, or say that it is not known yet.",
            ),
            models.CheckConstraint(
                condition=Q(is_decorative=False) | Q(alt=""),
                name="picture_decorative_or_described",
                violation_error_message="A decorative picture has no alternative text: clear that, or untick it.",
            ),
            models.CheckConstraint(
                condition=Q(rights_until=None)
                | Q(embargo_until=None)
                | Q(rights_until__gt=models.F("embargo_until")),
                name="picture_embargo_before_end",
                violation_error_message="Its rights would end before its embargo does.",
            ),
        ]
        indexes = [
            models.Index(fields=["added_at", "uid"], name="picture_newest"),
            models.Index(
                fields=["rights_until", "id"],
                condition=Q(rights_until__isnull=False),
                name="picture_rights_end",
            ),
            models.Index(
                fields=["embargo_until", "id"],
                condition=Q(embargo_until__isnull=False),
                name="picture_embargo_end",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (str(self.uid),)

    def is_cleared(self, at: dt.datetime) -> bool:
        """Whether its own embargo and rights allow it to be shown at a moment."""
        has_begun = self.embargo_until is None or self.embargo_until <= at
        return has_begun and (self.rights_until is None or self.rights_until > at)


class PictureFilmQuerySet(models.QuerySet["PictureFilm"]):
    def get_by_natural_key(self, picture_uid: str) -> "PictureFilm":
        return self.get(picture__uid=picture_uid)


class PictureFilm(models.Model):
    """The film that a picture shows.

    A row of its own, as is who it shows: films and people refer to pictures, and a fixture cannot be loaded whose
    tables refer to each other in a circle.
    """

    picture = models.OneToOneField(Picture, models.CASCADE, related_name="of_film")
    film = models.ForeignKey("reviews.Film", models.CASCADE, related_name="+")

    objects = PictureFilmQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.picture}: {self.film}"

    def natural_key(self) -> tuple[str]:
        return (str(self.picture.uid),)

    natural_key.dependencies = ["reviews.picture"]  # type: ignore[attr-defined]


class PicturePersonQuerySet(models.QuerySet["PicturePerson"]):
    def get_by_natural_key(self, picture_uid: str, person_slug: str) -> "PicturePerson":
        return self.get(picture__uid=picture_uid, person__slug=person_slug)


class PicturePerson(models.Model):
    """Somebody whom a picture shows."""

    picture = models.ForeignKey(Picture, models.CASCADE, related_name="+")
    person = models.ForeignKey("reviews.Person", models.CASCADE, related_name="+")

    objects = PicturePersonQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["picture", "person"], name="pictureperson_once")]

    def __str__(self) -> str:
        return f"{self.picture}: {self.person}"

    def natural_key(self) -> tuple[str, str]:
        return (str(self.picture.uid), self.person.slug)

    natural_key.dependencies = ["reviews.picture", "reviews.person"]  # type: ignore[attr-defined]


class PictureTagQuerySet(models.QuerySet["PictureTag"]):
    def get_by_natural_key(self, picture_uid: str, tag_slug: str) -> "PictureTag":
        return self.get(content_object__uid=picture_uid, tag__slug=tag_slug)


class PictureTag(ItemBase):
    """A tag of a picture. No reader sees it."""

    # As in ReviewTag: the class itself, and a name for taggit's own queries.
    tag = models.ForeignKey(Tag, models.PROTECT, related_name="+", related_query_name="picture_tagging")
    content_object = models.ForeignKey(Picture, models.CASCADE, related_name="+")

    objects = PictureTagQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["content_object", "tag"], name="picturetag_unique")]

    def natural_key(self) -> tuple[str, str]:
        return (str(self.content_object.uid), self.tag.slug)

    natural_key.dependencies = ["reviews.picture", "reviews.tag"]  # type: ignore[attr-defined]

    @classmethod
    def tag_relname(cls) -> Any:
        return cls._meta.get_field("tag").remote_field.related_query_name
