"""Preview links: show one review to people without an account for a limited time. Not for readers' pages."""

import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from reviews import clock
from reviews.models.desk.review import Review
from reviews.models.desk.revision import Revision
from reviews.models.fields import Identified, LineField
from reviews.models.keys import Sequenced


class PreviewLinkQuerySet(models.QuerySet["PreviewLink"]):
    def get_by_natural_key(self, uid: str) -> "PreviewLink":
        return self.get(uid=uid)

    def of(self, review: Review) -> Self:
        return self.filter(review=review)

    def valid(self, at: dt.datetime | None = None) -> Self:
        """Those that are valid at a moment (default: now)."""
        at = at or clock.now()
        return self.filter(Q(revoked_at=None) | Q(revoked_at__gt=at), expires_at__gt=at)

    def newest_first(self) -> Self:
        return self.order_by("-made_at", "-sequence")


class PreviewLink(Sequenced, Identified):
    """A secret address of one review: of its working copy, or of one ``revision`` of it.

    Only the secret's SHA-256 is stored (``digest``, hexadecimal), so nobody can open the page from the database.
    """

    review = models.ForeignKey(Review, models.CASCADE, related_name="+")
    revision = models.ForeignKey(Revision, models.CASCADE, null=True, blank=True, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    for_whom = LineField("for whom", max_length=100, blank=True, help_text="Such as “the fact checker”.")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_by_name = LineField(max_length=150, blank=True, help_text="Kept when the account goes.")
    expires_at = models.DateTimeField("works until")
    revoked_at = models.DateTimeField(null=True, blank=True)
    opened = models.PositiveIntegerField(default=0, help_text="How often the page was opened.")
    last_opened_at = models.DateTimeField(null=True, blank=True)

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")),
                name="previewlink_expires_later",
                violation_error_message="A link works until a moment that is still to come.",
            ),
        ]
        indexes = [models.Index(fields=["review", "-made_at", "-sequence"], name="previewlink_of_review")]

    def __str__(self) -> str:
        return f"A preview link for {self.for_whom}" if self.for_whom else "A preview link"

    def natural_key(self) -> tuple[str]:
        return (str(self.uid),)

    natural_key.dependencies = ["reviews.review", "reviews.revision"]  # type: ignore[attr-defined]
