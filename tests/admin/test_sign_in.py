"""Signed out while writing: what was typed is asked for a name, and then saved as it was sent."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from reviews.models import Review
from tests.admin.pages import fields_of, text_of, url
from tests.desk.reading import reread
from tests.factories import make_account, make_critic, make_film, make_review

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

PASSWORD = "a long passphrase"


@pytest.fixture
def editor() -> User:
    account = make_account("Editor", username="kael")
    account.set_password(PASSWORD)
    account.save()
    return account


def typed_and_signed_out(editor: User, address: str, **typed: str) -> tuple[Client, Any]:
    client = Client()
    client.force_login(editor)
    fields = fields_of(client.get(address)) | typed
    client.logout()
    return client, client.post(address, fields)


def sign_in(client: Client, address: str, page: Any, **credentials: str) -> Any:
    return client.post(address, fields_of(page) | credentials, follow=True)


class TestWhatIsSentAfterSigningOut:
    def test_is_saved_once_its_writer_is_back(self, editor: User) -> None:
        review = make_review(headline="As filed")
        client, page = typed_and_signed_out(editor, url("change", review), headline="Typed for an hour")
        assert page.status_code == 403
        assert "Nothing is lost" in text_of(page)
        assert reread(review).headline == "As filed"
        answer = sign_in(client, url("change", review), page, username="kael", password=PASSWORD)
        assert reread(review).headline == "Typed for an hour"
        assert "is saved" in text_of(answer)

    def test_begins_a_new_review_as_well(self, editor: User) -> None:
        address = "/admin/reviews/review/add/"
        typed = {"headline": "New", "film": str(make_film().pk), "critic": str(make_critic().pk)}
        client, page = typed_and_signed_out(editor, address, **typed)
        sign_in(client, address, page, username="kael", password=PASSWORD)
        assert Review.objects.get().headline == "New"

    def test_survives_a_wrong_password(self, editor: User) -> None:
        review = make_review(headline="As filed")
        client, page = typed_and_signed_out(editor, url("change", review), headline="Typed")
        page = sign_in(client, url("change", review), page, username="kael", password="wrong")
        assert "enter the correct username and password" in text_of(page)
        page = sign_in(client, url("change", review), page, username="", password="")
        sign_in(client, url("change", review), page, username="kael", password=PASSWORD)
        assert reread(review).headline == "Typed"

    def test_is_saved_by_nobody_who_may_not(self, editor: User) -> None:
        review = make_review(headline="As filed")
        critic = make_account("Critic", username="other")
        critic.set_password(PASSWORD)
        critic.save()
        client, page = typed_and_signed_out(editor, url("change", review), headline="Typed")
        answer = sign_in(client, url("change", review), page, username="other", password=PASSWORD)
        assert answer.status_code in (200, 403)
        assert reread(review).headline == "As filed"

    def test_does_not_carry_the_password_into_the_page(self, editor: User) -> None:
        review = make_review()
        client, page = typed_and_signed_out(editor, url("change", review), headline="Typed")
        page = sign_in(client, url("change", review), page, username="kael", password="wrong-but-secret")
        assert "wrong-but-secret" not in page.content.decode()


def test_other_forms_ask_for_a_name_first() -> None:
    review = make_review()
    answer = Client().post(url("publish", review), {"stated": "x"})
    assert answer.status_code == 302
    assert "/admin/login/" in answer["Location"]


def test_a_stranger_learns_nothing_of_what_is_there() -> None:
    review = make_review()
    there = Client().post(url("change", review), {"headline": "x"})
    nowhere = Client().post("/admin/reviews/review/999999/change/", {"headline": "x"})
    assert there.status_code == nowhere.status_code
    assert len(there.content) == len(nowhere.content)
