"""Data that is computed after a write, however the write was made (admin, loaddata, import, shell).

Receives signals of committed writes and updates what depends on them; bulk operations, which send no signals, call the
same functions directly.
"""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps as global_apps
from django.apps.registry import Apps
from django.db import DEFAULT_DB_ALIAS, transaction
from django.db.models import Exists, Model, OuterRef
from django.db.models.signals import post_delete, post_save

from reviews.desk import counting
from reviews.desk.chain.loading import loading_history
from reviews.desk.document.composition import pin_pictures, rendered
from reviews.desk.outlook import outlook_of
from reviews.desk.public_state import signals
from reviews.desk.public_state.changes import changing, changing_everything
from reviews.desk.verbs.checklist import obstacles
from reviews.desk.verbs.in_bulk import AT_ONCE, publish_all
from reviews.models import (
    CountsState,
    Critic,
    Edition,
    EditionJudgement,
    EditionPicture,
    EditionTag,
    Embargo,
    Film,
    MonthCount,
    Outlet,
    Person,
    Picture,
    PublicState,
    Review,
    TagPairCount,
)
from reviews.models.public.edition import Counted
from reviews.text import read_body

NO_MOMENT = "Give the date and time at which it goes live (publish_at)."


class CannotPublish(Exception):
    """Approved reviews from a fixture cannot be published; contains a sentence with the reason for each."""

    def __init__(self, lacking: list[str]) -> None:
        super().__init__("\n".join(lacking))


@dataclass
class _Loaded:
    """What a fixture brings that is worked on once all of it is there."""

    reviews: list[Review] = field(default_factory=list)
    is_counted: bool = False


_loading: ContextVar[_Loaded | None] = ContextVar("loading", default=None)
logger = logging.getLogger(__name__)


def connect() -> None:
    """Connect the signals. Called once, when the app is ready."""
    signals.connect()
    post_save.connect(_review_saved, sender=Review, dispatch_uid="reviews.derived")
    post_save.connect(_picture_saved, sender=Picture, dispatch_uid="reviews.derived.picture")
    post_save.connect(_outlet_saved, sender=Outlet, dispatch_uid="reviews.derived.outlet")
    post_save.connect(_embargo_saved, sender=Embargo, dispatch_uid="reviews.derived.embargo")
    post_delete.connect(_edition_deleted, sender=Edition, dispatch_uid="reviews.derived.edition")
    post_save.connect(_edition_saved, sender=Edition, dispatch_uid="reviews.derived.edition.saved")
    for signal in (post_save, post_delete):
        signal.connect(_tag_changed, sender=EditionTag, dispatch_uid="reviews.derived.tag")
    for model in (CountsState, MonthCount, TagPairCount):
        post_save.connect(_count_loaded, sender=model, dispatch_uid=f"reviews.derived.{model.__name__}")


def _picture_saved(
    sender: type[Picture], instance: Picture, created: bool, raw: bool, update_fields: Any, **kwargs: Any
) -> None:
    """A newer version of a picture is a change that waits, of every review whose edition shows an older one."""
    if not (created or raw) and (update_fields is None or "file" in update_fields):
        transaction.on_commit(lambda: _note_newer_version(instance), robust=True)


def _note_newer_version(picture: Picture) -> None:
    shown = EditionPicture.objects.filter(picture=picture).values("edition__review")
    for review in Review.objects.filter(pk__in=shown, status=Review.Status.APPROVED).order_by("pk"):
        note_changes(review)


def _outlet_saved(sender: type[Outlet], using: str, **kwargs: Any) -> None:
    """Count by the months of its time zone."""
    transaction.on_commit(counting.settle, using=using, robust=True)


def _embargo_saved(sender: type[Embargo], instance: Embargo, **kwargs: Any) -> None:
    counting.look_again(instance)


def _edition_deleted(sender: type[Edition], instance: Edition, **kwargs: Any) -> None:
    if instance.counted == Counted.YES:
        counting.forget()


def _edition_saved(
    sender: type[Edition], instance: Edition, created: bool, update_fields: Any, **kwargs: Any
) -> None:
    """Code that saves all of an edition may change by what it was counted, or whether it was. No verb does."""
    if update_fields is None and (not created or instance.counted):
        _count_anew()


def _tag_changed(
    sender: type[EditionTag], instance: EditionTag, created: bool = False, origin: Any = None, **kwargs: Any
) -> None:
    """Verbs write the tags of an edition in bulk, before it is counted, and delete them with it alone."""
    if isinstance(origin, Edition) or getattr(origin, "model", None) is Edition:
        return
    if not created or Edition.objects.filter(pk=instance.edition_id, counted=Counted.YES).exists():
        _count_anew()


def _count_loaded(sender: type[Model], raw: bool, **kwargs: Any) -> None:
    """A fixture brings the counts of the database that it was made from."""
    if raw:
        _count_anew()


def _count_anew() -> None:
    """Rely no more on the counts that are kept, and count anew after the commit."""
    if (loading := _loading.get()) is not None:
        loading.is_counted = True
        return
    counting.forget()
    transaction.on_commit(counting.settle, robust=True)


def ensure_public_state(using: str = "default", apps: Apps = global_apps, **kwargs: Any) -> None:
    """Write the row of public state if there is none. A receiver of ``post_migrate``; waits for its last column.

    Of the site's own database: no other one has readers.
    """
    if using != DEFAULT_DB_ALIAS:
        return
    if _is_migrated(apps, PublicState):
        PublicState.objects.ensure()


