"""Taking a review down in one step, from its public page: who is offered it, and what it does."""

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reviews import clock
from reviews.desk.verbs import publishing, withdrawing
from reviews.models import Correction, Edition, HistoryEntry, Review
from reviews.seeding.factories import (
    MOMENT,
    make_account,
    make_critic,
    make_edition,
    make_film,
    make_outlet,
    make_review,
)
from tests.admin.pages import fields_of, signed_in, text_of, url
from tests.reading import Document

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

DAY = dt.timedelta(days=1)
PAGE = "/reviews/shown/"


@pytest.fixture
def review() -> Review:
    make_outlet()
    return make_edition(at=MOMENT - DAY, slug="shown", headline="Shown").review


def path_of(review: Review) -> str:
    return reverse("admin:reviews_review_takedown", args=[review.uid])


def bar_of(client: Client, path: str = PAGE) -> str:
    """The bar's text; empty if there is none."""
    page = Document(client.get(path).content.decode())
    return " ".join(page.texts(".//*[@class='desk-bar']"))


def is_public(review: Review) -> bool:
    return Edition.objects.public().filter(review=review).exists()


@pytest.mark.usefixtures("review")
class TestTheBar:
    def test_a_publisher_is_offered_both(self) -> None:
        assert bar_of(signed_in("Publisher")) == (
            "At the desk: Open the review Take it down now: why, for the desk Take down"
        )

    def test_an_editor_is_offered_the_link_to_the_desk(self) -> None:
        assert bar_of(signed_in("Editor")) == "At the desk: Open the review"

    def test_it_links_to_the_review_at_the_desk(self, review: Review) -> None:
        for role in ("Editor", "Publisher"):
            client = signed_in(role)
            (href,) = [
                link.get("href", "")
                for link in Document(client.get(PAGE).content.decode()).all(
                    ".//section[@class='desk-bar']//a"
                )
            ]
            assert client.get(href).headers["Location"] == url("change", review)

    @pytest.mark.parametrize("role", ["reader", "Critic", "staff without a role", "publisher without staff"])
    def test_everybody_else_gets_the_readers_page_to_the_byte(self, role: str) -> None:
        client = Client()
        match role:
            case "reader":
                client.force_login(make_account())
            case "staff without a role":
                client.force_login(make_account(is_staff=True))
            case "publisher without staff":
                client.force_login(make_account("Publisher", is_staff=False))
            case _:
                client = signed_in(role)
        response = client.get(PAGE)
        assert response.content == Client().get(PAGE).content
        assert response.headers["Cache-Control"] == "private, no-store"

    def test_a_critic_does_not_find_it_on_their_own_review_either(self) -> None:
        account = make_account("Critic")
        make_edition(critic=make_critic(user=account), slug="own")
        client = Client()
        client.force_login(account)
        assert bar_of(client, "/reviews/own/") == ""

    def test_a_visitor_without_a_session_costs_no_query_and_gets_no_vary(self) -> None:
        with CaptureQueriesContext(connection) as captured:
            response = Client().get(PAGE)
        assert response.headers["Vary"] == "Accept-Encoding"
        assert not response.cookies
        assert not any("session" in query["sql"] or "auth_" in query["sql"] for query in captured)

    def test_a_session_that_has_ended_gets_the_readers_page(self) -> None:
        client = signed_in("Publisher")
        client.session.flush()
        assert client.get(PAGE).content == Client().get(PAGE).content

    @pytest.mark.parametrize("role", ["Editor", "Publisher"])
    def test_a_page_with_a_bar_may_not_be_stored(self, role: str) -> None:
        assert signed_in(role).get(PAGE).headers["Cache-Control"] == "private, no-store"

    def test_its_stylesheet_is_on_the_same_pages_only(self) -> None:
        assert "desk-bar.css" in signed_in().get(PAGE).content.decode()
        assert "desk-bar" not in Client().get(PAGE).content.decode()

    def test_no_other_page_has_one(self) -> None:
        for path in ("/", "/reviews/", "/corrections/", "/reviews/never/"):
            assert "desk-bar" not in signed_in("Publisher").get(path).content.decode()


