"""Writes the history of what is done at the desk, at the end of the same transaction, and reads it.

Decisions about visibility are stored. That a review then became visible is derived from them and the clock.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NotRequired, TypedDict, Unpack
from uuid import UUID

from django.contrib.auth.models import User

from reviews import clock
from reviews.desk.chain import appending
from reviews.desk.public_state.changes import changing
from reviews.models import Edition, Embargo, Film, HistoryEntry, Review


@dataclass(frozen=True)
class Window:
    """When something is visible, by a decision: from (``None``: never) and until, aware and in UTC."""

    visible_from: dt.datetime | None = None
    visible_until: dt.datetime | None = None


HIDDEN = Window()


@dataclass(frozen=True)
class HistoryLine:
    """A line of a history: what was done, or (``is_derived``) what an earlier decision caused at its time.

    A line with a ``window`` decides about its review or, if it has none, about an embargo.
    """

    at: dt.datetime
    who: str
    what: str
    because: str = ""
    window: Window | None = None
    is_derived: bool = False
    review_uid: UUID | None = None


class EntryParts(TypedDict):
    """The parts of an entry: who did it (``by`` is None for a fixture), its subject and its decision.

    With a ``window`` it decides about the embargo, or else the ``edition``, or else all editions of the review.
    """

    by: User | None
    film: Film
    review: NotRequired[Review | None]
    embargo: NotRequired[Embargo | None]
    because: NotRequired[str]
    window: NotRequired[Window | None]
    edition: NotRequired[Edition | None]


def record(what: str, **parts: Unpack[EntryParts]) -> None:
    """Make an entry about something done now. It is written at the end of the transaction."""
    record_all([entry(what, **parts)])


def record_all(entries: Iterable[HistoryEntry]) -> None:
    """Let unsaved entries be written at the end of the transaction, in this order and after those before them."""
    with changing(savepoint=False):
        appending.wait(entries)


def entry(what: str, **parts: Unpack[EntryParts]) -> HistoryEntry:
    """An unsaved entry about something done now."""
    review, embargo, window = parts.get("review"), parts.get("embargo"), parts.get("window")
    edition, decided = parts.get("edition"), embargo or review
    return HistoryEntry(
        at=clock.now(),
        by=parts["by"],
        by_name=name_of(parts["by"]),
        film_uid=parts["film"].uid,
        review_uid=review.uid if review else None,
        what=what,
        because=parts.get("because", ""),
        decides_uid=decided.uid if decided and window else None,
        edition_number=edition.number if edition else None,
        visible_from=window.visible_from if window else None,
        visible_until=window.visible_until if window else None,
    )


def name_of(account: User | None) -> str:
    """The name under which the history stores a user permanently."""
    return (account.get_full_name() or account.get_username())[:150] if account else ""


def window_of(edition: Edition) -> Window:
    """An edition's window, for a decision about it."""
    return window_from(edition.visible_from, edition.visible_until)


def window_from(begins: dt.datetime, ends: dt.datetime | None) -> Window:
    """A window; never visible if it would end before it begins."""
    return HIDDEN if ends is not None and ends <= begins else Window(begins, ends)


def lines(entries: Iterable[HistoryEntry], now: dt.datetime) -> list[HistoryLine]:
    """The entries (oldest first, of any number of reviews) and the events derived from them by now, in order of time.

    A decision is in force until the next one about the same subject. Its later moments then cause no event.
    """
    found: list[HistoryLine] = []
    ruling = _Ruling()
    for entry in entries:
        if entry.decides_uid:
            found += ruling.replaced_by(entry)
        found.append(line_of(entry))
    return sorted([*found, *ruling.come_true(now)], key=lambda line: line.at)


class _Ruling:
    """The decisions in force, by subject."""

    def __init__(self) -> None:
        self.holding: dict[tuple[UUID, int | None], HistoryEntry] = {}

    def replaced_by(self, entry: HistoryEntry) -> list[HistoryLine]:
        """Replace the decisions about the same subject; returns the events that those had caused by then."""
        assert entry.decides_uid is not None
        key = (entry.decides_uid, entry.edition_number)
        replaced = (
            [key]
            if entry.edition_number is not None
            else [each for each in self.holding if each[0] == entry.decides_uid]
        )
        came = self.come_true(entry.at, among=replaced)
        for each in replaced:
            self.holding.pop(each, None)
        self.holding[key] = entry
        return came

    def come_true(
        self, by: dt.datetime, *, among: Iterable[tuple[UUID, int | None]] | None = None
    ) -> list[HistoryLine]:
        """The events that the decisions caused between being made and a moment."""
        came = []
        for key in self.holding if among is None else among:
            decision = self.holding.get(key)
            if decision is None or decision.visible_from is None:
                continue
            begins, ends, about = decision.visible_from, decision.visible_until, decision.review_uid
            if decision.at < begins <= by:
                became = f"Edition {key[1]} became visible." if about else "The embargo lifted, as agreed."
                came.append(HistoryLine(begins, "", became, is_derived=True, review_uid=about))
            if ends and decision.at < ends <= by and not self._taken_over(key, ends):
                stopped = f"Edition {key[1]} stopped being visible."
                came.append(HistoryLine(ends, "", stopped, is_derived=True, review_uid=about))
        return came

    def _taken_over(self, key: tuple[UUID, int | None], by: dt.datetime) -> bool:
        """Whether another edition had become visible by then, so that readers saw no gap."""
        return any(
            other[0] == key[0]
            and (other[1] or 0) > (key[1] or 0)
            and decision.visible_from is not None
            and decision.visible_from <= by
            for other, decision in self.holding.items()
        )


def line_of(entry: HistoryEntry) -> HistoryLine:
    """The line of one entry."""
    window = Window(entry.visible_from, entry.visible_until) if entry.decides_uid else None
    return HistoryLine(
        entry.at, entry.by_name, entry.what, entry.because, window, review_uid=entry.review_uid
    )
