"""The windows of time in which editions are visible: planning and setting them.

The windows of a review do not overlap, and at most one edition is *pending* (its window has not opened).
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q

from reviews import clock
from reviews.desk.public_state import changes
from reviews.models import Correction, Edition, EditionTag, Embargo, Film


@dataclass(frozen=True)
class Plan:
    """What publishing would do. Moments are aware and in UTC."""

    planned_for: dt.datetime
    visible_from: dt.datetime
    held_by: Embargo | None
    live: Edition | None
    pending: Edition | None

    @property
    def is_immediate(self) -> bool:
        return self.visible_from <= clock.now()


def is_running() -> Q:
    """Condition: the edition's window has not closed."""
    return Q(visible_until=None) | Q(visible_until__gt=clock.now())


def holding_embargo(film: Film) -> Embargo | None:
    """The embargo on reviews of a film that lifts last, even if it has lifted."""
    return Embargo.objects.filter(film=film).on_reviews().agreed().order_by("-lifts_at").first()


def held(moment: dt.datetime, embargo: Embargo | None) -> dt.datetime:
    """The later of a moment and the embargo's end."""
    return max(moment, embargo.lifts_at) if embargo else moment


# -- How a window is set; the caller holds the lock ----------------------------------------------------------


def place(
    edition: Edition,
    visible_from: dt.datetime,
    *,
    first_visible_from: dt.datetime | None,
    running: Iterable[Edition],
) -> None:
    """Set an edition's window to begin at a moment, and end the window of the edition that it replaces."""
    edition.visible_from = visible_from
    edition.visible_until = _end(edition, None)
    edition.first_visible_from = first_visible_from or visible_from
    for earlier in running:
        if earlier.pk != edition.pk:
            earlier.visible_until = _end(earlier, visible_from)
            earlier.save(update_fields=["visible_until"])


def move(edition: Edition, visible_from: dt.datetime, *, running: Iterable[Edition]) -> None:
    """Reschedule a pending edition, and its correction with it."""
    is_first = edition.first_visible_from == edition.visible_from
    first = None if is_first else edition.first_visible_from
    place(edition, visible_from, first_visible_from=first, running=running)
    edition.save(update_fields=["planned_for", "visible_from", "visible_until", "first_visible_from"])
    EditionTag.objects.filter(edition=edition).update(first_visible_from=edition.first_visible_from)
    Correction.objects.filter(edition=edition).update(at=visible_from)


def move_all(moments: Mapping[Edition, dt.datetime]) -> list[Edition]:
    """The same for pending editions of several reviews, in a constant number of queries. Returns the editions."""
    if not moments:
        return []
    # Bulk writes send no signals.
    changes.current().about_to_schedule()
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
    tags = list(EditionTag.objects.filter(edition__in=list(moments)))
    first = {edition.pk: edition.first_visible_from for edition in moments}
    for tag in tags:
        tag.first_visible_from = first[tag.edition_id]
    EditionTag.objects.bulk_update(tags, ["first_visible_from"])
    return list(moments)


def discard(pending: Edition, *, running: Iterable[Edition]) -> list[Edition]:
    """Delete a pending edition; the live one then runs until its rights end. Returns the running ones left."""
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
    """The end of an edition's window: the end of its rights or the start of its successor, but not before its start."""
    ends = [moment for moment in (edition.rights_until, successor_from) if moment]
    return max(edition.visible_from, min(ends)) if ends else None
