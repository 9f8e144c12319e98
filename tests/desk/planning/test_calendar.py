"""Calendar entries: visibility, kinds, and the start of days in a time zone."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reviews import clock
from reviews.desk.planning.calendar import Days, EntryKind, days_of, midnight
from reviews.desk.verbs import embargoes, publishing, withdrawing
from reviews.seeding.factories import MOMENT, make_account, make_embargo, make_film, make_review
from reviews.seeding.rows import Batch
from tests.desk.planning.agendas import live, never_going_up, somebody_who_writes, stage_one_of_each, waiting
from tests.desk.reading import DAY, HOUR, INSTANT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

LONDON = ZoneInfo("Europe/London")
JUNE = dt.date(2025, 6, 1), dt.date(2025, 6, 30)
TODAY = dt.date(2025, 6, 6)
QUERIES = 5


@pytest.fixture
def editor() -> User:
    return make_account("Editor")


def days(
    by: User,
    first: dt.date = JUNE[0],
    last: dt.date = JUNE[1],
    *,
    zone: dt.tzinfo = LONDON,
    cap: int = 6,
) -> Days:
    return days_of(by, first, last, zone=zone, cap=cap)


def kinds(found: Days) -> dict[dt.date, list[str]]:
    return {day: [entry.kind.value for entry in each.rows] for day, each in found.items()}


def on(day: int) -> dt.date:
    return dt.date(2025, 6, day)


class TestKinds:
    def test_a_planned_review_is_on_its_day_until_it_is_approved(self, editor: User) -> None:
        for status in ("draft", "in_review", "returned", "approved", "withdrawn"):
            make_review(status=status, planned_on=on(9))
        assert kinds(days(editor)) == {on(9): ["planned"] * 3}

    def test_a_scheduled_review_is_on_the_day_of_publication(self, editor: User) -> None:
        edition = waiting(MOMENT + 3 * DAY)
        found = days(editor)
        assert kinds(found) == {on(9): ["goes up"]}
        (entry,) = found[on(9)].rows
        assert (entry.subject, entry.at) == (edition, MOMENT + 3 * DAY)

    def test_a_published_review_is_on_the_day_of_first_publication(self, editor: User) -> None:
        review = live(MOMENT - 3 * DAY)
        with clock.frozen_at(MOMENT - DAY):
            publishing.publish(review)
        assert kinds(days(editor)) == {on(3): ["up"]}

    def test_a_withdrawn_review_is_on_the_day_of_first_publication(self, editor: User) -> None:
        withdrawing.withdraw(live(MOMENT - 3 * DAY))
        assert kinds(days(editor)) == {on(3): ["up"]}

    def test_a_scheduled_review_is_published_from_its_moment(self, editor: User) -> None:
        waiting(MOMENT + HOUR)
        for away, kind in ((INSTANT, "goes up"), (0 * INSTANT, "up")):
            with clock.frozen_at(MOMENT + HOUR - away):
                assert kinds(days(editor)) == {TODAY: [kind]}

    def test_a_review_whose_rights_end_before_the_lift_is_marked_never(self, editor: User) -> None:
        edition = never_going_up()
        assert kinds(days(editor))[on(8)] == ["lifts", "never"]
        with clock.frozen_at(edition.visible_from):
            assert kinds(days(editor))[on(8)] == ["lifts"]

    def test_an_embargo_is_on_the_day_of_its_lift_past_or_future(self, editor: User) -> None:
        for days_away in (-2, 2):
            make_embargo(make_film(), MOMENT + days_away * DAY)
        assert kinds(days(editor)) == {on(4): ["lifts"], on(8): ["lifts"]}

    def test_a_moved_or_lifted_embargo_is_not_on_its_old_day(self, editor: User) -> None:
        embargoes.lift(make_embargo(make_film(), MOMENT + DAY), because="The studio asked us to.")
        embargoes.move(make_embargo(make_film(), MOMENT + DAY), MOMENT + 5 * DAY, because="Asked.")
        assert kinds(days(editor)) == {on(11): ["lifts"]}


class TestDays:
    def test_list_whole_days_first_and_then_moments_in_order(self, editor: User) -> None:
        waiting(MOMENT + 3 * HOUR)
        live(MOMENT - HOUR)
        make_embargo(make_film(), MOMENT + 2 * HOUR)
        make_review(planned_on=TODAY)
        assert kinds(days(editor)) == {TODAY: ["planned", "up", "lifts", "goes up"]}

    def test_are_cut_at_a_limit_and_counted_over_every_kind(self, editor: User) -> None:
        for n in range(4):
            make_review(planned_on=TODAY)
            waiting(MOMENT + HOUR, headline=str(n))
        day = days(editor)[TODAY]
        assert [entry.kind for entry in day.rows] == [EntryKind.PLANNED] * 4 + [EntryKind.GOES_UP] * 2
        assert (day.total, day.more) == (8, 2)
        assert len(days(editor, cap=200)[TODAY].rows) == 8

    def test_outside_the_requested_range_are_left_out(self, editor: User) -> None:
        for day in (dt.date(2025, 5, 31), dt.date(2025, 7, 1)):
            make_review(planned_on=day)
        first, last = midnight(dt.date(2025, 6, 1), LONDON), midnight(dt.date(2025, 7, 1), LONDON)
        for moment in (first - INSTANT, first, last - INSTANT, last):
            make_embargo(make_film(), moment)
        assert kinds(days(editor)) == {on(1): ["lifts"], on(30): ["lifts"]}


class TestZones:
    @pytest.mark.parametrize(
        ("zone", "day"), [("Pacific/Kiritimati", 7), ("Europe/London", 6), ("Pacific/Pago_Pago", 5)]
    )
    def test_a_moment_is_on_its_day_in_that_zone(self, editor: User, zone: str, day: int) -> None:
        make_embargo(make_film(), dt.datetime(2025, 6, 6, 10, 30, tzinfo=dt.UTC))
        assert list(days(editor, zone=ZoneInfo(zone))) == [on(day)]

    @pytest.mark.parametrize(
        ("zone", "first", "hours"),
        [
            ("Europe/London", dt.date(2025, 3, 30), 23),
            ("Europe/London", dt.date(2025, 10, 26), 25),
            ("Australia/Lord_Howe", dt.date(2025, 4, 6), 24.5),  # Half an hour.
            ("Asia/Beirut", dt.date(2025, 3, 30), 23),  # No midnight at all.
            ("America/Havana", dt.date(2025, 11, 2), 25),  # Midnight twice.
        ],
    )
    def test_a_day_is_as_long_as_its_clocks_make_it(
        self, editor: User, zone: str, first: dt.date, hours: float
    ) -> None:
        there = ZoneInfo(zone)
        begins, ends = midnight(first, there), midnight(first + dt.timedelta(days=1), there)
        assert ends - begins == dt.timedelta(hours=hours)
        for moment in (begins - INSTANT, begins, ends - INSTANT, ends):
            make_embargo(make_film(), moment)
        assert {day: each.total for day, each in days(editor, first, first, zone=there).items()} == {first: 2}

    @pytest.mark.parametrize(
        "zone", ["Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata"]
    )
    @pytest.mark.parametrize("month", [3, 4, 10, 11])
    def test_a_month_has_every_hour_of_it_and_no_other(self, editor: User, zone: str, month: int) -> None:
        there = ZoneInfo(zone)
        start = dt.datetime(2025, month, 1, tzinfo=dt.UTC) - 2 * DAY
        film, batch = make_film(), Batch()
        expected: dict[dt.date, int] = {}
        for hour in range(0, 24 * 35, 3):
            moment = start + hour * HOUR
            make_embargo(film, moment, into=batch, ended_at=None)
            local = moment.astimezone(there).date()
            if local.month == month:
                expected[local] = expected.get(local, 0) + 1
        batch.write()
        last = dt.date(2025, month + 1, 1) - dt.timedelta(days=1)
        found = days(editor, dt.date(2025, month, 1), last, zone=there, cap=2)
        assert {day: each.total for day, each in found.items()} == expected


class TestWhoSeesWhat:
    def test_a_critic_sees_their_own_copy_and_the_embargoes_of_its_films(self) -> None:
        account, critic = somebody_who_writes()
        stage_one_of_each()
        make_embargo(make_film(), MOMENT + DAY)
        assert days(account) == {}
        stage_one_of_each(critic=critic)
        mine = days(account)
        assert {entry.kind for each in mine.values() for entry in each.rows} == set(EntryKind)
        assert sum(each.total for each in days(make_account("Editor")).values()) == 1 + 2 * sum(
            each.total for each in mine.values()
        )

    def test_a_critic_without_a_byline_sees_nothing(self) -> None:
        stage_one_of_each()
        assert days(make_account("Critic")) == {}


class TestQueries:
    @pytest.mark.parametrize("role", ["Critic", "Editor"])
    def test_are_as_many_for_twelve_of_each(self, role: str) -> None:
        account, critic = somebody_who_writes(role)
        counted = []
        for more in (1, 12):
            for _ in range(more):
                stage_one_of_each(critic=critic)
            by = User.objects.get(pk=account.pk)
            by.has_perm("reviews.view_review")
            with CaptureQueriesContext(connection) as queries:
                days(by)
            counted.append(len(queries))
        assert counted == [QUERIES] * 2
