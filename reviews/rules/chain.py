"""A chain of digests: each covers its entry and the digest before it, so that no earlier entry can change unnoticed.

The form that is digested depends on no database, time zone or key. It never changes: a chain that is digested in
another form would need another :data:`FORM`, and both to check it.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from uuid import UUID

FORM = 1
BEGINNING = "0" * 64
"""What stands for the digest before the first entry."""

Value = str | int | dt.datetime | UUID | None


def digest_after(previous: str, content: Mapping[str, Value]) -> str:
    """The digest (SHA-256, hexadecimal) of an entry's content by name, after the entry with the digest ``previous``.

    What is digested is JSON (RFC 8259) in ASCII, without spaces, names sorted: ``[1,"previous",{"name":value,…}]``.
    Moments are aware and written in UTC with microseconds.
    """
    written = {name: _written(value) for name, value in content.items()}
    text = json.dumps([FORM, previous, written], ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _written(value: Value) -> str | int | None:
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return str(value) if isinstance(value, UUID) else value
