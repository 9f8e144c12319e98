"""The states a seeded review can be in, and the windows of its editions in each."""

import datetime as dt
import random
from dataclasses import dataclass
from enum import StrEnum

from reviews.models import Review
from reviews.seeding.rows import EditionWindow


class SeededState(StrEnum):
    """The state of a review at the moment for which the archive is seeded."""

    LIVE = "public"
    CORRECTED = "corrected"
    CHANGED = "public, with changes in its working copy that are not"
    CORRECTION_DUE = "public, with a correction that waits for its moment"
    DUE = "approved for later"
    WITHDRAWN = "withdrawn"
    RIGHTS_ENDED = "no longer public, because its rights ended"
    IN_REVIEW = "in review"
    DRAFT = "draft"


_CYCLE = [
    *[SeededState.LIVE] * 4,
    SeededState.CORRECTED,
    SeededState.DRAFT,
    *[SeededState.LIVE] * 4,
    SeededState.DUE,
    SeededState.CHANGED,
    *[SeededState.LIVE] * 3,
    SeededState.IN_REVIEW,
    SeededState.WITHDRAWN,
    *[SeededState.LIVE] * 3,
    SeededState.RIGHTS_ENDED,
    *[SeededState.LIVE] * 3,
    SeededState.DRAFT,
    *[SeededState.LIVE] * 3,
    SeededState.CORRECTION_DUE,
    *[SeededState.LIVE] * 4,
    SeededState.IN_REVIEW,
    *[SeededState.LIVE] * 2,
]


def state_of(number: int) -> SeededState:
    """The state of the review with this number (from 0): any 40 in a row include every state."""
    return _CYCLE[number % len(_CYCLE)]


@dataclass(frozen=True)
class Course:
    """A review's status, the windows of its editions in order, and when its rights end."""

    status: str
    publish_at: dt.datetime | None
    windows: list[EditionWindow]
    rights_until: dt.datetime | None = None


def course(
    state: SeededState,
    *,
    planned_for: dt.datetime,
    lifts_at: dt.datetime | None,
    as_of: dt.datetime,
    chance: random.Random,
) -> Course:
    """How a review reached a state, as the desk's verbs would have done it.

    ``planned_for`` is at least a month before ``as_of``; ``lifts_at`` is when the film's embargo lifts, if it has one.
    An embargo that has not lifted by ``as_of`` delays every finished review.
    """
    status = Review.Status
    if state in (SeededState.DRAFT, SeededState.IN_REVIEW):
        return Course(status.DRAFT if state is SeededState.DRAFT else status.IN_REVIEW, None, [])
    later = as_of + dt.timedelta(days=chance.randrange(2, 40), hours=chance.randrange(24))
    if state is SeededState.DUE:
        planned_for = later
    begins = max(planned_for, lifts_at) if lifts_at else planned_for
    if begins > as_of:
        return Course(status.APPROVED, planned_for, [EditionWindow(planned_for, begins)])

    change = begins + (as_of - begins) * chance.uniform(0.1, 0.9)
    change = change.replace(microsecond=0)
    match state:
        case SeededState.CORRECTED:
            windows = [
                EditionWindow(planned_for, begins, change),
                EditionWindow(change, change, first_visible_from=begins),
            ]
            return Course(status.APPROVED, change, windows)
        case SeededState.CORRECTION_DUE:
            windows = [
                EditionWindow(planned_for, begins, later),
                EditionWindow(later, later, first_visible_from=begins),
            ]
            return Course(status.APPROVED, later, windows)
        case SeededState.WITHDRAWN:
            return Course(status.WITHDRAWN, None, [EditionWindow(planned_for, begins, change)])
        case SeededState.RIGHTS_ENDED:
            windows = [EditionWindow(planned_for, begins, change)]
            return Course(status.APPROVED, planned_for, windows, rights_until=change)
        case _:
            return Course(status.APPROVED, planned_for, [EditionWindow(planned_for, begins)])
