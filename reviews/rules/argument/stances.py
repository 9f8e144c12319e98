"""What several critics hold of one aspect, counted."""

from collections.abc import Iterable
from dataclasses import dataclass

from reviews.rules.argument.verdicts import Stance


@dataclass(frozen=True, slots=True)
class StanceCount:
    """How many critics praise an aspect, are mixed about it, and criticise it. Who is silent is not counted."""

    praise: int = 0
    mixed: int = 0
    criticism: int = 0

    @property
    def spoken(self) -> int:
        """How many say anything of it."""
        return self.praise + self.mixed + self.criticism

    @property
    def opposed(self) -> int:
        """In how many pairs of critics one praises what the other criticises."""
        return self.praise * self.criticism

    @property
    def contest(self) -> tuple[int, int, int]:
        """How contested it is, for ordering, greatest first: pairs who are opposed; pairs of whom one is mixed and the
        other is not; and, where nobody disagrees, how many agree."""
        return self.opposed, self.mixed * (self.praise + self.criticism), self.spoken

    @property
    def majority(self) -> Stance | None:
        """The stance that more than half of them hold, if there is one."""
        for stance, count in ((Stance.PRAISE, self.praise), (Stance.MIXED, self.mixed)):
            if 2 * count > self.spoken:
                return stance
        return Stance.CRITICISM if 2 * self.criticism > self.spoken else None

    @property
    def is_unanimous(self) -> bool:
        """Whether at least two speak of it, and all of them hold the same."""
        return self.spoken > 1 and self.spoken in (self.praise, self.mixed, self.criticism)


def count_stances(stances: Iterable[int]) -> StanceCount:
    """Count stances, one for each critic who speaks. Raises ValueError for a number that is not a Stance."""
    given = [Stance(stance) for stance in stances]
    return StanceCount(given.count(Stance.PRAISE), given.count(Stance.MIXED), given.count(Stance.CRITICISM))
