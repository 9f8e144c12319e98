"""Pairs of answers, timed: a hidden thing's address, and one of nothing."""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.test.utils import override_settings
from django.urls import reverse

from reviews.audit.surfaces import NOUNS, Slugs
from reviews.audit.walking.visitors import Visitors

PAIRS, ROUNDS = 15, 4
"""How many pairs are timed, and how often again where they differ: on a busy machine all of a round may be late."""
WILD = 3.0
"""From which ratio of its times on a pair is a leak."""
SHORTEST = 0.002
"""Seconds: a smaller difference is none, on any machine."""


@dataclass(frozen=True)
class TimedPair:
    """How long a hidden thing's address took, as a multiple of one of nothing: the quickest of each, because what else
    the machine does only adds to a time.
    """

    route: str
    ratio: float
    is_wild: bool


def timed(visitors: Visitors, hidden: Slugs, nothing: Mapping[str, str]) -> Iterator[TimedPair]:
    """Time a pair for each noun, in turn, so that what else the machine does falls on both."""
    for noun in NOUNS:
        if slugs := hidden.get(noun):
            route = f"{noun}_detail"
            yield _timed(visitors, route, slugs, nothing[noun])


def _timed(visitors: Visitors, route: str, slugs: Sequence[str], nothing: str) -> TimedPair:
    took: tuple[list[float], list[float]] = ([], [])
    with override_settings(PAGE_CACHE=False):
        for number in range(PAIRS * ROUNDS):
            pair = (slugs[number % len(slugs)], nothing)
            for which in (0, 1) if number % 2 else (1, 0):
                begun = time.perf_counter()
                visitors.reader.get(reverse(route, args=[pair[which]]))
                took[which].append(time.perf_counter() - begun)
            if number % PAIRS == PAIRS - 1 and not _is_wild(*map(min, took)):
                break
    there, not_there = map(min, took)
    return TimedPair(route, round(there / not_there, 2), _is_wild(there, not_there))


def _is_wild(one: float, other: float) -> bool:
    return max(one, other) > WILD * min(one, other) and abs(one - other) > SHORTEST


def in_words(times: Sequence[Mapping[str, Any]]) -> str:
    """A sentence on the pairs of a report; empty if none was timed."""
    ratios = [pair["ratio"] for pair in times]
    if not ratios:
        return ""
    return (
        f"Depending on the kind of page, the address of something hidden takes {min(ratios):.2f} to "
        f"{max(ratios):.2f} times as long to answer as an address where there is nothing. More than {WILD:.0f} times "
        "as long, or less than a third, would count as a leak."
    )
