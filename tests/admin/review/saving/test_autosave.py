"""Autosave at the desk: stored while typing, offered with its changes, only to its own user."""

from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from reviews.desk.verbs import publishing
from reviews.models import Autosave, HistoryEntry, Review, Revision
from reviews.seeding.factories import BODY, make_account, make_critic, make_judgement, make_review
from tests.admin.pages import account_of, fields_of, save, signed_in, text_of, url
from tests.desk.reading import reread

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

ADD, NEW = "/admin/reviews/review/add/", "/admin/reviews/review/autosave/"


@pytest.fixture
def owner() -> User:
    return make_account("Editor", first_name="Pauline")


@pytest.fixture
def client(owner: User) -> Client:
    client = Client()
    client.force_login(owner)
    return client


@pytest.fixture
def review() -> Review:
    return make_review(headline="As filed")


def keep(client: Client, address: str, page: dict[str, Any], **typed: str) -> Any:
    return client.post(address, page | {"_turn": str(int(page["_turn"]) + 1)} | typed)


def typed(client: Client, review: Review, **fields: str) -> str:
    """Open a review's form, type, and leave without saving. Returns the autosave's id."""
    page = fields_of(client.get(url("change", review)))
    return str(keep(client, url("autosave", review), page, **fields).json()["form"])


def kept(form: str) -> str:
    return reverse("admin:reviews_review_kept", args=[form])


class TestUnsavedText:
    def test_is_stored_and_changes_nothing(self, client: Client, review: Review) -> None:
        page = fields_of(client.get(url("change", review)))
        answer = keep(client, url("autosave", review), page, headline="Half a head")
        assert answer.status_code == 200
        assert answer.json()["at"] == "12:00"
        assert reread(review).headline == "As filed"
        assert not Revision.objects.exists()
        assert not HistoryEntry.objects.exists()

    def test_is_offered_with_a_list_of_its_changes(self, client: Client, review: Review) -> None:
        form = typed(client, review, headline="Half a head", body=f"{BODY} More.")
        page = client.get(url("change", review))
        assert fields_of(page)["headline"] == "As filed"
        assert (
            "You typed here until 6 June, 12:00 and did not save it. It changes: headline, body."
            in text_of(page)
        )
        shown = client.get(url("change", review), {"kept": form})
        assert fields_of(shown)["headline"] == "Half a head"
        assert "This is what you had typed" in text_of(shown)

    def test_is_restored_with_rows_tags_and_moments(self, client: Client, review: Review) -> None:
        make_judgement(review)
        form = typed(
            client,
            review,
            tags="noir, half a ta",
            rights_until_0="99/99/2025",
            rights_until_1="25:00",
            rating="four of",
            headline_is_ours="on",
            **{"judgements-0-evidence": "The camera", "judgements-0-stance": "0"},
        )
        shown = client.get(url("change", review), {"kept": form})
        fields = fields_of(shown)
        assert [fields[name] for name in ("tags", "rights_until_0", "rights_until_1", "rating")] == [
            "noir, half a ta",
            "99/99/2025",
            "25:00",
            "four of",
        ]
        assert fields["headline_is_ours"] == "on"
        assert fields["judgements-0-evidence"] == "The camera"
        assert fields["judgements-0-stance"] == "0"
        assert "errorlist" not in shown.content.decode()

    def test_is_restored_with_new_and_deleted_rows(self, client: Client, review: Review) -> None:
        make_judgement(review)
        row = {"judgements-1-aspect": "", "judgements-1-stance": "", "judgements-1-evidence": "The script"}
        form = typed(client, review, **row, **{"judgements-TOTAL_FORMS": "2", "judgements-0-DELETE": "on"})
        fields = fields_of(client.get(url("change", review), {"kept": form}))
        assert fields["judgements-0-DELETE"] == "on"
        assert fields["judgements-1-evidence"] == "The script"

    def test_is_not_offered_again_once_it_is_saved(self, client: Client, review: Review) -> None:
        form = typed(client, review, headline="Half a headline")
        page = fields_of(client.get(url("change", review), {"kept": form}))
        assert client.post(f"{url('change', review)}?kept={form}", page).status_code == 302
        assert reread(review).headline == "Half a headline"
        assert not Autosave.objects.exists()

    def test_is_kept_while_a_save_has_errors(self, client: Client, review: Review) -> None:
        form = typed(client, review, rating="four of")
        page = fields_of(client.get(url("change", review), {"kept": form}))
        answer = client.post(f"{url('change', review)}?kept={form}", page)
        assert answer.status_code == 200
        assert fields_of(answer)["rating"] == "four of"
        assert Autosave.objects.exists()

    def test_outlives_signing_out_which_says_so(self, client: Client, owner: User, review: Review) -> None:
        typed(client, review, headline="Half a head")
        assert "What you typed in a review without saving it is offered to you" in text_of(
            client.post(reverse("admin:logout"))
        )
        client.force_login(owner)
        assert "did not save it. It changes: headline." in text_of(client.get(url("change", review)))

    def test_is_kept_when_a_save_is_refused(self, client: Client, review: Review) -> None:
        page = client.get(url("change", review))
        refused = client.post(url("change", review), fields_of(page) | {"rating": "eleven", "_save": "Save"})
        assert refused.status_code == 200
        form = str(Autosave.objects.typed().get().form)
        shown = client.get(url("change", review), {"kept": form})
        assert fields_of(shown)["rating"] == "eleven"
        answer = keep(client, url("autosave", review), fields_of(refused), rating="ten")
        assert answer.json()["form"] == form
        assert Autosave.objects.typed().get(posted__rating=["ten"])
        client.post(url("change", review), fields_of(refused) | {"rating": "7/10", "_save": "Save"})
        assert reread(review).rating == "7/10"
        assert not Autosave.objects.typed().exists()

    def test_of_a_new_review_is_kept_when_a_save_is_refused(self, client: Client) -> None:
        posted = fields_of(client.get(ADD)) | {"headline": "Begun", "_save": "Save"}
        assert client.post(ADD, posted).status_code == 200
        assert "did not save it. Begun Go on with it" in text_of(client.get(ADD))

    def test_of_a_new_review_is_offered_on_an_empty_form(self, client: Client) -> None:
        page = fields_of(client.get(ADD))
        form = keep(client, NEW, page, headline="Begun", body="Once upon").json()["form"]
        offered = client.get(ADD)
        assert fields_of(offered)["headline"] == ""
        assert "Begun" in text_of(offered)
        shown = fields_of(client.get(ADD, {"kept": form}))
        assert (shown["headline"], shown["body"]) == ("Begun", "Once upon")

    def test_of_a_new_review_is_removed_once_it_is_saved(self, client: Client, review: Review) -> None:
        page = fields_of(client.get(ADD)) | {"film": review.film_id, "critic": review.critic_id}
        keep(client, NEW, page, headline="Begun")
        client.post(ADD, page | {"headline": "Begun"})
        assert Review.objects.filter(headline="Begun").exists()
        assert not Autosave.objects.exists()


