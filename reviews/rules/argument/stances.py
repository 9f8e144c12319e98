"""Counts of critics' stances on one aspect."""

from collections.abc import Iterable
from dataclasses import dataclass

from reviews.rules.argument.verdicts import Stance


@dataclass(frozen=True, slots=True)
class StanceCount:
    """How many critics praise an aspect, are mixed about it, or criticise it. Others are not counted."""

    praise: int = 0
    mixed: int = 0
    criticism: int = 0

    @property
    def spoken(self) -> int:
        """How many critics mention it."""
        return self.praise + self.mixed + self.criticism

    @property
    def opposed(self) -> int:
        """The number of pairs of critics of whom one praises it and the other criticises it."""
        return self.praise * self.criticism

    @property
    def contest(self) -> tuple[int, int, int]:
        """How contested it is, for ordering, greatest first: opposed pairs; then pairs of whom only one is mixed; then,
        if nobody disagrees, how many agree."""
        return self.opposed, self.mixed * (self.praise + self.criticism), self.spoken

    @property
    def majority(self) -> Stance | None:
        """The stance of more than half of them, if there is one."""
        for stance, count in ((Stance.PRAISE, self.praise), (Stance.MIXED, self.mixed)):
            if 2 * count > self.spoken:
                return stance
        return Stance.CRITICISM if 2 * self.criticism > self.spoken else None


def count_stances(stances: Iterable[int]) -> StanceCount:
    """Count stances, one per critic who mentions the aspect. Raises ValueError for a number that is not a Stance."""
    given = [Stance(stance) for stance in stances]
    return StanceCount(given.count(Stance.PRAISE), given.count(Stance.MIXED), given.count(Stance.CRITICISM))
