"""One critic compared with colleagues over many films: how often they part company, and on what."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from reviews.rules.argument.dissent import PARTING_OTHERS_FROM, parts_company
from reviews.rules.argument.stances import count_stances
from reviews.rules.argument.verdicts import Stance, Verdict, tally

A = TypeVar("A", bound=Hashable)

FIGURE_FROM = 5
"""The smallest number of films for which it is said how often somebody parts company with colleagues."""

CONTRARY_FROM = 2
"""The number of steps from the middle of the others' verdicts at which a verdict is contrary."""

CONTRARY_OTHERS_FROM = 3
"""The smallest number of others to whom a verdict can be contrary."""


@dataclass(frozen=True, slots=True)
class InCommon(Generic[A]):
    """A film that a critic and colleagues have reviewed, with the critic's view and each of the others'.

    ``own`` and ``stances`` are by aspect. ``verdicts`` has one entry per colleague, ``None`` if unstated; ``stances``
    has one per colleague who mentions the aspect.
    """

    verdict: Verdict | None
    own: Mapping[A, Stance]
    verdicts: Sequence[Verdict | None]
    stances: Mapping[A, Sequence[Stance]]


@dataclass(frozen=True, slots=True)
class Parted:
    """How often somebody parted company with colleagues, out of how many films that count."""

    times: int
    films: int


@dataclass(frozen=True, slots=True)
class Calibration(Generic[A]):
    """``films`` in common; how often the critic parted company on the verdict, and on each aspect.

    Contains only figures of at least FIGURE_FROM films: ``verdict`` is ``None`` if there are fewer, and ``aspects`` are
    those with a figure, the highest share first.
    """

    films: int
    verdict: Parted | None
    aspects: tuple[tuple[A, Parted], ...]

    @property
    def has_enough(self) -> bool:
        """Whether there are enough films in common for a figure."""
        return self.films >= FIGURE_FROM


def calibrate(films: Iterable[InCommon[A]], aspects: Iterable[A]) -> Calibration[A]:
    """Count where a critic parts company: praises what more than half of the colleagues criticise, or the reverse.

    A film counts if the critic has a view, even a mixed one, and at least two colleagues do, more than half of whom
    agree. ``aspects`` are those to count; of two with equal shares the one counted on more films comes first, and then
    the one that is first in ``aspects``.
    """
    told = list(films)
    verdict = _figure(
        _parting(_side(film.verdict), [_side(verdict) for verdict in film.verdicts if verdict is not None])
        for film in told
        if film.verdict is not None
    )
    figures = [(aspect, parted) for aspect in aspects if (parted := _on(aspect, told)) is not None]
    figures.sort(key=lambda each: (-each[1].times / each[1].films, -each[1].films))
    return Calibration(len(told), verdict, tuple(figures))


def contrariness(own: Verdict | None, others: Iterable[Verdict | None]) -> int:
    """How many steps a verdict is outside the middle of the others'; 0 if inside, or if too few others state one."""
    count = tally(others)
    if own is None or count.middle is None or count.stated < CONTRARY_OTHERS_FROM:
        return 0
    low, high = count.middle
    return max(low - own, own - high, 0)


def _side(verdict: Verdict) -> Stance:
    """The verdict as a stance: for, against, or mixed."""
    return Stance((verdict > 0) - (verdict < 0))


def _on(aspect: A, films: Iterable[InCommon[A]]) -> Parted | None:
    """The figure on one aspect."""
    spoken_of = (film for film in films if aspect in film.own)
    return _figure(_parting(film.own[aspect], film.stances.get(aspect, ())) for film in spoken_of)


def _parting(stance: Stance, others: Sequence[Stance]) -> bool | None:
    """Whether somebody parts company with the others; None if they are too few or have no majority."""
    count = count_stances(others)
    if count.spoken < PARTING_OTHERS_FROM or count.majority is None:
        return None
    return parts_company(stance, others)


def _figure(partings: Iterable[bool | None]) -> Parted | None:
    """The figure of the films that count; None if they are too few."""
    counted = [parting for parting in partings if parting is not None]
    return Parted(sum(counted), len(counted)) if len(counted) >= FIGURE_FROM else None
