"""Preview links: who makes them, what they show and for how long, and what is kept of their secrets."""

import datetime as dt
import hashlib
import re
import secrets

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reviews import clock
from reviews.desk import history, preview_links, revisions
from reviews.desk.document.composition import Composition
from reviews.desk.preview_links import LIFETIME, LONGEST, Unshowable, digest_of
from reviews.desk.rules import NotAllowed, PublishingError
from reviews.models import Aspect, Critic, Film, HistoryEntry, Judgement, PreviewLink, Review, Revision
from reviews.seeding.factories import (
    make_account,
    make_aspect,
    make_critic,
    make_film,
    make_judgement,
    make_review,
)
from tests.admin.pages import account_of
from tests.desk.reading import DAY, INSTANT, change, reread

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

GUESSES = 10_000


def made(review: Review | None = None, **wanted: object) -> tuple[PreviewLink, str]:
    return preview_links.make(review or make_review(), by=None, **wanted)  # type: ignore[arg-type]


def pinned(review: Review) -> tuple[PreviewLink, str]:
    """A link to what is saved of the review now."""
    revisions.settle(review)
    return made(review, revision=revisions.newest(review))


def told(review: Review) -> list[str]:
    return [entry.what for entry in HistoryEntry.objects.of_review(review.uid).oldest_first()]


def reread_link(link: PreviewLink) -> PreviewLink:
    return PreviewLink.objects.get(pk=link.pk)


def shown(secret: str) -> Composition:
    """What a secret opens."""
    link = preview_links.found_by(secret)
    assert link is not None
    return preview_links.shown_by(link)


class TestASecret:
    def test_is_256_bits_of_chance_each_its_own(self) -> None:
        review = make_review()
        told = {made(review)[1] for _ in range(20)}
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
        assert made()[1] == "s" * 43
        assert drawn == [32]

    def test_is_kept_nowhere_but_as_a_digest(self) -> None:
        link, secret = made(for_whom="the fact checker")
        assert reread_link(link).digest == hashlib.sha256(secret.encode()).hexdigest()
        with connection.cursor() as cursor:
            for table in connection.introspection.table_names():
                cursor.execute(f'SELECT * FROM "{table}"')
                assert secret not in repr(cursor.fetchall()), table

    def test_is_not_found_by_ten_thousand_guesses(self) -> None:
        _link, secret = made()
        revoked, ended = made()
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
        link, secret = made()
        assert link.expires_at - link.made_at == LIFETIME == dt.timedelta(hours=72)
        with clock.frozen_at(now + LIFETIME - INSTANT):
            assert preview_links.found_by(secret) == link
        with clock.frozen_at(now + LIFETIME):
            assert preview_links.found_by(secret) is None

    def test_until_a_moment_that_is_asked_for(self, now: dt.datetime) -> None:
        _link, secret = made(expires_at=now + DAY)
        for at, opens in ((now + DAY - INSTANT, True), (now + DAY, False)):
            with clock.frozen_at(at):
                assert bool(preview_links.found_by(secret)) is opens

    @pytest.mark.parametrize("away", [-DAY, dt.timedelta(0), LONGEST + INSTANT])
    def test_not_until_one_that_has_come_or_is_too_far_away(
        self, away: dt.timedelta, now: dt.datetime
    ) -> None:
        with pytest.raises(PublishingError):
            made(expires_at=now + away)
        assert not PreviewLink.objects.exists()
        assert not HistoryEntry.objects.exists()

    @pytest.mark.parametrize("away", [INSTANT, LONGEST])
    def test_between_the_two_any(self, away: dt.timedelta, now: dt.datetime) -> None:
        assert made(expires_at=now + away)[0].expires_at == now + away


