"""Corrections: the public record of what was changed after publication, and why."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import OuterRef, Q

from reviews import clock
from reviews.models.fields import Identified, ProseField
from reviews.models.insider import seen
from reviews.models.public.edition import Edition
from reviews.models.public.holding import is_not_held
from reviews.models.shared.queryset import any_of, mostly, none_of


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def public(self, at: dt.datetime | None = None, *, by: dt.datetime | None = None) -> Self:
        """Those that have taken effect, of reviews that are public or are withdrawn with a note.

        ``by`` leaves out those that took effect later than that.
        """
        at = at or clock.now()
        same_review = Edition.objects.public(at).filter(review_uid=OuterRef("edition__review_uid"))
        shown = self.filter(
            Q(any_of(same_review.order_by())) | _is_in_force(at),
            seen(at, _has_begun, edition="edition__"),
        )
        return shown.filter(at__lte=by) if by else shown

    def in_force(self, at: dt.datetime | None = None) -> Self:
        """Public notes on withdrawals, unless a later edition replaced the review or its film is under embargo."""
        at = at or clock.now()
        return self.filter(_is_in_force(at), seen(at, lambda then: Q(at__lte=then), edition="edition__"))

    def newest_first(self) -> Self:
        return self.order_by("-at", "uid")


def _has_begun(at: dt.datetime) -> Q:
    # Editions are found by other indexes than that of the moment, which nearly all of them have passed.
    return Q(at__lte=at) & mostly(Q(edition__visible_from__lte=at))


def _is_in_force(at: dt.datetime) -> Q:
    """The condition on a note of a withdrawal that has taken effect."""
    later = Edition.objects.filter(
        review_uid=OuterRef("edition__review_uid"), number__gt=OuterRef("edition__number")
    )
    return (
        Q(kind=Correction.Kind.WITHDRAWAL)
        & none_of(later.opened(at).order_by())
        & seen(at, lambda then: is_not_held(then, "edition__film"), edition="edition__")
    )


class Correction(Identified):
    """What an edition corrects, or why the review was withdrawn after it, in words for readers."""

    class Kind(models.TextChoices):
        FACT = "fact", "correction of fact"
        VERDICT = "verdict", "changed verdict"
        RATING = "rating", "changed rating"
        CLARIFICATION = "clarification", "clarification"
        WITHDRAWAL = "withdrawal", "withdrawal"

        @classmethod
        def that_put_right(cls) -> list[tuple[str, str]]:
            """The kinds that come with a new edition, as choices."""
            return [(kind.value, str(kind.label)) for kind in cls if kind != cls.WITHDRAWAL]

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=15, choices=Kind, default=Kind.FACT)
    note = ProseField(max_length=1000)
    at = models.DateTimeField(
        help_text="When it takes effect: with its edition, or when the review was withdrawn.",
    )

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["fact", "verdict", "rating", "clarification", "withdrawal"]),
                name="correction_kind_known",
                violation_error_message="Choose what kind of correction this is.",
            ),
            models.CheckConstraint(
                condition=~Q(note=""),
                name="correction_note_given",
                violation_error_message="Say to readers what was wrong and what is right.",
            ),
        ]
        indexes = [models.Index(fields=["-at", "uid"], name="correction_newest")]

    def __str__(self) -> str:
        return self.note
