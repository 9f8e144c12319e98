"""Who may make, read and revoke the preview links of a review."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from reviews.desk import preview_links
from reviews.models import PreviewLink, Review
from reviews.seeding.factories import make_account, make_critic, make_outlet, make_review
from tests.admin.pages import account_of, signed_in, text_of, url
from tests.admin.review.preview.test_preview_links import ask, path_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.fixture(autouse=True)
def outlet() -> None:
    make_outlet(time_zone="Europe/London")


class TestWhoMay:
    def test_the_critic_of_the_copy_in_every_state(self) -> None:
        critic = make_critic(user=make_account("Critic"))
        client = Client()
        client.force_login(account_of(critic))
        for status in Review.Status.values:
            review = make_review(critic=critic, status=status, headline="Mine")
            path = path_in(ask(client, review))
            assert "Mine" in text_of(Client().get(path))
            assert url("links", review) in client.get(url("change", review)).content.decode()

    def test_no_other_critic_and_nobody_without_an_account(self) -> None:
        link, secret = preview_links.make(make_review(), by=None, for_whom="the lawyer")
        for client in (Client(), signed_in("Critic")):
            for posted in ({"revoke": str(link.uid)}, {"shows": "as-it-is", "works": "72"}):
                assert client.post(url("links", link.review), posted).status_code == 302
            assert "the lawyer" not in text_of(client.get(url("links", link.review), follow=True))
        assert preview_links.found_by(secret)
        assert PreviewLink.objects.count() == 1

    def test_nobody_who_may_only_read(self) -> None:
        reader = make_account(is_staff=True)
        reader.user_permissions.set(Permission.objects.filter(codename__in=["view_review", "edit_all_copy"]))
        client, review = Client(), make_review()
        client.force_login(reader)
        assert client.get(url("links", review)).status_code == 403
        assert client.post(url("links", review), {"shows": "as-it-is", "works": "72"}).status_code == 403
        form = client.get(url("change", review))
        assert form.status_code == 200
        assert url("links", review) not in form.content.decode()
