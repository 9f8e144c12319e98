"""Revisions: the content of a working review each time it was saved. For the desk only."""

from typing import Self

from django.conf import settings
from django.db import models

from reviews.models.desk.review import Review
from reviews.models.fields import Identified, LineField, ProseField
from reviews.models.keys import RandomlyKeyed


class RevisionQuerySet(models.QuerySet["Revision"]):
    def get_by_natural_key(self, uid: str) -> "Revision":
        return self.get(uid=uid)

    def of(self, review: Review) -> Self:
        return self.filter(review=review)

    def newest_first(self) -> Self:
        return self.order_by("-number")


class Revision(RandomlyKeyed, Identified):
    """One saved state of a working review: fields, tags and judgements (:mod:`reviews.desk.document.snapshots`).

    Numbered from 1 within its review; ``Review.revision`` is the newest number. Only its name and its note can change
    later. ``by`` is None if no user wrote it (a fixture, an import).
    """

    review = models.ForeignKey(Review, models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    by_name = LineField(max_length=150, blank=True, help_text="Kept when the account goes.")
    what = ProseField(blank=True, help_text="What differs from the one before, in a few words.")
    name = LineField(max_length=100, blank=True, help_text="Such as “as filed” or “after the fact check”.")
    note = ProseField(blank=True, max_length=600, help_text="Why it is worth finding again.")
    document = models.JSONField()

    objects = RevisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["review", "number"],
                name="revision_number_unique",
                violation_error_message="This review has a revision of that number.",
            ),
            models.CheckConstraint(
                condition=models.Q(number__gte=1),
                name="revision_number_positive",
                violation_error_message="Revisions are numbered from 1.",
            ),
        ]

    def __str__(self) -> str:
        return f"Revision {self.number}" + (f", “{self.name}”" if self.name else "")

    def natural_key(self) -> tuple[str]:
        return (str(self.uid),)

    natural_key.dependencies = ["reviews.review"]  # type: ignore[attr-defined]
