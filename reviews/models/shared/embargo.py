"""Embargoes: what the outlet has agreed with a studio not to publish yet."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q

from reviews import clock
from reviews.models.fields import Identified, LineField, ProseField, WithinLimits, validate_time_zone

_MAY_HOLD_COUNTED = Q(uncounted_film=None) | Q(uncounted_film__lt=F("film")) | Q(uncounted_film__gt=F("film"))
"""Without values, so that both databases see that the partial index has the rows."""


class EmbargoQuerySet(models.QuerySet["Embargo"]):
    def get_by_natural_key(self, uid: str) -> "Embargo":
        return self.get(uid=uid)

    def agreed(self, at: dt.datetime | None = None) -> Self:
        """Neither lifted early nor replaced by ``at``, whether or not they have reached their moment."""
        at = at or clock.now()
        return self.filter(Q(ended_at=None) | Q(ended_at__gt=at))

    def active(self, at: dt.datetime | None = None) -> Self:
        """Agreed, and not yet at their moment."""
        at = at or clock.now()
        return self.agreed(at).filter(lifts_at__gt=at)

    def on_reviews(self) -> Self:
        """Those that apply to every review of their film, whatever the review says."""
        return self.filter(covers=Embargo.Covers.REVIEWS)

    def maybe_on_counted(self) -> Self:
        """Those whose film may have reviews in the kept counts: all, but those that ``uncounted_film`` answers for."""
        return self.filter(_MAY_HOLD_COUNTED)


class Embargo(Identified, WithinLimits):
    """An agreement not to publish something about a film before a moment.

    Never deleted: lifting or moving one ends it with a reason, and moving creates another
    (:mod:`reviews.desk.verbs.embargoes`).
    """

    class Covers(models.TextChoices):
        REVIEWS = "reviews", "reviews"
        SOCIAL = "social", "social media posts"

    film = models.ForeignKey("reviews.Film", models.PROTECT, related_name="+")
    covers = models.CharField(
        max_length=10,
        choices=Covers,
        default=Covers.REVIEWS,
        help_text="Reviews: every review of the film is hidden until the date and time below, good or bad. "
        "Social media posts: no review is hidden; the desk is told when it may post.",
    )
    lifts_at = models.DateTimeField("lifts at")
    zone = LineField(
        max_length=60,
        validators=[validate_time_zone],
        help_text="The zone the studio named, such as America/Los_Angeles.",
    )
    terms = ProseField(blank=True, help_text="The studio’s own wording, and anything it leaves open.")
    agreed_with = LineField(
        max_length=200, blank=True, help_text="Who at the studio or agency agreed this with us."
    )
    agreed_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="When it was entered here; empty if nobody knows."
    )
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_because = LineField(max_length=300, blank=True, editable=False)

    uncounted_film = models.PositiveBigIntegerField(
        null=True,
        blank=True,
        editable=False,
        help_text="The film’s key, once none of its reviews is in the kept counts; empty if nobody knows.",
    )

    objects = EmbargoQuerySet.as_manager()

    class Meta:
        ordering = ["-lifts_at", "-id"]
        verbose_name_plural = "embargoes"
        constraints = [
            models.CheckConstraint(
                condition=Q(covers__in=["reviews", "social"]),
                name="embargo_covers_known",
                violation_error_message="An embargo covers reviews or social media.",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_because="")
                | (Q(ended_at__isnull=False) & ~Q(ended_because="")),
                name="embargo_ends_with_reason",
                violation_error_message="Say why the embargo ends: the reason is kept with it.",
            ),
        ]
        indexes = [
            models.Index(fields=["film", "lifts_at"], name="embargo_film_lifts_at"),
            models.Index(fields=["lifts_at", "id"], name="embargo_lifting"),
            models.Index(
                fields=["lifts_at", "covers", "film"],
                condition=_MAY_HOLD_COUNTED,
                name="embargo_maybe_on_counted",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.film}: {self.get_covers_display()} until {self.lifts_at:%Y-%m-%d %H:%M} UTC"

    def natural_key(self) -> tuple[str]:
        return (str(self.uid),)

    natural_key.dependencies = ["reviews.film"]  # type: ignore[attr-defined]
