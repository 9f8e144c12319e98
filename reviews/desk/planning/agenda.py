"""The lists of one person's desk: scheduled, planned, awaiting review, drafts, recently published.

The number of queries is constant: one for the lists of editions and one for those of reviews. The lists contain nothing
that the person may not see.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from reviews import clock
from reviews.desk import windows
from reviews.desk.capped import Listed, Parts, by_list, first_of, listed, together
from reviews.desk.permissions import BEFORE_APPROVAL, PERMISSIONS, Verb
from reviews.desk.planning.boards import boards, filings, holds
from reviews.desk.planning.columns import shown_editions, shown_reviews
from reviews.desk.verbs.checklist import blocking_of, told_to
from reviews.desk.visible_to import VisibleCopy, visible_to
from reviews.models import Critic, Edition, Embargo, HistoryEntry, Outlet, Review
from reviews.models.prepared import Prepared
from reviews.models.public.edition import EditionQuerySet
from reviews.rules.checklist import ChecklistItem

AHEAD = dt.timedelta(days=7)
BEHIND = dt.timedelta(days=7)
"""How far the lists look ahead and back."""

OLDEST_FIRST = (F("status_since").asc(nulls_first=True), "sequence")
NEWEST_FIRST = (F("status_since").desc(nulls_last=True), "-sequence")
"""By the time of the last status change. It is null for reviews from a fixture: they count as oldest."""

NEVER = Q(visible_until__lte=F("visible_from"))
"""An edition with an empty window: its rights end before it would open, so it is never visible."""

CORRECTION = Q(first_visible_from__lt=F("visible_from"))
"""An edition of a review that readers have seen before."""


@dataclass(frozen=True)
class Planned:
    """A review with a planned day that is not approved yet, and what it lacks: the items that block."""

    review: Review
    items: list[ChecklistItem]
    is_overdue: bool


@dataclass(frozen=True)
class Returned:
    """A user's own copy that was returned, with the editor's note and name (both empty for copy from a fixture)."""

    review: Review
    note: str
    note_by: str


@dataclass(frozen=True)
class WentUp:
    """A published edition, and whether readers now see it, its replacement or neither."""

    edition: Edition
    is_public: bool
    is_replaced: bool


class Agenda:
    """The lists of one person's desk as of now, each in the order of work. A page that has loaded the outlet passes it.

    ``queue`` is None if the person may not approve reviews.
    """

    def __init__(self, by: User, outlet: Outlet | None = None) -> None:
        visible = self.visible = visible_to(by)
        outlet = self.outlet = outlet or Outlet.objects.current()
        now, theirs = clock.now(), visible.byline.pk if visible.byline else None
        editions = by_list(
            _EDITIONS(visible.sees_all, None if visible.sees_all else theirs, now, now - BEHIND)
        )
        self.never: Listed[Edition] = listed(editions, "never")
        self.next: Listed[Edition] = listed(editions, "next")
        self.corrections: Listed[Edition] = listed(editions, "corrections")
        self.just_up = listed(editions, "just_up").map(_went_up)
        held, may_approve = holds(visible, AHEAD), by.has_perm(PERMISSIONS[Verb.APPROVE])
        reviews = by_list(
            _REVIEWS(
                by.pk,
                theirs,
                visible.sees_all,
                may_approve,
                outlet.four_eyes,
                now,
                last_planned_day(outlet),
                list(held.embargoes),
            )
        )
        self.queue: Listed[Review] | None = listed(reviews, "queue") if may_approve else None
        self.drafts: Listed[Review] = listed(reviews, "drafts")
        self.returned = listed(reviews, "returned").map(_returned)
        self.in_review: Listed[Review] = listed(reviews, "in_review")
        self.changed: Listed[Review] = listed(reviews, "changed")
        self.planned = _planned(reviews, visible, outlet)
        self.boards = boards(held, reviews.get("filings", []))


def is_held(edition: Edition) -> bool:
    """Whether an embargo delays an edition beyond the time that the desk chose."""
    return edition.planned_for < edition.visible_from


def is_first(edition: Edition) -> bool:
    """Whether an edition is its review's first publication and not a correction."""
    return edition.first_visible_from == edition.visible_from


def last_planned_day(outlet: Outlet) -> dt.date:
    """The last planned day that the lists include, in the outlet's zone."""
    return (clock.now() + AHEAD).astimezone(outlet.zone).date()


def _visible(by: int | None, byline: int | None, *, sees_all: bool) -> VisibleCopy:
    """What a user may see, by primary keys, for statements that are composed once."""
    return VisibleCopy(User(pk=by), Critic(pk=byline) if byline else None, sees_all)


