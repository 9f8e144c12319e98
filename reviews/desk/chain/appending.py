"""Chains the history: gives each entry its number and its digest, and keeps the head of the chain.

The head's row is locked right before entries are written, at the end of the transaction: a transaction that waits for
it holds every other lock that it needs, but for that of the public state, which comes after it.
"""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from reviews.models import HistoryEntry, HistoryHead
from reviews.rules.chain import Value, digest_after

COVERED = (
    "at",
    "because",
    "by_name",
    "decides_uid",
    "edition_number",
    "film_uid",
    "review_uid",
    "sequence",
    "uid",
    "visible_from",
    "visible_until",
    "what",
)
"""The columns that a digest covers: those that nothing changes later, and that are the same in every database.

Not the keys of entry and account: a restored dump may have others, and an account may be deleted.
"""
_FIELDS: dict[str, Any] = {name: HistoryEntry._meta.get_field(name) for name in COVERED}


class _Waiting:
    """An entry to be written at the end of its transaction. Django forgets it if its savepoint is rolled back."""

    def __init__(self, entry: HistoryEntry) -> None:
        self.entry: HistoryEntry | None = entry

    def __call__(self) -> None:
        """After the commit there is nothing left to do."""

    def taken(self) -> HistoryEntry | None:
        entry, self.entry = self.entry, None
        return entry


def wait(entries: Iterable[HistoryEntry]) -> None:
    """Let entries wait for the end of the transaction that the caller has opened."""
    for entry in entries:
        transaction.on_commit(_Waiting(entry))


def write_waiting() -> None:
    """Write the entries that wait, in the order in which they were made."""
    waiting = [
        each for _, each, *_ in transaction.get_connection().run_on_commit if isinstance(each, _Waiting)
    ]
    append([entry for each in waiting if (entry := each.taken())])


def append(entries: list[HistoryEntry]) -> None:
    """Write entries at the end of the chain: three statements, however many they are. The caller has a transaction."""
    if entries:
        head = HistoryHead.objects.locked()
        link(entries, head)
        HistoryEntry.objects.bulk_create(entries)
        head.save(update_fields=["count", "digest"])


def link(entries: Iterable[HistoryEntry], head: HistoryHead) -> None:
    """Give entries the numbers and digests that follow a head, which becomes that of the last. Saves neither."""
    for entry in entries:
        head.count, head.digest = head.count + 1, digest_after(head.digest, content_of(entry))
        entry.number, entry.digest = head.count, head.digest


def content_of(entry: HistoryEntry) -> dict[str, Value]:
    """What a digest covers of an entry, as the database will have it; an unsaved entry gets its sequence number."""
    _FIELDS["sequence"].pre_save(entry, add=True)
    return {name: field.get_prep_value(getattr(entry, name)) for name, field in _FIELDS.items()}
