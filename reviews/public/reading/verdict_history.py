"""Earlier verdicts and ratings of a review, public as long as the review is."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from reviews import clock
from reviews.models.prepared import Prepared
from reviews.models.public.edition import Edition
from reviews.rules import ratings


@dataclass(frozen=True)
class Earlier:
    """A verdict or rating that readers saw until a moment; ``edition`` is the last one with it."""

    what: Literal["verdict", "rating"]
    edition: Edition
    until: dt.datetime


def earlier_verdicts(edition: Edition) -> list[Earlier]:
    """The changes that led to what an edition says, the latest first. One query; none for a review's first edition.

    A rating written in another way is not a change. Editions that an embargo hid the whole time are left out
    (``formerly_public``).
    """
    if edition.pk and edition.visible_from == edition.first_visible_from:
        return []
    told = [*_past(edition.review_uid, clock.now()), edition]
    changes = [
        *_changes("verdict", told, lambda each: each.verdict),
        *_changes("rating", told, lambda each: ratings.plain(each.rating, star_scale=each.star_scale)),
    ]
    return sorted(changes, key=lambda change: change.until, reverse=True)


_past = Prepared(
    lambda review_uid, at: (
        Edition.objects.formerly_public(at)
        .filter(review_uid=review_uid)
        .order_by("visible_from", "number")
        .only("verdict", "rating", "star_scale", "provenance", "visible_until")
    )
)


def _changes(
    what: Literal["verdict", "rating"], told: Sequence[Edition], said: Callable[[Edition], object]
) -> list[Earlier]:
    """The last edition of each run with the same verdict and rating, except the current run."""
    last = [list(run)[-1] for _, run in groupby(told, key=said)][:-1]
    return [Earlier(what, each, each.visible_until) for each in last if each.visible_until]
