"""The preview of unsaved text: tolerant of errors, shown only to its writer, and never saved."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reviews.models import Review
from reviews.seeding.factories import (
    make_account,
    make_aspect,
    make_critic,
    make_edition,
    make_film,
    make_judgement,
    make_outlet,
    make_review,
)
from tests.admin.pages import account_of, fields_of, signed_in, text_of, url
from tests.admin.roles.role_changes import rows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

ADD, TYPED, KEEP = (f"/admin/reviews/review/{end}/" for end in ("add", "preview/typed", "autosave"))


@pytest.fixture
def client() -> Client:
    return signed_in()


@pytest.fixture
def review() -> Review:
    make_outlet()
    review = make_review(headline="As filed", rating="3/5", tags=("Noir",))
    make_judgement(review, aspect=make_aspect(name="Action", slug="action"))
    return review


def posted(client: Client, review: Review | None, **typed: str) -> Any:
    """The page that the button opens without JavaScript."""
    page = fields_of(client.get(url("change", review) if review else ADD))
    return client.post(url("typed", review) if review else TYPED, page | typed)


def kept(client: Client, review: Review, fields: Mapping[str, str]) -> dict[str, str]:
    page = fields_of(client.get(url("change", review))) | {"_turn": "1"}
    return {"kept": client.post(url("autosave", review), page | dict(fields)).json()["form"]}


class TestUnsavedText:
    def test_is_shown_as_readers_would_see_it(self, client: Client, review: Review) -> None:
        page = text_of(posted(client, review, headline="As typed", body="A *new* body.", tags="Noir, Кино"))
        for words in ("As typed", "A new body.", "Кино", "This is what is typed."):
            assert words in page
        assert "As filed" not in page

    def test_is_shown_from_an_autosave(self, client: Client, review: Review) -> None:
        asked = kept(client, review, {"headline": "As kept"})
        assert "As kept" in text_of(client.get(url("typed", review), asked))

    def test_is_the_saved_review_without_an_autosave(self, client: Client, review: Review) -> None:
        for asked in ({}, {"kept": str(uuid4())}, {"kept": "x"}):
            page = text_of(client.get(url("typed", review), asked))
            assert "As filed" in page
            assert "This is what is saved." in page

    def test_of_a_new_review_is_shown_once_it_has_what_a_page_needs(self, client: Client) -> None:
        film, critic = make_film(title="The Film"), make_critic(name="Vera")
        first = posted(client, None, body="Once upon a time.")
        assert first.status_code == 200
        assert "It becomes one as soon as it has: a film a critic a headline" in text_of(first)
        typed = {"film": str(film.pk), "critic": str(critic.pk), "body": "Once upon a time."}
        assert "as soon as it has: a headline" in text_of(posted(client, None, **typed))
        page = text_of(posted(client, None, **typed, headline="🎬"))
        for words in ("🎬", "The Film", "Vera", "Once upon a time."):
            assert words in page

    def test_of_a_new_review_has_the_critics_byline(self) -> None:
        critic = make_critic(user=make_account("Critic"), name="Vera")
        client = Client()
        client.force_login(account_of(critic))
        typed = {"film": str(make_film().pk), "headline": "Begun"}
        assert "Vera" in text_of(posted(client, None, **typed))

    def test_of_a_new_review_is_kept_and_shown(self, client: Client) -> None:
        page = fields_of(client.get(ADD)) | {"_turn": "1", "headline": "Begun"}
        page |= {"film": str(make_film().pk), "critic": str(make_critic().pk)}
        form = client.post(KEEP, page).json()["form"]
        assert "Begun" in text_of(client.get(TYPED, {"kept": form}))

    def test_writes_nothing(self, client: Client, review: Review) -> None:
        asked = kept(client, review, {"headline": "As kept"})
        before = rows()
        client.get(url("typed", review), asked)
        posted(client, review, headline="As typed", tags="A new tag")
        posted(client, None, film=str(review.film_id), critic=str(review.critic_id), headline="New")
        assert rows() == before


class TestInvalidValues:
    def test_an_invalid_rating_is_left_out(self, client: Client, review: Review) -> None:
        page = text_of(posted(client, review, rating="11/10", headline="As typed"))
        assert "The rating is left out." in page
        assert "As typed" in page
        assert "3/5" not in page

    def test_an_invalid_field_keeps_its_saved_value(self, client: Client, review: Review) -> None:
        typed = {"film": "", "headline": " ", "tags": "x" * 101, "source_url": "ht tp"}
        typed["rights_until_0"] = "soon"
        page = text_of(posted(client, review, **typed))
        for words in ("As filed", "Noir", str(review.film)):
            assert words in page
        left = page.split("left as it was: ")[1].split(".")[0]
        assert sorted(left.split(", ")) == ["rights until", "source address", "tags"]

    def test_text_that_is_too_long_is_shown(self, client: Client, review: Review) -> None:
        assert "long " * 200 in text_of(posted(client, review, standfirst="long " * 200 + "end"))

    @pytest.mark.parametrize("slug", ["", "a b/c", "?", "x" * 300])
    def test_an_invalid_address_does_not_prevent_the_preview(
        self, client: Client, review: Review, slug: str
    ) -> None:
        assert posted(client, review, slug=slug).status_code == 200

    @pytest.mark.parametrize(
        "typed",
        [
            {"film": "x"},
            {"film": "9" * 40},
            {"critic": "-1"},
            {"verdict": "99"},
            {"provenance": "stolen"},
            {"judgements-TOTAL_FORMS": "x"},
            {"judgements-0-aspect": "9" * 40},
            {"judgements-0-stance": "7"},
            {"judgements-0-aspect": "\u0663"},
            {"headline": "\x00\x07"},
            {"tags": '"' * 9},
        ],
    )
    def test_no_posted_value_is_a_server_error(
        self, client: Client, review: Review, typed: dict[str, str]
    ) -> None:
        assert posted(client, review, **typed).status_code == 200
        assert posted(client, None, **typed).status_code == 200

    def test_an_empty_post_is_answered(self, client: Client, review: Review) -> None:
        assert client.post(TYPED).status_code == 200
        assert "As filed" in text_of(client.post(url("typed", review)))


class TestCitedPassages:
    def test_are_marked_in_the_body(self, client: Client, review: Review) -> None:
        page = posted(client, review).content.decode()
        assert 'id="passage-' in page

    @pytest.mark.parametrize(
        "typed",
        [{"aspect": ""}, {"evidence": " "}, {"stance": ""}, {"DELETE": "on"}],
    )
    def test_are_left_out_while_unfinished(
        self, client: Client, review: Review, typed: dict[str, str]
    ) -> None:
        fields = {f"judgements-0-{name}": value for name, value in typed.items()}
        page = posted(client, review, **fields)
        assert "Aspect by aspect" not in text_of(page)
        assert "Left out" not in text_of(page)

    def test_are_left_out_and_named_if_deleted_from_the_body(self, client: Client, review: Review) -> None:
        page = text_of(posted(client, review, body="The camera waits."))
        assert "Left out, for their passages do not stand in the body: Action." in page
        assert "Aspect by aspect" not in page

    def test_on_another_films_aspect_are_left_out(self, client: Client, review: Review) -> None:
        other = make_aspect(name="Elsewhere", film=make_film())
        assert "Elsewhere" not in text_of(posted(client, review, **{"judgements-0-aspect": str(other.pk)}))

    def test_posted_twice_are_shown_once(self, client: Client, review: Review) -> None:
        page = fields_of(client.get(url("change", review)))
        twin = {
            f"judgements-1-{name}": page[f"judgements-0-{name}"] for name in ("aspect", "stance", "evidence")
        }
        shown = posted(client, review, **twin, **{"judgements-TOTAL_FORMS": "2"})
        assert text_of(shown).count("Action: praise") == 1

    def test_of_the_pull_quote_are_left_out_if_deleted_from_the_body(
        self, client: Client, review: Review
    ) -> None:
        assert "The camera waits. The" in text_of(posted(client, review, pull_quote="The camera waits."))
        page = text_of(posted(client, review, pull_quote="The camera hurries."))
        assert "The pull quote is left out: it does not stand in the body." in page


class TestAccess:
    def test_only_the_user_who_typed_it_sees_the_text(self, client: Client, review: Review) -> None:
        asked = kept(client, review, {"headline": "A secret turn"})
        for other in (signed_in(), signed_in("Publisher"), signed_in("")):
            page = text_of(other.get(url("typed", review), asked))
            assert "A secret turn" not in page
            assert "As filed" in page

    def test_an_autosave_is_shown_for_its_own_review_only(self, client: Client, review: Review) -> None:
        asked = kept(client, review, {"headline": "A secret turn"})
        other = make_review(headline="Another")
        assert "Another" in text_of(client.get(url("typed", other), asked))
        assert "A secret turn" not in text_of(client.get(TYPED, asked))

    def test_copy_that_the_user_may_not_see_is_refused(self, review: Review) -> None:
        critic = signed_in("Critic")
        for response in (
            critic.get(url("typed", review)),
            critic.post(url("typed", review), {"headline": "x"}),
        ):
            assert response.status_code in (302, 403)
            assert "As filed" not in response.content.decode()

    def test_a_new_review_needs_the_permission_to_add_one(self) -> None:
        client = Client()
        client.force_login(make_account(is_staff=True))
        assert client.get(TYPED).status_code == 403
        assert Client().get(TYPED).status_code == 302

    def test_fields_that_the_user_may_not_write_are_as_saved(self) -> None:
        critic = make_critic(user=make_account("Critic"), name="Vera")
        client = Client()
        client.force_login(account_of(critic))
        mine, other = make_review(critic=critic), make_critic(name="Otto")
        page = text_of(client.post(url("typed", mine), {"critic": str(other.pk), "headline": "Mine"}))
        assert "Vera" in page
        assert "Otto" not in page

    def test_other_methods_than_get_and_post_are_refused(self, client: Client, review: Review) -> None:
        assert client.put(url("typed", review)).status_code == 405

    def test_an_unknown_review_redirects_home(self, client: Client) -> None:
        assert client.get("/admin/reviews/review/999/preview/typed/").status_code == 302


class TestTheFrame:
    def test_may_be_embedded_by_this_site_only(self, client: Client, review: Review) -> None:
        for address in (url("preview", review), url("typed", review), TYPED):
            headers = client.get(address).headers
            assert headers["X-Frame-Options"] == "SAMEORIGIN", address
            assert "frame-ancestors 'self'" in headers["Content-Security-Policy"], address
            assert "script-src" not in headers["Content-Security-Policy"], address
            assert "no-store" in headers["Cache-Control"], address
            assert "noindex" in headers["X-Robots-Tag"], address

    def test_is_the_only_page_that_may_be_embedded(self, client: Client, review: Review) -> None:
        edition = make_edition()
        desks = ("/admin/", ADD, url("change", review), url("history", review), url("publish", review))
        unshowable = url("preview", make_review(rating="11/10"))
        for address in (
            "/",
            edition.get_absolute_url(),
            "/no/such/page/",
            "/admin/login/",
            *desks,
            unshowable,
        ):
            headers = client.get(address, follow=True).headers
            assert headers["X-Frame-Options"] == "DENY", address
            assert "frame-ancestors 'none'" in headers["Content-Security-Policy"], address

    def test_is_embedded_by_the_desk_only(self, client: Client) -> None:
        assert "frame-src 'self'" in client.get(ADD).headers["Content-Security-Policy"]
        assert "frame-src" not in client.get("/").headers["Content-Security-Policy"]

    def test_has_no_link_back_while_beside_the_form(self, client: Client, review: Review) -> None:
        assert "Back to the form" in text_of(client.get(url("typed", review)))
        assert "Back to the form" not in text_of(client.get(url("typed", review), {"beside": "1"}))


class TestTheForm:
    def test_offers_a_preview_without_script(self, client: Client, review: Review) -> None:
        page = client.get(url("change", review)).content.decode()
        assert f'formaction="{url("typed", review)}" formtarget="_blank"' in page
        assert f'formaction="{TYPED}" formtarget="_blank"' in client.get(ADD).content.decode()

    def test_offers_none_to_users_who_may_only_read(self) -> None:
        critic = make_critic(user=make_account("Critic"))
        client = Client()
        client.force_login(account_of(critic))
        review = make_review(critic=critic, status=Review.Status.APPROVED)
        assert "formaction" not in client.get(url("change", review)).content.decode()


class TestTheArchive:
    def test_costs_no_more_as_it_grows(self, client: Client, review: Review) -> None:
        asked = kept(client, review, {"headline": "As kept", "tags": "Noir, Кино, A new tag"})
        make_edition(film=review.film)
        counts = []
        for _ in range(2):
            with CaptureQueriesContext(connection) as captured:
                client.get(url("typed", review), asked)
            counts.append(len(captured))
            for number in range(4):
                make_edition(film=review.film)
                kept(client, review, {"headline": f"Other {number}"})
        assert counts[0] == counts[1]
