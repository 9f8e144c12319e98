"""The form of a review: what it accepts, its errors, and that saving changes nothing for readers."""

import datetime as dt
from typing import Any

import pytest

from reviews.admin.review.admin import ReviewAdmin
from reviews.desk.outlook import outlook_of
from reviews.desk.verbs import publishing
from reviews.models import Edition, EditionJudgement, Judgement, Review, Tag
from reviews.rules.argument import Stance
from reviews.seeding.factories import (
    make_aspect,
    make_critic,
    make_edition,
    make_film,
    make_judgement,
    make_outlet,
    make_review,
)
from tests.admin.pages import confirm, errors_of, fields_of, save, signed_in, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def page_of(edition: Edition) -> dict[str, Any]:
    """Everything that readers see of an edition."""
    fields = {field.attname: getattr(edition, field.attname) for field in Edition._meta.concrete_fields}
    del fields["visible_until"]
    rows = EditionJudgement.objects.filter(edition=edition).order_by("uid")
    return fields | {
        "tags": sorted(tag.name for tag in edition.tags.all()),
        "judgements": list(rows.values_list("uid", "aspect", "stance", "evidence")),
    }


class TestALiveReviewIsChanged:
    """The hard case: one judgement changed, one added, one deleted, a tag changed, while readers keep reading."""

    @pytest.fixture
    def review(self) -> Review:
        make_outlet()
        review = make_review(headline="As it was", tags=("Drama", "Noir"))
        for aspect in ("Action", "Story"):
            make_judgement(review, aspect=make_aspect(name=aspect))
        publishing.publish(review)
        return review

    @pytest.fixture
    def changed(self, review: Review) -> Review:
        """The review after the form was opened, changed and saved."""
        client = signed_in()
        posted = fields_of(client.get(url("change", review)))
        action, story = Judgement.objects.filter(review=review)
        response = client.post(
            url("change", review),
            posted
            | {
                "headline": "As it will be",
                "tags": "Drama, Кино",
                "judgements-TOTAL_FORMS": "3",
                "judgements-0-stance": str(Stance.CRITICISM.value),
                "judgements-1-DELETE": "on",
                "judgements-2-id": "",
                "judgements-2-review": str(review.pk),
                "judgements-2-aspect": str(make_aspect(name="Music").pk),
                "judgements-2-stance": str(Stance.MIXED.value),
                "judgements-2-evidence": "The script does less.",
            },
        )
        assert response.status_code == 302, errors_of(response)
        assert (posted["judgements-0-id"], posted["judgements-1-id"]) == (str(action.pk), str(story.pk))
        return Review.objects.get(pk=review.pk)

    def test_the_working_copy_holds_all_of_it(self, changed: Review) -> None:
        assert changed.headline == "As it will be"
        assert sorted(changed.tags.names()) == ["Drama", "Кино"]
        stances = {str(row.aspect): row.stance for row in Judgement.objects.filter(review=changed)}
        assert stances == {"Action": Stance.CRITICISM, "Music": Stance.MIXED}

    def test_readers_keep_the_old_edition(self, review: Review, request: pytest.FixtureRequest) -> None:
        edition = Edition.objects.get()
        before = page_of(edition)
        request.getfixturevalue("changed")
        assert page_of(Edition.objects.public().get()) == before
        assert not Tag.objects.public().filter(name="Кино").exists()

    def test_the_form_opened_again_shows_all_of_it(self, changed: Review) -> None:
        posted = fields_of(signed_in().get(url("change", changed)))
        assert posted["headline"] == "As it will be"
        assert posted["tags"] == "Drama, Кино"
        assert posted["judgements-TOTAL_FORMS"] == "2"
        assert posted["judgements-0-stance"] == str(Stance.CRITICISM.value)

    def test_published_from_the_form_it_takes_over(self, changed: Review) -> None:
        assert confirm(signed_in(), changed, "publish", kind="nothing-wrong").status_code == 302
        edition = Edition.objects.public().get()
        assert (edition.headline, edition.number) == ("As it will be", 2)
        assert page_of(edition)["tags"] == ["Drama", "Кино"]
        assert outlook_of(changed).differences(edition) == []

    def test_saving_what_was_opened_changes_nothing(self, review: Review) -> None:
        review.body = "A line.\n\nthe fights are clear\n"
        review.save()
        publishing.publish(review)
        assert outlook_of(review).differences(Edition.objects.public().get()) == []
        response = save(signed_in(), review)
        assert response.status_code == 302, errors_of(response)
        saved = Review.objects.get(pk=review.pk)
        assert outlook_of(saved).differences(Edition.objects.public().get()) == []
        assert saved.status == Review.Status.APPROVED


