"""The door: when which edition of a review is visible.

A review's editions follow one another in time; at most one of them is *pending* (its moment has not come).
Publishing replaces what is pending. Every verb works in one transaction with the rows of the films concerned
locked (PostgreSQL) or the whole database (SQLite, whose transactions begin IMMEDIATE), and reads the clock after
it holds the lock, so that an approval and an embargo that come at once take effect one after the other.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import models, transaction
from django.db.models import F, Q

from reviews import clock
from reviews.desk.checklist import obstacles
from reviews.desk.composition import compose
from reviews.models import Correction, Edition, Embargo, Film, OldAddress, Review
from reviews.models.address import as_read


class PublishingError(Exception):
    """A verb that cannot be done. ``reasons`` holds one sentence each, for an editor."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True)
class Note:
    """A correction's note to readers, for the public ledger."""

    kind: str
    text: str


@dataclass(frozen=True)
class Plan:
    """What publishing would do, as far as is known before it is done. Moments are aware and in UTC."""

    planned_for: dt.datetime
    visible_from: dt.datetime
    held_by: Embargo | None
    live: Edition | None
    pending: Edition | None

    @property
    def is_immediate(self) -> bool:
        return self.visible_from <= clock.now()


# -- What stands now ----------------------------------------------------------------------------------------


def live_edition(review: Review) -> Edition | None:
    """The edition whose window is open now, whether or not an embargo hides it."""
    return _running(review).filter(visible_from__lte=clock.now()).first()


def pending_edition(review: Review) -> Edition | None:
    """The edition whose moment has not come."""
    return _editions(review).filter(visible_from__gt=clock.now()).first()


def has_been_public(review: Review) -> bool:
    """Whether any edition's window has ever opened."""
    return _opened(review).exists()


def _editions(review: Review) -> models.QuerySet[Edition]:
    return Edition.objects.filter(review=review).order_by("-number")


def _running(review: Review) -> models.QuerySet[Edition]:
    return _editions(review).filter(Q(visible_until=None) | Q(visible_until__gt=clock.now()))


def _opened(review: Review) -> models.QuerySet[Edition]:
    return (
        _editions(review).filter(visible_from__lte=clock.now()).exclude(visible_until__lte=F("visible_from"))
    )


def holding_embargo(film: Film) -> Embargo | None:
    """The agreement on reviews of a film that lifts last, whether or not it has lifted by now."""
    return Embargo.objects.filter(film=film).on_reviews().agreed().order_by("-lifts_at").first()


def plan(review: Review, *, at: dt.datetime | None = None, backdated: bool = False) -> Plan:
    """What ``publish`` would do now. A moment that has passed means now, unless it is backdated."""
    now = clock.now()
    planned_for = at or now
    if planned_for < now and not backdated:
        planned_for = now
    embargo = holding_embargo(review.film)
    visible_from = _held(planned_for, embargo)
    return Plan(
        planned_for=planned_for,
        visible_from=visible_from,
        held_by=embargo if visible_from > planned_for else None,
        live=live_edition(review),
        pending=pending_edition(review),
    )


def _held(moment: dt.datetime, embargo: Embargo | None) -> dt.datetime:
    return max(moment, embargo.lifts_at) if embargo else moment


# -- The verbs ----------------------------------------------------------------------------------------------


def publish(
    review: Review, *, at: dt.datetime | None = None, backdated: bool = False, note: Note | None = None
) -> Edition:
    """Make what is saved of the review its next edition, visible from a moment (default: now).

    ``at`` is aware; a moment that has passed means now, except that a first edition may be ``backdated`` to when
    it went up elsewhere (fixtures, imports). An embargo on the film holds it until it lifts. A pending edition is
    replaced; the live one stays until the new one takes over. Raises PublishingError with the reasons.
    """
    with _locked(review) as working:
        if reasons := obstacles(working):
            raise PublishingError(reasons)
        opened = _opened(working).last()
        if backdated and opened:
            raise PublishingError(["The review has been public, so its next edition cannot be backdated."])
        intended = plan(working, at=at, backdated=backdated)
        if working.rights_until and working.rights_until <= intended.visible_from:
            raise PublishingError(
                ["The rights end before the review would go up: change one of the two moments."]
            )
        _discard_pending(working)
        composition = compose(working)
        edition = composition.edition
        edition.number = 1 + (_editions(working).values_list("number", flat=True).first() or 0)
        edition.planned_for = intended.planned_for
        _place(
            edition, intended.visible_from, first_visible_from=opened.first_visible_from if opened else None
        )
        _keep_old_address(working, edition)
        composition.save()
        if note:
            Correction.objects.create(edition=edition, kind=note.kind, note=note.text)
        _set_status(review, working, Review.Status.APPROVED, publish_at=intended.planned_for)
        return edition


def retime(review: Review, at: dt.datetime) -> Edition:
    """Move the pending edition to another moment (one that has passed means now).

    Raises PublishingError where nothing is pending.
    """
    with _locked(review) as working:
        pending = pending_edition(working)
        if pending is None:
            raise PublishingError(["Nothing is waiting to go up: publish the review instead."])
        pending.planned_for = max(at, clock.now())
        _move(pending, _held(pending.planned_for, holding_embargo(pending.film)))
        _set_status(review, working, Review.Status.APPROVED, publish_at=pending.planned_for)
        return pending


