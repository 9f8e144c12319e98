"""The pictures of editions, and which files of pictures readers may see at a moment."""

import datetime as dt
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import OuterRef, Q

from reviews import clock
from reviews.models.public.edition import Edition
from reviews.models.shared.picture import Picture, is_cleared
from reviews.models.shared.picture_file import PictureFile
from reviews.models.shared.queryset import any_of


class EditionPictureQuerySet(models.QuerySet["EditionPicture"]):
    def cleared(self, at: dt.datetime | None = None) -> Self:
        """Those whose picture's own embargo and rights allow it to be shown at a moment (default: now)."""
        return self.filter(is_cleared(at or clock.now(), "picture__"))


class EditionPicture(models.Model):
    """A picture that an edition shows, in the version (``file``) with which it was published."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="+")
    picture = models.ForeignKey(Picture, models.PROTECT, related_name="+")
    file = models.ForeignKey(PictureFile, models.PROTECT, related_name="+")

    objects = EditionPictureQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "picture"], name="editionpicture_once")]

    def __str__(self) -> str:
        return f"{self.edition}: {self.picture}"


NEWEST_IN = (
    ("Film", "poster"),
    ("Film", "still"),
    ("Critic", "portrait"),
    ("Person", "portrait"),
)
"""Which models show a picture wherever they are public, always its newest version."""


def shown_files(at: dt.datetime | None = None) -> models.QuerySet[PictureFile]:
    """The files of which readers may see renditions at a moment (default: now).

    Those that something public shows, of pictures that their own embargo and rights allow to be shown. To be filtered
    by a token: each condition is then asked of one row, by an index.
    """
    at = at or clock.now()
    in_editions = EditionPicture.objects.filter(
        any_of(Picture.objects.cleared(at).filter(pk=OuterRef("picture")).order_by()),
        any_of(Edition.objects.public(at).filter(pk=OuterRef("edition")).order_by()),
        file=OuterRef("pk"),
    )
    is_shown = Q(any_of(in_editions.order_by()))
    for name, column in NEWEST_IN:
        owners: Any = apps.get_model("reviews", name).objects
        cleared = is_cleared(at, f"{column}__")
        is_shown |= Q(
            any_of(owners.public(at).filter(cleared, **{f"{column}__file": OuterRef("pk")}).order_by())
        )
    return PictureFile.objects.filter(is_shown)
