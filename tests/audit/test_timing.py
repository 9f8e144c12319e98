"""Pairs of times: a difference is told of only where it stays."""

import time
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from reviews.audit.walking.timing import PAIRS, TimedPair, timed

USUAL, SLOW = 0.01, 0.05


@pytest.fixture
def pair(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[int], float]], TimedPair]:
    """The pair of a site whose address of something hidden takes so many seconds at each asking."""

    def of(seconds: Callable[[int], float]) -> TimedPair:
        at, asked = [0.0], {"hidden": 0, "none": 0}

        def get(address: str) -> None:
            which = "hidden" if "hidden" in address else "none"
            at[0] += seconds(asked[which]) if which == "hidden" else USUAL
            asked[which] += 1

        monkeypatch.setattr(time, "perf_counter", lambda: at[0])
        visitors: Any = SimpleNamespace(reader=SimpleNamespace(get=get))
        (found,) = timed(visitors, {"film": ["hidden"]}, {"film": "none"})
        return found

    return of


def test_that_are_alike(pair: Any) -> None:
    assert pair(lambda number: USUAL) == TimedPair("film_detail", 1.0, False)


def test_that_differ_for_a_while_on_a_busy_machine(pair: Any) -> None:
    assert pair(lambda number: SLOW if number < PAIRS else USUAL) == TimedPair("film_detail", 1.0, False)


@pytest.mark.parametrize(("seconds", "ratio"), [(SLOW, 5.0), (USUAL / 5, 0.2)])
def test_that_always_differ(pair: Any, seconds: float, ratio: float) -> None:
    assert pair(lambda number: seconds) == TimedPair("film_detail", ratio, True)