def ensure_counts(using: str = "default", apps: Apps = global_apps, **kwargs: Any) -> None:
    """Count the public reviews of a site that has reviews. A receiver of ``post_migrate``; waits for the last one.

    Of a hundred thousand reviews that were never counted it takes ten seconds; readers would take half of one each
    time. Where the counts are settled, it takes a few short queries. Only of the site's own database.
    """
    if using != DEFAULT_DB_ALIAS:
        return
    if _is_migrated(apps, *_COUNTED_BY) and Edition.objects.exists():
        counting.settle()


_COUNTED_BY = (CountsState, Edition, EditionTag, Embargo, MonthCount, Outlet, TagPairCount)
"""The tables that counting needs as they are now."""


def _is_migrated(apps: Apps, *models: type[Model]) -> bool:
    """Whether the tables of these models are there, with the columns that they have now."""
    try:
        return all(_columns(apps.get_model(model._meta.label)) == _columns(model) for model in models)
    except LookupError:
        return False


def _columns(model: type[Model]) -> set[str | None]:
    return {field.column for field in model._meta.concrete_fields}


def _review_saved(sender: type[Review], instance: Review, raw: bool, using: str, **kwargs: Any) -> None:
    if instance.status != Review.Status.APPROVED:
        return
    if not raw:
        # Tags and judgements of a form are saved after their review, in the same transaction.
        transaction.on_commit(lambda: _note_unless_noted(instance), using=using)
    elif (loading := _loading.get()) is not None:
        loading.reviews.append(instance)
    else:
        # Other code loads a fixture; judgements and tags come after their review, so publish after the commit.
        transaction.on_commit(lambda: _publish_or_log(instance), using=using)


def _note_unless_noted(review: Review) -> None:
    if not review.has_noted_changes:
        note_changes(review)


@contextmanager
def published_together() -> Iterator[None]:
    """Publish a fixture's approved reviews once all of it is loaded.

    Use it within the transaction that loads the fixture. Raises CannotPublish, which must roll that transaction back.
    """
    loaded = _Loaded()
    with changing(), loading_history():
        token = _loading.set(loaded)
        try:
            yield
        finally:
            _loading.reset(token)
        if loaded.is_counted:
            _count_anew()
        if lacking := publish_all_loaded(loaded.reviews):
            raise CannotPublish(lacking)


def note_changes(review: Review) -> None:
    """Set ``has_changes`` to whether the saved review differs from its newest edition."""
    saved = Review.objects.with_nouns().filter(pk=review.pk).first()
    if saved:
        Review.objects.filter(pk=saved.pk).update(has_changes=outlook_of(saved).has_changes)


def publish_all_loaded(reviews: Iterable[Review]) -> list[str]:
    """Publish reviews that were loaded as approved, from their planned moments; not those that already have editions.

    Returns a sentence with the reason for each that cannot be published.
    """
    left = {review.pk: review for review in reviews}
    keys = list(left)
    for start in range(0, len(keys), AT_ONCE):
        published = Edition.objects.filter(review__in=keys[start : start + AT_ONCE]).order_by()
        for key in published.values_list("review", flat=True).distinct():
            left.pop(key)
    refused = {
        review: [NO_MOMENT, *obstacles(outlook_of(review))]
        for review in left.values()
        if review.publish_at is None
    }
    moments = {review: review.publish_at for review in left.values() if review.publish_at is not None}
    refused |= publish_all(moments, backdated=True)
    return [
        f"The review “{review.slug}” is approved but cannot be published. {' '.join(refused[review])}"
        for review in left.values()
        if review in refused
    ]


def _publish_or_log(review: Review) -> None:
    for reason in publish_all_loaded([review]):
        logger.error("%s", reason)


def rebuild() -> Iterator[str]:
    """Recompute all derived data; yields a line for people as each part is done.

    The text of an edition does not change, but its Markdown is rendered again by the current rules. Raises
    CannotPublish at the end if a review that was loaded as approved cannot be published.
    """
    with changing_everything():
        yield from _rebuilt()


def _rebuilt() -> Iterator[str]:
    count = 0
    for edition in Edition.objects.order_by("pk").iterator(chunk_size=500):
        judgements = list(EditionJudgement.objects.filter(edition=edition).order_by("pk"))
        passages = {judgement.uid: judgement.evidence for judgement in judgements}
        rendering = rendered(read_body(edition.body), passages)
        edition.body_html, edition.body_text = rendering.html, rendering.text
        edition.excerpt = rendering.excerpt
        edition.save(update_fields=["body_html", "body_text", "excerpt"])
        for judgement, in_spoiler in zip(judgements, rendering.in_spoiler, strict=True):
            judgement.in_spoiler = in_spoiler
        EditionJudgement.objects.bulk_update(judgements, ["in_spoiler"])
        pin_pictures(edition)
        count += 1
    yield f"{count} editions rendered."
    for model, source in ((Film, "sort_title"), (Critic, "sort_name"), (Person, "sort_name")):
        for row in model.objects.order_by("pk").iterator(chunk_size=500):
            row.save(update_fields=[source])
        yield f"{model._meta.verbose_name_plural} sorted.".capitalize()
    approved = Review.objects.filter(status=Review.Status.APPROVED).defer("body")
    theirs = Edition.objects.filter(review=OuterRef("pk")).order_by()
    lacking = publish_all_loaded(approved.filter(~Exists(theirs)))
    for review in approved.iterator(chunk_size=500):
        note_changes(review)
    counting.forget()
    counting.settle()
    yield "Public reviews are counted by month and by pairs of tags."
    if lacking:
        raise CannotPublish(lacking)
    yield "Reviews that were loaded as approved have their editions; changes that wait are noted."
