"""What ends preview links: a withdrawal, the end of the rights, and their maker's loss of access."""

import datetime as dt

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reviews import clock
from reviews.desk import permissions, preview_link_validity, preview_links
from reviews.desk.permissions import PublishingError
from reviews.desk.verbs import publishing, withdrawing
from reviews.models import HistoryEntry, PreviewLink, Review
from reviews.seeding.factories import MOMENT, make_account, make_critic, make_edition, make_review
from tests.desk.reading import DAY, INSTANT, change

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def link(review: Review, by: User | None = None) -> str:
    return preview_links.make(review, by=by)[1]


def opens(secret: str) -> bool:
    return preview_links.found_by(secret) is not None


def live() -> Review:
    return Review.objects.get(pk=make_edition(at=MOMENT - DAY).review_id)


def told(review: Review) -> list[str]:
    return [entry.what for entry in HistoryEntry.objects.of_review(review.uid).oldest_first()]


class TestAWithdrawal:
    def test_ends_every_link_to_the_review_and_no_other(self) -> None:
        review, other = live(), link(live())
        secrets = [link(review), link(review)]
        withdrawing.withdraw(review)
        assert not any(map(opens, secrets))
        assert opens(other)
        assert told(review)[-2:] == [
            "2 preview links ended with the withdrawal.",
            "Withdrawn, leaving no trace.",
        ]

    def test_of_a_scheduled_review_ends_links_too(self) -> None:
        review = make_review()
        publishing.publish(review, at=MOMENT + DAY)
        secret = link(review)
        withdrawing.withdraw(review)
        assert not opens(secret)

    def test_followed_by_reinstating_revives_no_link_and_new_ones_work(self) -> None:
        review = live()
        secret = link(review)
        withdrawing.withdraw(review)
        new = link(review)
        assert opens(new)
        withdrawing.reinstate(review)
        assert not opens(secret)
        assert opens(new)

    def test_that_is_refused_ends_no_link(self) -> None:
        review = make_review()
        publishing.publish(review, at=MOMENT + DAY)
        secret = link(review)
        with pytest.raises(PublishingError):
            withdrawing.withdraw(review, note="Readers never saw it.")
        assert opens(secret)


class TestTheEndOfTheRights:
    def test_ends_every_link(self) -> None:
        review = make_review(rights_until=MOMENT + DAY)
        secret = link(review)
        for at, works in ((MOMENT + DAY - INSTANT, True), (MOMENT + DAY, False)):
            with clock.frozen_at(at):
                assert opens(secret) is works
        change(review, rights_until=None)
        with clock.frozen_at(MOMENT + DAY):
            assert opens(secret)

    def test_prevents_new_links(self) -> None:
        with pytest.raises(PublishingError, match="The rights in this copy have ended"):
            link(make_review(rights_until=MOMENT))


class TestTheMaker:
    """A link works exactly if its maker may share the copy, by the desk's own rule."""

    def check(self, account: User, review: Review, *, works: bool) -> None:
        review = Review.objects.get(pk=review.pk)
        account = User.objects.get(pk=account.pk)
        may_come_in = account.is_active and account.is_staff
        assert (may_come_in and permissions.may_share(review, account)) is works
        assert preview_link_validity.working().of(review).exists() is works

    def test_without_account_staff_status_or_role_has_no_working_link(self) -> None:
        account, review = make_account("Editor"), make_review()
        link(review, account)
        self.check(account, review, works=True)
        for name in ("is_active", "is_staff"):
            User.objects.filter(pk=account.pk).update(**{name: False})
            self.check(account, review, works=False)
            User.objects.filter(pk=account.pk).update(**{name: True})
            self.check(account, review, works=True)
        account.groups.clear()
        self.check(account, review, works=False)
        account.groups.add(Group.objects.get(name="Critic"))
        self.check(account, review, works=False)
        account.user_permissions.add(Permission.objects.get(codename="edit_all_copy"))
        self.check(account, review, works=True)
        Group.objects.get(name="Critic").permissions.remove(Permission.objects.get(codename="change_review"))
        self.check(account, review, works=False)
        User.objects.filter(pk=account.pk).update(is_superuser=True)
        self.check(account, review, works=True)

    def test_with_the_byline_has_working_links_until_it_changes(self) -> None:
        account = make_account("Critic")
        review = make_review(critic=make_critic(user=account))
        link(review, account)
        self.check(account, review, works=True)
        change(review, critic=make_critic(user=make_account("Critic")))
        self.check(account, review, works=False)

    def test_who_is_deleted_has_no_working_link(self) -> None:
        account, review = make_account("Editor"), make_review()
        theirs, houses = link(review, account), link(review)
        account.delete()
        assert not opens(theirs)
        assert opens(houses)

    def test_is_checked_in_the_query_that_finds_the_secret(self) -> None:
        account = make_account("Editor")
        closed = link(make_review(), account)
        User.objects.filter(pk=account.pk).update(is_active=False)
        counts = set()
        for secret in ("x" * 43, closed):
            with CaptureQueriesContext(
                connection,
            ) as asked:
                assert not opens(secret)
            counts.add(len(asked))
        assert counts == {1}


class TestLettingGo:
    def test_passes_on_what_a_colleague_may_show_and_ends_the_rest(self) -> None:
        account, heir = make_account("Editor"), make_account("Critic", first_name="Vera")
        mine, others = make_review(critic=make_critic(user=heir)), make_review()
        kept, ended = link(mine, account), link(others, account)
        User.objects.filter(pk=account.pk).update(is_active=False)
        account.refresh_from_db()
        assert preview_link_validity.let_go(account, heir=heir, by=None) == (1, 1)
        assert opens(kept)
        assert not opens(ended)
        assert PreviewLink.objects.get(review=mine).made_by_name == "Vera"
        assert told(mine)[-1] == "A preview link, made on 6 June 2025, 12:00 (UTC), passed to Vera."
        assert told(others)[-1].endswith(f"ended with the account of {account.username}.")

    def test_changes_nothing_while_the_account_may_show_the_copy(self) -> None:
        account = make_account("Editor")
        secret = link(make_review(), account)
        assert preview_link_validity.let_go(account, heir=make_account("Publisher"), by=None) == (0, 0)
        assert opens(secret)

    def test_is_offered_to_those_who_may_show_everybodys_copy(self) -> None:
        account, superuser = make_account("Editor"), make_account(is_staff=True, is_superuser=True)
        colleagues = [make_account("Editor"), make_account("Publisher"), superuser]
        make_account("Critic")
        make_account("Editor", is_active=False)
        make_account("Editor", is_staff=False)
        assert set(preview_link_validity.colleagues_of(account)) == set(colleagues)

    def test_does_not_count_ended_links(self) -> None:
        account = make_account("Editor")
        link(make_review(), account)
        with clock.frozen_at(MOMENT + dt.timedelta(days=4)):
            assert preview_link_validity.warning(account) == ""
            assert preview_link_validity.let_go(account, heir=None, by=None, is_deleted=True) == (0, 0)
