"""The lists of one person's desk: scheduled, planned, awaiting review, drafts, recently published.

The number of queries is constant. The lists contain nothing that the person may not see.
"""

import datetime as dt
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from reviews import clock
from reviews.desk import windows
from reviews.desk.capped import Listed, listed
from reviews.desk.permissions import BEFORE_APPROVAL, PERMISSIONS, Verb
from reviews.desk.planning.boards import boards
from reviews.desk.verbs.checklist import items_of, told_to
from reviews.desk.visible_to import VisibleCopy, visible_to
from reviews.models import Edition, HistoryEntry, Outlet, Review
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
    """A review with a planned day that is not approved yet, and what it lacks."""

    review: Review
    items: list[ChecklistItem]
    is_overdue: bool


@dataclass(frozen=True)
class Returned:
    """A user's own copy that was returned; ``entry`` has the editor's note (None for copy from a fixture)."""

    review: Review
    entry: HistoryEntry | None


@dataclass(frozen=True)
class WentUp:
    """A published edition, and whether readers now see it, its replacement or neither."""

    edition: Edition
    is_public: bool
    is_replaced: bool


class Agenda:
    """The lists of one person's desk as of now, each in the order of work."""

    def __init__(self, by: User) -> None:
        visible = self.visible = visible_to(by)
        outlet = self.outlet = Outlet.objects.current()
        pending = visible.editions().filter(visible_from__gt=clock.now()).order_by("visible_from", "pk")
        going_up = pending.exclude(NEVER)
        self.never = listed(pending.filter(NEVER))
        self.next = listed(going_up)
        self.planned = _planned(visible, outlet)
        self.queue = _queue(visible, outlet)
        """None if the person may not approve reviews."""
        self.drafts = listed(_own(visible, Review.Status.DRAFT).order_by(*NEWEST_FIRST))
        self.returned = _returned(visible)
        self.in_review = listed(_own(visible, Review.Status.IN_REVIEW).order_by(*OLDEST_FIRST))
        self.just_up = _just_up(visible)
        self.corrections = listed(going_up.filter(CORRECTION).filter(Exists(_live("review"))))
        self.changed = listed(_light(_changed(visible)).order_by("-sequence"))
        self.boards = boards(visible, AHEAD)


def is_held(edition: Edition) -> bool:
    """Whether an embargo delays an edition beyond the time that the desk chose."""
    return edition.planned_for < edition.visible_from


def is_first(edition: Edition) -> bool:
    """Whether an edition is its review's first publication and not a correction."""
    return edition.first_visible_from == edition.visible_from


def last_planned_day(outlet: Outlet) -> dt.date:
    """The last planned day that the lists include, in the outlet's zone."""
    return (clock.now() + AHEAD).astimezone(outlet.zone).date()


def _planned(visible: VisibleCopy, outlet: Outlet) -> Listed[Planned]:
    today = clock.now().astimezone(outlet.zone).date()
    due = visible.reviews().filter(status__in=BEFORE_APPROVAL, planned_on__lte=last_planned_day(outlet))
    found = listed(due.order_by("planned_on", "sequence"))
    items = items_of(found.rows)
    return found.map(
        lambda review: Planned(
            review,
            told_to(items[review.pk], sees_all=visible.sees_all),
            is_overdue=bool(review.planned_on and review.planned_on < today),
        )
    )


def _queue(visible: VisibleCopy, outlet: Outlet) -> Listed[Review] | None:
    """The reviews that this person may approve: under four eyes, not their own."""
    if not visible.by.has_perm(PERMISSIONS[Verb.APPROVE]):
        return None
    waiting = _light(visible.reviews()).filter(status=Review.Status.IN_REVIEW)
    if outlet.four_eyes:
        waiting = waiting.exclude(visible.is_own)
    return listed(waiting.order_by(*OLDEST_FIRST))


def _own(visible: VisibleCopy, status: Review.Status) -> QuerySet[Review]:
    return _light(visible.own()).filter(status=status)


def _returned(visible: VisibleCopy) -> Listed[Returned]:
    found = listed(_own(visible, Review.Status.RETURNED).order_by(*NEWEST_FIRST))
    notes = HistoryEntry.objects.filter(review_uid__in=[review.uid for review in found.rows])
    newest = {entry.review_uid: entry for entry in notes.exclude(because="").oldest_first()}
    return found.map(lambda review: Returned(review, newest.get(review.uid)))


def _just_up(visible: VisibleCopy) -> Listed[WentUp]:
    lately = visible.editions().opened().filter(visible_from__gt=clock.now() - BEHIND)
    found = listed(lately.order_by("-visible_from", "-pk"))
    public = dict(
        Edition.objects.public()
        .filter(review__in=[edition.review_id for edition in found.rows])
        .order_by()
        .values_list("review", "pk")
    )
    return found.map(
        lambda edition: WentUp(
            edition,
            is_public=public.get(edition.review_id) == edition.pk,
            is_replaced=public.get(edition.review_id, edition.pk) != edition.pk,
        )
    )


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


def _light(reviews: QuerySet[Review]) -> QuerySet[Review]:
    return reviews.defer("body")