class TestANewReview:
    def post(self, **typed: Any) -> Any:
        client = signed_in()
        address = "/admin/reviews/review/add/"
        posted = fields_of(client.get(address)) | {
            "film": str(make_film().pk),
            "critic": str(make_critic().pk),
            "headline": "A quiet storm",
            "body": "The camera waits.",
        }
        return client.post(address, posted | typed)

    def test_is_a_draft_with_an_address_made_from_its_headline(self) -> None:
        assert self.post().status_code == 302
        review = Review.objects.get()
        assert (review.slug, review.status) == ("a-quiet-storm", Review.Status.DRAFT)

    def test_asks_for_an_address_where_none_can_be_made(self) -> None:
        assert errors_of(self.post(headline="\u200b")) == {
            "slug": ["Type an address: none can be made from the name."]
        }

    def test_keeps_a_verdict_of_mixed_and_a_rating_of_nought(self) -> None:
        assert self.post(verdict="0", rating="0/5").status_code == 302
        review = Review.objects.get()
        assert (review.verdict, review.rating) == (0, "0/5")


class TestWhatIsWrongIsSaidAtTheField:
    @pytest.mark.parametrize(
        ("typed", "field", "message"),
        [
            ({"rating": "6/5"}, "rating", "above the top of its scale"),
            ({"rating": "five stars"}, "rating", "is not a rating"),
            ({"headline": "x" * 10_000}, "headline", "at most 300 characters"),
            ({"headline": "\x01\x02"}, "headline", "This field is required"),
            ({"slug": "taken"}, "slug", "Another review has this address: choose another."),
            ({"slug": "Not An Address!"}, "slug", "letters and numbers of any script"),
            ({"pull_quote": "She dances."}, "pull_quote", "does not stand in the body"),
            (
                {"pull_quote": "The camera waits.", "provenance": "digest"},
                "pull_quote",
                "it has no pull quote",
            ),
            ({"tags": "x" * 101}, "tags", "at most 100 characters"),
            ({"tags": "\u200b"}, "tags", "nothing in it that an address could hold"),
            ({"source_url": "javascript:alert(1)"}, "source_url", "Write a web address"),
            ({"verdict": "7"}, "verdict", "valid choice"),
            ({"film": "999999999999999999999999"}, "film", "valid choice"),
            ({"film": "one"}, "film", "valid choice"),
            (
                {"rights_until_0": "2025-10-26", "rights_until_1": "01:30"},
                "rights_until",
                "01:30 comes twice then",
            ),
            (
                {"rights_until_0": "2025-03-30", "rights_until_1": "01:30"},
                "rights_until",
                "01:30 does not exist then",
            ),
            ({"rights_until_0": "0001-01-01", "rights_until_1": "00:00"}, "rights_until", "a year between"),
            ({"rights_until_0": "2025-06-01", "rights_until_1": ""}, "rights_until", "Enter a valid time"),
        ],
    )
    def test_and_nothing_is_saved(self, typed: dict[str, str], field: str, message: str) -> None:
        make_outlet()
        make_review(slug="taken")
        review = make_review()
        before = Review.objects.filter(pk=review.pk).values().get()
        errors = errors_of(save(signed_in(), review, **typed))
        assert list(errors) == [field]
        assert message in errors[field][0]
        assert Review.objects.filter(pk=review.pk).values().get() == before

    @pytest.mark.parametrize(
        "typed",
        [
            {"headline": "مراجعة فيلم \u202eلا هين\u202c", "slug": "مراجعة"},
            {"headline": "A\x0bB\x1b", "body": "\x00 The camera\x08 waits."},
            {"headline": "<b>Bold</b> & 🎬 \U000e0001"},
            {"body": "\u202e" * 500 + "[](javascript:x)" + "> " * 500},
        ],
    )
    def test_or_it_is_accepted_and_the_page_shows_it(self, typed: dict[str, str]) -> None:
        make_outlet()
        review, client = make_review(), signed_in()
        assert save(client, review, **typed).status_code == 302
        for name in ("change", "publish", "preview", "history"):
            page = client.get(url(name, review)).content.decode()
            assert "<b>Bold</b>" not in page
            assert "\0" not in page
        assert client.get("/admin/reviews/review/").status_code == 200


class TestTheVerbsColumns:
    def test_saving_leaves_status_and_moment_alone(self, now: dt.datetime) -> None:
        review = make_review()
        publishing.publish(review, at=now + dt.timedelta(days=1))
        assert (
            save(signed_in(), review, headline="Other", status="draft", publish_at_0="2020-01-01").status_code
            == 302
        )
        saved = Review.objects.get(pk=review.pk)
        assert (saved.headline, saved.status, saved.publish_at) == (
            "Other",
            "approved",
            now + dt.timedelta(days=1),
        )
        assert Edition.objects.get().headline != "Other"

    def test_a_verb_that_runs_while_the_form_is_saved_keeps_what_it_wrote(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        review, save_form = make_review(), ReviewAdmin.save_form

        def publish_then_save(desk: Any, *args: Any, **options: Any) -> Any:
            publishing.publish(Review.objects.get(pk=review.pk))
            return save_form(desk, *args, **options)

        monkeypatch.setattr(ReviewAdmin, "save_form", publish_then_save)
        assert save(signed_in(), review, headline="Other").status_code == 302
        saved = Review.objects.get(pk=review.pk)
        assert (saved.headline, saved.status) == ("Other", Review.Status.APPROVED)

    def test_a_live_review_can_be_saved_with_an_error_and_readers_do_not_notice(self) -> None:
        edition = make_edition()
        assert save(signed_in(), edition.review, rating="9/5").status_code == 200
        assert Edition.objects.public().get() == edition
