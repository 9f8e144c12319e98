"""Preview links: who may make them, for how long, and the stored digests."""

import datetime as dt
import hashlib
import re
import secrets

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection

from reviews import clock
from reviews.desk import history, preview_links, revisions
from reviews.desk.permissions import NotAllowed, PublishingError
from reviews.desk.preview_links import LIFETIME, LONGEST, digest_of
from reviews.models import HistoryEntry, PreviewLink, Review
from reviews.seeding.factories import (
    make_account,
    make_critic,
    make_review,
)
from tests.admin.pages import account_of
from tests.desk.reading import DAY, INSTANT, make_link

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

GUESSES = 10_000


def told(review: Review) -> list[str]:
    return [entry.what for entry in HistoryEntry.objects.of_review(review.uid).oldest_first()]


def reread_link(link: PreviewLink) -> PreviewLink:
    return PreviewLink.objects.get(pk=link.pk)


class TestASecret:
    def test_is_256_bits_of_chance_each_its_own(self) -> None:
        review = make_review()
        told = {make_link(review)[1] for _ in range(20)}
        assert len(told) == 20
        for secret in told:
            assert re.fullmatch(preview_links.SECRET_PATTERN, secret)
        assert preview_links.SECRET_BYTES * 8 >= 128

    def test_is_drawn_from_the_operating_systems_chance(self, monkeypatch: pytest.MonkeyPatch) -> None:
        drawn: list[int] = []

        def draw(length: int) -> str:
            drawn.append(length)
            return "s" * 43

        monkeypatch.setattr(secrets, "token_urlsafe", draw)
        assert make_link()[1] == "s" * 43
        assert drawn == [32]

    def test_is_kept_nowhere_but_as_a_digest(self) -> None:
        link, secret = make_link(for_whom="the fact checker")
        assert reread_link(link).digest == hashlib.sha256(secret.encode()).hexdigest()
        with connection.cursor() as cursor:
            for table in connection.introspection.table_names():
                cursor.execute(f'SELECT * FROM "{table}"')
                assert secret not in repr(cursor.fetchall()), table

    def test_is_not_found_by_ten_thousand_guesses(self) -> None:
        _link, secret = make_link()
        revoked, ended = make_link()
        preview_links.revoke(revoked, by=None)
        near = [secret[:-1] + letter for letter in "AEIMQUYcgkosw048" if letter != secret[-1]]
        near += ["", secret[:-1], f"{secret}A", secret.swapcase(), digest_of(secret), "%", ended]
        guesses = near + [secrets.token_urlsafe(32) for _ in range(GUESSES - len(near))]
        assert [guess for guess in guesses[:300] if preview_links.found_by(guess)] == []
        # The rest as the verb asks, a few hundred in one question.
        for some in (guesses[start : start + 500] for start in range(0, GUESSES, 500)):
            assert not PreviewLink.objects.valid().filter(digest__in=map(digest_of, some)).exists()
        assert preview_links.found_by(secret)


class TestHowLongItWorks:
    def test_72_hours_where_nothing_else_is_asked_for(self, now: dt.datetime) -> None:
        link, secret = make_link()
        assert link.expires_at - link.made_at == LIFETIME == dt.timedelta(hours=72)
        with clock.frozen_at(now + LIFETIME - INSTANT):
            assert preview_links.found_by(secret) == link
        with clock.frozen_at(now + LIFETIME):
            assert preview_links.found_by(secret) is None

    def test_until_a_moment_that_is_asked_for(self, now: dt.datetime) -> None:
        _link, secret = make_link(expires_at=now + DAY)
        for at, opens in ((now + DAY - INSTANT, True), (now + DAY, False)):
            with clock.frozen_at(at):
                assert bool(preview_links.found_by(secret)) is opens

    @pytest.mark.parametrize("away", [-DAY, dt.timedelta(0), LONGEST + INSTANT])
    def test_not_until_one_that_has_come_or_is_too_far_away(
        self, away: dt.timedelta, now: dt.datetime
    ) -> None:
        with pytest.raises(PublishingError):
            make_link(expires_at=now + away)
        assert not PreviewLink.objects.exists()
        assert not HistoryEntry.objects.exists()

    @pytest.mark.parametrize("away", [INSTANT, LONGEST])
    def test_between_the_two_any(self, away: dt.timedelta, now: dt.datetime) -> None:
        assert make_link(expires_at=now + away)[0].expires_at == now + away


