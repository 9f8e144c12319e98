"""How one critic stands to colleagues over many films: how often they part, and on what."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from reviews.argument.dissent import PARTING_OTHERS_FROM, parts_company
from reviews.argument.stances import count_stances
from reviews.argument.verdicts import Stance, Verdict, tally

A = TypeVar("A", bound=Hashable)

FIGURE_FROM = 5
"""How often somebody parts from colleagues is not said of fewer films than this."""

CONTRARY_FROM = 2
"""A verdict is contrary from so many steps on from the middle of the others' verdicts."""

CONTRARY_OTHERS_FROM = 3
"""Nobody is contrary to fewer others than this."""


@dataclass(frozen=True, slots=True)
class InCommon(Generic[A]):
    """A film that a critic and colleagues have written about: what the critic holds, and what each of the others does.

    ``verdicts`` and ``stances`` are the others' that are stated, each colleague's once.
    """

    verdict: Verdict | None
    own: Mapping[A, Stance]
    verdicts: Sequence[Verdict]
    stances: Mapping[A, Sequence[Stance]]


@dataclass(frozen=True, slots=True)
class Parted:
    """How often somebody parted from colleagues, of how many films on which that could have been."""

    times: int
    films: int

    @property
    def is_enough(self) -> bool:
        """Whether there are enough films to say anything."""
        return self.films >= FIGURE_FROM


@dataclass(frozen=True, slots=True)
class Calibration(Generic[A]):
    """Of how many films in common it was made; how often the critic parted on the verdict, and on each aspect.

    Aspects are those with a figure that may be said (``Parted.is_enough``), most often parted first.
    """

    films: int
    verdict: Parted
    aspects: tuple[tuple[A, Parted], ...]


def calibrate(films: Iterable[InCommon[A]]) -> Calibration[A]:
    """Count where a critic parts from most colleagues: is for what more than half of them are against, or the reverse.

    A film counts where the critic takes any view and at least two colleagues do, more than half of whom hold one.
    """
    total = 0
    verdict = (0, 0)
    aspects: dict[A, tuple[int, int]] = {}
    for film in films:
        total += 1
        if (
            film.verdict is not None
            and (parting := _parting(_side(film.verdict), map(_side, film.verdicts))) is not None
        ):
            verdict = (verdict[0] + parting, verdict[1] + 1)
        for aspect, stance in film.own.items():
            if (parting := _parting(stance, film.stances.get(aspect, ()))) is not None:
                times, of = aspects.get(aspect, (0, 0))
                aspects[aspect] = (times + parting, of + 1)
    counted = [(aspect, Parted(*figures)) for aspect, figures in aspects.items()]
    told = [(aspect, parted) for aspect, parted in counted if parted.is_enough]
    told.sort(key=lambda each: (-each[1].times / each[1].films, -each[1].films))
    return Calibration(total, Parted(*verdict), tuple(told))


def contrariness(own: Verdict | None, others: Iterable[Verdict | None]) -> int:
    """How many steps a verdict lies beyond the middle of the others'; 0 within it, or against too few of them."""
    count = tally(others)
    if own is None or count.middle is None or count.stated < CONTRARY_OTHERS_FROM:
        return 0
    low, high = count.middle
    return max(low - own, own - high, 0)


def _side(verdict: Verdict) -> Stance:
    """A verdict as what it takes part in: for, against, or no side."""
    return Stance((verdict > 0) - (verdict < 0))


def _parting(stance: Stance, others: Iterable[Stance]) -> bool | None:
    """Whether somebody parts from the others; None where there are too few of them, or most hold nothing in common."""
    held = list(others)
    count = count_stances(held)
    if count.spoken < PARTING_OTHERS_FROM or count.majority is None:
        return None
    return parts_company(stance, held)
