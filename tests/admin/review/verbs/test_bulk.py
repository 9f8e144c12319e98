"""Bulk actions obey the same rules as the verb for one review."""

import datetime as dt
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from reviews.admin.review.verbs.bulk import AT_ONCE
from reviews.desk.verbs import publishing, workflow
from reviews.models import Edition, HistoryEntry, Outlet, Review
from reviews.seeding.factories import (
    MOMENT,
    make_account,
    make_critic,
    make_embargo,
    make_film,
    make_outlet,
    make_review,
)
from tests.admin.pages import account_of, fields_of, signed_in, text_of
from tests.desk.reading import reread

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now", "outlet")]

LIST = "/admin/reviews/review/"


@pytest.fixture
def outlet() -> Outlet:
    return make_outlet()


def choose(client: Client, action: str, *reviews: Review, **typed: Any) -> HttpResponse:
    """Select reviews in the list and an action. Returns the confirm page."""
    chosen = {"action": action, "_selected_action": [str(review.pk) for review in reviews]}
    return client.post(LIST, chosen | typed, follow=True)  # type: ignore[return-value]


def together(client: Client, action: str, *reviews: Review, **typed: Any) -> HttpResponse:
    """Select, fill in the page, and confirm what it then states."""
    response: Any = choose(client, action, *reviews)
    chosen = {"_selected_action": [str(review.pk) for review in reviews]}
    for _ in range(2):
        if "What will happen" not in text_of(response):
            break
        response = client.post(LIST, fields_of(response) | chosen | typed, follow=True)
    return response  # type: ignore[no-any-return]


class TestTheSelection:
    def test_a_review_that_was_refused_is_not_done_in_place_of_another(self) -> None:
        """As many are ready as were, and the same is said of each: but they are not the same."""
        ready, left = make_review(), make_review()
        workflow.submit(left)
        client = signed_in()
        chosen = {"_selected_action": [str(review.pk) for review in (ready, left)]}
        confirmed = fields_of(choose(client, "submit_chosen", ready, left)) | chosen
        workflow.submit(ready)
        workflow.take_back(left)
        assert "Not done yet" in text_of(client.post(LIST, confirmed))
        assert reread(left).status == Review.Status.DRAFT


class TestApprove:
    def test_the_page_states_for_each_what_will_happen_and_does_nothing_yet(self) -> None:
        held, ready, empty = make_review(), make_review(), make_review(headline="Nothing here", body="")
        make_embargo(held.film, MOMENT + dt.timedelta(hours=3))
        page = text_of(choose(signed_in(), "approve_chosen", held, ready, empty))
        assert "Goes up Fri 6 June 2025, 16:00 (Europe/London), when the embargo lifts; in 3 h." in page
        assert "Goes up at once." in page
        assert "Nothing here Left as it is: The review has no body" in page
        assert not Edition.objects.exists()

    def test_publishes_what_can_be_published_and_leaves_the_rest(self) -> None:
        ready, empty = make_review(), make_review(body="")
        page = text_of(together(signed_in(username="kael"), "approve_chosen", ready, empty))
        assert "1 of 2 reviews were left as they are." in page
        assert [edition.review for edition in Edition.objects.public()] == [ready]
        assert HistoryEntry.objects.of_review(ready.uid).get().by_name == "kael"

    @pytest.mark.parametrize(("time", "is_said"), [("09:00", False), ("09:00:30", True)])
    def test_says_if_they_are_late_behind_a_shared_cache(self, time: str, is_said: bool) -> None:
        client = signed_in()
        first = fields_of(choose(client, "approve_chosen", make_review()))
        page = text_of(client.post(LIST, first | {"at_0": "2025-06-07", "at_1": time}))
        assert "Goes up Sat 7 June 2025, 09:00" in page
        assert ("readers may see the change up to 59 seconds late" in page) == is_said

    def test_at_one_moment_for_all(self) -> None:
        reviews = make_review(), make_review()
        together(signed_in(), "approve_chosen", *reviews, at_0="2025-06-07", at_1="09:00")
        assert set(Edition.objects.values_list("visible_from", flat=True)) == {
            dt.datetime(2025, 6, 7, 8, tzinfo=dt.UTC)
        }

    def test_a_review_that_was_public_is_refused(self) -> None:
        live = make_review()
        publishing.publish(live, at=MOMENT - dt.timedelta(days=1), backdated=True)
        page = text_of(together(signed_in(), "approve_chosen", live))
        assert "Readers have seen it already: publish the changes instead." in page
        assert Edition.objects.count() == 1

    def test_nobody_approves_their_own_among_others_under_four_eyes(self) -> None:
        Outlet.objects.update(four_eyes=True)
        account = make_account("Editor")
        own, other = make_review(critic=make_critic(user=account)), make_review()
        client = Client()
        client.force_login(account)
        together(client, "approve_chosen", own, other)
        assert [edition.review for edition in Edition.objects.all()] == [other]

    def test_a_page_that_has_gone_stale_does_nothing(self) -> None:
        review = make_review()
        client = signed_in()
        posted = fields_of(choose(client, "approve_chosen", review))
        make_embargo(review.film, MOMENT + dt.timedelta(hours=3))
        page = text_of(client.post(LIST, posted))
        assert "Not done yet" in page
        assert not Edition.objects.exists()


