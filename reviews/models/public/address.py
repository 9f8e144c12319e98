"""Old addresses of things that were public."""

from urllib.parse import unquote

from django.apps import apps
from django.db import models
from django.db.models import Q

from reviews.models.fields import LineField


def as_read(path: str) -> str:
    """A path for display: percent-encoding makes characters outside ASCII three to nine times as long."""
    return unquote(path)


class OldAddress(models.Model):
    """A path that used to lead to something. It redirects while that is public, and is otherwise not found."""

    class Kind(models.TextChoices):
        """What an address leads to. Each kind has the name of its model."""

        REVIEW = "review", "review"
        FILM = "film", "film"
        CRITIC = "critic", "critic"
        PERSON = "person", "person"
        TAG = "tag", "tag"
        FRANCHISE = "franchise", "franchise"

        @property
        def model(self) -> type[models.Model]:
            return apps.get_model("reviews", self.value)

    path = LineField(max_length=300, unique=True, help_text="As in /reviews/old-name/")
    kind = models.CharField(max_length=10, choices=Kind)
    target_uid = models.UUIDField()

    class Meta:
        verbose_name_plural = "old addresses"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["review", "film", "critic", "person", "tag", "franchise"]),
                name="oldaddress_kind_known",
                violation_error_message="An address leads to a review, film, critic, person, tag or franchise.",
            ),
            models.CheckConstraint(
                condition=Q(path__startswith="/") & Q(path__endswith="/"),
                name="oldaddress_path_whole",
                violation_error_message="Write the whole path, such as /reviews/old-name/.",
            ),
        ]

    def __str__(self) -> str:
        return self.path
