"""The argument of a film: what its critics hold, counted and never averaged away.

A mixed verdict is 0, which is falsy, as is a mixed stance: test for an unstated one with ``is None``.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum


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
    """A count of verdicts, and where they lie.

    ``middle`` is the two middle verdicts of an even number, or the middle one twice; ``range`` is the lowest
    and the highest. Both run upwards, and are ``None`` when no verdict is stated. Nothing lies between two
    verdicts, so none is made up where the middle two differ: ``median`` is then ``None``; say both.
    """

    in_favour: int
    mixed: int
    against: int
    unstated: int
    middle: tuple[Verdict, Verdict] | None
    range: tuple[Verdict, Verdict] | None

    @property
    def stated(self) -> int:
        """How many verdicts were stated: the number that any share is a share of."""
        return self.in_favour + self.mixed + self.against

    @property
    def total(self) -> int:
        """How many reviews were counted, with or without a verdict."""
        return self.stated + self.unstated

    @property
    def median(self) -> Verdict | None:
        """The middle verdict, or ``None`` when none is stated or the two middle ones differ."""
        return self.middle[0] if self.middle and self.middle[0] == self.middle[1] else None


def tally(verdicts: Iterable[int | None]) -> Tally:
    """Count verdicts, one per review, in any order; ``None`` is a review that states none.

    Raises ValueError for a number that is not a Verdict.
    """
    given = list(verdicts)
    stated = sorted(Verdict(verdict) for verdict in given if verdict is not None)
    return Tally(
        in_favour=sum(verdict > 0 for verdict in stated),
        mixed=sum(verdict == 0 for verdict in stated),
        against=sum(verdict < 0 for verdict in stated),
        unstated=len(given) - len(stated),
        middle=(stated[(len(stated) - 1) // 2], stated[len(stated) // 2]) if stated else None,
        range=(stated[0], stated[-1]) if stated else None,
    )
