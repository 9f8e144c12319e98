"""Signed out while writing: after signing in, what was typed is saved."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from reviews.models import Review
from reviews.seeding.factories import make_account, make_critic, make_film, make_review
from tests.admin.pages import fields_of, text_of, url
from tests.desk.reading import reread

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


LONG = "x" * 2_000_000


class TestNobodySendsMuchAndGetsItBack:
    ADD = "/admin/reviews/review/add/"

    @pytest.mark.parametrize(
        "typed",
        [
            {"body": LONG},
            {"headline": LONG, "_sign_in": "1", "username": "kael", "password": PASSWORD},
            {"body": ["x" * 1000] * 1000},
        ],
    )
    def test_a_form_that_is_too_long_is_refused_with_what_to_do(self, typed: dict[str, Any]) -> None:
        answer = Client().post(self.ADD, typed)
        assert answer.status_code == 413
        assert len(answer.content) < 10_000
        assert "Go back in your browser and copy it, then sign in" in text_of(answer)

    def test_one_as_long_as_copy_may_be_is_kept(self, editor: User) -> None:
        review = make_review()
        body = "Long copy. " * 18_000
        _, page = typed_and_signed_out(editor, url("change", review), body=body)
        assert page.status_code == 403
        assert fields_of(page)["body"] == body

    @pytest.mark.parametrize("field", ["username", "next", "password"])
    @pytest.mark.parametrize("address", ["/admin/login/", ADD])
    def test_nor_does_any_field_of_signing_in(self, field: str, address: str) -> None:
        fields = {"username": "kael", "password": "wrong", "_sign_in": "1"} | {field: f"/{LONG}"}
        answer = Client().post(address, fields)
        assert answer.status_code in (200, 302, 403, 413)
        assert len(answer.content) < 15_000


class TestWhereItLeads:
    @pytest.mark.parametrize("role", ["Critic", "Editor", "Publisher"])
    @pytest.mark.parametrize(
        "next_page",
        [
            "",
            "//evil.example/",
            "https://evil.example/",
            "javascript:alert(1)",
            "\\\\evil.example",
            "http:///x",
        ],
    )
    def test_to_the_desk_where_nothing_of_ours_was_asked_for(self, role: str, next_page: str) -> None:
        account = make_account(role, username="ebert")
        account.set_password(PASSWORD)
        account.save()
        fields = {"username": "ebert", "password": PASSWORD, "next": next_page}
        answer = Client().post("/admin/login/", fields, follow=True)
        assert answer.redirect_chain == [("/admin/", 302)]
        assert answer.status_code == 200

    def test_to_what_was_asked_for(self, editor: User) -> None:
        fields = {"username": "kael", "password": PASSWORD, "next": "/admin/calendar/"}
        assert Client().post("/admin/login/?next=/admin/", fields)["Location"] == "/admin/calendar/"

    def test_without_staff_status_it_leads_nowhere_and_says_so(self) -> None:
        account = make_account(username="reader")
        account.set_password(PASSWORD)
        account.save()
        fields = {"username": "reader", "password": PASSWORD, "next": "//evil.example/"}
        answer = Client().post("/admin/login/", fields)
        assert answer.status_code == 200
        assert "for a staff account" in text_of(answer)


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
