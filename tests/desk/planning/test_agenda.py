"""The lists of a user's desk: contents, order and visibility."""

import datetime as dt
from collections.abc import Iterable

import pytest
from django.contrib.auth.models import User

from reviews import clock
from reviews.desk.capped import CAP
from reviews.desk.planning.agenda import Agenda, is_first, is_held
from reviews.desk.verbs import publishing, withdrawing, workflow
from reviews.models import Review
from reviews.seeding.factories import (
    MOMENT,
    make_account,
    make_edition,
    make_embargo,
    make_film,
    make_outlet,
    make_review,
)
from tests.desk.planning.agendas import (
    changed,
    in_review,
    live,
    never_going_up,
    returned,
    somebody_who_writes,
    waiting,
)
from tests.desk.reading import DAY, HOUR, INSTANT, reread

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.fixture
def editor() -> User:
    return make_account("Editor")


def names(rows: Iterable[object]) -> list[str]:
    return [str(row.headline) for row in rows]  # type: ignore[attr-defined]


class TestUpNext:
    def test_is_what_is_scheduled_the_soonest_first(self, editor: User) -> None:
        make_edition(headline="Up already")
        for hours in (3, 1, 2):
            waiting(MOMENT + hours * HOUR, headline=f"In {hours} h")
        assert names(Agenda(editor).next.rows) == ["In 1 h", "In 2 h", "In 3 h"]

    def test_leaves_the_list_at_its_moment(self, editor: User) -> None:
        waiting(MOMENT + HOUR)
        for away, total in ((INSTANT, 1), (0 * INSTANT, 0)):
            with clock.frozen_at(MOMENT + HOUR - away):
                assert Agenda(editor).next.total == total

    def test_marks_what_an_embargo_delays(self, editor: User) -> None:
        held, free = make_film(), make_film()
        make_embargo(held, MOMENT + DAY)
        waiting(MOMENT + HOUR, film=held)
        waiting(MOMENT + HOUR, film=free)
        assert [(edition.film, is_held(edition)) for edition in Agenda(editor).next.rows] == [
            (free, False),
            (held, True),
        ]

    def test_marks_corrections(self, editor: User) -> None:
        waiting(MOMENT + HOUR)
        publishing.publish(live(), at=MOMENT + DAY)
        assert [is_first(edition) for edition in Agenda(editor).next.rows] == [True, False]

    def test_is_cut_at_its_limit_and_counts_the_rest(self, editor: User) -> None:
        for minutes in range(CAP + 2):
            waiting(MOMENT + HOUR + dt.timedelta(minutes=minutes))
        found = Agenda(editor).next
        assert (len(found.rows), found.total, found.more) == (CAP, CAP + 2, 2)

    def test_omits_what_will_never_be_published(self, editor: User) -> None:
        edition = never_going_up()
        found = Agenda(editor)
        assert found.next.rows == []
        assert found.never.rows == [edition]


class TestPlanned:
    def planned(self, editor: User) -> list[tuple[str, bool]]:
        return [(each.review.headline, each.is_overdue) for each in Agenda(editor).planned.rows]

    def test_is_what_is_due_within_a_week_or_overdue(self, editor: User) -> None:
        make_outlet()
        for days in (8, 7, 0, -1, -400):
            make_review(headline=str(days), planned_on=MOMENT.date() + dt.timedelta(days=days))
        assert self.planned(editor) == [("-400", True), ("-1", True), ("0", False), ("7", False)]

    def test_days_are_the_outlets(self, editor: User) -> None:
        make_outlet(time_zone="Pacific/Kiritimati")  # There it is the next day at noon in UTC.
        make_review(headline="Due today in UTC", planned_on=MOMENT.date())
        make_review(headline="Eight days on in UTC", planned_on=MOMENT.date() + dt.timedelta(days=8))
        assert self.planned(editor) == [("Due today in UTC", True), ("Eight days on in UTC", False)]

    @pytest.mark.parametrize(
        ("status", "is_there"),
        [("draft", True), ("in_review", True), ("returned", True), ("approved", False), ("withdrawn", False)],
    )
    def test_is_not_approved_yet(self, editor: User, status: str, is_there: bool) -> None:
        make_review(status=status, planned_on=MOMENT.date())
        assert bool(self.planned(editor)) is is_there

    def test_says_what_is_missing(self, editor: User) -> None:
        make_outlet(wants_verdict=True)
        make_review(planned_on=MOMENT.date(), body="", verdict=None)
        (planned,) = Agenda(editor).planned.rows
        assert [item.name for item in planned.items if item.is_blocking] == ["body", "verdict"]


