"""What a local time means in a time zone."""

import datetime as dt
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reviews.rules.wallclock import change_at, instants, is_repeated, offset_words, reading_of

MINUTE = dt.timedelta(minutes=1)
HOUR = dt.timedelta(hours=1)

# The changes are taken from the authorities that decided them, not from the database that the code reads.
PUT_BACK = [
    # zone, local time, its two instants in UTC, abbreviations or offsets, the change from and to
    ("Europe/London", "2025-10-26T01:30", "00:30", "01:30", "BST (UTC+1)", "GMT (UTC+0)", "02:00", "01:00"),
    (
        "America/New_York",
        "2025-11-02T01:30",
        "05:30",
        "06:30",
        "EDT (UTC−4)",
        "EST (UTC−5)",
        "02:00",
        "01:00",
    ),
    (
        "Australia/Sydney",
        "2025-04-06T02:30",
        "15:30",
        "16:30",
        "AEDT (UTC+11)",
        "AEST (UTC+10)",
        "03:00",
        "02:00",
    ),
    ("Australia/Lord_Howe", "2025-04-06T01:45", "14:45", "15:15", "UTC+11", "UTC+10:30", "02:00", "01:30"),
    (
        "Australia/Adelaide",
        "2025-04-06T02:30",
        "16:00",
        "17:00",
        "ACDT (UTC+10:30)",
        "ACST (UTC+9:30)",
        "03:00",
        "02:00",
    ),
]
PUT_FORWARD = [
    # zone, local time, the two possible instants, what the clocks show then, the change from and to
    ("Europe/London", "2025-03-30T01:30", "00:30", "01:30", "00:30", "02:30", "01:00", "02:00"),
    ("America/New_York", "2025-03-09T02:30", "06:30", "07:30", "01:30", "03:30", "02:00", "03:00"),
    ("Australia/Sydney", "2025-10-05T02:30", "15:30", "16:30", "01:30", "03:30", "02:00", "03:00"),
    ("Australia/Lord_Howe", "2025-10-05T02:15", "15:15", "15:45", "01:45", "02:45", "02:00", "02:30"),
    ("Australia/Adelaide", "2025-10-05T02:30", "16:00", "17:00", "01:30", "03:30", "02:00", "03:00"),
]


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


def times(*moments: dt.datetime) -> list[str]:
    return [f"{moment:%H:%M}" for moment in moments]


class TestAPlainTime:
    @pytest.mark.parametrize(
        ("zone", "local", "utc", "clock"),
        [
            ("Europe/London", "2025-06-04T17:00", "2025-06-04T16:00", "BST (UTC+1)"),
            ("Europe/London", "2025-12-04T17:00", "2025-12-04T17:00", "GMT (UTC+0)"),
            ("America/Los_Angeles", "2025-06-04T09:00", "2025-06-04T16:00", "PDT (UTC−7)"),
            ("Asia/Kolkata", "2025-06-04T21:30", "2025-06-04T16:00", "IST (UTC+5:30)"),
            ("Australia/Adelaide", "2025-06-05T01:30", "2025-06-04T16:00", "ACST (UTC+9:30)"),
            ("Asia/Kathmandu", "2025-06-04T21:45", "2025-06-04T16:00", "UTC+5:45"),
            ("America/St_Johns", "2025-06-04T13:30", "2025-06-04T16:00", "NDT (UTC−2:30)"),
            ("Europe/Amsterdam", "1930-01-01T12:19:32", "1930-01-01T12:00", "AMT (UTC+0:19:32)"),
            ("UTC", "2025-06-04T16:00", "2025-06-04T16:00", "UTC (UTC+0)"),
        ],
    )
    def test_means_one_instant(self, zone: str, local: str, utc: str, clock: str) -> None:
        (reading,) = instants(at(local), ZoneInfo(zone))
        assert reading.at == at(utc).replace(tzinfo=dt.UTC)
        assert (reading.local, reading.clock, reading.is_skipped) == (at(local), clock, False)
        assert change_at(at(local), ZoneInfo(zone)) is None

    @pytest.mark.parametrize(
        ("zone", "local"),
        [
            ("Europe/London", "2025-10-26T00:59:59"),
            ("Europe/London", "2025-10-26T02:00"),
            ("Europe/London", "2025-03-30T00:59:59"),
            ("Europe/London", "2025-03-30T02:00"),
            ("Australia/Lord_Howe", "2025-04-06T01:29:59"),
            ("Australia/Lord_Howe", "2025-10-05T02:30"),
            ("Pacific/Apia", "2011-12-29T23:59:59"),
            ("Pacific/Apia", "2011-12-31T00:00"),
        ],
    )
    def test_just_outside_a_change_is_plain(self, zone: str, local: str) -> None:
        assert len(instants(at(local), ZoneInfo(zone))) == 1


