"""Snapshots: documents as versioned JSON, stored by revisions.

A snapshot outlives changes to the model. ``UPGRADES`` converts older versions, for example after a field was renamed.
Fields that no longer exist are ignored. A document that is read from a snapshot lacks newer fields: they are not
compared, and a restored review keeps its own values of them. A snapshot has only what the review's form writes: status
and times belong to the verbs.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

from reviews.desk.document.fields import JUDGEMENT_FIELDS, column, held, judgement_column, names
from reviews.rules.document import Document, DocumentJudgement, Reference

UPGRADES: list[Callable[[dict[str, Any]], dict[str, Any]]] = []
"""The first converts a snapshot of version 1 to version 2, and so on. None changes its argument."""


def current_version() -> int:
    """The version that is written. A snapshot without one has version 1."""
    return len(UPGRADES) + 1


def as_snapshot(document: Document) -> dict[str, Any]:
    """The document as JSON: a film or a critic is its uid, a tag its uid and name, a moment in ISO 8601 and UTC."""
    return {
        "version": current_version(),
        "fields": {name: _as_json(value) for name, value in document.fields.items()},
        "tags": {tag.uid: tag.name for tag in document.tags},
        "judgements": [
            {
                "aspect": judgement.aspect.uid,
                "uid": judgement.uid,
                **{name: _as_json(value) for name, value in judgement.values.items()},
            }
            for judgement in document.judgements
        ],
    }


def from_snapshot(snapshot: dict[str, Any]) -> Document:
    """The document that a snapshot holds, of whichever version. The rows of what it names are not looked up."""
    for upgrade in UPGRADES[snapshot.get("version", 1) - 1 :]:
        snapshot = upgrade(snapshot)
    fields = snapshot["fields"]
    return Document(
        {name: _from_json(column(name), fields[name]) for name in names() if name in fields},
        tuple(Reference(uid, name) for uid, name in snapshot["tags"].items()),
        tuple(
            DocumentJudgement(
                Reference(row["aspect"]),
                {
                    name: _from_json(judgement_column(name), row[name])
                    for name in JUDGEMENT_FIELDS
                    if name in row
                },
                row["uid"],
            )
            for row in snapshot["judgements"]
        ),
    )


def _as_json(value: Any) -> Any:
    if isinstance(value, Reference):
        return value.uid
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    if value is None or isinstance(value, str | int | float):
        return value
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _from_json(field: Any, value: Any) -> Any:
    if value is None:
        return None
    return Reference(value) if field.is_relation else field.to_python(held(field, value))
