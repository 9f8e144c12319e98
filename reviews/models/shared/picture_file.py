"""The versions of pictures: the files of which renditions are made."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q

from reviews import clock
from reviews.models.fields import Identified, LineField
from reviews.models.keys import RandomlyKeyed


def new_token() -> str:
    """A secret of 128 bits, in letters that an address may have."""
    return secrets.token_urlsafe(16)


class PictureFileQuerySet(models.QuerySet["PictureFile"]):
    def get_by_natural_key(self, uid: str) -> "PictureFile":
        return self.get(uid=uid)


class PictureFile(RandomlyKeyed, Identified):
    """One version of a picture: a file of our own making, which holds nothing of the upload but what it shows.

    It never changes, but for its focal point. A new file of a picture is a new version; editions keep the one they were
    published with. ``token`` is part of the address of its renditions, and nobody can guess it.
    """

    class Format(models.TextChoices):
        JPEG = "JPEG", "JPEG"
        WEBP = "WEBP", "WebP"

    picture_uid = models.UUIDField("picture’s uid", editable=False)
    number = models.PositiveIntegerField("version", default=1)
    token = LineField(max_length=22, unique=True, default=new_token, editable=False)
    format = models.CharField(max_length=4, choices=Format)
    width = models.PositiveIntegerField(help_text="In pixels, upright.")
    height = models.PositiveIntegerField(help_text="In pixels, upright.")
    colour = LineField(max_length=7, help_text="The average colour, as #rrggbb.")
    focal_x = models.FloatField(default=0.5, help_text="Share of the width from the left, 0 to 1.")
    focal_y = models.FloatField(default=0.5, help_text="Share of the height from the top, 0 to 1.")
    upload_digest = LineField(
        max_length=64, editable=False, help_text="SHA-256 of the uploaded file, in hexadecimal."
    )
    upload_name = LineField(max_length=300, blank=True, help_text="The name of the uploaded file.")
    upload_width = models.PositiveIntegerField()
    upload_height = models.PositiveIntegerField()
    added_at = models.DateTimeField(default=clock.now)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = PictureFileQuerySet.as_manager()

    class Meta:
        ordering = ["picture_uid", "-number"]
        verbose_name = "version of a picture"
        verbose_name_plural = "versions of pictures"
        constraints = [
            models.UniqueConstraint(fields=["picture_uid", "number"], name="picturefile_number_unique"),
            models.CheckConstraint(
                condition=Q(format__in=["JPEG", "WEBP"]),
                name="picturefile_format_known",
                violation_error_message="A picture is kept as JPEG or WebP.",
            ),
            models.CheckConstraint(
                condition=Q(focal_x__range=(0, 1)) & Q(focal_y__range=(0, 1)),
                name="picturefile_focal_point_inside",
                violation_error_message="The focal point lies inside the picture.",
            ),
            models.CheckConstraint(
                condition=Q(width__gte=1) & Q(height__gte=1),
                name="picturefile_size_positive",
                violation_error_message="A picture is at least one pixel wide and high.",
            ),
            models.CheckConstraint(
                condition=Q(colour__regex=r"^#[0-9a-f]{6}$"),
                name="picturefile_colour_pattern",
                violation_error_message="A colour is written as #rrggbb.",
            ),
        ]
        indexes = [models.Index(fields=["upload_digest"], name="picturefile_upload")]

    def __str__(self) -> str:
        return f"version {self.number}, {self.width} × {self.height}"

    def natural_key(self) -> tuple[str]:
        return (str(self.uid),)