class TestTheKeptPage:
    def test_shows_the_difference_word_by_word(self, client: Client, review: Review) -> None:
        form = typed(client, review, body=BODY.replace("waits", "hurries"))
        assert "(goes: waits) (comes: hurries)" in text_of(client.get(kept(form)))

    def test_names_the_aspect_and_the_stance_of_a_judgement(self, client: Client, review: Review) -> None:
        aspect = make_judgement(review, stance=-1, evidence="The script").aspect
        row = {"judgements-1-aspect": str(aspect.pk), "judgements-1-stance": "1", "judgements-1-evidence": ""}
        form = typed(client, review, **row, **{"judgements-TOTAL_FORMS": "2", "judgements-0-DELETE": "on"})
        page = text_of(client.get(kept(form)))
        assert f"Gone: Judgement: {aspect} (goes: Criticism: The script)" in page
        assert f"New: Judgement: {aspect} (comes: Praise)" in page

    def test_says_nothing_of_an_empty_choice(self, client: Client) -> None:
        review = make_review(verdict=None)
        page = text_of(client.get(kept(typed(client, review, verdict="2"))))
        assert "Verdict (comes: Rave)" in page
        assert "---" not in page

    def test_discards_it_on_request(self, client: Client, review: Review) -> None:
        form = typed(client, review, headline="Half")
        answer = client.post(kept(form), follow=True)
        assert "Thrown away." in text_of(answer)
        assert not Autosave.objects.exists()
        assert client.get(kept(form)).status_code == 404

    def test_merges_it_with_what_others_saved_since(self, client: Client, review: Review) -> None:
        form = typed(client, review, headline="Half")
        save(signed_in("Editor", first_name="Ruth"), review, standfirst="Theirs.")
        page = client.get(url("change", review), {"kept": form})
        assert fields_of(page)["headline"] == "As filed"
        assert "Others have saved since: bring both together" in text_of(page)
        merge = client.post(url("change", review), fields_of(client.get(kept(form))))
        assert "Ruth saved this review" in text_of(merge)
        client.post(url("change", review), fields_of(merge))
        assert (reread(review).headline, reread(review).standfirst) == ("Half", "Theirs.")

    def test_shows_text_that_can_no_longer_be_saved(self) -> None:
        critic = make_critic(user=make_account("Critic"))
        review = make_review(critic=critic, headline="As filed")
        writer = Client()
        writer.force_login(account_of(critic))
        form = typed(writer, review, headline="Half")
        publishing.publish(review)
        assert kept(form) in writer.get(url("change", review)).content.decode()
        words = text_of(writer.get(kept(form)))
        assert "cannot be changed by you any more" in words
        assert "Half" in words

    def test_shows_text_that_is_posted_too_late(self) -> None:
        critic = make_critic(user=make_account("Critic"))
        review = make_review(critic=critic, headline="As filed")
        writer = Client()
        writer.force_login(account_of(critic))
        page = fields_of(writer.get(url("change", review)))
        publishing.publish(review)
        answer = writer.post(url("change", review), page | {"headline": "Typed too late"})
        assert answer.status_code == 403
        assert "Typed too late" in text_of(answer)
        assert reread(review).headline == "As filed"


