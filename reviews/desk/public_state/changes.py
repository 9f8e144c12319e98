"""Raises the public state, as the last statements of the transaction that changes what readers see.

Right before them it writes the entries of the history (:mod:`reviews.desk.chain`).
"""

import datetime as dt
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.db import transaction
from django.db.models import Model

from reviews import clock
from reviews.desk.cdn.purging import purge
from reviews.desk.chain import appending
from reviews.desk.public_state.purged import EVERYTHING, keys_of
from reviews.desk.public_state.rows import is_any_seen
from reviews.desk.public_state.watching import Watch
from reviews.models import PublicState
from reviews.models.public.moments import next_change
from reviews.models.public.state import KNOWN_FOR
from reviews.pictures.ahead import AHEAD


class Changes:
    """What a transaction changes of what readers see. Collected while it runs, weighed at its end."""

    def __init__(self) -> None:
        self._begun = clock.now()
        self._weighed: dt.datetime | None = None
        self.is_seen = False
        self.hides = False
        self._is_scheduling = False
        self._due: dt.datetime | None = None
        self._rows: dict[type[Model], set[int]] = defaultdict(set)
        self._differing: list[set[int] | None] = []
        self._watches: list[Watch] = []
        self._open: list[Watch] = []

    @contextmanager
    def watching(self, watch: Watch) -> Iterator[None]:
        """Watch what is done inside; it costs nothing where nothing is announced (``about_to_schedule``)."""
        self._open.append(watch)
        try:
            yield
            self._weigh(watch)
        finally:
            self._open.remove(watch)

    def about_to_schedule(self, watch: Watch | None = None) -> None:
        """Announce that windows, embargoes or editions are about to change: what is watched is looked at first.

        Where nothing is watched, ``watch`` is, until the end.
        """
        if not self._is_scheduling:
            self._is_scheduling, self._due = True, _due_after(self._begun)
        if not self._open and watch is not None:
            self._watches.append(watch)
        for each in (*self._open, *self._watches):
            each.look()

    def touch(self, model: type[Model], *keys: int) -> None:
        """Note that rows were written or deleted: if a public page shows one at the end, readers see the change."""
        self._rows[model].update(keys)

    def note_seen(self) -> None:
        """Note that readers see rows that are about to change or to go, on any page."""
        self.is_seen = True
        self._differing.append(None)

    def raise_state(self) -> None:
        """Write the history, and raise the state if anything calls for it. The last statements of the transaction."""
        for watch in self._watches:
            self._weigh(watch)
        self.is_seen = self.is_seen or self._shows_a_row()
        if _has_come(self._due):
            # Until the commit readers see what was due before the change.
            self.note_seen()
            self.hides, self._due = True, None
        _check_references()
        appending.write_waiting()
        if self.is_seen or self._is_scheduling or self._rows:
            # What came before it was weighed is seen already, and what waits was not known since the beginning.
            since = self._weighed if self.is_seen and self._weighed else self._begun
            moment = PublicState.objects.move(is_seen=self.is_seen, since=since)
            keys = keys_of(self._differing, self._rows) if self.is_seen and settings.CDN_PURGE_URL else set()
            transaction.on_commit(lambda: self._afterwards(moment, keys))

    def __call__(self) -> None:
        """The same after the commit of code that does not know of it, in a transaction of its own."""
        with transaction.atomic():
            self.raise_state()

    def _weigh(self, watch: Watch) -> None:
        self._weighed = self._weighed or clock.now()
        is_changed, hides = watch.changes()
        self.is_seen = self.is_seen or is_changed
        self.hides = self.hides or hides
        if is_changed:
            self._differing.append(watch.differing())

    def _shows_a_row(self) -> bool:
        return any(is_any_seen(model, keys) for model, keys in self._rows.items())

    def _afterwards(self, moment: dt.datetime | None, keys: set[str]) -> None:
        """After the commit: the clock may have passed a moment since this was weighed; and a take-down waits.

        Readers may have read past the next ``moment`` before they could know of it, or past one that was due before
        the change and no longer is. A CDN is asked to drop the pages with these ``keys``. A take-down waits until no
        process serves what was taken down, so that its editor does not see it any more either.
        """
        was_due = _has_come(self._due)
        if was_due or (_has_come(moment) and (self._is_scheduling or self._shows_a_row())):
            with transaction.atomic():
                PublicState.objects.move(is_seen=True)
            keys = EVERYTHING
        purge(keys)
        AHEAD.look()
        if (self.hides or was_due) and settings.PAGE_CACHE:
            time.sleep(KNOWN_FOR)


