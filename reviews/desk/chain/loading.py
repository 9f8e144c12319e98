"""The chain of a history that a fixture brings: kept as it was, or appended to the one that there is."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.models.signals import pre_save

from reviews.desk.chain.appending import content_of, link
from reviews.models import HistoryEntry, HistoryHead
from reviews.rules.chain import digest_after

ROWS_AT_ONCE = 500


@contextmanager
def loading_history() -> Iterator[None]:
    """Load fixtures inside, in the caller's transaction.

    An entry that the database has keeps its place. New entries keep theirs in a database without a history, which so
    becomes a copy, faults included, and where they continue its chain. Otherwise they are appended in order of time.
    """
    load = _Load()
    receivers = ((HistoryEntry, load.before_entry), (HistoryHead, load.before_head))
    for sender, receiver in receivers:
        pre_save.connect(receiver, sender=sender, weak=False)
    try:
        yield
    finally:
        for sender, receiver in receivers:
            pre_save.disconnect(receiver, sender=sender)
    load.settle()


class _Load:
    """What a fixture brings of a history."""

    def __init__(self) -> None:
        head = HistoryHead.objects.current() or HistoryHead()
        self._before = (head.count, head.digest)
        self._told = HistoryHead()
        self._new: set[int] = set()
        self._continues = True

    def before_entry(self, instance: HistoryEntry, raw: bool, **kwargs: Any) -> None:
        if not raw:
            return
        saved = HistoryEntry.objects.filter(pk=instance.pk).values_list("number", "digest").first()
        if saved:
            instance.number, instance.digest = saved
            return
        self._new.add(instance.pk)
        if instance.number is not None and instance.number <= self._before[0]:
            self._continues, instance.number = False, None

    def before_head(self, instance: HistoryHead, raw: bool, **kwargs: Any) -> None:
        if raw:
            self._told = HistoryHead(count=instance.count, digest=instance.digest)
            instance.count, instance.digest = self._before

    def settle(self) -> None:
        """Give every new entry a place, and the head what is true of the last one."""
        if not self._new and not self._told.count:
            return
        head = HistoryHead.objects.locked()
        numbered = HistoryEntry.objects.filter(number__gt=self._before[0])
        if self._before[0] and not (self._continues and self._follows(numbered.order_by("number").first())):
            numbered.filter(pk__in=self._new).update(number=None, digest="")
        last = numbered.order_by("-number").first()
        if last:
            head.count, head.digest = last.number or 0, last.digest
        if self._told.count >= head.count and (last or not self._before[0]):
            # Also if entries are missing from the fixture: the check of the history then says so.
            head.count, head.digest = self._told.count, self._told.digest
        self._append_others(head)
        head.save()

    def _follows(self, first: HistoryEntry | None) -> bool:
        count, digest = self._before
        return first is None or (first.number, first.digest) == (
            count + 1,
            digest_after(digest, content_of(first)),
        )

    def _append_others(self, head: HistoryHead) -> None:
        found = (
            HistoryEntry.objects.filter(number=None).order_by("at", "sequence").values_list("pk", flat=True)
        )
        keys = [key for key in found if key in self._new]
        for start in range(0, len(keys), ROWS_AT_ONCE):
            entries = list(
                HistoryEntry.objects.filter(pk__in=keys[start : start + ROWS_AT_ONCE]).order_by(
                    "at", "sequence"
                )
            )
            link(entries, head)
            HistoryEntry.objects.bulk_update(entries, ["number", "digest"])
