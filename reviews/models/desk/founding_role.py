"""The permissions that each founding role was ever granted, so that none is granted a second time."""

from django.contrib.auth.models import Group
from django.db import models

from reviews.models.fields import LineField


class FoundingRoleQuerySet(models.QuerySet["FoundingRole"]):
    def get_by_natural_key(self, name: str) -> "FoundingRole":
        return self.get(name=name)


class FoundingRole(models.Model):
    """A role of :mod:`reviews.desk.accounts.roles`: its group, and every permission that it has ever been granted.

    ``group`` stays the same when an outlet renames it, and is None once an outlet has deleted it. ``granted`` holds
    permissions as ``reviews.publish_review``, including those that the outlet has taken away since.
    """

    name = LineField(max_length=40, unique=True)
    group = models.OneToOneField(Group, models.SET_NULL, null=True, blank=True, related_name="+")
    granted = models.JSONField(default=list, blank=True)

    objects = FoundingRoleQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.name,)

    natural_key.dependencies = ["auth.group"]  # type: ignore[attr-defined]
