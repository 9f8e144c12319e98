"""The server's writing aids: the length of a body, and pasting."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from reviews.seeding.factories import make_critic, make_review
from reviews.text.limits import LARGEST_PASTE, MOST_TAGS
from tests.admin.pages import signed_in, text_of, url
from tests.admin.roles.role_changes import rows
from tests.admin.roles.role_table import ROLES
from tests.admin.roles.role_world import NOBODY, World

pytestmark = pytest.mark.django_db

PASTE = "/admin/reviews/review/paste/"
FOOTNOTE = "<p>a<a href='#_ftn1'>[1]</a></p><p><a name=_ftn1 href='#_ftnref1'>[1]</a> b</p>"


def pasted(client: Client, html: str = "<b>word</b>", **posted: str) -> Any:
    return client.post(PASTE, {"html": html, **posted})


def error_of(response: Any) -> str:
    return str(response.json()["error"])


class TestPasting:
    def test_answers_with_the_markdown(self) -> None:
        assert reverse("admin:reviews_review_paste") == PASTE
        response = pasted(signed_in("Editor"), "<h1>A</h1><ul><li><i>b</i></ul>")
        assert response.status_code == 200
        assert response.json() == {"markdown": "## A\n\n- *b*"}

    def test_counts_the_pictures_that_are_left_out(self) -> None:
        word = "<p>a<img src='file:///C:/clip_image002.jpg' width=400></p><p><img src=''></p>"
        assert pasted(signed_in("Editor"), word).json() == {"markdown": "a", "pictures": 2}
        linked = "<p>a <img src='https://a.b/c.png' alt='A still'><img src='https://a.b/p.gif' width=1 height=1></p>"
        assert pasted(signed_in("Editor"), linked).json() == {"markdown": "a [A still](https://a.b/c.png)"}

    def test_numbers_footnotes_from_where_the_body_has_come_to(self) -> None:
        response = pasted(signed_in("Editor"), FOOTNOTE, first_note="4")
        assert response.json() == {"markdown": "a[^4]\n\n[^4]: b"}

    @pytest.mark.parametrize("number", ["0", "-1", "x", "", "²", "1" * 6, "9" * 5_000])
    def test_takes_no_number_that_is_none(self, number: str) -> None:
        response = pasted(signed_in("Editor"), FOOTNOTE, first_note=number)
        assert response.status_code == 400
        assert "from 1 to" in error_of(response)

    def test_wants_something_to_paste(self) -> None:
        response = signed_in("Editor").post(PASTE, {"text": "a"})
        assert response.status_code == 400
        assert "html" in error_of(response)

    def test_says_what_is_too_long(self) -> None:
        client = signed_in("Editor")
        response = pasted(client, "a" * (LARGEST_PASTE + 7))
        assert response.status_code == 413
        assert error_of(response).startswith("This is 7 bytes over the limit of 2,000,000: paste it in parts")
        response = pasted(client, "<b>" * (MOST_TAGS + 1))
        assert response.status_code == 413
        assert "1 tags over" in error_of(response)

    def test_is_done_by_posting_only(self) -> None:
        response = signed_in("Editor").get(PASTE, {"html": "a"})
        assert (response.status_code, response.headers["Allow"]) == (405, "POST")

    def test_is_not_done_for_another_site(self) -> None:
        client = Client(enforce_csrf_checks=True)
        client.cookies = signed_in("Editor").cookies
        assert pasted(client).status_code == 403

    def test_is_for_those_who_write_and_stores_nothing(self) -> None:
        world = World()
        before = rows()
        for visitor, client in world.clients.items():
            response = pasted(client)
            if visitor in ROLES:
                assert response.status_code == 200, visitor
            elif visitor == NOBODY:
                assert response.headers["Location"].startswith("/admin/login/")
            else:
                assert response.status_code == 403
        assert rows() == before


class TestTheForm:
    def test_says_how_long_the_body_is(self) -> None:
        review = make_review(body="*One* two[^1].\n\n[^1]: three")
        page = text_of(signed_in("Editor").get(url("change", review)))
        assert "3 words, 1 minute to read" in page
        assert "0 words" in text_of(signed_in("Editor").get("/admin/reviews/review/add/"))

    def test_counts_what_was_typed_where_it_was_refused(self) -> None:
        page = signed_in("Editor").post("/admin/reviews/review/add/", {"body": "one " * 600})
        assert "600 words, 3 minutes to read" in text_of(page)

    def test_names_the_address_to_paste_to(self) -> None:
        page = signed_in("Editor").get("/admin/reviews/review/add/").content.decode()
        assert f'data-paste="{PASTE}"' in page
        assert f'data-longest="{LARGEST_PASTE}"' in page

    def test_helps_nobody_who_only_looks(self) -> None:
        client = signed_in("Critic", username="vera")
        critic = make_critic(user_id=int(client.session["_auth_user_id"]))
        review = make_review(critic=critic, status="approved")
        page = client.get(url("change", review))
        assert page.status_code == 200
        assert "writing-tools" not in page.content.decode()


class TestPictures:
    def test_may_be_put_into_a_body_by_whoever_may_add_some(self) -> None:
        review = make_review()
        html = signed_in("Editor").get(url("change", review)).content.decode()
        assert f'data-pictures="{reverse("admin:reviews_picture_add")}"' in html
        assert 'data-does="picture"' in html
        client = signed_in("")
        account = User.objects.get(pk=client.session["_auth_user_id"])
        account.is_superuser = False
        account.save()
        for name in ("view_review", "change_review", "edit_all_copy"):
            account.user_permissions.add(Permission.objects.get(codename=name))
        without = client.get(url("change", review)).content.decode()
        assert 'id="writing"' in without
        assert "data-pictures" not in without
        assert 'data-does="picture"' not in without
