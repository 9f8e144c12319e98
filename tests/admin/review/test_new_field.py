"""A new field is declared in the models and in the table of fields, and goes everywhere from there."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import serializers
from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from reviews.desk import preview_links, revisions
from reviews.desk.document.comparison import compared
from reviews.desk.document.composition import copy_of
from reviews.desk.document.documents import differences, document_in, document_of
from reviews.desk.document.fields import JUDGEMENT_FIELDS, DocumentField, FormPart, JudgementField, RecordPart
from reviews.desk.verbs import corrections, publishing
from reviews.models import EditionJudgement, Judgement, PreviewLink, Review, Revision
from reviews.seeding.factories import MOMENT, make_critic, make_judgement, make_outlet, make_review
from tests.admin.pages import fields_of, save, signed_in, text_of, url
from tests.desk.document.new_field import declared
from tests.desk.reading import DAY, change, reread

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.fixture
def sound() -> Iterator[None]:
    with declared():
        yield


@pytest.fixture
def client() -> Client:
    make_outlet()
    return signed_in(first_name="Pauline")


def sound_of(review: Review) -> Any:
    return getattr(reread(review), "sound")  # noqa: B009


def written(review: Review, **values: Any) -> Revision | None:
    """Save changes as the desk does."""
    before = revisions.claim(review, revisions.settle(review).number)
    change(reread(review), **values)
    return revisions.record(review, by=None, before=before)


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


@pytest.mark.usefixtures("sound")
class TestBeforeReaders:
    def test_an_edition_copies_it_and_differs_once_it_is_changed(self) -> None:
        review = make_review(sound="Mono.")
        edition = publishing.publish(review)
        edition.refresh_from_db()
        assert getattr(edition, "sound", None) == getattr(copy_of(edition).edition, "sound", None) == "Mono."
        assert differences(reread(review), edition) == []
        change(reread(review), sound="Stereo.")
        assert differences(reread(review), edition) == ["sound"]
        assert corrections.asked_of(reread(review)).is_asked

    def test_the_editions_page_at_the_desk_shows_it(self, client: Client) -> None:
        edition = publishing.publish(make_review(sound="In mono."))
        assert "In mono." in text_of(client.get(reverse("admin:reviews_edition_change", args=[edition.pk])))


@pytest.mark.usefixtures("sound")
class TestAFixture:
    def test_brings_it_along(self) -> None:
        review = make_review(sound="Mono.")
        fixture = serializers.serialize("json", [review])
        change(review, sound="Stereo.")
        for row in serializers.deserialize("json", fixture):
            row.save()
        assert sound_of(review) == "Mono."

    def test_from_before_leaves_it_empty(self) -> None:
        review = make_review(sound="Mono.")
        (row,) = serializers.serialize("python", [review])
        del row["fields"]["sound"]
        for each in serializers.deserialize("python", [row]):
            each.save()
        assert sound_of(review) == ""


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


class TestASnapshotFromBefore:
    def test_restores_after_it(self) -> None:
        review = make_review(headline="As filed", tags=("Noir",))
        make_judgement(review)
        first = revisions.settle(review)
        with declared():
            assert not revisions.has_moved_on(review, 1)
            assert revisions.settle(review) == first
            second = written(review, headline="As edited", sound="Mono.")
            assert second is not None
            assert second.what == "Headline, sound."
            review.tags.clear()
            Judgement.objects.filter(review=review).delete()
            read = revisions.settle(review).number
            assert not revisions.hindrances(review, first)
            revisions.restore(review, first, read=read, by=None)
            assert (reread(review).headline, sound_of(review)) == ("As filed", "Mono.")
            assert [tag.name for tag in review.tags.all()] == ["Noir"]
            assert Judgement.objects.filter(review=review).count() == 1
            link, _secret = preview_links.make(review, by=None, revision=first)
            link = PreviewLink.objects.get(pk=link.pk)
            assert getattr(preview_links.shown_by(link).edition, "sound", None) == "Mono."

    def test_of_a_judgement_restores_after_a_field_of_judgements(self) -> None:
        review = make_review()
        make_judgement(review)
        first = revisions.settle(review)
        with declared(
            lambda: models.IntegerField(null=True, blank=True),
            JudgementField("how much it weighs"),
            on=(Judgement, EditionJudgement),
            table=JUDGEMENT_FIELDS,
        ):
            assert revisions.settle(review) == first
            rows: Any = Judgement.objects.filter(review=review)
            rows.update(sound=3)
            edition = publishing.publish(reread(review))
            second = written(review, headline="As edited")
            assert second is not None
            rows.update(sound=4)
            change(reread(review), headline=edition.headline)
            assert differences(reread(review), edition) == ["judgements"]
            (found,) = compared(document_in(edition), document_of(reread(review)))
            assert [(block.before.strip(), block.after.strip()) for block in found.blocks] == [("3", "4")]
            rows.update(evidence="The camera waits.")
            read = revisions.settle(review).number
            third = revisions.restore(review, first, read=read, by=None)
            row = Judgement.objects.get(review=review)
            assert third is not None
            assert (row.evidence, getattr(row, "sound", None)) == ("the fights are clear", 4)
            revisions.restore(review, second, read=third.number, by=None)
            assert getattr(Judgement.objects.get(review=review), "sound", None) == 3


KINDS: dict[str, tuple[Any, Any, Any, tuple[str, str]]] = {
    "number": (lambda: models.IntegerField(null=True, blank=True), None, 0, ("none", "0")),
    "decimal": (
        lambda: models.DecimalField(max_digits=4, decimal_places=2, null=True, blank=True),
        Decimal("1.50"),
        Decimal("2.25"),
        ("1.50", "2.25"),
    ),
    "yes or no": (lambda: models.BooleanField(null=True, blank=True), True, False, ("yes", "no")),
    "day": (
        lambda: models.DateField(null=True, blank=True),
        dt.date(2025, 6, 4),
        dt.date(2025, 6, 5),
        ("4 June 2025", "5 June 2025"),
    ),
    "moment": (
        lambda: models.DateTimeField(null=True, blank=True),
        MOMENT,
        MOMENT + DAY,
        ("6 June 2025, 13:00 (Europe/London)", "7 June 2025, 13:00 (Europe/London)"),
    ),
    "choice": (
        lambda: models.CharField(
            max_length=9, null=True, blank=True, choices=[("mono", "one"), ("dual", "two")]
        ),
        "mono",
        "dual",
        ("one", "two"),
    ),
}


@pytest.mark.parametrize("kind", KINDS)
def test_any_kind_of_field_is_kept_compared_restored_and_published(kind: str) -> None:
    make, was, becomes, words = KINDS[kind]
    make_outlet()
    with declared(make), timezone.override("Europe/London"):
        review = make_review(sound=was)
        first = revisions.settle(review)
        edition = publishing.publish(review)
        written(review, sound=becomes)
        assert differences(reread(review), edition) == ["sound"]
        (found,) = compared(revisions.target(first, document_of(reread(review))), document_of(reread(review)))
        assert [(block.before.strip(), block.after.strip()) for block in found.blocks] == [words]
        revisions.restore(review, first, read=reread(review).revision, by=None)
        assert sound_of(review) == was
        edition.refresh_from_db()
        assert getattr(edition, "sound", None) == was
