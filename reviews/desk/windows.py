"""When which edition of a review is visible: what publishing would do, and how a window is set.

A review's editions follow one another in time; at most one of them is *pending* (its moment has not come).
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q

from reviews import clock
from reviews.models import Correction, Edition, Embargo, Film


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


def is_running() -> Q:
    """Of editions whose window has not closed."""
    return Q(visible_until=None) | Q(visible_until__gt=clock.now())


def holding_embargo(film: Film) -> Embargo | None:
    """The agreement on reviews of a film that lifts last, whether or not it has lifted by now."""
    return Embargo.objects.filter(film=film).on_reviews().agreed().order_by("-lifts_at").first()


def held(moment: dt.datetime, embargo: Embargo | None) -> dt.datetime:
    """The later of a moment and the end of an embargo."""
    return max(moment, embargo.lifts_at) if embargo else moment


# -- How a window is set; the caller holds the lock ----------------------------------------------------------


def place(
    edition: Edition,
    visible_from: dt.datetime,
    *,
    first_visible_from: dt.datetime | None,
    running: Iterable[Edition],
) -> None:
    """Set an edition's window to begin at a moment, and let the running one that it takes over from end there."""
    edition.visible_from = visible_from
    edition.visible_until = _end(edition, None)
    edition.first_visible_from = first_visible_from or visible_from
    for earlier in running:
        if earlier.pk != edition.pk:
            earlier.visible_until = _end(earlier, visible_from)
            earlier.save(update_fields=["visible_until"])


def move(edition: Edition, visible_from: dt.datetime, *, running: Iterable[Edition]) -> None:
    """Give a pending edition another beginning; a correction takes effect with it."""
    is_first = edition.first_visible_from == edition.visible_from
    first = None if is_first else edition.first_visible_from
    place(edition, visible_from, first_visible_from=first, running=running)
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


def discard(pending: Edition, *, running: Iterable[Edition]) -> list[Edition]:
    """Delete a pending edition, which nobody has seen, and let the live one run on; the running that are left."""
    left = [edition for edition in running if edition.pk != pending.pk]
    Correction.objects.filter(edition=pending).delete()
    pending.delete()
    for live in left:
        live.visible_until = _end(live, None)
        live.save(update_fields=["visible_until"])
    return left


def close(edition: Edition) -> None:
    """End a live edition now."""
    edition.visible_until = clock.now()
    edition.save(update_fields=["visible_until"])


def _end(edition: Edition, successor_from: dt.datetime | None) -> dt.datetime | None:
    """When an edition's window closes: when the rights end or its successor begins, but not before it opens."""
    ends = [moment for moment in (edition.rights_until, successor_from) if moment]
    return max(edition.visible_from, min(ends)) if ends else None
