"""Simultaneous long texts: each process handles one, queues one and refuses others. Readers are served."""

from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from reviews.admin.site import turns
from reviews.desk import revisions
from reviews.models import Autosave, Review
from reviews.seeding.factories import make_outlet, make_review
from tests.admin.pages import fields_of, save, signed_in, text_of, url
from tests.desk.reading import reread

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

LONG = "a " * (turns.LONG // 2)


@pytest.fixture
def client() -> Client:
    make_outlet()
    return signed_in()


@pytest.fixture
def review() -> Review:
    return make_review(headline="Saved")


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> None:
    """The process has as many long texts as it accepts."""
    monkeypatch.setattr(turns._places, "acquire", lambda blocking: False)


@pytest.mark.usefixtures("full")
class TestWhileOthersAreRead:
    def test_a_long_text_is_to_be_sent_again_and_nothing_is_saved(
        self, client: Client, review: Review
    ) -> None:
        page = fields_of(client.get(url("change", review))) | {"headline": "Typed", "body": LONG}
        for address in (url("change", review), url("typed", review), url("autosave", review)):
            answer: Any = client.post(address, page)
            assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2"), address
            is_kept = address == url("change", review)
            assert ("What you typed is still here" in text_of(answer)) == is_kept
            assert (LONG in answer.content.decode()) == is_kept
        assert client.post(reverse("admin:reviews_review_paste"), {"html": LONG}).status_code == 503
        assert reread(review).headline == "Saved"

    def test_what_was_sent_is_kept_in_the_page_for_those_who_are_signed_in(
        self, client: Client, review: Review
    ) -> None:
        page = fields_of(client.get(url("change", review))) | {"headline": "Typed", "body": LONG}
        answer: Any = client.post(url("change", review), page)
        again = fields_of(answer)
        assert {name: again.get(name) for name in page if page[name]} == {
            name: value for name, value in page.items() if value
        }
        assert LONG not in Client().post(url("change", review), page).content.decode()

    def test_a_long_review_is_not_opened(self, client: Client) -> None:
        review = make_review(body=LONG)
        for name in ("change", "preview", "compare"):
            assert client.get(url(name, review)).status_code == 503, name

    def test_no_verb_is_done_with_a_long_review(self, client: Client) -> None:
        review = make_review(body="Short.", how_seen="At a press screening.")
        page = fields_of(client.get(url("submit", review)))
        chosen = {"action": "submit_chosen", "_selected_action": [str(review.pk)]}
        Review.objects.filter(pk=review.pk).update(body=LONG)
        assert client.post(url("submit", review), page).status_code == 503
        listed = reverse("admin:reviews_review_changelist")
        assert client.post(listed, chosen).status_code == 503
        assert client.post(listed, chosen | {"select_across": "1"}).status_code == 503
        assert reread(review).status == Review.Status.DRAFT

    def test_nor_is_a_long_revision_brought_back(self, client: Client, review: Review) -> None:
        revision = revisions.settle(review)
        revision.document["fields"]["body"] = LONG
        revision.save()
        address = url("restore", review)
        assert client.get(f"{address}?revision={revision.number}").status_code == 503
        assert client.get(f"{address}?revision={revision.number + 1}").status_code != 503

    def test_nor_is_a_long_form_that_was_kept_shown_again(self, client: Client, review: Review) -> None:
        page = fields_of(client.get(url("change", review))) | {"_turn": "1"}
        form = client.post(url("autosave", review), page).json()["form"]
        addresses = (url("change", review), reverse("admin:reviews_review_add"))
        assert all(client.get(each, {"kept": form}).status_code == 200 for each in addresses)
        Autosave.objects.update(posted={"body": [LONG]})
        assert all(client.get(each, {"kept": form}).status_code == 503 for each in addresses)
        assert client.get(url("change", review), {"kept": "another"}).status_code == 200

    def test_nobody_learns_of_long_copy_that_they_may_not_see(self) -> None:
        make_outlet()
        critic = signed_in("Critic")
        review, missing = make_review(body=LONG), make_review()
        address, elsewhere = url("change", review), url("change", missing)
        missing.delete()
        for answer in (critic.get(address), Client().get(address)):
            assert answer.status_code == 302
        assert critic.get(address).headers["Location"] == critic.get(elsewhere).headers["Location"]

    def test_ordinary_copy_is_saved_and_pages_are_read(self, client: Client, review: Review) -> None:
        assert save(client, review, body="A body of ordinary length. " * 400).status_code == 302
        assert client.get(reverse("admin:index")).status_code == 200
        assert client.get("/").status_code == 200


class TestATurn:
    def test_is_given_back_whatever_the_answer(self, client: Client, review: Review) -> None:
        page = fields_of(client.get(url("change", review)))
        for _ in range(turns.AT_ONCE + 1):
            assert client.post(url("typed", review), page | {"body": LONG}).status_code == 200
            assert client.post(url("typed", make_review(pk=10**9 + _)), {"body": LONG}).status_code == 200
            assert client.post("/admin/reviews/review/0/preview/typed/", {"body": LONG}).status_code == 302

    def test_is_for_two_requests_and_for_each_of_them_once(self) -> None:
        first, second = RequestFactory().get("/"), RequestFactory().get("/")
        turns.take(first, turns.LONG)
        turns.take(first, turns.LONG)
        turns.take(second, turns.LONG - 1)
        assert turns._turn.locked()
        turns.give_back(second)
        assert turns._turn.locked()
        turns.give_back(first)
        assert not turns._turn.locked()