class TestMoreThanTheLimit:
    """All selected reviews are handled, or the page refuses and says why: never silently fewer."""

    def test_is_refused_as_a_whole(self) -> None:
        film, critic = make_film(), make_critic()
        reviews = [make_review(film=film, critic=critic, status="in_review") for _ in range(AT_ONCE + 1)]
        client = signed_in()
        for chosen in ({}, {"select_across": "1", "index": "0"}):
            page = text_of(choose(client, "approve_chosen", *reviews, **chosen))
            assert (
                "Nothing was done: you selected 101 reviews. Select 100 at most, and repeat for the rest."
                in page
            )
            together(client, "return_chosen", *reviews, note="All of them.", **chosen)
        assert not Edition.objects.exists()
        assert not Review.objects.exclude(status="in_review").exists()

    def test_a_selection_at_the_limit_is_done_completely(self) -> None:
        film, critic = make_film(), make_critic()
        reviews = [make_review(film=film, critic=critic) for _ in range(AT_ONCE)]
        together(signed_in(), "submit_chosen", *reviews)
        assert Review.objects.filter(status="in_review").count() == AT_ONCE

    def test_a_selected_review_that_left_the_list_is_mentioned(self) -> None:
        here, gone = make_review(), make_review()
        Review.objects.filter(pk=gone.pk).delete()
        page = text_of(choose(signed_in(), "submit_chosen", here, gone))
        assert "Submit 1 review" in page
        assert "1 of the reviews you selected is no longer in this list" in page


class TestReturn:
    def test_needs_a_note(self) -> None:
        review = make_review(status="in_review")
        without = choose(signed_in(), "return_chosen", review, stated="x", note=" ")
        assert "This field is required" in text_of(without)
        assert reread(review).status == "in_review"
        together(signed_in(), "return_chosen", review, note="Cut the last paragraph.")
        assert reread(review).status == "returned"
        assert HistoryEntry.objects.get().because == "Cut the last paragraph."


class TestACritic:
    def test_submits_only_their_own(self) -> None:
        own, other = make_review(critic=make_critic(user=make_account("Critic"))), make_review()
        client = Client()
        client.force_login(account_of(own.critic))
        together(client, "submit_chosen", own, other)
        assert (reread(own).status, reread(other).status) == ("in_review", "draft")

    @pytest.mark.parametrize("action", ["approve_chosen", "return_chosen", "delete_selected"])
    def test_is_offered_no_action_of_editors(self, action: str) -> None:
        own = make_review(critic=make_critic(user=make_account("Critic")), status="in_review")
        client = Client()
        client.force_login(account_of(own.critic))
        assert action not in client.get(LIST).content.decode()
        choose(client, action, own, stated="x", note="No.", post="yes")
        assert reread(own).status == "in_review"
        assert not Edition.objects.exists()
