"""Who may do what with a review, with and without the pages."""

from typing import Any

import pytest
from django.test import Client

from reviews.admin.review.verbs import routes
from reviews.desk.permissions import PERMISSIONS
from reviews.desk.verbs import publishing, withdrawing
from reviews.models import Critic, Edition, Review
from reviews.seeding.factories import (
    MOMENT,
    make_account,
    make_aspect,
    make_critic,
    make_film,
    make_judgement,
    make_review,
)
from tests.admin.pages import account_of, fields_of, save, signed_in, text_of, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

LIST, ADD = "/admin/reviews/review/", "/admin/reviews/review/add/"
VERBS = list(routes.PAGES)
THE_DESKS = [
    route for route, (verb, _) in routes.PAGES.items() if PERMISSIONS[verb] != "reviews.change_review"
]
"""The verbs' pages that a critic may not open."""
PAGES = ["change", "history", "delete", "preview", *VERBS]


@pytest.fixture
def critic() -> Critic:
    return make_critic(user=make_account("Critic"), name="Mine")


@pytest.fixture
def client(critic: Critic) -> Client:
    """A browser in which a critic has signed in."""
    client = Client()
    client.force_login(account_of(critic))
    return client


def others() -> Review:
    return make_review(
        headline="Somebody else's copy", slug="somebody-elses-copy", critic=make_critic(name="Other")
    )


class TestACriticsOwnDraft:
    def test_begins_under_their_byline_without_a_choice(self, client: Client, critic: Critic) -> None:
        posted = fields_of(client.get(ADD))
        assert "critic" not in posted
        client.post(
            ADD, posted | {"film": str(make_film().pk), "headline": "Mine", "critic": str(make_critic().pk)}
        )
        assert Review.objects.get().critic == critic

    def test_cannot_be_moved_to_another_byline(self, client: Client, critic: Critic) -> None:
        review = make_review(critic=critic)
        assert save(client, review, headline="New", critic=str(make_critic().pk)).status_code == 302
        saved = Review.objects.get()
        assert (saved.headline, saved.critic) == ("New", critic)

    def test_can_be_judged_by_them(self, client: Client, critic: Critic) -> None:
        review = make_review(critic=critic)
        row = make_judgement(review)
        assert save(client, review, **{"judgements-0-stance": "-1"}).status_code == 302
        row.refresh_from_db()
        assert row.stance == -1

    def test_can_be_submitted_and_taken_back(self, client: Client, critic: Critic) -> None:
        review = make_review(critic=critic)
        for verb, status in (("submit", Review.Status.IN_REVIEW), ("take_back", Review.Status.DRAFT)):
            address = url(verb, review)
            assert client.post(address, fields_of(client.get(address))).status_code == 302
            review.refresh_from_db()
            assert review.status == status

    def test_cannot_be_published_or_deleted_by_them(self, client: Client, critic: Critic) -> None:
        review = make_review(critic=critic)
        assert {"publish", "return", "withdraw"} <= set(THE_DESKS)
        for verb in (*THE_DESKS, "delete"):
            assert client.get(url(verb, review)).status_code == 403
            assert client.post(url(verb, review), {"post": "yes", "stated": "x"}).status_code == 403
        assert not Edition.objects.exists()
        assert Review.objects.get() == review

    def test_offers_no_door_that_is_closed(self, client: Client, critic: Critic) -> None:
        response: Any = client.get(url("change", make_review(critic=critic)))
        page = response.content.decode()
        assert [action.name for action in response.context["verb_actions"]] == ["submit"]
        assert "/preview/" in page
        assert not [verb for verb in (*THE_DESKS, "delete") if f"/{verb}/" in page]

    @pytest.mark.parametrize("status", ["approved", "withdrawn"])
    def test_is_theirs_to_read_only_once_it_was_approved(
        self, client: Client, critic: Critic, status: str
    ) -> None:
        review = make_review(critic=critic, headline="As it was", status=status)
        row = make_judgement(review)
        page = client.get(url("change", review))
        assert "As it was" in text_of(page)
        assert "headline" not in fields_of(page)
        tampered = {"headline": "Tampered", "film": str(review.film_id), "judgements-0-stance": "-1"}
        assert client.post(url("change", review), tampered).status_code == 403
        row.refresh_from_db()
        assert (Review.objects.get().headline, row.stance) == ("As it was", 1)
        for verb in ("submit", "take_back"):
            posted = fields_of(client.get(url(verb, review)))
            assert client.post(url(verb, review), posted).status_code == 200
        assert Review.objects.get().status == status