class TestATimeThatComesTwice:
    @pytest.mark.parametrize(
        ("zone", "local", "first", "second", "one", "other", "before", "after"), PUT_BACK
    )
    def test_means_either_instant_in_their_order(
        self, zone: str, local: str, first: str, second: str, one: str, other: str, before: str, after: str
    ) -> None:
        readings = instants(at(local), ZoneInfo(zone))
        assert times(*(reading.at for reading in readings)) == [first, second]
        assert [reading.clock for reading in readings] == [one, other]
        assert {(reading.local, reading.is_skipped) for reading in readings} == {(at(local), False)}

    @pytest.mark.parametrize(
        ("zone", "local", "first", "second", "one", "other", "before", "after"), PUT_BACK
    )
    def test_names_what_the_clocks_go_from_and_to(
        self, zone: str, local: str, first: str, second: str, one: str, other: str, before: str, after: str
    ) -> None:
        change = change_at(at(local), ZoneInfo(zone))
        assert change is not None
        assert times(change.before, change.after) == [before, after]
        assert not change.is_forward

    def test_the_first_instant_of_the_repeat_is_the_change(self) -> None:
        change = change_at(at("2025-10-26T01:00"), ZoneInfo("Europe/London"))
        assert change is not None
        assert change.at == dt.datetime(2025, 10, 26, 1, tzinfo=dt.UTC)

    def test_across_midnight_keeps_both_dates(self) -> None:
        change = change_at(at("2018-02-17T23:30"), ZoneInfo("America/Sao_Paulo"))
        assert change is not None
        assert (change.before, change.after) == (at("2018-02-18T00:00"), at("2018-02-17T23:00"))


class TestATimeThatIsSkipped:
    @pytest.mark.parametrize(
        ("zone", "local", "first", "second", "one", "other", "before", "after"), PUT_FORWARD
    )
    def test_may_mean_the_time_before_the_change_or_after_it(
        self, zone: str, local: str, first: str, second: str, one: str, other: str, before: str, after: str
    ) -> None:
        readings = instants(at(local), ZoneInfo(zone))
        assert times(*(reading.at for reading in readings)) == [first, second]
        assert times(*(reading.local for reading in readings)) == [one, other]
        assert all(reading.is_skipped for reading in readings)

    @pytest.mark.parametrize(
        ("zone", "local", "first", "second", "one", "other", "before", "after"), PUT_FORWARD
    )
    def test_names_what_the_clocks_go_from_and_to(
        self, zone: str, local: str, first: str, second: str, one: str, other: str, before: str, after: str
    ) -> None:
        change = change_at(at(local), ZoneInfo(zone))
        assert change is not None
        assert times(change.before, change.after) == [before, after]
        assert change.is_forward

    def test_a_whole_day_may_be_missing(self) -> None:
        apia = ZoneInfo("Pacific/Apia")
        early, late = instants(at("2011-12-30T12:00"), apia)
        assert (early.local, late.local) == (at("2011-12-29T12:00"), at("2011-12-31T12:00"))
        assert (offset_words(early.offset), offset_words(late.offset)) == ("UTC−10", "UTC+14")
        change = change_at(at("2011-12-30T12:00"), apia)
        assert change is not None
        assert (change.before, change.after) == (at("2011-12-30T00:00"), at("2011-12-31T00:00"))


class TestWhatIsRefused:
    def test_a_time_that_has_a_zone_already(self) -> None:
        with pytest.raises(ValueError, match="naive"):
            instants(dt.datetime(2025, 6, 4, tzinfo=dt.UTC), ZoneInfo("UTC"))
        with pytest.raises(ValueError, match="naive"):
            change_at(dt.datetime(2025, 6, 4, tzinfo=dt.UTC), ZoneInfo("UTC"))


