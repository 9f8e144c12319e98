"""A reference model of visibility, written from the specification and without windows.

The model stores the approved copies of each review with their start times, and the embargoes of each film. Readers see
the copy that started last, unless it was withdrawn, its rights have ended, or an embargo is active.
"""

import datetime as dt
from dataclasses import dataclass, field

from reviews.models import Embargo
from reviews.seeding.factories import MOMENT

HOUR = dt.timedelta(hours=1)
FOREVER = MOMENT + dt.timedelta(days=1000)
FILMS_OF_REVIEWS = (0, 0, 1)


@dataclass
class Copy:
    """Approved copy. ``ends`` is the end of its rights, or its withdrawal if that came first."""

    text: str
    planned: dt.datetime
    begins: dt.datetime
    ends: dt.datetime


@dataclass
class Held:
    """An embargo of the model."""

    film: int
    lifts: dt.datetime
    row: Embargo
    is_on: bool = True


@dataclass
class Model:
    """The model with which the desk and ``public()`` must agree."""

    copies: list[list[Copy]] = field(default_factory=lambda: [[] for _ in FILMS_OF_REVIEWS])
    embargoes: list[Held] = field(default_factory=list)

    def lift(self, film: int) -> dt.datetime:
        return max(
            [held.lifts for held in self.embargoes if held.film == film and held.is_on], default=MOMENT
        )

    def newest(self, review: int, at: dt.datetime) -> Copy | None:
        newest = None
        for each in self.copies[review]:
            if each.begins <= at and (newest is None or newest.begins <= each.begins):
                newest = each
        return newest if newest and at < newest.ends else None

    def began(self, review: int, at: dt.datetime) -> dt.datetime | None:
        newest = self.newest(review, at)
        return newest.begins if newest else None

    def seen(self, review: int, at: dt.datetime) -> str | None:
        newest = self.newest(review, at)
        return newest.text if newest and self.lift(FILMS_OF_REVIEWS[review]) <= at else None

    def went_up(self, review: int, at: dt.datetime) -> dt.datetime:
        """When the review was first visible, by what is known at a moment."""
        copies = self.copies[review]
        for each, after in zip(copies, [*copies[1:], None], strict=True):
            ends = min(each.ends, after.begins) if after else each.ends
            if each.begins <= at and each.begins < ends:
                return each.begins
        raise AssertionError("The review has never gone up.")

    def settle(self, film: int, now: dt.datetime) -> None:
        for review, copies in enumerate(self.copies):
            for each in copies:
                if FILMS_OF_REVIEWS[review] == film and each.begins > now:
                    each.begins = max(now, each.planned, self.lift(film))