# -- The lists of editions ----------------------------------------------------------------------------------------


def _editions(sees_all: bool, byline: int | None, now: dt.datetime, since: dt.datetime) -> QuerySet[Any]:
    with clock.reading_at(now):
        shown, theirs = shown_editions(), _visible(None, byline, sees_all=sees_all).editions()
        pending = theirs.filter(visible_from__gt=now).order_by("visible_from", "pk")
        going_up = pending.exclude(NEVER)
        due = going_up.filter(CORRECTION).filter(Exists(_live("review")))
        lately = theirs.opened(now).filter(visible_from__gt=since)
        return together(
            first_of(shown, "never", pending.filter(NEVER)),
            first_of(shown, "next", going_up),
            first_of(shown, "corrections", due),
            first_of(shown, "just_up", lately.order_by("-visible_from", "-pk")),
        )


_EDITIONS = Prepared(_editions)


def _went_up(edition: Any) -> WentUp:
    return WentUp(
        edition,
        is_public=edition.public_now == edition.pk,
        is_replaced=edition.public_now not in (None, edition.pk),
    )


# -- The lists of reviews -----------------------------------------------------------------------------------------


def _reviews(
    by: int,
    byline: int | None,
    sees_all: bool,
    may_approve: bool,
    four_eyes: bool,
    now: dt.datetime,
    last_day: dt.date,
    films: list[int],
) -> QuerySet[Any]:
    with clock.reading_at(now):
        visible = _visible(by, byline, sees_all=sees_all)
        shown, own, every = shown_reviews(), visible.own(), visible.reviews()
        waiting = every.filter(status=Review.Status.IN_REVIEW)
        # Under four eyes nobody approves their own.
        queue = waiting.exclude(visible.is_own) if four_eyes else waiting
        drafts, in_review, returned = (
            own.filter(status=status)
            for status in (Review.Status.DRAFT, Review.Status.IN_REVIEW, Review.Status.RETURNED)
        )
        with_note = shown_reviews(note=_note("because"), note_by=_note("by_name"))
        with_text = shown_reviews(text=F("body"), held_until=_held_until())
        due = every.filter(status__in=BEFORE_APPROVAL, planned_on__lte=last_day)
        return together(
            *([first_of(shown, "queue", queue.order_by(*OLDEST_FIRST))] if may_approve else []),
            first_of(shown, "drafts", drafts.order_by(*NEWEST_FIRST)),
            first_of(shown, "in_review", in_review.order_by(*OLDEST_FIRST)),
            first_of(with_note, "returned", returned.order_by(*NEWEST_FIRST)),
            first_of(shown, "changed", _changed(visible).order_by("-sequence")),
            first_of(with_text, "planned", due.order_by("planned_on", "sequence")),
            filings(visible, films),
        )


_REVIEWS = Prepared(_reviews)


def _planned(found: Parts, visible: VisibleCopy, outlet: Outlet) -> Listed[Planned]:
    today = clock.now().astimezone(outlet.zone).date()
    rows = listed(found, "planned")
    for review in rows.rows:
        review.body = review.text
    items = blocking_of({review: review.held_until for review in rows.rows}, outlet)
    return rows.map(
        lambda review: Planned(
            review,
            told_to(items[review.pk], sees_all=visible.sees_all),
            is_overdue=bool(review.planned_on and review.planned_on < today),
        )
    )


def _returned(review: Any) -> Returned:
    return Returned(review, review.note or "", review.note_by or "")


def _note(column: str) -> Subquery:
    """A column of the newest note with which a review was returned."""
    notes = HistoryEntry.objects.filter(review_uid=OuterRef("uid")).exclude(because="")
    return Subquery(notes.order_by("-at", "-sequence").values(column)[:1])


def _held_until() -> Subquery:
    """Until when an embargo holds a review."""
    agreed = Embargo.objects.on_reviews().agreed(clock.now()).filter(film=OuterRef("film"))
    return Subquery(agreed.order_by("-lifts_at").values("lifts_at")[:1])


def _changed(visible: VisibleCopy) -> QuerySet[Review]:
    """Live reviews with unpublished changes and no pending correction."""
    return visible.reviews().filter(Exists(_live("pk")), ~Exists(_pending("pk")), has_changes=True)


def _live(review: str) -> EditionQuerySet:
    """The edition whose window is open now, even if an embargo hides it (as in :mod:`windows`)."""
    return _of(review).filter(windows.is_running(), visible_from__lte=clock.now())


def _pending(review: str) -> EditionQuerySet:
    return _of(review).filter(visible_from__gt=clock.now())


def _of(review: str) -> EditionQuerySet:
    return Edition.objects.filter(review=OuterRef(review)).order_by()
