"""The actions beside the form: they state what will happen, save what is typed, and do only what they stated."""

import datetime as dt
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from reviews.desk.verbs import publishing, withdrawing, workflow
from reviews.models import Edition, HistoryEntry, Outlet, Review
from reviews.seeding.factories import (
    MOMENT,
    make_account,
    make_critic,
    make_embargo,
    make_outlet,
    make_review,
)
from tests.admin.pages import account_of, fields_of, signed_in, text_of, url
from tests.admin.parts.test_messages import messages_of
from tests.admin.review.test_review_sheet import NEXT, verbs
from tests.desk.reading import reread

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now", "outlet")]

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def outlet() -> Outlet:
    return make_outlet()


def press(client: Client, review: Review, verb: str, **typed: Any) -> HttpResponse:
    """Open the form, fill it in, and press an action's button."""
    address = url("change", review)
    posted = fields_of(client.get(address)) | {"_verb": verb} | typed
    return client.post(address, posted, follow=True)  # type: ignore[return-value]


class TestApproveNow:
    def test_says_when_it_goes_up(self) -> None:
        review = make_review()
        assert "Approve now Goes up at once." in text_of(signed_in().get(url("change", review)))
        make_embargo(review.film, MOMENT + 3 * HOUR)
        page = text_of(signed_in().get(url("change", review)))
        assert "Goes up Fri 6 June 2025, 16:00 (Europe/London), when the embargo lifts; in 3 h." in page

    def test_one_press_puts_up_what_is_saved(self) -> None:
        review = make_review()
        response = press(signed_in(username="kael"), review, "approve")
        assert messages_of(response) == ["Approved: readers see it from 6 June 2025, 13:00 (Europe/London)."]
        assert Edition.objects.public().get().review == review
        assert HistoryEntry.objects.of_review(review.uid).get().by_name == "kael"

    def test_what_was_typed_with_it_is_saved_and_asked_about_first(self) -> None:
        review = make_review()
        page = text_of(press(signed_in(), review, "approve", headline="Other words"))
        assert reread(review).headline == "Other words"
        assert not Edition.objects.exists()
        assert "What will happen" in page
        assert "“Other words” is saved." in page

    def test_an_embargo_that_came_meanwhile_is_asked_about_first(self) -> None:
        client, review = signed_in(), make_review()
        posted = fields_of(client.get(url("change", review))) | {"_verb": "approve"}
        make_embargo(review.film, MOMENT + HOUR)
        page = text_of(client.post(url("change", review), posted, follow=True))
        assert "but the embargo on reviews of" in page
        assert not Edition.objects.exists()

    def test_what_cannot_be_saved_is_not_approved(self) -> None:
        review = make_review()
        press(signed_in(), review, "approve", headline="")
        assert not Edition.objects.exists()

    def test_one_that_lacks_something_has_no_such_button(self) -> None:
        page = signed_in().get(url("change", make_review(body=""))).content.decode()
        assert 'value="approve"' not in page
        assert "Approve for a time…" in page
        assert "Submit for review" in verbs(signed_in().get(url("change", make_review(body=""))), NEXT)


class TestSubmitting:
    def test_saves_and_submits_in_one_press(self) -> None:
        review = make_review(critic=make_critic(user=make_account("Critic")))
        client = Client()
        client.force_login(account_of(review.critic))
        page = text_of(press(client, review, "submit", headline="The last word"))
        assert "Submitted for review." in page
        assert (reread(review).headline, reread(review).status) == ("The last word", "in_review")

    def test_a_critic_cannot_press_what_is_not_theirs(self) -> None:
        review = make_review(critic=make_critic(user=make_account("Critic")))
        client = Client()
        client.force_login(account_of(review.critic))
        stated = fields_of(signed_in().get(url("change", review)))["_stated_approve"]
        response = press(client, review, "approve", _stated_approve=stated)
        assert response.status_code == 403
        assert not Edition.objects.exists()

    def test_a_verb_that_does_not_exist_only_saves(self) -> None:
        review = make_review()
        assert press(signed_in(), review, "burn", headline="Saved").status_code == 200
        assert reread(review).headline == "Saved"


class TestWhatIsOffered:
    def offered(self, review: Review, role: str = "Publisher") -> list[str]:
        names = verbs(signed_in(role).get(url("change", review)))
        return [name for name in names if not name.startswith("Preview")]

    def test_goes_by_where_the_review_stands(self) -> None:
        review = make_review()
        assert self.offered(review) == ["Approve now", "Submit for review", "Approve for a time…"]
        workflow.submit(review)
        assert self.offered(review) == ["Approve now", "Return with a note…", "Approve for a time…"]
        publishing.publish(review, at=MOMENT + HOUR)
        assert self.offered(review) == ["Reschedule…", "Unschedule…"]
        publishing.retime(review, MOMENT - HOUR)
        Edition.objects.update(visible_from=MOMENT - HOUR, first_visible_from=MOMENT - HOUR)
        assert self.offered(review) == ["Withdraw…"]
        withdrawing.withdraw(review)
        assert self.offered(review) == ["Reinstate…", "Explain in public…"]
        assert self.offered(review, "Editor") == []

    def test_a_note_that_came_back_stands_above_them(self) -> None:
        review = make_review(status="in_review")
        workflow.give_back(review, "Cut the last paragraph.", by=make_account("Editor", username="kael"))
        page = text_of(signed_in().get(url("change", review)))
        assert "kael returned it: Cut the last paragraph." in page
