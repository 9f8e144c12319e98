"""Real workers after every page of an archive of a thousand reviews: at night, because it takes a minute."""

import pytest

from tests.bench.speed.memory import WORKERS, worker_megabytes

MOST = 70
"""Megabytes (PSS) that a worker may take."""


@pytest.mark.nightly
def test_a_worker_stays_small_whatever_was_asked_for() -> None:
    taken = worker_megabytes()
    assert len(taken) == WORKERS
    assert taken[-1] <= MOST, taken