class TestAnInstant:
    @pytest.mark.parametrize(
        ("utc", "is_twice"),
        [
            ("2025-10-25T23:59", False),
            ("2025-10-26T00:00", True),
            ("2025-10-26T01:59", True),
            ("2025-10-26T02:00", False),
            ("2025-03-30T00:59", False),
            ("2025-03-30T01:00", False),
        ],
    )
    def test_knows_whether_its_time_comes_twice(self, utc: str, is_twice: bool) -> None:
        assert is_repeated(at(utc).replace(tzinfo=dt.UTC), ZoneInfo("Europe/London")) is is_twice
        assert not is_repeated(at(utc).replace(tzinfo=dt.UTC), dt.UTC)

    def test_is_one_of_the_readings_of_its_time(self) -> None:
        london = ZoneInfo("Europe/London")
        for hour in range(4):
            reading = reading_of(dt.datetime(2025, 10, 26, hour, 30, tzinfo=dt.UTC), london)
            assert reading in instants(reading.local, london)


def by_counting(local: dt.datetime, zone: ZoneInfo) -> list[dt.datetime]:
    """The instants that a local time (whole minutes) may mean, by checking the zone's clock at every minute."""
    utc = local.replace(tzinfo=dt.UTC) - 30 * HOUR
    minutes = [utc + number * MINUTE for number in range(60 * 60)]
    clock = [(minute, minute.astimezone(zone).replace(tzinfo=None, fold=0)) for minute in minutes]
    shown = [minute for minute, reads in clock if reads == local]
    if shown:
        return shown
    ((last, before), (first, after)) = next(
        (one, other) for one, other in pairwise(clock) if one[1] < local < other[1]
    )
    return [first - (after - local), last + (local - before)]


NAMES = sorted(available_timezones())
WHOLE_MINUTES = at("1973-01-01")
"""Some offsets have seconds before that year."""
LAST = at("2100-12-30")


def near_a_change(name: str) -> st.SearchStrategy[tuple[str, dt.datetime]]:
    """Times within two hours of a zone's clock change, or any time if the zone has none."""
    zone = ZoneInfo(name)
    noons = [
        dt.datetime(year, month, 1, 12, tzinfo=dt.UTC) for year in range(1973, 2040) for month in range(1, 13)
    ]
    changes = [
        (early, late)
        for early, late in pairwise(noons)
        if early.astimezone(zone).utcoffset() != late.astimezone(zone).utcoffset()
    ]
    if not changes:
        return st.tuples(st.just(name), st.datetimes(WHOLE_MINUTES, LAST))
    return st.tuples(
        st.just(name),
        st.builds(
            lambda span, minutes: _change_between(span[0], span[1], zone) + minutes * MINUTE,
            st.sampled_from(changes),
            st.integers(-120, 120),
        ),
    )


def _change_between(early: dt.datetime, late: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """The minute that the clocks of a zone show when they change between two instants."""
    before = early.astimezone(zone).utcoffset()
    for step in (dt.timedelta(days=1), HOUR, MINUTE):
        while (early + step).astimezone(zone).utcoffset() == before and early + step < late:
            early += step
    return (early + MINUTE).astimezone(zone).replace(tzinfo=None, fold=0)


class TestAgainstCounting:
    @given(st.sampled_from(NAMES).flatmap(near_a_change))
    @example(("Pacific/Apia", at("2011-12-30T12:00")))
    @example(("Pacific/Kwajalein", at("1993-08-21T12:00")))
    @example(("Antarctica/Troll", at("2025-03-30T02:00")))
    def test_times_near_a_change_agree(self, case: tuple[str, dt.datetime]) -> None:
        name, local = case
        self.agree(name, local.replace(second=0, microsecond=0))

    @given(st.sampled_from(NAMES), st.datetimes(WHOLE_MINUTES, LAST))
    def test_any_times_agree(self, name: str, local: dt.datetime) -> None:
        self.agree(name, local.replace(second=0, microsecond=0))

    def agree(self, name: str, local: dt.datetime) -> None:
        zone = ZoneInfo(name)
        readings = instants(local, zone)
        assert [reading.at for reading in readings] == by_counting(local, zone)
        assert len(readings) == (1 if change_at(local, zone) is None else 2)
        for reading in readings:
            assert reading == reading_of(reading.at, zone) or reading.is_skipped
