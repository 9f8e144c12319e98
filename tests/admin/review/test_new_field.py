"""A new field needs only the models and the table of fields: the admin takes it from there."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from reviews.desk import preview_links, revisions
from reviews.desk.document.composition import copy_of
from reviews.desk.document.fields import JUDGEMENT_FIELDS, DocumentField, FormPart, JudgementField, RecordPart
from reviews.desk.verbs import publishing
from reviews.models import EditionJudgement, Judgement, PreviewLink
from reviews.seeding.factories import make_critic, make_judgement, make_outlet, make_review
from tests.admin.pages import errors_of, fields_of, save, signed_in, text_of, url
from tests.desk.document.new_field import declared, sound_of, written
from tests.desk.reading import reread

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


OF_JUDGEMENTS = (Judgement, EditionJudgement)


@pytest.fixture
def sound() -> Iterator[None]:
    with declared():
        yield


@pytest.fixture
def client() -> Client:
    make_outlet()
    return signed_in(first_name="Pauline")


@pytest.mark.usefixtures("sound")
class TestAtTheDesk:
    def test_it_is_on_the_form_and_saved_from_there(self, client: Client) -> None:
        review = make_review()
        assert fields_of(client.get(reverse("admin:reviews_review_add")))["sound"] == ""
        assert save(client, review, sound="Mono.").status_code == 302
        assert sound_of(review) == "Mono."
        assert fields_of(client.get(url("change", review)))["sound"] == "Mono."

    def test_what_is_typed_in_it_is_kept_and_offered_back(self, client: Client) -> None:
        review = make_review()
        page = fields_of(client.get(url("change", review))) | {"_turn": "1", "sound": "Half a so"}
        form = client.post(url("autosave", review), page).json()["form"]
        assert sound_of(review) == ""
        assert "It changes: sound." in text_of(client.get(url("change", review)))
        kept = client.get(reverse("admin:reviews_review_kept", args=[form]))
        assert "Half a so" in text_of(kept)
        assert fields_of(client.get(url("change", review), {"kept": form}))["sound"] == "Half a so"

    def test_a_save_is_a_revision_that_holds_it(self, client: Client) -> None:
        review = make_review()
        save(client, review, sound="Mono.")
        newest = revisions.newest(review)
        assert newest is not None
        assert (newest.what, newest.document["fields"]["sound"]) == ("Sound.", "Mono.")

    def test_two_revisions_are_compared_in_it(self, client: Client) -> None:
        review = make_review()
        save(client, review, sound="Mono.")
        save(client, review, sound="Stereo.")
        words = text_of(client.get(url("compare", review), {"from": "2", "to": "3"}))
        assert "Mono." in words
        assert "Stereo." in words

    def test_a_revision_brings_it_back(self, client: Client) -> None:
        review = make_review()
        save(client, review, sound="Mono.")
        save(client, review, sound="Stereo.")
        page = client.get(url("restore", review), {"revision": "2"})
        client.post(f"{url('restore', review)}?revision=2", fields_of(page))
        assert sound_of(review) == "Mono."

    def test_two_saves_go_together(self, client: Client) -> None:
        review = make_review()
        page = fields_of(client.get(url("change", review)))
        save(signed_in("Editor", first_name="Ruth"), review, standfirst="Theirs.")
        merge = client.post(url("change", review), page | {"sound": "Mine."})
        client.post(url("change", review), fields_of(merge))
        assert (reread(review).standfirst, sound_of(review)) == ("Theirs.", "Mine.")

    def test_of_two_who_changed_it_one_is_asked_which(self, client: Client) -> None:
        review = make_review()
        page = fields_of(client.get(url("change", review)))
        save(signed_in("Editor", first_name="Ruth"), review, sound="Theirs.")
        merge = client.post(url("change", review), page | {"sound": "Mine."})
        assert "choose-sound-0" in merge.content.decode()

    def test_a_preview_shows_it_as_it_is_saved_typed_and_pinned(self, client: Client) -> None:
        review = make_review()
        save(client, review, sound="Mono.")
        page = fields_of(client.get(url("change", review)))
        typed = client.post(url("typed", review), page | {"sound": "Stereo."})
        link, _secret = preview_links.make(review, by=None, revision=revisions.newest(review))
        save(client, review, sound="Surround.")
        saved = client.get(url("preview", review))
        pinned = preview_links.shown_by(PreviewLink.objects.get(pk=link.pk)).edition
        shown = [saved.context["edition"], typed.context["edition"], pinned]
        assert [getattr(edition, "sound", None) for edition in shown] == ["Surround.", "Stereo.", "Mono."]

    def test_the_editions_page_at_the_desk_shows_it(self, client: Client) -> None:
        edition = publishing.publish(make_review(sound="In mono."))
        assert "In mono." in text_of(client.get(reverse("admin:reviews_edition_change", args=[edition.pk])))


class TestTheTable:
    def test_says_that_a_critic_may_not_write_it(self) -> None:
        with declared(entry=DocumentField(FormPart.SOURCE, RecordPart.ORIGIN, is_desks=True)):
            make_outlet()
            client = signed_in("Critic")
            critic = make_critic(user=User.objects.get(pk=client.session["_auth_user_id"]))
            review = make_review(critic=critic, sound="Mono.")
            save(client, review, sound="Mine.", headline="Theirs to write")
            assert (reread(review).headline, sound_of(review)) == ("Theirs to write", "Mono.")
            written(review, sound="Stereo.")
            page = client.get(url("restore", review), {"revision": "1"})
            assert "What you may not change stays as it is:" in text_of(page)
            client.post(f"{url('restore', review)}?revision=1", fields_of(page))
            assert sound_of(review) == "Stereo."

    def test_says_that_it_must_stand_in_the_body(self, client: Client) -> None:
        with declared(entry=DocumentField(FormPart.AROUND, RecordPart.JUDGEMENT, is_cited=True)):
            review = make_review()
            page = fields_of(client.get(url("change", review))) | {"sound": "Nobody wrote this."}
            refused = client.post(url("change", review), page)
            assert errors_of(refused) == {
                "sound": ["This does not stand in the body: quote it word for word."]
            }
            kept = client.post(url("autosave", review), page | {"_turn": "1"})
            assert list(kept.json()["flags"]) == ["sound"]
            typed = client.post(url("typed", review), page)
            assert "The sound is left out: it does not stand in the body." in text_of(typed)
            assert typed.context["edition"].sound == ""


class TestAFieldOfJudgements:
    @pytest.fixture(autouse=True)
    def sound(self) -> Iterator[None]:
        with declared(entry=JudgementField("how it sounds"), on=OF_JUDGEMENTS, table=JUDGEMENT_FIELDS):
            yield

    def test_is_typed_kept_previewed_saved_compared_and_merged(self, client: Client) -> None:
        review = make_review()
        row: Any = make_judgement(review, sound="Mono.")
        page = fields_of(client.get(url("change", review)))
        assert page["judgements-0-sound"] == "Mono."
        typed = page | {"judgements-0-sound": "Stereo."}
        form = client.post(url("autosave", review), typed | {"_turn": "1"}).json()["form"]
        shown = fields_of(client.get(url("change", review), {"kept": form}))
        assert shown["judgements-0-sound"] == "Stereo."
        preview = client.post(url("typed", review), typed)
        assert [each.sound for each in preview.context["judgements"]] == ["Stereo."]
        save(signed_in("Editor", first_name="Ruth"), review, standfirst="Theirs.")
        client.post(url("change", review), fields_of(client.post(url("change", review), typed)))
        row.refresh_from_db()
        assert (row.sound, reread(review).standfirst) == ("Stereo.", "Theirs.")
        words = text_of(client.get(url("compare", review), {"from": "1", "to": "saved"}))
        assert "how it sounds" in words
        assert "Mono." in words

    def test_is_published_and_on_the_editions_page(self, client: Client) -> None:
        review = make_review()
        make_judgement(review, sound="In mono.")
        edition = publishing.publish(review)
        rows = [*EditionJudgement.objects.all(), *copy_of(edition).judgements]
        assert [getattr(each, "sound", None) for each in rows] == ["In mono.", "In mono."]
        assert "In mono." in text_of(client.get(reverse("admin:reviews_edition_change", args=[edition.pk])))
