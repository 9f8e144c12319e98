"""Closing an account: the desk says how many preview links that ends, and lets a colleague keep them."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from reviews.desk import preview_links
from reviews.models import PreviewLink, Review
from reviews.seeding.factories import MOMENT, make_account, make_critic, make_edition, make_review
from tests.admin.pages import confirm, fields_of, signed_in, text_of, url
from tests.desk.reading import DAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.fixture
def account() -> User:
    return make_account("Editor", username="leaving")


def link(review: Review, by: User) -> str:
    return preview_links.make(review, by=by)[1]


def opens(secret: str) -> bool:
    return preview_links.found_by(secret) is not None


class TestClosing:
    def close(self, account: User, **typed: str) -> str:
        client = signed_in("Publisher")
        posted = fields_of(client.get(url("change", account))) | typed
        del posted["is_active"]
        response = client.post(url("change", account), posted, follow=True)
        assert not User.objects.get(pk=account.pk).is_active
        return text_of(response)

    def test_the_form_says_how_many_links_work(self, account: User) -> None:
        client = signed_in("Publisher")
        assert "Preview links" not in text_of(client.get(url("change", account)))
        link(make_review(), account)
        page = text_of(client.get(url("change", account)))
        assert (
            "This account has 1 active preview link. "
            "Links end when the account is closed or loses access to the copy, unless you pass them on."
        ) in page

    def test_ends_them_and_says_how_many(self, account: User) -> None:
        secrets = [link(make_review(), account) for _ in range(2)]
        assert "2 preview links of this account ended." in self.close(account)
        assert not any(map(opens, secrets))
        User.objects.filter(pk=account.pk).update(is_active=True)
        assert not any(map(opens, secrets))

    def test_keeps_them_for_a_colleague(self, account: User) -> None:
        secret, heir = link(make_review(), account), make_account("Editor", first_name="Pauline")
        said = self.close(account, heir=str(heir.pk))
        assert "1 preview link passed to Pauline." in said
        assert opens(secret)
        assert PreviewLink.objects.get().made_by == heir

    def test_gives_them_to_nobody_who_may_not_show_them(self, account: User) -> None:
        link(make_review(), account)
        client, critic = signed_in("Publisher"), make_account("Critic")
        posted = fields_of(client.get(url("change", account))) | {"heir": str(critic.pk)}
        assert client.post(url("change", account), posted).status_code == 200

    def test_so_does_taking_the_role(self, account: User) -> None:
        secret = link(make_review(), account)
        client = signed_in("Publisher")
        posted = fields_of(client.get(url("change", account))) | {"groups": []}
        assert "1 preview link of this account ended." in text_of(
            client.post(url("change", account), posted, follow=True)
        )
        assert not opens(secret)

    def test_another_change_of_the_account_ends_none(self, account: User) -> None:
        secret = link(make_review(), account)
        client = signed_in("Publisher")
        posted = fields_of(client.get(url("change", account))) | {"first_name": "Vera"}
        client.post(url("change", account), posted)
        assert opens(secret)

    def test_deleting_says_so_first_and_ends_them(self, account: User) -> None:
        secret, client = link(make_review(), account), signed_in("Publisher")
        page = text_of(client.get(url("delete", account)))
        assert "This account has 1 active preview link. Deleting it ends its links." in page
        said = text_of(client.post(url("delete", account), {"post": "yes"}, follow=True))
        assert "1 preview link of this account ended." in said
        assert not opens(secret)

    def test_deleting_several_ends_those_of_each(self, account: User) -> None:
        secrets = [link(make_review(), each) for each in (account, make_account("Editor"))]
        keys = [str(link.made_by_id) for link in PreviewLink.objects.all()]
        chosen = {"action": "delete_selected", "_selected_action": keys, "post": "yes"}
        signed_in("Publisher").post(reverse("admin:auth_user_changelist"), chosen)
        assert not any(map(opens, secrets))
        assert not PreviewLink.objects.filter(revoked_at=None).exists()


class TestTheListOfLinks:
    def test_says_why_one_has_ended(self) -> None:
        account = make_account("Editor")
        review = make_review(critic=make_critic(), rights_until=MOMENT + DAY)
        link(review, account)
        page = text_of(signed_in().get(url("links", review)))
        assert "Works, expires" in page
        User.objects.filter(pk=account.pk).update(is_active=False)
        page = text_of(signed_in().get(url("links", review)))
        assert "Ended: its maker may no longer show this copy" in page
        Review.objects.filter(pk=review.pk).update(rights_until=MOMENT)
        assert "Ended with the rights" in text_of(signed_in().get(url("links", review)))


class TestWithdrawing:
    def test_states_how_many_links_it_ends(self) -> None:
        review = Review.objects.get(pk=make_edition(at=MOMENT - DAY).review_id)
        secret = preview_links.make(review, by=None)[1]
        client = signed_in("Publisher")
        stated = client.post(
            url("withdraw", review), fields_of(client.get(url("withdraw", review))) | {"manner": "no-trace"}
        )
        assert "1 preview link ends." in text_of(stated)
        assert confirm(client, review, "withdraw", manner="no-trace").status_code == 302
        assert not opens(secret)
