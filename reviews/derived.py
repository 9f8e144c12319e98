"""What follows from a write, whichever way it was made (admin, loaddata, import, shell).

Listens to committed writes and refreshes what they touch; bulk operations, which send no signals, call the same
functions by name.
"""

import logging
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models.signals import post_save

from reviews.desk import publishing, windows
from reviews.desk.checklist import obstacles
from reviews.desk.composition import differences, render_body
from reviews.desk.rules import PublishingError
from reviews.models import Critic, Edition, EditionJudgement, Film, Person, Review

logger = logging.getLogger(__name__)


def connect() -> None:
    """Begin to listen. Called once, when the app is ready."""
    post_save.connect(_review_saved, sender=Review, dispatch_uid="reviews.derived")


def _review_saved(sender: type[Review], instance: Review, raw: bool, using: str, **kwargs: Any) -> None:
    # A fixture's judgements and tags are loaded after their review, in the same transaction.
    if raw and instance.status == Review.Status.APPROVED:
        transaction.on_commit(lambda: publish_loaded(instance), using=using)
    elif instance.status == Review.Status.APPROVED:
        # Tags and judgements of a form are saved after their review, in the same transaction.
        transaction.on_commit(lambda: note_changes(instance), using=using)


def note_changes(review: Review) -> None:
    """Keep ``has_changes`` true to whether what is saved differs from the newest edition."""
    saved = Review.objects.filter(pk=review.pk).first()
    newest = windows.newest_edition(saved) if saved else None
    if saved:
        has_changes = newest is not None and bool(differences(saved, newest))
        Review.objects.filter(pk=saved.pk).update(has_changes=has_changes)


def publish_loaded(review: Review) -> None:
    """Publish a review that arrived approved, from the moment it names; nothing if it has editions already."""
    if Edition.objects.filter(review=review).exists():
        return
    try:
        if review.publish_at is None:
            raise PublishingError(obstacles(review))
        publishing.publish(review, at=review.publish_at, backdated=True)
    except PublishingError as error:
        logger.error("The review “%s” is approved but cannot be published. %s", review.slug, error)


def rebuild() -> Iterator[str]:
    """Recreate everything that is computed; one line for people as each part is done.

    What an edition says does not change: its Markdown is rendered again, by the rules of today.
    """
    rendered = 0
    for edition in Edition.objects.order_by("pk").iterator(chunk_size=500):
        judgements = EditionJudgement.objects.filter(edition=edition).order_by("pk")
        render_body(edition, {judgement.anchor: judgement.evidence for judgement in judgements})
        edition.save(update_fields=["body_html", "body_text", "excerpt"])
        rendered += 1
    yield f"{rendered} editions rendered."
    for model, source in ((Film, "sort_title"), (Critic, "sort_name"), (Person, "sort_name")):
        for row in model.objects.order_by("pk").iterator(chunk_size=500):
            row.save(update_fields=[source])
        yield f"{model._meta.verbose_name_plural} sorted.".capitalize()
    for review in Review.objects.filter(status=Review.Status.APPROVED):
        publish_loaded(review)
        note_changes(review)
    yield "Reviews that were loaded as approved have their editions; changes that wait are noted."
