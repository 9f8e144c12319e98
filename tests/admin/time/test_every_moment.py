"""The time machine shows what readers get: what they really saw then, and what they will see if nothing is changed."""

import datetime as dt

import pytest

from reviews import clock
from tests.admin.pages import signed_in
from tests.admin.time.histories import HOUR, History
from tests.admin.time.reading import by_readers, in_machine

pytestmark = pytest.mark.django_db
FEW, MANY = range(3), range(3, 200)


def compare(seed: int) -> int:
    """Live through a history and compare; returns the number of comparisons."""
    history = History(seed)
    history.live(11)
    now = history.now
    with clock.frozen_at(now):
        editor = signed_in("Editor")
        for (at, path), seen in history.archive.items():
            assert in_machine(editor, path, at) == seen, (seed, at, path)
    future = [now + hours * HOUR + dt.timedelta(minutes=1) for hours in (0, 31)]
    there = {(at, path): by_readers(path, at) for at in future for path in history.addresses(3)}
    with clock.frozen_at(now):
        for (at, path), seen in there.items():
            assert in_machine(editor, path, at) == seen, (seed, at, path)
    return len(history.archive) + len(there)


@pytest.mark.parametrize("seed", FEW)
def test_in_a_history(seed: int) -> None:
    assert compare(seed) > 15


@pytest.mark.nightly
@pytest.mark.parametrize("seed", MANY)
def test_in_many_histories(seed: int) -> None:
    assert compare(seed)
