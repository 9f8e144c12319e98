"""Notes what is written by any code that sends signals: forms, fixtures, the shell. Bulk writers call by name."""

from typing import Any

from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from django.dispatch import Signal

from reviews.desk.public_state import changes
from reviews.desk.public_state.rows import OWNERS, SEEN, is_any_seen
from reviews.desk.public_state.watching import Watch
from reviews.models import Correction, Edition, Embargo, OldAddress, Picture

WINDOWED = (Edition, Embargo)
DECIDING = (Correction, OldAddress, Picture)
"""Rows whose own columns decide whether readers see them, so that a change may hide them."""
WATCHED: tuple[type[Model], ...] = (*SEEN, *OWNERS, Embargo)
WINDOW = {"planned_for", "visible_from", "visible_until", "first_visible_from"}
"""The columns of an edition that readers see only by when it is visible."""


def connect() -> None:
    """Connect the signals. Called once, when the app is ready."""
    for model in WATCHED:
        for before in (pre_save, pre_delete):
            before.connect(
                _before, sender=model, dispatch_uid=f"reviews.public_state.before.{model.__name__}"
            )
        for after in (post_save, post_delete):
            after.connect(_after, sender=model, dispatch_uid=f"reviews.public_state.after.{model.__name__}")


def _before(sender: type[Model], instance: Any, signal: Signal, raw: bool = False, **kwargs: Any) -> None:
    noted = changes.current()
    # A save outside a transaction commits before "after" is told of it.
    instance._state.changes = noted
    if sender in WINDOWED:
        noted.about_to_schedule(_watch_of(instance))
    elif sender in DECIDING and not instance._state.adding:
        noted.about_to_schedule()
        if is_any_seen(sender, [instance.pk]):
            noted.note_seen()
    elif sender in OWNERS and signal is pre_save and (raw or not instance._state.adding):
        owner, column = OWNERS[sender]
        saved = sender._default_manager.filter(pk=instance.pk)
        noted.touch(owner, *saved.values_list(column, flat=True))


def _after(
    sender: type[Model],
    instance: Any,
    created: bool = False,
    update_fields: frozenset[str] | None = None,
    **kwargs: Any,
) -> None:
    noted = instance._state.changes
    if sender in OWNERS:
        owner, column = OWNERS[sender]
        noted.touch(owner, getattr(instance, column))
    elif sender not in WINDOWED or (
        sender is Edition and not created and not (update_fields and update_fields <= WINDOW)
    ):
        # Without its key a deleted row cannot be seen any more; who names it was changed before.
        noted.touch(sender, instance.pk)
    if noted is not changes.current():
        transaction.on_commit(noted)


def _watch_of(instance: Any) -> Watch:
    if isinstance(instance, Edition):
        return Watch({"review": instance.review_id})
    return Watch({"film": instance.film_id}, with_notes=True)
