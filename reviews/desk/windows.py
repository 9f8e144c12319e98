"""When which edition of a review is visible: what stands now, what publishing would do, and how a window is set.

A review's editions follow one another in time; at most one of them is *pending* (its moment has not come).
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import models
from django.db.models import Q

from reviews import clock
from reviews.desk.known import Known
from reviews.models import Correction, Edition, Embargo, Film, Review


@dataclass(frozen=True)
class WindowFacts:
    """Which reviews (primary keys) have no edition, and what ``holding_embargo`` answers, by the film's primary key."""

    unpublished: set[int]
    embargoes: dict[int, Embargo | None]


KNOWN: Known[WindowFacts] = Known()


def facts_of(reviews: Sequence[Review]) -> WindowFacts:
    with_editions = Edition.objects.filter(review__in=reviews).values_list("review", flat=True)
    agreed = Embargo.objects.filter(film__in={review.film_id for review in reviews}).on_reviews().agreed()
    embargoes: dict[int, Embargo | None] = {review.film_id: None for review in reviews}
    embargoes |= {embargo.film_id: embargo for embargo in agreed.order_by("lifts_at")}
    return WindowFacts({review.pk for review in reviews} - set(with_editions), embargoes)


def note_edition(review: Review) -> None:
    """Record that the review now has an edition."""
    if known := KNOWN.facts:
        known.unpublished.discard(review.pk)


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
    return running(review).filter(visible_from__lte=clock.now()).first()


def pending_edition(review: Review) -> Edition | None:
    """The edition whose moment has not come."""
    return editions(review).filter(visible_from__gt=clock.now()).first()


def waiting_edition(review: Review) -> Edition:
    """The edition whose moment has not come, where it is known that there is one."""
    pending = pending_edition(review)
    assert pending is not None
    return pending


def newest_edition(review: Review) -> Edition | None:
    """What publishing was last asked for and still holds: the pending edition, or else the live one."""
    return pending_edition(review) or live_edition(review)


def has_been_public(review: Review) -> bool:
    """Whether any edition's window has ever opened."""
    return opened(review).exists()


def editions(review: Review) -> models.QuerySet[Edition]:
    known = KNOWN.facts
    if known and review.pk in known.unpublished:
        return Edition.objects.none()
    return Edition.objects.filter(review=review).order_by("-number")


def running(review: Review) -> models.QuerySet[Edition]:
    """Those whose window has not closed."""
    return editions(review).filter(is_running())


def is_running() -> Q:
    return Q(visible_until=None) | Q(visible_until__gt=clock.now())


def opened(review: Review) -> models.QuerySet[Edition]:
    """Those that readers have seen or see, the newest first."""
    return editions(review).opened()  # type: ignore[attr-defined, no-any-return]


def last_opened(review: Review) -> Edition:
    """What readers saw last, where it is known that they have seen the review."""
    last = opened(review).first()
    assert last is not None
    return last


def holding_embargo(film: Film) -> Embargo | None:
    """The agreement on reviews of a film that lifts last, whether or not it has lifted by now."""
    known = KNOWN.facts
    if known and film.pk in known.embargoes:
        return known.embargoes[film.pk]
    return Embargo.objects.filter(film=film).on_reviews().agreed().order_by("-lifts_at").first()


def plan(review: Review, *, at: dt.datetime | None = None, backdated: bool = False) -> Plan:
    """What publishing would do now. A moment that has passed means now, unless it is backdated."""
    now = clock.now()
    planned_for = at or now
    if planned_for < now and not backdated:
        planned_for = now
    embargo = holding_embargo(review.film)
    visible_from = held(planned_for, embargo)
    return Plan(
        planned_for=planned_for,
        visible_from=visible_from,
        held_by=embargo if visible_from > planned_for else None,
        live=live_edition(review),
        pending=pending_edition(review),
    )


def held(moment: dt.datetime, embargo: Embargo | None) -> dt.datetime:
    """The later of a moment and the end of an embargo."""
    return max(moment, embargo.lifts_at) if embargo else moment


# -- How a window is set; the caller holds the lock ----------------------------------------------------------


def place(edition: Edition, visible_from: dt.datetime, *, first_visible_from: dt.datetime | None) -> None:
    """Set an edition's window to begin at a moment, and let the one it takes over from end there."""
    edition.visible_from = visible_from
    edition.visible_until = _end(edition, None)
    edition.first_visible_from = first_visible_from or visible_from
    for earlier in running(edition.review).exclude(pk=edition.pk):
        earlier.visible_until = _end(earlier, visible_from)
        earlier.save(update_fields=["visible_until"])


def move(edition: Edition, visible_from: dt.datetime) -> None:
    """Give a pending edition another beginning; a correction takes effect with it."""
    is_first = edition.first_visible_from == edition.visible_from
    place(edition, visible_from, first_visible_from=None if is_first else edition.first_visible_from)
    edition.save(update_fields=["planned_for", "visible_from", "visible_until", "first_visible_from"])
    Correction.objects.filter(edition=edition).update(at=visible_from)


def move_all(moments: Mapping[Edition, dt.datetime]) -> list[Edition]:
    """The same for pending editions of several reviews, in as many queries for many as for one; those editions."""
    reviews = [edition.review_id for edition in moments]
    others = Edition.objects.filter(is_running(), review__in=reviews).exclude(
        pk__in=[edition.pk for edition in moments]
    )
    begins = {edition.review_id: moment for edition, moment in moments.items()}
    earlier = list(others)
    for edition in earlier:
        edition.visible_until = _end(edition, begins[edition.review_id])
    for edition, moment in moments.items():
        if edition.first_visible_from == edition.visible_from:
            edition.first_visible_from = moment
        edition.visible_from = moment
        edition.visible_until = _end(edition, None)
    corrections = list(Correction.objects.filter(edition__in=list(moments)).select_related("edition"))
    for correction in corrections:
        correction.at = begins[correction.edition.review_id]
    Edition.objects.bulk_update(earlier, ["visible_until"])
    Edition.objects.bulk_update(list(moments), ["visible_from", "visible_until", "first_visible_from"])
    Correction.objects.bulk_update(corrections, ["at"])
    return list(moments)


def discard_pending(review: Review) -> None:
    """Delete the pending edition, which nobody has seen, and let the live one run on."""
    pending = pending_edition(review)
    if pending is None:
        return
    Correction.objects.filter(edition=pending).delete()
    pending.delete()
    for live in running(review):
        live.visible_until = _end(live, None)
        live.save(update_fields=["visible_until"])


def close(edition: Edition) -> None:
    """End a live edition now."""
    edition.visible_until = clock.now()
    edition.save(update_fields=["visible_until"])


def _end(edition: Edition, successor_from: dt.datetime | None) -> dt.datetime | None:
    """When an edition's window closes: when the rights end or its successor begins, but not before it opens."""
    ends = [moment for moment in (edition.rights_until, successor_from) if moment]
    return max(edition.visible_from, min(ends)) if ends else None
