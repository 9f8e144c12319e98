"""Verdicts and stances, and the count of verdicts.

A mixed verdict is 0, which is falsy, as is a mixed stance: test for an unstated one with ``is None``.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

HEADLINE_FROM = 4
"""From so many stated verdicts on, one of them may stand for all: the middle one. A count is given for any number."""

SHARE_FROM = 10
"""From so many stated verdicts on, a share may be given in percent."""


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
        """How many verdicts were stated: the number that any share is a share of."""
        return len(self.verdicts)

    @property
    def total(self) -> int:
        """How many reviews were counted, with or without a verdict."""
        return self.stated + self.unstated

    @property
    def middle(self) -> tuple[Verdict, Verdict] | None:
        """The two middle verdicts of an even number, lower first, or the middle one twice; None if none is stated."""
        if not self.verdicts:
            return None
        return self.verdicts[(self.stated - 1) // 2], self.verdicts[self.stated // 2]

    @property
    def median(self) -> Verdict | None:
        """The middle verdict, or ``None`` when none is stated or the two middle ones differ.

        Nothing lies between two verdicts, so none is made up where the middle two differ: say both.
        """
        return self.middle[0] if self.middle and self.middle[0] == self.middle[1] else None

    @property
    def headline(self) -> tuple[Verdict, Verdict] | None:
        """The middle, where enough verdicts are stated for it to stand for all; None where they are too few."""
        return self.middle if self.stated >= HEADLINE_FROM else None

    @property
    def share_in_favour(self) -> int | None:
        """How many in a hundred stated verdicts are in favour, rounded; None where too few are stated to say so."""
        return round(100 * self.in_favour / self.stated) if self.stated >= SHARE_FROM else None

    @property
    def range(self) -> tuple[Verdict, Verdict] | None:
        """The lowest and the highest verdict; None if none is stated."""
        return (self.verdicts[0], self.verdicts[-1]) if self.verdicts else None

    @property
    def by_verdict(self) -> tuple[tuple[Verdict, int], ...]:
        """How many reviews state each of the five, pan first."""
        return tuple((verdict, self.verdicts.count(verdict)) for verdict in sorted(Verdict))

    @property
    def is_divided(self) -> bool:
        """Whether somebody is for the film and somebody is against it."""
        return self.in_favour > 0 and self.against > 0

    @property
    def division(self) -> tuple[int, int]:
        """How far apart the verdicts lie, for ordering: the range first, then the size of the smaller camp."""
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
