"""The only source of "now"."""

import datetime as dt
import threading

import pytest

from reviews import clock

NOON = dt.datetime(2025, 6, 6, 12, tzinfo=dt.UTC)
LATER = NOON + dt.timedelta(hours=1)


class TestNow:
    def test_it_is_real_time_aware_and_in_utc(self) -> None:
        before = dt.datetime.now(dt.UTC)
        now = clock.now()
        assert before <= now <= dt.datetime.now(dt.UTC)
        assert now.tzinfo is dt.UTC

    def test_it_moves(self) -> None:
        first = clock.now()
        assert any(clock.now() > first for _ in range(10_000))


class TestFrozenAt:
    def test_it_stops_every_thread(self) -> None:
        seen = []
        with clock.frozen_at(NOON):
            thread = threading.Thread(target=lambda: seen.append(clock.now()))
            thread.start()
            thread.join()
            assert clock.now() == NOON
        assert seen == [NOON]
        assert clock.now() > LATER

    def test_the_outer_one_returns_after_a_nested_one(self) -> None:
        with clock.frozen_at(NOON):
            with clock.frozen_at(LATER):
                assert clock.now() == LATER
            assert clock.now() == NOON

    def test_it_ends_after_an_exception(self) -> None:
        with pytest.raises(RuntimeError), clock.frozen_at(NOON):
            raise RuntimeError
        assert clock.now() > LATER

    def test_a_moment_of_another_zone_is_the_same_moment_in_utc(self) -> None:
        with clock.frozen_at(dt.datetime(2025, 6, 6, 14, tzinfo=dt.timezone(dt.timedelta(hours=2)))):
            assert clock.now() == NOON
            assert clock.now().tzinfo is dt.UTC


class TestReadingAt:
    def test_it_holds_in_this_context_only(self) -> None:
        seen = []
        with clock.frozen_at(NOON), clock.reading_at(LATER):
            thread = threading.Thread(target=lambda: seen.append(clock.now()))
            thread.start()
            thread.join()
            assert clock.now() == LATER
        assert seen == [NOON]

    def test_it_takes_precedence_over_a_frozen_clock(self) -> None:
        with clock.reading_at(LATER), clock.frozen_at(NOON):
            assert clock.now() == LATER

    def test_it_ends_after_an_exception(self) -> None:
        with clock.frozen_at(NOON):
            with pytest.raises(RuntimeError), clock.reading_at(LATER):
                raise RuntimeError
            assert clock.now() == NOON


class TestNaiveMoments:
    def test_they_are_refused(self) -> None:
        naive = NOON.replace(tzinfo=None)
        for context in (clock.frozen_at, clock.reading_at):
            with pytest.raises(ValueError, match="aware"), context(naive):
                pass