def unschedule(review: Review) -> None:
    """Take back the pending edition; a live one stays as it is. Raises PublishingError where nothing is pending."""
    with _locked(review) as working:
        if pending_edition(working) is None:
            raise PublishingError(["Nothing is waiting to go up."])
        _discard_pending(working)
        live = live_edition(working)
        if live:
            status = Review.Status.APPROVED
        elif has_been_public(working):
            status = Review.Status.WITHDRAWN
        else:
            status = Review.Status.DRAFT
        _set_status(review, working, status, publish_at=live.planned_for if live else None)


def withdraw(review: Review) -> None:
    """End the live edition now, and take back a pending one.

    Raises PublishingError where there is neither.
    """
    with _locked(review) as working:
        live = live_edition(working)
        if live is None and pending_edition(working) is None:
            raise PublishingError(["Readers do not see this review, and nothing is waiting to go up."])
        _discard_pending(working)
        if live:
            live.visible_until = clock.now()
            live.save(update_fields=["visible_until"])
        status = Review.Status.WITHDRAWN if has_been_public(working) else Review.Status.DRAFT
        _set_status(review, working, status, publish_at=None)


def settle(film: Film) -> list[Edition]:
    """Re-time the film's pending editions to what its embargoes now say; those that moved.

    The caller holds the film's lock and has just written the change (:mod:`reviews.desk.embargoes`).
    """
    embargo = holding_embargo(film)
    moved = []
    for edition in Edition.objects.filter(film=film, visible_from__gt=clock.now()):
        visible_from = max(clock.now(), _held(edition.planned_for, embargo))
        if visible_from != edition.visible_from:
            _move(edition, visible_from)
            moved.append(edition)
    return moved


# -- How they do it -----------------------------------------------------------------------------------------


@contextmanager
def locked(*films: int) -> Iterator[None]:
    """Hold a transaction with the rows of these films (primary keys) locked, always in the same order."""
    with transaction.atomic():
        list(
            Film.objects.select_for_update(no_key=True).filter(pk__in=films).order_by("pk").values_list("pk")
        )
        # One moment for the whole verb, read when nobody else can come between.
        with clock.reading_at(clock.now()):
            yield


@contextmanager
def _locked(review: Review) -> Iterator[Review]:
    """Lock every film that an edition of the review, running or to come, is about; yield the review as saved."""
    with transaction.atomic():
        fresh = Review.objects.select_for_update(no_key=True).get(pk=review.pk)
        running = set(_running(fresh).values_list("film", flat=True))
        with locked(fresh.film_id, *running):
            yield fresh


def _place(edition: Edition, visible_from: dt.datetime, *, first_visible_from: dt.datetime | None) -> None:
    """Set an edition's window to begin at a moment, and let the one it takes over from end there."""
    edition.visible_from = visible_from
    edition.visible_until = _end(edition, None)
    edition.first_visible_from = first_visible_from or visible_from
    for earlier in _running(edition.review).exclude(pk=edition.pk):
        earlier.visible_until = _end(earlier, visible_from)
        earlier.save(update_fields=["visible_until"])


def _move(edition: Edition, visible_from: dt.datetime) -> None:
    """Give a pending edition another beginning."""
    is_first = edition.first_visible_from == edition.visible_from
    _place(edition, visible_from, first_visible_from=None if is_first else edition.first_visible_from)
    edition.save(update_fields=["planned_for", "visible_from", "visible_until", "first_visible_from"])


def _discard_pending(review: Review) -> None:
    """Delete the pending edition, which nobody has seen, and let the live one run on."""
    pending = pending_edition(review)
    if pending is None:
        return
    Correction.objects.filter(edition=pending).delete()
    pending.delete()
    for live in _running(review):
        live.visible_until = _end(live, None)
        live.save(update_fields=["visible_until"])


def _end(edition: Edition, successor_from: dt.datetime | None) -> dt.datetime | None:
    """When an edition's window closes: when the rights end or its successor begins, but not before it opens."""
    ends = [moment for moment in (edition.rights_until, successor_from) if moment]
    return max(edition.visible_from, min(ends)) if ends else None


def _keep_old_address(review: Review, edition: Edition) -> None:
    """Let every address under which readers have seen the review lead on to it."""
    for slug in set(_opened(review).values_list("slug", flat=True)) - {edition.slug}:
        path = as_read(Edition(slug=slug).get_absolute_url())
        OldAddress.objects.get_or_create(
            path=path, defaults={"kind": OldAddress.Kind.REVIEW, "target_uid": review.uid}
        )


def _set_status(review: Review, working: Review, status: str, *, publish_at: dt.datetime | None) -> None:
    """Write the status to the row, and to the caller's copy of it, without touching anything else in either."""
    Review.objects.filter(pk=working.pk).update(status=status, publish_at=publish_at)
    review.status, review.publish_at = status, publish_at