class TestRevoking:
    def test_ends_it_at_once(self, now: dt.datetime) -> None:
        link, secret = made()
        preview_links.revoke(link, by=None)
        assert preview_links.found_by(secret) is None
        assert reread_link(link).revoked_at == now

    def test_twice_is_once(self, now: dt.datetime) -> None:
        link, _secret = made()
        preview_links.revoke(link, by=None)
        with clock.frozen_at(now + DAY):
            preview_links.revoke(link, by=None)
        assert reread_link(link).revoked_at == now
        assert len(told(link.review)) == 2

    def test_leaves_one_that_has_expired_as_it_ended(self, now: dt.datetime) -> None:
        link, _secret = made(expires_at=now + DAY)
        with clock.frozen_at(now + DAY):
            preview_links.revoke(link, by=None)
        assert reread_link(link).revoked_at is None
        assert len(told(link.review)) == 1

    def test_leaves_others_alone_and_is_made_good_by_another(self) -> None:
        link, before = made()
        _other, beside = made(link.review)
        preview_links.revoke(link, by=None)
        _link, after = made(link.review)
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
        assert not any(entry.decides_uid for entry in entries)
        assert (link.made_by, link.made_by_name) == (by, "Pauline Kael")
        assert secret not in repr(list(HistoryEntry.objects.values()))

    def test_nothing_where_it_is_not_done(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def fails(*args: object, **kwargs: object) -> None:
            raise ZeroDivisionError

        monkeypatch.setattr(history, "record", fails)
        with pytest.raises(ZeroDivisionError):
            made()
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
        link, secret = made(theirs)
        with pytest.raises(NotAllowed):
            preview_links.revoke(link, by=by)
        assert preview_links.found_by(secret)

    def test_nobody_who_may_only_read(self) -> None:
        reader = make_account(is_staff=True)
        reader.user_permissions.set(Permission.objects.filter(codename__in=["view_review", "edit_all_copy"]))
        reader = User.objects.get(pk=reader.pk)
        with pytest.raises(NotAllowed):
            preview_links.make(make_review(), by=reader)
        link, secret = made()
        with pytest.raises(NotAllowed):
            preview_links.revoke(link, by=reader)
        assert preview_links.found_by(secret)


class TestLookingOneUp:
    def test_costs_one_query_whatever_comes_of_it(self, now: dt.datetime) -> None:
        _open, valid = made()
        revoked, ended = made()
        preview_links.revoke(revoked, by=None)
        _expired, late = made(expires_at=now + INSTANT)
        asked = []
        with clock.frozen_at(now + INSTANT):
            for secret in (valid, ended, late, secrets.token_urlsafe(32)):
                with CaptureQueriesContext(connection) as captured:
                    found = preview_links.found_by(secret)
                    assert (found is not None) is (secret == valid)
                asked.append([re.sub(r"'[0-9a-f]{64}'", "?", query["sql"]) for query in captured])
        assert len(asked[0]) == 1
        assert asked == [asked[0]] * 4

    def test_brings_all_that_the_page_needs_of_the_review(self) -> None:
        _link, secret = pinned(make_review())
        link = preview_links.found_by(secret)
        assert link is not None
        with CaptureQueriesContext(connection) as captured:
            assert link.review.film.title
            assert link.review.critic.name
            assert link.revision
        assert len(captured) == 0

    def test_an_opening_is_counted(self, now: dt.datetime) -> None:
        link, _secret = made()
        preview_links.count_opening(link)
        with clock.frozen_at(now + DAY):
            preview_links.count_opening(link)
        link = reread_link(link)
        assert (link.opened, link.last_opened_at) == (2, now + DAY)


class TestWhatItShows:
    def test_the_copy_as_it_is_saved_now(self) -> None:
        review = make_review(headline="As filed")
        _link, secret = made(review)
        change(review, headline="As edited")
        assert shown(secret).edition.headline == "As edited"

    def test_a_revision_and_nothing_later(self) -> None:
        review = make_review(headline="As filed", tags=("noir",))
        judgement = make_judgement(review, aspect=make_aspect(name="Action"))
        _link, secret = pinned(review)
        change(reread(review), headline="As edited", body="Other.", film=make_film(), critic=make_critic())
        review.tags.set(["western"])
        judgement.delete()
        found = shown(secret)
        assert found.edition.headline == "As filed"
        assert "The camera waits." in found.edition.body_html
        assert (found.edition.film, found.edition.critic) == (review.film, review.critic)
        assert [tag.name for tag in found.tags] == ["noir"]
        assert [str(row.aspect) for row in found.judgements] == ["Action"]

    def test_not_a_revision_of_another_review(self) -> None:
        other = make_review()
        revisions.settle(other)
        with pytest.raises(PublishingError):
            made(revision=revisions.newest(other))
        assert not PreviewLink.objects.exists()

    def test_nothing_of_a_rating_that_cannot_be_read(self) -> None:
        _link, secret = made(make_review(rating="11/10"))
        with pytest.raises(Unshowable):
            shown(secret)

    @pytest.mark.parametrize("noun", [Film, Critic])
    def test_nothing_of_a_revision_about_what_is_no_more(self, noun: type[Film] | type[Critic]) -> None:
        review = make_review()
        gone = getattr(review, noun.__name__.lower())
        _link, secret = pinned(review)
        change(reread(review), film=make_film(), critic=make_critic())
        gone.delete()
        with pytest.raises(Unshowable):
            shown(secret)

    def test_a_revision_without_the_judgement_whose_aspect_is_no_more(self) -> None:
        review = make_review()
        make_judgement(review, aspect=make_aspect())
        _link, secret = pinned(review)
        Judgement.objects.all().delete()
        Aspect.objects.all().delete()
        assert shown(secret).judgements == []

    def test_nothing_once_the_revision_is_gone(self) -> None:
        review = make_review()
        _link, secret = pinned(review)
        Revision.objects.of(review).delete()
        assert preview_links.found_by(secret) is None

    def test_nothing_once_the_review_is_gone(self) -> None:
        link, secret = made()
        Review.objects.filter(pk=link.review_id).delete()
        assert preview_links.found_by(secret) is None
