"""Verdicts and stances, and the count of verdicts.

A mixed verdict is 0, which is falsy, and so is a mixed stance: test for an unstated one with ``is None``.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

HEADLINE_FROM = 4
"""The smallest number of stated verdicts for which the middle one is a headline. Counts have no minimum."""

SHARE_FROM = 10
"""The smallest number of stated verdicts for which a percentage is given."""


class Verdict(IntEnum):
    """What a review says of the film as a whole. An unstated verdict is ``None``, which is not MIXED."""

    RAVE = 2
    POSITIVE = 1
    MIXED = 0
    NEGATIVE = -1
    PAN = -2

    @property
    def label(self) -> str:
        """The verdict as an editor chooses it: ``Rave``."""
        return self.name.capitalize()


class Stance(IntEnum):
    """What a review says of one aspect of the film."""

    PRAISE = 1
    MIXED = 0
    CRITICISM = -1

    @property
    def label(self) -> str:
        """The stance as an editor chooses it: ``Praise``."""
        return self.name.capitalize()


@dataclass(frozen=True, slots=True)
class Tally:
    """The verdicts of several reviews: those that were stated, lowest first, and how many were not."""

    verdicts: tuple[Verdict, ...]
    unstated: int = 0

    @property
    def in_favour(self) -> int:
        return sum(verdict > 0 for verdict in self.verdicts)

    @property
    def mixed(self) -> int:
        return sum(verdict == 0 for verdict in self.verdicts)

    @property
    def against(self) -> int:
        return sum(verdict < 0 for verdict in self.verdicts)

    @property
    def stated(self) -> int:
        """How many verdicts were stated: the denominator of every share."""
        return len(self.verdicts)

    @property
    def total(self) -> int:
        """How many reviews were counted, with or without a verdict."""
        return self.stated + self.unstated

    @property
    def middle(self) -> tuple[Verdict, Verdict] | None:
        """The two middle verdicts of an even number, lower first, or the middle one twice; None if none is stated.

        Verdicts have no values in between: if the two differ, show both.
        """
        if not self.verdicts:
            return None
        return self.verdicts[(self.stated - 1) // 2], self.verdicts[self.stated // 2]

    @property
    def headline(self) -> tuple[Verdict, Verdict] | None:
        """The middle, if enough verdicts are stated for a headline; otherwise None."""
        return self.middle if self.stated >= HEADLINE_FROM else None

    @property
    def share_in_favour(self) -> int | None:
        """The percentage of stated verdicts that are in favour, rounded; None if too few are stated for a
        percentage."""
        return round(100 * self.in_favour / self.stated) if self.stated >= SHARE_FROM else None

    @property
    def range(self) -> tuple[Verdict, Verdict] | None:
        """The lowest and the highest verdict; None if none is stated."""
        return (self.verdicts[0], self.verdicts[-1]) if self.verdicts else None

    @property
    def by_verdict(self) -> tuple[tuple[Verdict, int], ...]:
        """How many reviews state each of the five verdicts, pan first."""
        return tuple((verdict, self.verdicts.count(verdict)) for verdict in sorted(Verdict))

    @property
    def is_divided(self) -> bool:
        """Whether at least one critic is for the film and at least one is against it."""
        return self.in_favour > 0 and self.against > 0

    @property
    def division(self) -> tuple[int, int]:
        """How far apart the verdicts are, for ordering: the range first, then the size of the smaller side."""
        return (
            self.verdicts[-1] - self.verdicts[0] if self.verdicts else 0,
            min(self.in_favour, self.against),
        )


def tally(verdicts: Iterable[int | None]) -> Tally:
    """Count verdicts, one per review, in any order; ``None`` is a review that states none.

    Raises ValueError for a number that is not a Verdict.
    """
    given = list(verdicts)
    stated = tuple(sorted(Verdict(verdict) for verdict in given if verdict is not None))
    return Tally(stated, unstated=len(given) - len(stated))