class TestTakingDown:
    def test_one_press_takes_the_review_down_at_once(self, review: Review) -> None:
        client = Client(enforce_csrf_checks=True)
        client.force_login(make_account("Publisher"))
        posted = fields_of(client.get(PAGE)) | {"because": "A lawyer rang."}
        response = client.post(path_of(review), posted, follow=True)
        assert not is_public(review)
        assert Client().get(PAGE).content == Client().get("/reviews/never/").content
        assert response.redirect_chain == [(url("change", review), 302)]
        assert "Taken down: readers find no trace of it." in text_of(response)

    def test_the_next_actions_are_offered_there(self, review: Review) -> None:
        response = signed_in("Publisher").post(path_of(review), follow=True)
        assert {"Explain in public…", "Reinstate…"} <= set(
            Document(response.content.decode()).texts(".//a[@class]")
        )

    def test_the_reason_is_in_the_history_and_not_public(self, review: Review) -> None:
        client = signed_in("Publisher", username="pat")
        client.post(path_of(review), {"because": " A lawyer\x00  rang.\n"})
        entry = HistoryEntry.objects.of_review(review.uid).latest("sequence")
        assert (entry.by_name, entry.what, entry.because) == (
            "pat",
            "Withdrawn, leaving no trace.",
            "A lawyer rang.",
        )
        assert not Correction.objects.exists()

    def test_a_reason_that_is_too_long_or_missing_does_not_prevent_it(self, review: Review) -> None:
        client = signed_in("Publisher")
        client.post(path_of(review), {"because": "x" * 999})
        assert not is_public(review)
        assert HistoryEntry.objects.of_review(review.uid).latest("sequence").because == "x" * 300
        withdrawing.reinstate(review)
        with clock.frozen_at(MOMENT + DAY):
            client = signed_in("Publisher")
            client.post(path_of(review))
        assert HistoryEntry.objects.of_review(review.uid).latest("sequence").because == ""

    def test_a_second_take_down_says_that_it_is_down_already(self, review: Review) -> None:
        withdrawing.withdraw(review)
        before = HistoryEntry.objects.count()
        response = signed_in("Publisher").post(path_of(review), follow=True)
        assert response.redirect_chain == [(url("change", review), 302)]
        assert "Readers do not see this review: there is nothing to take down." in text_of(response)
        assert HistoryEntry.objects.count() == before

    def test_a_scheduled_review_is_not_changed(self) -> None:
        publishing.publish(review := make_review(), at=MOMENT + DAY)
        assert "there is nothing to take down" in text_of(
            signed_in("Publisher").post(path_of(review), follow=True)
        )
        assert is_public(review) is False
        assert Edition.objects.filter(review=review).exists()

    def test_get_changes_nothing_and_redirects_to_the_form(self, review: Review) -> None:
        """After signing in again, a browser is redirected to this address with a GET."""
        client = Client()
        response: Any = client.post(path_of(review))
        assert response.headers["Location"] == f"/admin/login/?next={path_of(review)}"
        client.force_login(make_account("Publisher"))
        assert client.get(path_of(review)).headers["Location"] == url("change", review)
        assert is_public(review)


class TestWhoMay:
    @pytest.mark.parametrize("role", ["Editor", "Critic"])
    def test_no_other_role_takes_a_review_down(self, role: str, review: Review) -> None:
        client = signed_in(role)
        assert client.post(path_of(review)).status_code == 403
        assert is_public(review)

    def test_a_critic_gets_the_same_answer_for_a_review_and_for_none(self, review: Review) -> None:
        client, never = signed_in("Critic"), reverse("admin:reviews_review_takedown", args=[uuid4()])
        for ask in (client.get, client.post):
            there, absent = ask(path_of(review)), ask(never)
            assert (there.status_code, there.content) == (absent.status_code, absent.content)
            assert there.status_code == 403

    def test_an_unknown_uid_is_not_found(self) -> None:
        client, never = signed_in("Publisher"), reverse("admin:reviews_review_takedown", args=[uuid4()])
        for ask in (client.get, client.post):
            assert ask(never).status_code == 404

    def test_a_post_without_a_csrf_token_changes_nothing(self, review: Review) -> None:
        client = Client(enforce_csrf_checks=True)
        client.force_login(make_account("Publisher"))
        assert client.post(path_of(review)).status_code == 403
        assert is_public(review)

    def test_the_permission_to_withdraw_does_not_include_somebody_elses_copy(self, review: Review) -> None:
        account = make_account("Critic")
        account.user_permissions.add(Permission.objects.get(codename="withdraw_review"))
        client = Client()
        client.force_login(account)
        assert bar_of(client) == ""
        assert client.post(path_of(review)).status_code == 403
        assert is_public(review)


def test_the_film_of_its_only_review_is_hidden_too() -> None:
    film = make_film(slug="the-film")
    review = make_edition(film=film, at=MOMENT - DAY).review
    signed_in("Publisher").post(path_of(review))
    assert Client().get("/films/the-film/").status_code == 404
