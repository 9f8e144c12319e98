"""What is remembered of public state by a key: only while it is right."""

import datetime as dt
from dataclasses import dataclass, field

import pytest

from reviews.public.page_cache.remembering import Remembered
from reviews.public.page_cache.validity import Standing
from reviews.seeding.factories import MOMENT

MINUTE = dt.timedelta(minutes=1)


@dataclass
class Reading:
    """What the database says, and how often it was asked."""

    says: str | None = "first"
    times: int = 0
    kept: Remembered[str, str] = field(default_factory=lambda: Remembered(2))

    def __call__(self) -> str | None:
        self.times += 1
        return self.says

    def get(self, standing: Standing | None, key: str = "key") -> str | None:
        return self.kept.get(key, standing, self)


def standing(*, stamp: int = 1, since: int = 0, at: int = 1, put_back: int = 0) -> Standing:
    return Standing(stamp, MOMENT + since * MINUTE, MOMENT + at * MINUTE, put_back)


def test_it_is_read_once_while_nothing_changes() -> None:
    reading = Reading()
    assert [reading.get(standing()), reading.get(standing(at=5))] == ["first", "first"]
    assert reading.times == 1


@pytest.mark.parametrize(
    "changed",
    [standing(stamp=2), standing(since=2, at=3), standing(at=-1, since=-1), standing(put_back=1), None],
    ids=["by a write", "by the clock", "clock put back", "database put back", "not known"],
)
def test_it_is_read_again_after_a_change(changed: Standing | None) -> None:
    reading = Reading()
    reading.get(standing())
    reading.says = "second"
    assert reading.get(changed) == "second"


def test_what_was_read_before_is_never_right_again() -> None:
    """A database that is put back has the stamp of before."""
    reading = Reading()
    reading.get(standing())
    reading.says = None
    assert reading.get(standing(put_back=1)) is None
    assert reading.get(standing(put_back=1)) is None
    assert (len(reading.kept), reading.times) == (0, 3)


def test_what_is_not_there_is_read_each_time() -> None:
    reading = Reading(None)
    assert [reading.get(standing()) for _ in range(3)] == [None] * 3
    assert (len(reading.kept), reading.times) == (0, 3)


def test_those_asked_for_last_are_kept() -> None:
    reading = Reading()
    for key in ("one", "other", "one", "third"):
        reading.get(standing(), key)
    assert (len(reading.kept), reading.times) == (2, 3)
    reading.get(standing(), "one")
    assert reading.times == 3


def test_what_another_thread_saw_change_meanwhile_is_not_kept() -> None:
    kept: Remembered[str, str] = Remembered(2)

    def read() -> str:
        kept.get("another", standing(stamp=2), lambda: "newer")
        return "old"

    assert kept.get("key", standing(), read) == "old"
    assert len(kept) == 1