class TestWhoMay:
    def test_nobody_sees_or_changes_another_users_text(self, client: Client, review: Review) -> None:
        form = typed(client, review, headline="Mine alone")
        other = signed_in("Publisher")
        assert other.get(kept(form)).status_code == 404
        assert other.post(kept(form)).status_code == 404
        page = other.get(url("change", review), {"kept": form})
        assert "Mine alone" not in page.content.decode()
        assert Autosave.objects.typed().count() == 1

    def test_a_critic_stores_nothing_for_somebody_elses_copy(self, review: Review) -> None:
        writer = Client()
        writer.force_login(account_of(make_critic(user=make_account("Critic"))))
        answer = writer.post(url("autosave", review), {"_form": str(uuid4()), "_turn": "1", "body": "x"})
        assert answer.status_code == 403
        assert not Autosave.objects.exists()

    def test_a_signed_out_user_stores_nothing(self, review: Review) -> None:
        answer = Client().post(url("autosave", review), {"_form": str(uuid4()), "_turn": "1", "body": "x"})
        assert answer.status_code == 302
        assert not Autosave.objects.exists()

    def test_get_is_refused(self, client: Client, review: Review) -> None:
        assert client.get(url("autosave", review)).status_code == 405
        assert client.get(NEW).status_code == 405

    @pytest.mark.parametrize("forged", [{}, {"_form": "x", "_turn": "-1"}, {"_turn": "9" * 99}])
    def test_a_page_without_a_valid_id_is_stored_too(
        self, client: Client, review: Review, forged: dict[str, str]
    ) -> None:
        assert client.post(url("autosave", review), {"body": "x"} | forged).status_code == 200

    def test_an_unknown_review_answers_like_somebody_elses(self, client: Client) -> None:
        assert client.post("/admin/reviews/review/999/autosave/", {"body": "x"}).status_code == 403


class TestCompany:
    def test_is_announced_on_opening(self, client: Client, review: Review) -> None:
        ruth = signed_in("Editor", first_name="Ruth")
        page = fields_of(ruth.get(url("change", review)))
        keep(ruth, url("autosave", review), page, _beat="1")
        assert "Ruth has this review open." in text_of(client.get(url("change", review)))
        keep(ruth, url("autosave", review), page | {"_turn": "2"}, headline="Hers")
        assert "Ruth is writing in this review." in text_of(client.get(url("change", review)))

    def test_is_announced_in_an_open_page(self, client: Client, review: Review) -> None:
        mine = fields_of(client.get(url("change", review)))
        ruth = signed_in("Editor", first_name="Ruth")
        keep(ruth, url("autosave", review), fields_of(ruth.get(url("change", review))), headline="Hers")
        answer = keep(client, url("autosave", review), mine, _beat="1").json()
        assert answer["company"] == ["Ruth is writing in this review."]
        assert answer["newer"] == ""
        save(ruth, review, headline="Hers")
        answer = keep(client, url("autosave", review), mine | {"_turn": "5"}, headline="Mine").json()
        assert answer["newer"].startswith("Ruth saved this review on 6 June 2025, 12:00")

    def test_is_announced_for_the_users_own_other_window(self, client: Client, review: Review) -> None:
        typed(client, review, headline="Half")
        words = text_of(client.get(url("change", review)))
        assert "You have this review open in another window, too, with changes." in words

    def test_ends_when_the_page_is_left(self, client: Client, review: Review) -> None:
        ruth = signed_in("Editor", first_name="Ruth")
        page = fields_of(ruth.get(url("change", review)))
        keep(ruth, url("autosave", review), page, _beat="1")
        keep(ruth, url("autosave", review), page, _gone="1")
        assert "Ruth" not in text_of(client.get(url("change", review)))


class TestFlags:
    def test_a_cited_passage_that_was_deleted_is_flagged(self, client: Client, review: Review) -> None:
        make_judgement(review)
        page = fields_of(client.get(url("change", review)))
        answer = keep(
            client, url("autosave", review), page, body="The camera waits.", pull_quote="camera waits"
        )
        assert list(answer.json()["flags"]) == ["judgements-0-evidence"]
        answer = keep(client, url("autosave", review), page | {"_turn": "2"}, pull_quote="not there")
        assert list(answer.json()["flags"]) == ["pull_quote"]
