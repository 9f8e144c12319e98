"""Expired rows are removed by code that adds rows of their kind, and all at once by ``tidy``."""

import datetime as dt
import io
import uuid
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.test import Client

from reviews import clock
from reviews.desk import autosaves, preview_links, tidying
from reviews.desk.accounts import attempts
from reviews.desk.autosaves import FormPage
from reviews.models import Autosave, HistoryEntry, PreviewLink, Review, SignInAttempts
from reviews.seeding.factories import make_account, make_review

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

DAY, HOUR, SECOND = dt.timedelta(days=1), dt.timedelta(hours=1), dt.timedelta(seconds=1)
PASSWORD = "a long passphrase"
Act = Callable[[], object]


def type_into(owner: User, review: Review, *, words: str | None = "Typed") -> None:
    form = uuid.uuid4()
    page = FormPage(form=form, window=form, turn=1, opened_at=0, revision=1)
    autosaves.keep(owner, review, page, {"body": [words]} if words is not None else None)


class TestAutosaves:
    @pytest.mark.parametrize(
        ("words", "kept"), [("Typed", 90 * DAY), (None, DAY)], ids=["typed", "nothing typed"]
    )
    def test_go_once_they_are_old_and_no_sooner(
        self, words: str | None, kept: dt.timedelta, now: dt.datetime
    ) -> None:
        owner, other, review = make_account("Editor"), make_account("Editor"), make_review()
        type_into(owner, review, words=words)
        with clock.frozen_at(now + kept):
            type_into(other, review)
            assert Autosave.objects.filter(owner=owner).exists()
        with clock.frozen_at(now + kept + SECOND):
            type_into(other, review)
            assert not Autosave.objects.filter(owner=owner).exists()
            assert Autosave.objects.filter(owner=other).exists()

    def test_what_is_typed_on_and_on_stays(self, now: dt.datetime) -> None:
        owner, review, form = make_account("Editor"), make_review(), uuid.uuid4()
        for month in range(8):
            with clock.frozen_at(now + month * 30 * DAY):
                autosaves.keep(owner, review, FormPage(form, form, month + 1, 0, 1), {"body": [str(month)]})
                type_into(make_account("Editor"), review)
        assert Autosave.objects.get(form=form).posted == {"body": ["7"]}

    def test_one_new_form_removes_a_few_at_most(self, now: dt.datetime) -> None:
        owner, review = make_account("Editor"), make_review()
        type_into(owner, review)
        row = Autosave.objects.get()
        for _ in range(tidying.A_FEW + 9):
            row.pk, row.uid, row.form = None, uuid.uuid4(), uuid.uuid4()
            row._state.adding = True
            row.save()
        with clock.frozen_at(now + 91 * DAY):
            type_into(owner, review)
        assert Autosave.objects.count() == 11


class TestPreviewLinks:
    def remaining(self, moment: dt.datetime) -> int:
        """How many earlier links are left after another is made at a moment."""
        with clock.frozen_at(moment):
            preview_links.make(make_review(), by=None)
        return PreviewLink.objects.count() - 1

    def test_stay_in_the_list_for_ninety_days_after_their_end(self, now: dt.datetime) -> None:
        preview_links.make(make_review(), by=None)
        end = now + preview_links.LIFETIME
        assert self.remaining(end + 90 * DAY) == 1

    def test_and_then_go_with_their_history_left(self, now: dt.datetime) -> None:
        review = make_review()
        preview_links.make(review, by=None, for_whom="the fact checker")
        lines = HistoryEntry.objects.filter(review_uid=review.uid).count()
        assert self.remaining(now + preview_links.LIFETIME + 90 * DAY + SECOND) == 0
        assert HistoryEntry.objects.filter(review_uid=review.uid).count() == lines == 1

    def test_one_that_was_revoked_ended_then(self, now: dt.datetime) -> None:
        link, _ = preview_links.make(make_review(), by=None, expires_at=now + 30 * DAY)
        preview_links.revoke(link, by=None)
        assert self.remaining(now + 90 * DAY + SECOND) == 0


class TestSessions:
    def test_one_that_has_expired_goes_when_somebody_signs_in(self, now: dt.datetime) -> None:
        account = make_account("Editor", username="kael")
        account.set_password(PASSWORD)
        account.save()
        Session.objects.create(session_key="old", expire_date=now - SECOND)
        Session.objects.create(session_key="valid", expire_date=now + SECOND)
        Client().post("/admin/login/", {"username": "kael", "password": PASSWORD})
        assert not Session.objects.filter(session_key="old").exists()
        assert Session.objects.filter(session_key="valid").exists()


class TestTheCommand:
    def test_removes_everything_that_is_old_and_says_how_much(self, now: dt.datetime) -> None:
        owner, review = make_account("Editor"), make_review()
        type_into(owner, review)
        preview_links.make(review, by=None)
        Session.objects.create(session_key="old", expire_date=now - SECOND)
        attempts.begin("203.0.113.7", "kael")
        with clock.frozen_at(now + 100 * DAY):
            printed = io.StringIO()
            call_command("tidy", stdout=printed)
        assert printed.getvalue().splitlines() == [
            "Removed autosaves: 1.",
            "Removed preview links: 1.",
            "Removed sessions: 1.",
            "Removed failed attempts to sign in: 2.",
        ]
        assert not any(model.objects.exists() for model in (Autosave, PreviewLink, Session, SignInAttempts))

    def test_removes_nothing_else(self) -> None:
        owner, review = make_account("Editor"), make_review()
        type_into(owner, review)
        preview_links.make(review, by=None)
        attempts.begin("203.0.113.7", "kael")
        call_command("tidy", stdout=io.StringIO())
        assert [model.objects.count() for model in (Autosave, PreviewLink, SignInAttempts)] == [1, 1, 2]
