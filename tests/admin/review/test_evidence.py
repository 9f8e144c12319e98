"""The response to the script about a passage selected in a body."""

from typing import Any

import pytest
from django.test import Client

from reviews.models import Review
from reviews.seeding.factories import make_account, make_review
from tests.admin.pages import signed_in, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

PASSAGE = "/admin/reviews/review/passage/"


def asked(client: Client, before: str, selected: str, after: str) -> Any:
    return client.post(PASSAGE, {"before": before, "selected": selected, "after": after})


class TestAPassage:
    def test_is_told_as_readers_read_it(self) -> None:
        answer = asked(signed_in(), "The fights are ", "*clear*, and ea", "ch is new.")
        assert answer.json() == {"passage": "clear, and each", "in_spoiler": False}

    def test_is_counted_alike_however_line_ends_are_sent(self) -> None:
        answer = asked(signed_in(), "One.\r\n\r\n🎬 Two\r\n\r\n", "Three", "\r\n\r\nFour.")
        assert answer.json()["passage"] == "Three"

    def test_is_empty_where_readers_read_nothing_of_it(self) -> None:
        assert asked(signed_in(), "A [link](", "https://x.example", ").").json()["passage"] == ""
        assert signed_in().post(PASSAGE).json()["passage"] == ""

    def test_says_that_a_spoiler_hides_it(self) -> None:
        assert asked(signed_in(), "::: spoiler\n", "He dies.", "\n:::").json()["in_spoiler"]

    def test_is_for_those_who_write(self) -> None:
        assert asked(signed_in("Critic"), "", "One", "").status_code == 200
        without_a_role = Client()
        without_a_role.force_login(make_account(is_staff=True))
        assert asked(without_a_role, "", "One", "").status_code == 403
        assert asked(Client(), "", "One", "").status_code == 302

    def test_is_asked_for_by_post(self) -> None:
        assert signed_in().get(PASSAGE).status_code == 405


class TestTheForm:
    def test_brings_the_tools_where_the_body_can_be_written(self) -> None:
        review = make_review(status=Review.Status.APPROVED)
        assert 'id="evidence"' in signed_in().get(url("change", review)).content.decode()
        assert 'id="evidence"' in signed_in().get("/admin/reviews/review/add/").content.decode()

    def test_tells_them_of_a_digest(self) -> None:
        page = signed_in().get(url("change", make_review(provenance="digest", source_name="There")))
        assert 'data-digest="yes"' in page.content.decode()