def _check_references() -> None:
    """Check the rows that are named by what was written, and lock them so. Raises IntegrityError.

    PostgreSQL would do it at the commit. By then this transaction has the locks of history and public state, for which
    somebody may be waiting who is about to change the key of such a row, or to delete it.
    """
    connection = transaction.get_connection()
    if connection.vendor == "postgresql":
        connection.check_constraints()


def _due_after(begun: dt.datetime) -> dt.datetime | None:
    """What is due before the change: as its row says, or, where that has passed or is not known, as it is."""
    state = PublicState.objects.current()
    is_known = state is not None and state.known_after is not None and state.known_after <= begun
    if state and is_known and (state.next_change is None or state.next_change > begun):
        return state.next_change
    return next_change(begun)


def _has_come(moment: dt.datetime | None) -> bool:
    return moment is not None and moment <= clock.now()


_changes: ContextVar[Changes | None] = ContextVar("changes", default=None)


@contextmanager
def changing(*, savepoint: bool = True) -> Iterator[Changes]:
    """Hold a transaction at whose end the history is written, and the public state is raised.

    It is raised if readers see, or will see, something else. Inside another such transaction: what is done inside is
    weighed at the end of the outer one (``savepoint``: and rolled back alone). Locks are taken in one order (reviews,
    films, the head of the history, at last the state), so whoever takes locks in turn holds one of these around all of
    them.
    """
    if (outer := _changes.get()) is not None:
        with transaction.atomic(savepoint=savepoint):
            yield outer
            if isinstance(outer, _Everything):
                _check_references()
                appending.write_waiting()
        return
    with transaction.atomic():
        changes = Changes()
        token = _changes.set(changes)
        try:
            yield changes
        finally:
            _changes.reset(token)
        changes.raise_state()


class _Unweighed(Changes):
    """Changes that are not weighed one by one: too many, or rolled back."""

    def about_to_schedule(self, watch: Watch | None = None) -> None:
        pass

    def touch(self, model: type[Model], *keys: int) -> None:
        pass

    def note_seen(self) -> None:
        pass


class _Everything(_Unweighed):
    """Changes in several transactions: each of them writes its entries of the history."""


@contextmanager
def changing_everything() -> Iterator[None]:
    """Run code that may change all that readers see, in any number of transactions, and raise the state once, after it.

    Also if it fails half-way.
    """
    token = _changes.set(_Everything())
    try:
        yield
    finally:
        _changes.reset(token)
        with transaction.atomic():
            PublicState.objects.move(is_seen=True)
            transaction.on_commit(lambda: purge(EVERYTHING))


@contextmanager
def rehearsing() -> Iterator[None]:
    """Run code in a transaction that is rolled back: readers see no change, so none of it is weighed."""
    token = _changes.set(_Unweighed())
    try:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
    finally:
        _changes.reset(token)


def current() -> Changes:
    """The changes of the transaction that runs; of code that holds none, those to be raised right after its commit."""
    if (inside := _changes.get()) is not None:
        return inside
    running = transaction.get_connection()
    if running.run_on_commit:
        savepoints, last, *_ = running.run_on_commit[-1]
        if isinstance(last, Changes) and savepoints == set(running.savepoint_ids):
            return last
    return Changes()
