"""How one critic stands to colleagues over many films: how often they part, and on what."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from reviews.rules.argument.dissent import PARTING_OTHERS_FROM, parts_company
from reviews.rules.argument.stances import count_stances
from reviews.rules.argument.verdicts import Stance, Verdict, tally

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

    ``own`` and ``stances`` are by aspect. Each colleague is in ``verdicts`` once, with ``None`` where none is stated,
    and in the stances on an aspect once at most: whoever is silent on it is not there.
    """

    verdict: Verdict | None
    own: Mapping[A, Stance]
    verdicts: Sequence[Verdict | None]
    stances: Mapping[A, Sequence[Stance]]


@dataclass(frozen=True, slots=True)
class Parted:
    """How often somebody parted from colleagues, of how many films on which that could have been counted."""

    times: int
    films: int


@dataclass(frozen=True, slots=True)
class Calibration(Generic[A]):
    """Of how many films in common it was made; how often the critic parted on the verdict, and on each aspect.

    Only figures that may be said are here, which are those of FIGURE_FROM films at least: ``verdict`` is ``None``
    where there are fewer, and ``aspects`` are those that have one, most often parted first.
    """

    films: int
    verdict: Parted | None
    aspects: tuple[tuple[A, Parted], ...]

    @property
    def has_enough(self) -> bool:
        """Whether there are so many films in common that there can be a figure."""
        return self.films >= FIGURE_FROM


def calibrate(films: Iterable[InCommon[A]], aspects: Iterable[A]) -> Calibration[A]:
    """Count where a critic parts from most colleagues: is for what more than half of them are against, or the reverse.

    A film counts where the critic takes any view, a mixed one too, and at least two colleagues do, more than half of
    whom take the same. ``aspects`` are those to count; of two parted from equally often the one counted on more films
    comes first, and then the one that stands first here.
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
    """How many steps a verdict lies beyond the middle of the others'; 0 within it, or against too few of them."""
    count = tally(others)
    if own is None or count.middle is None or count.stated < CONTRARY_OTHERS_FROM:
        return 0
    low, high = count.middle
    return max(low - own, own - high, 0)


def _side(verdict: Verdict) -> Stance:
    """A verdict as what it takes part in: for, against, or no side."""
    return Stance((verdict > 0) - (verdict < 0))


def _on(aspect: A, films: Iterable[InCommon[A]]) -> Parted | None:
    """The figure on one aspect."""
    spoken_of = (film for film in films if aspect in film.own)
    return _figure(_parting(film.own[aspect], film.stances.get(aspect, ())) for film in spoken_of)


def _parting(stance: Stance, others: Sequence[Stance]) -> bool | None:
    """Whether somebody parts from the others; None where there are too few of them, or most hold nothing in common."""
    count = count_stances(others)
    if count.spoken < PARTING_OTHERS_FROM or count.majority is None:
        return None
    return parts_company(stance, others)


def _figure(partings: Iterable[bool | None]) -> Parted | None:
    """The figure of the films that count; None where they are too few for one."""
    counted = [parting for parting in partings if parting is not None]
    return Parted(sum(counted), len(counted)) if len(counted) >= FIGURE_FROM else None
