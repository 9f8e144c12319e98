"""Autosaves: what is typed is stored for its user, whatever happens to the page."""

import datetime as dt
from uuid import UUID, uuid4

import pytest
from django.contrib.auth.models import User

from reviews import clock
from reviews.desk import autosaves
from reviews.desk.autosaves import FormPage
from reviews.models import Autosave, HistoryEntry, Review, Revision
from reviews.seeding.factories import MOMENT, make_account, make_review

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


class Window:
    """A browser page, with the requests of its script."""

    def __init__(self, owner: User, review: Review | None, kept: Autosave | None = None) -> None:
        self.owner, self.review = owner, review
        self.window = uuid4()
        self.form: UUID = kept.form if kept else self.window
        self.opened_at = self.turn = kept.turn if kept else 0

    def page(self) -> FormPage:
        return FormPage(self.form, self.window, self.turn, self.opened_at, 0)

    def types(self, body: str) -> Autosave:
        self.turn += 1
        kept = autosaves.keep(self.owner, self.review, self.page(), {"body": [body]})
        self.form = kept.form
        return kept

    def is_open(self) -> None:
        self.turn += 1
        autosaves.keep(self.owner, self.review, self.page(), None)


def kept_of(owner: User, review: Review | None) -> list[str]:
    rows = autosaves.typed_by(owner, review)
    return [row.posted["body"][0] for row in rows if row.posted]


@pytest.fixture
def owner() -> User:
    return make_account("Editor")


class TestKeeping:
    def test_writes_one_row_for_a_form(self, owner: User) -> None:
        review = make_review()
        page = Window(owner, review)
        for length in range(1, 20):
            page.types("A sentence"[:length])
        assert kept_of(owner, review) == ["A sentence"]
        assert not Revision.objects.exists()
        assert not HistoryEntry.objects.exists()

    def test_keeps_the_last_turn_if_requests_arrive_late(self, owner: User) -> None:
        page = Window(owner, None)
        page.types("One")
        late = page.page()
        page.types("One two")
        autosaves.keep(owner, None, late, {"body": ["One"]})
        assert kept_of(owner, None) == ["One two"]

    def test_continues_after_a_lost_answer(self, owner: User) -> None:
        review = make_review()
        page = Window(owner, review)
        page.types("One")
        again = Window(owner, review, autosaves.typed_by(owner, review)[0])
        again.turn += 1
        autosaves.keep(owner, review, again.page(), {"body": ["One two"]})
        again.types("One two three")
        assert kept_of(owner, review) == ["One two three"]

    def test_keeps_both_of_two_windows_on_one_form(self, owner: User) -> None:
        review = make_review()
        Window(owner, review).types("Begun.")
        kept = autosaves.typed_by(owner, review)[0]
        left, right = Window(owner, review, kept), Window(owner, review, kept)
        left.types("Begun. Left.")
        right.types("Begun. Right.")
        left.types("Begun. Left, and more.")
        right.types("Begun. Right, and more.")
        assert sorted(kept_of(owner, review)) == ["Begun. Left, and more.", "Begun. Right, and more."]

    def test_keeps_both_if_the_second_window_never_gets_its_new_id(self, owner: User) -> None:
        Window(owner, None).types("Begun.")
        kept = autosaves.typed_by(owner, None)[0]
        left, right = Window(owner, None, kept), Window(owner, None, kept)
        left.types("Left.")
        for text in ("Right.", "Right, and more."):
            right.turn += 1
            autosaves.keep(owner, None, right.page(), {"body": [text]})
        assert sorted(kept_of(owner, None)) == ["Left.", "Right, and more."]

    def test_is_separate_for_each_user_and_each_new_review(self, owner: User) -> None:
        other = make_account("Editor")
        Window(owner, None).types("Mine")
        Window(owner, None).types("Mine too")
        Window(other, None).types("Theirs")
        assert sorted(kept_of(owner, None)) == ["Mine", "Mine too"]
        assert kept_of(other, None) == ["Theirs"]

    def test_removes_characters_that_no_database_stores(self, owner: User) -> None:
        Window(owner, None).types("A\0B")
        assert kept_of(owner, None) == ["AB"]

    def test_keeps_the_text_when_the_page_only_reports_that_it_is_open(self, owner: User) -> None:
        page = Window(owner, None)
        page.types("Typed")
        page.is_open()
        assert kept_of(owner, None) == ["Typed"]


class TestLeaving:
    def test_keeps_typed_text(self, owner: User) -> None:
        page = Window(owner, None)
        page.types("Typed")
        autosaves.leave(owner, page.form)
        assert kept_of(owner, None) == ["Typed"]

    def test_removes_the_row_if_nothing_was_typed(self, owner: User) -> None:
        page = Window(owner, None)
        page.is_open()
        autosaves.leave(owner, page.form)
        assert not Autosave.objects.exists()

    def test_without_a_report_removes_the_empty_row_after_a_day(self, owner: User) -> None:
        Window(owner, None).is_open()
        with clock.frozen_at(MOMENT + dt.timedelta(days=2)):
            Window(owner, None).types("New")
        assert Autosave.objects.count() == 1

    def test_cannot_change_another_users_text(self, owner: User) -> None:
        page = Window(owner, None)
        page.types("Typed")
        other = make_account("Editor")
        autosaves.discard(other, page.form)
        autosaves.leave(other, page.form)
        assert kept_of(owner, None) == ["Typed"]


class TestCompany:
    def test_names_others_and_says_whether_they_type(self, owner: User) -> None:
        review = make_review()
        other = make_account("Editor", first_name="Ruth")
        Window(other, review).is_open()
        assert [(each.name, each.has_typed) for each in autosaves.company_of(owner, review)] == [
            ("Ruth", False)
        ]
        Window(other, review).types("Text")
        assert [(each.name, each.has_typed) for each in autosaves.company_of(owner, review)] == [
            ("Ruth", True)
        ]

    def test_tells_two_colleagues_of_one_name_apart(self, owner: User) -> None:
        review = make_review()
        for username in ("ruth-a", "ruth-b"):
            Window(make_account("Editor", username=username, first_name="Ruth"), review).is_open()
        Window(make_account("Editor", username="ann", first_name="Ann"), review).is_open()
        company = autosaves.company_of(owner, review)
        assert sorted(each.name for each in company) == ["Ann", "Ruth (ruth-a)", "Ruth (ruth-b)"]

    def test_tells_a_colleague_of_the_same_name_from_the_user(self, owner: User) -> None:
        review = make_review()
        User.objects.filter(pk=owner.pk).update(first_name="Ruth")
        Window(make_account("Editor", first_name="Ruth"), review).types("Text")
        Window(User.objects.get(pk=owner.pk), review).is_open()
        assert {(each.name, each.has_typed) for each in autosaves.company_of(owner, review)} == {
            ("Ruth", True),
            ("", False),
        }

    def test_counts_the_user_in_another_window_only(self, owner: User) -> None:
        review = make_review()
        page, other = Window(owner, review), Window(owner, review)
        page.is_open()
        assert autosaves.company_of(owner, review, window=page.window) == []
        other.is_open()
        assert [each.name for each in autosaves.company_of(owner, review, window=page.window)] == [""]

    def test_ends_when_the_page_is_closed_or_silent(self, owner: User) -> None:
        review = make_review()
        other = make_account("Editor")
        page = Window(other, review)
        page.types("Text")
        with clock.frozen_at(MOMENT + dt.timedelta(seconds=91)):
            assert autosaves.company_of(owner, review) == []
        autosaves.leave(other, page.form)
        assert autosaves.company_of(owner, review) == []
