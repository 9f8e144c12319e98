"""Pairs of critics: on what two are opposed, and which two are opposed most."""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Generic, TypeVar

from reviews.rules.argument.verdicts import Stance, Verdict

C = TypeVar("C", bound=Hashable)
A = TypeVar("A", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Position(Generic[C, A]):
    """One critic's view of a film: the verdict, if stated, and a stance on each aspect mentioned."""

    critic: C
    verdict: Verdict | None
    stances: Mapping[A, Stance]


@dataclass(frozen=True, slots=True)
class Disagreement(Generic[C, A]):
    """Two critics, the more favourable first, and what they disagree about.

    ``aspects`` are those that one praises and the other criticises, in the first one's order; ``distance`` is the
    number of steps between their verdicts, 0 if one is unstated.
    """

    one: C
    other: C
    aspects: tuple[A, ...]
    distance: int


def disagreement(one: Position[C, A], other: Position[C, A]) -> Disagreement[C, A]:
    """What two critics disagree about, even if it is nothing."""
    aspects = tuple(
        aspect
        for aspect, stance in one.stances.items()
        if stance and aspect in other.stances and other.stances[aspect] == -stance
    )
    favour = (one.verdict or 0) - (other.verdict or 0) or sum(one.stances[aspect] for aspect in aspects)
    first, second = (other, one) if favour < 0 else (one, other)
    return Disagreement(first.critic, second.critic, aspects, _distance(one.verdict, other.verdict))


def sharpest(positions: Sequence[Position[C, A]]) -> Disagreement[C, A] | None:
    """The two who disagree most: on the most aspects, then in verdict; of equal pairs the first in order.

    None if no two are opposed, neither on an aspect nor with one verdict for and one against.
    """
    return _sharpest(positions, lambda held: combinations(range(len(held)), 2))


def sharpest_with(one: Position[C, A], others: Sequence[Position[C, A]]) -> Disagreement[C, A] | None:
    """The critic who disagrees most with a given one, by the same rule."""
    return _sharpest([one, *others], lambda held: ((0, n) for n in range(1, len(held))))


_Held = tuple[int, int, int, bool]
"""Bit sets of praised and criticised aspects, the verdict, and whether it is stated."""


def _sharpest(
    positions: Sequence[Position[C, A]],
    pairs: Callable[[Sequence[_Held]], Iterator[tuple[int, int]]],
) -> Disagreement[C, A] | None:
    # A thousand critics are half a million pairs: each takes only a few integer operations.
    bits: dict[A, int] = {}
    held = [_held(position, bits) for position in positions]
    best, found = (0, 0), None
    for i, j in pairs(held):
        praised, criticised, verdict, is_stated = held[i]
        praised_too, criticised_too, other_verdict, other_is_stated = held[j]
        aspects = ((praised & criticised_too) | (criticised & praised_too)).bit_count()
        apart = abs(verdict - other_verdict) if is_stated and other_is_stated else 0
        if (aspects or verdict * other_verdict < 0) and (aspects, apart) > best:
            best, found = (aspects, apart), (i, j)
    return disagreement(positions[found[0]], positions[found[1]]) if found else None


def _held(position: Position[C, A], bits: dict[A, int]) -> _Held:
    praised = criticised = 0
    for aspect, stance in position.stances.items():
        bit = bits.setdefault(aspect, 1 << len(bits))
        if stance > 0:
            praised |= bit
        elif stance < 0:
            criticised |= bit
    return praised, criticised, position.verdict or 0, position.verdict is not None


def _distance(one: Verdict | None, other: Verdict | None) -> int:
    return 0 if one is None or other is None else abs(one - other)
