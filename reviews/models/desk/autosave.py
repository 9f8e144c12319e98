"""Autosaves: unsaved text from a review's form. For the desk only, and shown to its owner alone."""

import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from reviews import clock
from reviews.models.desk.review import Review
from reviews.models.fields import Identified
from reviews.models.keys import Sequenced

STILL_THERE = dt.timedelta(seconds=90)
"""How long a form counts as open after its page last sent anything."""


class AutosaveQuerySet(models.QuerySet["Autosave"]):
    def get_by_natural_key(self, uid: str) -> "Autosave":
        return self.get(uid=uid)

    def typed(self) -> Self:
        """Those with typed text, and not only the information that a form is open."""
        return self.filter(posted__isnull=False)

    def open(self) -> Self:
        """Those whose form is open in a browser now."""
        return self.filter(seen_at__gt=clock.now() - STILL_THERE)

    def newest_first(self) -> Self:
        return self.order_by("-seen_at", "-sequence")


class Autosave(Sequenced, Identified):
    """A form that is or was open in somebody's browser, with what they typed since the last save.

    ``form`` identifies the form, and stays the same if the text is restored. ``window`` is the id of the browser page
    that wrote last, ``turn`` its sequence number: so two pages with the same form do not overwrite each other.
    ``revision`` is the one the form was loaded from: 0 if the review had none or does not exist yet (``review`` is
    None). ``posted`` is what the form would post, name to values; None if nothing was typed.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    review = models.ForeignKey(Review, models.CASCADE, null=True, blank=True, related_name="+")
    form = models.UUIDField()
    window = models.UUIDField()
    turn = models.PositiveIntegerField(default=0)
    revision = models.PositiveIntegerField(default=0)
    posted = models.JSONField(null=True, blank=True)
    seen_at = models.DateTimeField()

    objects = AutosaveQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "form"],
                name="autosave_form_unique",
                violation_error_message="That form is kept already.",
            ),
        ]
        indexes = [
            models.Index(fields=["review", "-seen_at", "-sequence"], name="autosave_of_review"),
            models.Index(
                fields=["owner", "-seen_at", "-sequence"], condition=Q(review=None), name="autosave_of_new"
            ),
        ]

    def __str__(self) -> str:
        return f"What {self.owner} typed"

    def natural_key(self) -> tuple[str]:
        return (str(self.uid),)

    natural_key.dependencies = ["reviews.review"]  # type: ignore[attr-defined]
