"""Sentences that say who has saved or deleted a record since a page was opened, from the admin's own log."""

from collections.abc import Iterable
from typing import Any

from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet

from reviews.desk.dates import moment_in_words, moment_of
from reviews.desk.history import name_of


def newest_save(model: type[Model], keys: Iterable[Any]) -> str:
    """When the newest save of any of these records was logged, in ISO 8601; empty where none was."""
    entry = _entries(model, keys).first()
    return entry.action_time.isoformat() if entry else ""


def saved_since(obj: Model, after: str) -> str:
    """Who has saved a record since, and when."""
    entries = _entries(type(obj), [obj.pk])
    if moment := moment_of(after):
        entries = entries.filter(action_time__gt=moment)
    entry = entries.first()
    if entry is None or (after and not moment):
        return "Somebody has changed it since you opened it."
    others = {name_of(each.user) for each in entries} - {name_of(entry.user)}
    before = f" Before that: {', '.join(sorted(others))}." if others else ""
    return f"{name_of(entry.user)} saved it on {moment_in_words(entry.action_time)}.{before}"


def deleted_by(model: type[Model], key: str) -> str:
    """Who has deleted a record, and when."""
    entry = _entries(model, [key]).filter(action_flag=DELETION).first()
    if entry is None:
        return "Somebody has deleted it."
    return f"{name_of(entry.user)} deleted “{entry.object_repr}” on {moment_in_words(entry.action_time)}."


def has_saved(by: User, model: type[Model], key: str) -> bool:
    """Whether somebody has ever saved a record, by the log."""
    return _entries(model, [key]).filter(user=by).exists()


def _entries(model: type[Model], keys: Iterable[Any]) -> QuerySet[LogEntry]:
    """Newest first."""
    kind = ContentType.objects.get_for_model(model)
    entries = LogEntry.objects.filter(content_type=kind, object_id__in=[str(key) for key in keys])
    return entries.select_related("user").order_by("-action_time", "-pk")