class TestSomebodyElsesCopy:
    def test_is_not_in_a_critics_list_or_search(self, client: Client, critic: Critic) -> None:
        others()
        make_review(critic=critic, headline="Mine")
        for query in ("", "?q=copy", "?q=Other", "?readers=not", "?status__exact=draft"):
            assert "Somebody else" not in client.get(LIST + query).content.decode()

    @pytest.mark.parametrize("page", PAGES)
    def test_is_not_shown_at_its_address(self, client: Client, page: str) -> None:
        review = others()
        make_judgement(review)
        for method in (client.get, client.post):
            response = method(url(page, review), {"stated": "x", "post": "yes"}, follow=True)
            assert "Somebody else" not in response.content.decode()
            assert "somebody-elses-copy" not in response.content.decode()

    @pytest.mark.parametrize("page", PAGES)
    def test_cannot_be_told_from_copy_that_does_not_exist(self, client: Client, page: str) -> None:
        review = others()
        seen = client.get(url(page, review))
        Review.objects.all().delete()
        absent = client.get(url(page, Review(pk=review.pk)))
        assert (seen.status_code, seen.get("Location")) == (absent.status_code, absent.get("Location"))

    def test_is_not_changed_by_a_tampered_form(self, client: Client, critic: Critic) -> None:
        review, mine = others(), make_review(critic=critic)
        row = make_judgement(review)
        posted = fields_of(client.get(url("change", mine)))
        client.post(url("change", review), posted | {"headline": "Tampered"})
        # A judgement of another critic's review, posted among their own.
        smuggled = {
            "judgements-TOTAL_FORMS": "1",
            "judgements-INITIAL_FORMS": "1",
            "judgements-0-id": str(row.pk),
            "judgements-0-review": str(mine.pk),
            "judgements-0-aspect": str(make_aspect().pk),
            "judgements-0-stance": "-1",
            "judgements-0-evidence": row.evidence,
        }
        client.post(url("change", mine), posted | smuggled)
        row.refresh_from_db()
        assert (row.review, row.stance) == (review, 1)
        assert Review.objects.get(pk=review.pk).headline == "Somebody else's copy"

    def test_no_list_action_or_shortcut_leads_to_it(self, client: Client) -> None:
        edition = publishing.publish(others(), at=MOMENT.replace(year=2026))
        client.post(
            LIST, {"action": "delete_selected", "_selected_action": [str(edition.review.pk)], "post": "yes"}
        )
        assert Review.objects.exists()
        for query in ("edition", "review", "embargo"):
            response = client.get(
                f"/admin/autocomplete/?app_label=reviews&model_name={query}&field_name=film&term=Somebody"
            )
            assert "Somebody else" not in response.content.decode()
        assert client.get(f"/admin/reviews/edition/{edition.pk}/change/").status_code == 403
        assert client.get(f"/admin/r/1/{edition.pk}/").status_code == 404


class TestACriticAccountWithoutAByline:
    def test_is_told_whom_to_ask(self) -> None:
        client = signed_in("Critic")
        for response in (client.get(ADD, follow=True), client.post(ADD, {"headline": "x"}, follow=True)):
            assert "no byline yet" in text_of(response)
        assert not Review.objects.exists()

    def test_reads_nobodys_copy(self) -> None:
        make_review(headline="Whose?")
        assert "Whose?" not in signed_in("Critic").get(LIST).content.decode()


class TestAnEditor:
    @pytest.mark.parametrize("status", Review.Status.values)
    def test_edits_everybodys_copy_whatever_its_status(self, status: str) -> None:
        review = make_review(status=status)
        assert save(signed_in(), review, headline="Edited").status_code == 302
        assert Review.objects.get().headline == "Edited"

    def test_chooses_the_byline(self) -> None:
        review, critic = make_review(), make_critic()
        assert save(signed_in(), review, critic=str(critic.pk)).status_code == 302
        assert Review.objects.get().critic == critic

    def test_deletes_a_draft(self) -> None:
        review = make_review(tags=("Drama",))
        make_judgement(review)
        assert signed_in().post(url("delete", review), {"post": "yes"}).status_code == 302
        assert not Review.objects.exists()


class TestWhatHasBeenPublic:
    @pytest.mark.parametrize("role", ["Editor", "Publisher", ""])
    def test_is_withdrawn_never_deleted(self, role: str) -> None:
        live, gone, waiting = make_review(), make_review(), make_review()
        publishing.publish(live)
        publishing.publish(gone, at=MOMENT.replace(year=2024), backdated=True)
        withdrawing.withdraw(gone)
        publishing.publish(waiting, at=MOMENT.replace(year=2026))
        client = signed_in(role)
        for review in (live, gone, waiting):
            assert client.post(url("delete", review), {"post": "yes"}).status_code == 403
            assert "/delete/" not in client.get(url("change", review)).content.decode()
        assert Review.objects.count() == 3

    def test_a_list_offers_no_deletion(self) -> None:
        review = make_review()
        client: Any = signed_in("")
        assert "delete_selected" not in client.get(LIST).content.decode()
        client.post(LIST, {"action": "delete_selected", "_selected_action": [str(review.pk)], "post": "yes"})
        assert Review.objects.exists()