class TestTheQueue:
    def test_is_what_is_in_review_the_oldest_first(self, editor: User) -> None:
        for hours in (1, 3, 2):
            in_review(headline=f"{hours} h", since=MOMENT - hours * HOUR)
        make_review()
        queue = Agenda(editor).queue
        assert queue is not None
        assert names(queue.rows) == ["3 h", "2 h", "1 h"]

    def test_is_empty_for_users_who_may_not_approve(self) -> None:
        account, critic = somebody_who_writes()
        in_review(critic=critic)
        assert Agenda(account).queue is None

    @pytest.mark.parametrize(
        ("four_eyes", "there"), [(True, ["Others’"]), (False, ["Begun", "Mine", "Others’"])]
    )
    def test_omits_own_copy_under_four_eyes(self, four_eyes: bool, there: list[str]) -> None:
        make_outlet(four_eyes=four_eyes)
        account, critic = somebody_who_writes("Editor")
        in_review(headline="Mine", critic=critic)
        in_review(headline="Begun", written_by=account)
        in_review(headline="Others’")
        queue = Agenda(account).queue
        assert queue is not None
        assert (sorted(names(queue.rows)), queue.total) == (there, len(there))


class TestOwnCopy:
    def test_drafts_have_the_users_byline_or_were_begun_by_the_user(self) -> None:
        account, critic = somebody_who_writes("Editor")
        make_review(headline="Mine", critic=critic)
        make_review(headline="Begun", written_by=account)
        make_review(headline="Others’")
        in_review(critic=critic)
        assert sorted(names(Agenda(account).drafts.rows)) == ["Begun", "Mine"]

    def test_returned_copy_has_the_newest_note(self, editor: User) -> None:
        account, critic = somebody_who_writes()
        review = returned("First.", by=editor, critic=critic)
        with clock.frozen_at(MOMENT + HOUR):
            workflow.submit(review)
            workflow.give_back(review, "Second.", by=editor)
            (found,) = Agenda(account).returned.rows
        assert (found.review, found.note, found.note_by) == (review, "Second.", editor.username)

    def test_returned_copy_from_a_fixture_has_no_note(self) -> None:
        account, critic = somebody_who_writes()
        make_review(critic=critic, status="returned")
        assert [(found.note, found.note_by) for found in Agenda(account).returned.rows] == [("", "")]

    def test_copy_returned_to_somebody_else_is_not_listed(self, editor: User) -> None:
        returned("Shorter.", by=editor)
        assert Agenda(editor).returned.total == 0

    def test_in_review_is_what_the_user_submitted(self) -> None:
        account, critic = somebody_who_writes()
        mine = in_review(critic=critic)
        in_review()
        make_review(critic=critic)
        assert Agenda(account).in_review.rows == [mine]


class TestRecentlyPublished:
    def test_is_what_was_published_in_the_last_week_the_newest_first(self, editor: User) -> None:
        for days in (8, 2, 1):
            live(MOMENT - days * DAY, headline=f"{days} days ago")
        waiting()
        assert names(each.edition for each in Agenda(editor).just_up.rows) == ["1 days ago", "2 days ago"]

    def test_tells_a_correction_from_a_first_publication(self, editor: User) -> None:
        publishing.publish(live())
        live(MOMENT - HOUR)
        assert [is_first(each.edition) for each in Agenda(editor).just_up.rows] == [False, True]

    def test_says_whether_it_is_live_replaced_or_withdrawn(self, editor: User) -> None:
        stays, corrected, gone = (live(MOMENT - hours * HOUR) for hours in (1, 2, 3))
        publishing.publish(corrected)
        withdrawing.withdraw(gone)
        rows = Agenda(editor).just_up.rows
        assert [(each.edition.review_id, each.is_public, each.is_replaced) for each in rows] == [
            (corrected.pk, True, False),
            (stays.pk, True, False),
            (corrected.pk, False, True),
            (gone.pk, False, False),
        ]

    def test_what_an_embargo_hides_is_not_public(self, editor: User) -> None:
        make_embargo(live(MOMENT - HOUR).film, MOMENT + DAY)
        assert [each.is_public for each in Agenda(editor).just_up.rows] == [False]


class TestCorrectionsDue:
    def test_are_scheduled_corrections_and_unpublished_changes(self, editor: User) -> None:
        unpublished, scheduled = changed(live()), changed(live())
        correction = publishing.publish(scheduled, at=MOMENT + DAY)
        changed(scheduled)
        live()
        found = Agenda(editor)
        assert found.corrections.rows == [correction]
        assert found.changed.rows == [reread(unpublished)]

    def test_what_is_not_live_has_nothing_to_correct(self, editor: User) -> None:
        changed(Review.objects.get(pk=waiting().review_id))
        gone = live()
        withdrawing.withdraw(gone)
        changed(gone)
        found = Agenda(editor)
        assert (found.corrections.total, found.changed.total) == (0, 0)

    def test_what_an_embargo_hides_is_still_due(self, editor: User) -> None:
        review = changed(live())
        make_embargo(review.film, MOMENT + DAY)
        assert Agenda(editor).changed.total == 1