class TestRevoking:
    def test_ends_it_at_once(self, now: dt.datetime) -> None:
        link, secret = make_link()
        preview_links.revoke(link, by=None)
        assert preview_links.found_by(secret) is None
        assert reread_link(link).revoked_at == now

    def test_twice_is_once(self, now: dt.datetime) -> None:
        link, _secret = make_link()
        preview_links.revoke(link, by=None)
        with clock.frozen_at(now + DAY):
            preview_links.revoke(link, by=None)
        assert reread_link(link).revoked_at == now
        assert len(told(link.review)) == 2

    def test_leaves_one_that_has_expired_as_it_ended(self, now: dt.datetime) -> None:
        link, _secret = make_link(expires_at=now + DAY)
        with clock.frozen_at(now + DAY):
            preview_links.revoke(link, by=None)
        assert reread_link(link).revoked_at is None
        assert len(told(link.review)) == 1

    def test_leaves_others_alone_and_is_made_good_by_another(self) -> None:
        link, before = make_link()
        _other, beside = make_link(link.review)
        preview_links.revoke(link, by=None)
        _link, after = make_link(link.review)
        opens = [bool(preview_links.found_by(secret)) for secret in (before, beside, after)]
        assert opens == [False, True, True]


class TestWhatIsWrittenDown:
    def test_that_it_was_made_and_revoked_by_whom_and_for_whom(self) -> None:
        by = make_account("Editor", first_name="Pauline", last_name="Kael")
        review = make_review()
        revisions.settle(review)
        link, secret = preview_links.make(
            review, by=by, for_whom=" the fact\x00 checker ", revision=revisions.newest(review)
        )
        preview_links.revoke(link, by=by)
        entries = HistoryEntry.objects.of_review(review.uid).oldest_first()
        assert [(entry.by, entry.by_name, entry.what) for entry in entries] == [
            (
                by,
                "Pauline Kael",
                "A preview link for the fact checker was made: to revision 1, until 9 June 2025, 12:00 (UTC).",
            ),
            (
                by,
                "Pauline Kael",
                "A preview link for the fact checker, made on 6 June 2025, 12:00 (UTC), was revoked.",
            ),
        ]
        preview_links.make(review, by=by, for_whom="the lawyer")
        what = list(HistoryEntry.objects.of_review(review.uid).oldest_first())[-1].what
        assert "for the lawyer was made: to the copy as it is, until" in what
        assert not any(entry.decides_uid for entry in entries)
        assert (link.made_by, link.made_by_name) == (by, "Pauline Kael")
        assert secret not in repr(list(HistoryEntry.objects.values()))

    def test_nothing_where_it_is_not_done(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def fails(*args: object, **kwargs: object) -> None:
            raise ZeroDivisionError

        monkeypatch.setattr(history, "record", fails)
        with pytest.raises(ZeroDivisionError):
            make_link()
        assert not PreviewLink.objects.exists()


class TestWhoMay:
    @pytest.mark.parametrize("role", ["Editor", "Publisher"])
    def test_editors_and_publishers_for_all_copy(self, role: str) -> None:
        by, review = make_account(role), make_review()
        link, _secret = preview_links.make(review, by=by)
        preview_links.revoke(link, by=by)
        assert reread_link(link).revoked_at

    def test_a_critic_for_what_stands_under_their_byline(self) -> None:
        mine = make_review(critic=make_critic(user=make_account("Critic")), status="approved")
        by = account_of(mine.critic)
        theirs = make_review(written_by=by)
        link, _secret = preview_links.make(mine, by=by)
        preview_links.revoke(link, by=by)
        with pytest.raises(NotAllowed):
            preview_links.make(theirs, by=by)
        link, secret = make_link(theirs)
        with pytest.raises(NotAllowed):
            preview_links.revoke(link, by=by)
        assert preview_links.found_by(secret)

    def test_nobody_who_may_only_read(self) -> None:
        reader = make_account(is_staff=True)
        reader.user_permissions.set(Permission.objects.filter(codename__in=["view_review", "edit_all_copy"]))
        reader = User.objects.get(pk=reader.pk)
        with pytest.raises(NotAllowed):
            preview_links.make(make_review(), by=reader)
        link, secret = make_link()
        with pytest.raises(NotAllowed):
            preview_links.revoke(link, by=reader)
        assert preview_links.found_by(secret)
