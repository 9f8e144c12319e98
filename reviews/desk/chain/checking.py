"""Checks the chain of the history from its first entry to its head, and logs the head."""

import itertools
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps as global_apps
from django.apps.registry import Apps

from reviews.desk.chain.appending import COVERED
from reviews.models import HistoryEntry, HistoryHead
from reviews.rules.chain import BEGINNING, digest_after

ROWS_AT_ONCE = 1000
logger = logging.getLogger("reviews.history")


@dataclass(frozen=True)
class Head:
    """How many entries there are up to one, and its digest. Written ``COUNT:DIGEST``."""

    count: int = 0
    digest: str = BEGINNING

    def __str__(self) -> str:
        return f"{self.count}:{self.digest}"


class BrokenChain(Exception):
    """The history is not what the desk wrote. The message is one sentence, which names the first entry concerned."""


def checked(noted: Iterable[Head] = ()) -> Head:
    """Read the whole chain, a thousand entries at a time; returns its head. Raises BrokenChain at the first fault.

    ``noted`` are heads from the log: of a chain that was cut, or written anew with digests that agree, nothing else
    tells. The desk may write while it is read.
    """
    kept, heads = HistoryHead.objects.current(), sorted(noted, key=lambda head: head.count)
    expected = [*heads, *([Head(kept.count, kept.digest)] if kept else [])]
    at, agreed = Head(), 0
    for entry in _entries().iterator(chunk_size=ROWS_AT_ONCE):
        at = _next(at, entry)
        for head in [each for each in expected if each.count == at.count]:
            if head.digest != at.digest:
                raise BrokenChain(_rewritten(head, agreed, is_kept=head not in heads))
            agreed = head.count if head in heads else agreed
    if loose := HistoryEntry.objects.filter(number=None).order_by("at", "sequence").first():
        raise BrokenChain(f"The entry {loose.uid} was inserted: it is outside the chain.")
    for head in expected:
        if head.count > at.count:
            first = at.count + 1
            are = f"Entry {first} is" if first == head.count else f"Entries {first} to {head.count} are"
            raise BrokenChain(f"{are} missing: the end of the history was cut off.")
    now = HistoryHead.objects.current()
    if now is None and at.count:
        raise BrokenChain("The head of the history is missing: somebody deleted its row.")
    if now and at.count > now.count:
        raise BrokenChain(f"Entry {now.count + 1} was inserted: the desk has written {now.count} entries.")
    return at


def log_head(using: str = "default", apps: Apps = global_apps, **kwargs: Any) -> None:
    """Log the head, if there are entries. A receiver of ``post_migrate``; waits until the table exists."""
    try:
        apps.get_model("reviews", "HistoryHead")
    except LookupError:
        return
    head = HistoryHead.objects.using(using).first()
    if head and head.count:
        logger.info("The head of the history is %s", head)


def _entries() -> Any:
    return HistoryEntry.objects.exclude(number=None).order_by("number").values("number", "digest", *COVERED)


def _next(at: Head, entry: dict[str, Any]) -> Head:
    """The head after an entry. Raises BrokenChain if it does not follow the head before it."""
    number, digest = entry["number"], entry["digest"]
    if number != at.count + 1:
        raise BrokenChain(f"Entry {at.count + 1} was deleted: the next entry is number {number}.")
    content = {name: entry[name] for name in COVERED}
    if digest_after(at.digest, content) != digest:
        raise BrokenChain(_why(number, digest, content, entry))
    return Head(number, digest)


def _why(number: int, digest: str, content: dict[str, Any], entry: dict[str, Any]) -> str:
    """What happened to an entry whose digest is not right at its place, by the entry that it was written after."""
    which = f"Entry {number} ({entry['uid']}, of {entry['at']:%Y-%m-%d %H:%M:%S} UTC)"
    digests = HistoryEntry.objects.exclude(number=None).order_by("number").values_list("number", "digest")
    for before, each in itertools.chain([(0, BEGINNING)], digests.iterator(chunk_size=ROWS_AT_ONCE)):
        if before is not None and digest_after(each, content) == digest:
            return _misplaced(which, number, before)
    return f"{which} was changed, or the entry before it was removed."


def _misplaced(which: str, number: int, before: int) -> str:
    if before + 1 < number:
        return f"Entry {before + 1} was inserted or moved: in its place the desk wrote what is now entry {number}."
    return f"{which} was moved: the desk wrote it right after what is now entry {before}."


def _rewritten(head: Head, agreed: int, *, is_kept: bool) -> str:
    if is_kept:
        return f"Entry {head.count} is not the one that the head of the history names: one of the two was changed."
    since = f" after entry {agreed}" if agreed else ""
    return f"The history was written anew{since}: entry {head.count} does not have the digest that was noted."
