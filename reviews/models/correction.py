"""Corrections: the public ledger of what was changed after publication, and why."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from reviews import clock
from reviews.models.edition import Edition
from reviews.models.fields import Identified, ProseField


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def public(self, at: dt.datetime | None = None) -> Self:
        """Those that have taken effect, of reviews that readers can see."""
        at = at or clock.now()
        same_review = Edition.objects.public(at).filter(review_uid=OuterRef("edition__review_uid"))
        return self.filter(Exists(same_review.order_by()), edition__visible_from__lte=at)

    def newest_first(self) -> Self:
        return self.order_by("-edition__visible_from", "uid")


class Correction(Identified):
    """What an edition puts right, in words for readers."""

    class Kind(models.TextChoices):
        FACT = "fact", "correction of fact"
        VERDICT = "verdict", "changed verdict"
        RATING = "rating", "changed rating"
        CLARIFICATION = "clarification", "clarification"

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=15, choices=Kind, default=Kind.FACT)
    note = ProseField(max_length=1000)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["fact", "verdict", "rating", "clarification"]),
                name="correction_kind_known",
                violation_error_message="Choose what kind of correction this is.",
            ),
            models.CheckConstraint(
                condition=~Q(note=""),
                name="correction_note_given",
                violation_error_message="Say to readers what was wrong and what is right.",
            ),
        ]

    def __str__(self) -> str:
        return self.note
