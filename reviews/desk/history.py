"""What is written down of everything done at the desk, in the transaction that does it, and how it is read.

Decisions about visibility are written down; that a review became visible is derived from them by the clock.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.models import User

from reviews import clock
from reviews.models import Edition, Embargo, Film, HistoryEntry, Review


@dataclass(frozen=True)
class Window:
    """What a decision says of visibility, aware and in UTC: from when (``None``: not at all) and until when."""

    visible_from: dt.datetime | None = None
    visible_until: dt.datetime | None = None


HIDDEN = Window()


@dataclass(frozen=True)
class Line:
    """A line of a history: what was done, or (``is_derived``) what came of an earlier decision when its time came."""

    at: dt.datetime
    who: str
    what: str
    because: str = ""
    window: Window | None = None
    is_derived: bool = False
    review_uid: UUID | None = None


def record(
    what: str,
    *,
    by: User | None,
    film: Film,
    review: Review | None = None,
    embargo: Embargo | None = None,
    because: str = "",
    window: Window | None = None,
) -> HistoryEntry:
    """Write down that something was done now; ``by`` is None where it was nobody at the desk (a fixture, an import).

    With a ``window`` it is a decision about the review, or about the embargo. The caller holds the transaction.
    """
    decided = embargo or review
    return HistoryEntry.objects.create(
        at=clock.now(),
        by=by,
        by_name=name_of(by),
        film_uid=film.uid,
        review_uid=review.uid if review else None,
        what=what,
        because=because,
        decides_uid=decided.uid if decided and window else None,
        visible_from=window.visible_from if window else None,
        visible_until=window.visible_until if window else None,
    )


def name_of(account: User | None) -> str:
    """What a history calls somebody, for as long as it stands."""
    return (account.get_full_name() or account.get_username())[:150] if account else ""


def window_of(edition: Edition) -> Window:
    """An edition's window, as a decision states it."""
    return window_from(edition.visible_from, edition.visible_until)


def window_from(begins: dt.datetime, ends: dt.datetime | None) -> Window:
    """A window, or none at all where it would end before it begins."""
    return HIDDEN if ends is not None and ends <= begins else Window(begins, ends)


def lines(entries: Iterable[HistoryEntry], now: dt.datetime) -> list[Line]:
    """The entries (oldest first, of any number of reviews) with what came of their decisions by now, in order of time.

    A decision holds until the next one about the same; whatever moment of it had not come by then never did.
    """
    found: list[Line] = []
    in_force: dict[UUID, HistoryEntry] = {}
    for entry in entries:
        if entry.decides_uid:
            found += _come_true(in_force.get(entry.decides_uid), entry.at)
            in_force[entry.decides_uid] = entry
        found.append(_line(entry))
    for decision in in_force.values():
        found += _come_true(decision, now)
    return sorted(found, key=lambda line: line.at)


def _line(entry: HistoryEntry) -> Line:
    window = Window(entry.visible_from, entry.visible_until) if entry.decides_uid else None
    return Line(entry.at, entry.by_name, entry.what, entry.because, window, review_uid=entry.review_uid)


def _come_true(decision: HistoryEntry | None, until: dt.datetime) -> list[Line]:
    """What a decision brought about between being made and a moment."""
    if decision is None:
        return []
    begins, ends = decision.visible_from, decision.visible_until
    about = decision.review_uid
    came = []
    if begins and decision.at < begins <= until:
        became = "Became visible." if about else "The embargo lifted, as agreed."
        came.append(Line(begins, "", became, is_derived=True, review_uid=about))
    if ends and decision.at < ends <= until:
        came.append(Line(ends, "", "Stopped being visible.", is_derived=True, review_uid=about))
    return came
