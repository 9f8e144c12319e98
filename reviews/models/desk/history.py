"""History: who did what at the desk, when and why. The desk's verbs write it; entries are never changed or deleted.

Entries are chained: each has a number and a digest that covers it and all before it (:mod:`reviews.desk.chain`).
"""

from typing import Self
from uuid import UUID

from django.conf import settings
from django.db import models

from reviews.models.fields import Identified, LineField, ProseField
from reviews.models.keys import Sequenced
from reviews.rules.chain import BEGINNING

ONLY_HEAD = 1


class HistoryEntryQuerySet(models.QuerySet["HistoryEntry"]):
    def get_by_natural_key(self, uid: str) -> "HistoryEntry":
        return self.get(uid=uid)

    def of_review(self, uid: UUID) -> Self:
        return self.filter(review_uid=uid)

    def of_film(self, uid: UUID) -> Self:
        """Entries about a film, its embargoes and its reviews."""
        return self.filter(film_uid=uid)

    def oldest_first(self) -> Self:
        return self.order_by("at", "sequence")


class HistoryEntry(Sequenced, Identified):
    """One action on a review or a film, in words, and its decision about visibility.

    It stores the uid of its subject, and the name of the user as well, so that it remains readable when both are
    deleted. A decision is about an edition of a review (``decides_uid`` is the review's, ``edition_number`` the
    edition's; without a number it is about all editions) or about an embargo, and is valid until the next one about the
    same: visible during ``[visible_from, visible_until)``, or not at all if ``visible_from`` is null; for an embargo,
    ``visible_from`` is the moment it lifts. That a review *became* visible is not stored: it follows from the decisions
    and the clock (:mod:`reviews.desk.history`).
    """

    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    by_name = LineField(max_length=150, blank=True, help_text="Kept when the account goes.")
    film_uid = models.UUIDField()
    review_uid = models.UUIDField(null=True, blank=True)
    what = ProseField()
    because = ProseField(blank=True)
    decides_uid = models.UUIDField(null=True, blank=True)
    edition_number = models.PositiveIntegerField(null=True, blank=True)
    visible_from = models.DateTimeField(null=True, blank=True)
    visible_until = models.DateTimeField(null=True, blank=True)
    number = models.PositiveBigIntegerField(
        null=True, blank=True, unique=True, editable=False, help_text="Its place in the chain, from 1."
    )
    digest = models.CharField(
        max_length=64,
        blank=True,
        default="",
        editable=False,
        help_text="Of the entry and of the digest before it (SHA-256, hexadecimal).",
    )

    objects = HistoryEntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "history entries"
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(what=""),
                name="historyentry_says_what",
                violation_error_message="Say what was done.",
            ),
            models.CheckConstraint(
                condition=models.Q(decides_uid__isnull=False)
                | models.Q(visible_from=None, visible_until=None),
                name="historyentry_window_decided",
                violation_error_message="Only a decision has a window.",
            ),
        ]
        indexes = [
            models.Index(fields=["review_uid", "at", "sequence"], name="history_of_review"),
            models.Index(fields=["film_uid", "at", "sequence"], name="history_of_film"),
        ]

    def __str__(self) -> str:
        return self.what

    def natural_key(self) -> tuple[str]:
        return (str(self.uid),)


class HistoryHeadManager(models.Manager["HistoryHead"]):
    def get_by_natural_key(self) -> "HistoryHead":
        return self.get()

    def current(self) -> "HistoryHead | None":
        """The head as committed, or as this transaction has written it."""
        return self.filter(pk=ONLY_HEAD).first()

    def locked(self) -> "HistoryHead":
        """The head, with its row locked until the transaction ends. Made from the entries if there is none."""
        chosen = self.select_for_update().filter(pk=ONLY_HEAD)
        found = chosen.first()
        if found is None:
            last = HistoryEntry.objects.exclude(number=None).order_by("-number").first()
            head = HistoryHead(count=last.number or 0, digest=last.digest) if last else HistoryHead()
            self.bulk_create([head], ignore_conflicts=True)
            found = chosen.get()
        return found


class HistoryHead(models.Model):
    """The only row: how many entries the chain has, and the digest of the last. Readers' pages never ask for it."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY_HEAD, editable=False)
    count = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, default=BEGINNING)

    objects = HistoryHeadManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(id=ONLY_HEAD),
                name="historyhead_only_one",
                violation_error_message="The history has one head.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.count}:{self.digest}"

    def natural_key(self) -> tuple[()]:
        return ()
