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

    def test_an_editor_is_offered_the_way_to_the_desk(self) -> None:
        assert bar_of(signed_in("Editor")) == "At the desk: Open the review"

    def test_it_leads_to_the_review_at_the_desk(self, review: Review) -> None:
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

    def test_who_was_never_signed_in_costs_and_varies_nothing(self) -> None:
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
    def test_a_page_with_a_bar_is_never_kept(self, role: str) -> None:
        assert signed_in(role).get(PAGE).headers["Cache-Control"] == "private, no-store"

    def test_its_styles_come_with_it_and_only_with_it(self) -> None:
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

    def test_what_can_follow_is_offered_there(self, review: Review) -> None:
        response = signed_in("Publisher").post(path_of(review), follow=True)
        assert {"Explain in public…", "Reinstate…"} <= set(
            Document(response.content.decode()).texts(".//a[@class]")
        )

    def test_the_reason_is_kept_in_the_history_and_told_to_nobody(self, review: Review) -> None:
        client = signed_in("Publisher", username="pat")
        client.post(path_of(review), {"because": " A lawyer\x00  rang.\n"})
        entry = HistoryEntry.objects.of_review(review.uid).latest("sequence")
        assert (entry.by_name, entry.what, entry.because) == (
            "pat",
            "Withdrawn, leaving no trace.",
            "A lawyer rang.",
        )
        assert not Correction.objects.exists()

    def test_a_reason_that_is_too_long_or_missing_does_not_hold_it_up(self, review: Review) -> None:
        client = signed_in("Publisher")
        client.post(path_of(review), {"because": "x" * 999})
        assert not is_public(review)
        assert HistoryEntry.objects.of_review(review.uid).latest("sequence").because == "x" * 300
        withdrawing.reinstate(review)
        with clock.frozen_at(MOMENT + DAY):
            client = signed_in("Publisher")
            client.post(path_of(review))
        assert HistoryEntry.objects.of_review(review.uid).latest("sequence").because == ""

    def test_one_that_is_down_already_is_said_to_be(self, review: Review) -> None:
        withdrawing.withdraw(review)
        before = HistoryEntry.objects.count()
        response = signed_in("Publisher").post(path_of(review), follow=True)
        assert response.redirect_chain == [(url("change", review), 302)]
        assert "Readers do not see this review: there is nothing to take down." in text_of(response)
        assert HistoryEntry.objects.count() == before

    def test_what_waits_to_go_up_is_not_touched(self) -> None:
        publishing.publish(review := make_review(), at=MOMENT + DAY)
        assert "there is nothing to take down" in text_of(
            signed_in("Publisher").post(path_of(review), follow=True)
        )
        assert is_public(review) is False
        assert Edition.objects.filter(review=review).exists()

    def test_looking_does_nothing_and_leads_to_the_form(self, review: Review) -> None:
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

    def test_a_critic_is_told_the_same_of_what_is_and_of_what_is_not(self, review: Review) -> None:
        client, never = signed_in("Critic"), reverse("admin:reviews_review_takedown", args=[uuid4()])
        for ask in (client.get, client.post):
            there, absent = ask(path_of(review)), ask(never)
            assert (there.status_code, there.content) == (absent.status_code, absent.content)
            assert there.status_code == 403

    def test_a_uid_of_nothing_is_nothing(self) -> None:
        client, never = signed_in("Publisher"), reverse("admin:reviews_review_takedown", args=[uuid4()])
        for ask in (client.get, client.post):
            assert ask(never).status_code == 404

    def test_a_form_that_is_not_ours_does_nothing(self, review: Review) -> None:
        client = Client(enforce_csrf_checks=True)
        client.force_login(make_account("Publisher"))
        assert client.post(path_of(review)).status_code == 403
        assert is_public(review)

    def test_the_right_to_withdraw_is_no_right_to_somebody_elses_copy(self, review: Review) -> None:
        account = make_account("Critic")
        account.user_permissions.add(Permission.objects.get(codename="withdraw_review"))
        client = Client()
        client.force_login(account)
        assert bar_of(client) == ""
        assert client.post(path_of(review)).status_code == 403
        assert is_public(review)


def test_the_film_leaves_with_its_only_review() -> None:
    film = make_film(slug="the-film")
    review = make_edition(film=film, at=MOMENT - DAY).review
    signed_in("Publisher").post(path_of(review))
    assert Client().get("/films/the-film/").status_code == 404
