"""Copy, forms and requests over the limits: the messages, and nothing typed is lost."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reviews.desk import autosaves
from reviews.models import Autosave, Critic, Embargo, Film, Franchise, Outlet, Review
from reviews.seeding.factories import (
    MOMENT,
    make_critic,
    make_embargo,
    make_film,
    make_franchise,
    make_outlet,
    make_review,
)
from reviews.text import limits
from reviews.text.limits import LARGEST_FORM, LONGEST_COPY
from tests.admin.pages import errors_of, fields_of, save, signed_in, text_of, url
from tests.desk.reading import reread

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

LONG, LINES = "a" * 612, "a\n\n" * 43
SAYS = {
    LONG: "This is 12 characters over the limit of 600: shorten it, or save the rest as a second review.",
    LINES: "This is 3 lines that are not empty over the limit of 40: "
    "shorten it, or save the rest as a second review.",
}


@pytest.fixture(autouse=True)
def short_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same rules with small limits, for speed; ``tests/text/test_limits.py`` tests the real ones."""
    monkeypatch.setattr(limits, "LONGEST_COPY", 600)
    monkeypatch.setattr(limits, "MOST_LINES", 40)


@pytest.fixture
def client() -> Client:
    make_outlet()
    return signed_in()


@pytest.fixture
def review() -> Review:
    return make_review()


class TestCopy:
    @pytest.mark.parametrize("body", SAYS, ids=["long", "many lines"])
    def test_over_a_limit_is_refused_at_its_field_and_kept_in_the_page(
        self, client: Client, review: Review, body: str
    ) -> None:
        answer: Any = save(client, review, body=body)
        assert errors_of(answer)["body"] == [SAYS[body]]
        assert fields_of(answer)["body"].replace("\r\n", "\n") == body

    def test_at_the_limits_is_saved(self, client: Client, review: Review) -> None:
        body = "a\n" * 39 + "a" * (600 - 78)
        assert save(client, review, body=body).status_code == 302
        assert reread(review).body == body

    @pytest.mark.parametrize("body", SAYS, ids=["long", "many lines"])
    def test_that_is_longer_already_is_read_and_may_be_shortened(self, client: Client, body: str) -> None:
        review = make_review(body=body)
        assert client.get(url("change", review)).status_code == 200
        answer: Any = save(client, review, body=f"{body}b\nb")
        assert "body" in errors_of(answer)
        assert save(client, review, body=body, headline="Another").status_code == 302
        assert save(client, review, body=body[:-6]).status_code == 302
        assert reread(review).body == body[:-6]

    def test_is_refused_by_the_model_too(self, review: Review) -> None:
        review.body = LONG
        with pytest.raises(ValidationError, match="over the limit"):
            review.full_clean()


class TestScripts:
    def test_are_told_that_a_preview_leaves_the_body_as_it_was(self, client: Client, review: Review) -> None:
        page = fields_of(client.get(url("change", review))) | {"body": LONG, "headline": "As typed"}
        words = text_of(client.post(url("typed", review), page))
        assert "As typed" in words
        assert "The body is left as it was. This is 12 characters over the limit" in words

    def test_are_told_that_no_passage_is_found_in_it(self, client: Client) -> None:
        parts = {"before": LONG, "selected": "a", "after": ""}
        answer: Any = client.post(reverse("admin:reviews_review_passage"), parts)
        assert answer.status_code == 413
        assert "13 characters over the limit" in answer.json()["error"]

    def test_keep_copy_over_the_limit_and_show_it_again(self, client: Client, review: Review) -> None:
        page = fields_of(client.get(url("change", review))) | {"body": LONG, "_turn": "1"}
        form = client.post(url("autosave", review), page).json()["form"]
        assert LONG in client.get(reverse("admin:reviews_review_kept", args=[form])).content.decode()
        assert fields_of(client.get(url("change", review), {"kept": form}))["body"] == LONG

    def test_are_told_what_is_too_much_to_be_kept(self, client: Client, review: Review) -> None:
        page = fields_of(client.get(url("change", review))) | {"_turn": "1"}
        answer: Any = client.post(url("autosave", review), page | {"body": "é" * (LARGEST_FORM // 2 + 1)})
        assert answer.status_code == 413
        assert "Your text is still on this page" in answer.json()["error"]
        assert not Autosave.objects.typed().exists()


class TestHowManyFormsAreKept:
    def test_the_oldest_goes_first_and_never_the_one_that_is_written(self, client: Client) -> None:
        reviews = [make_review() for _ in range(3)]
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(autosaves, "MOST", 2)
            for review in (*reviews, reviews[0]):
                page = fields_of(client.get(url("change", review)))
                client.post(url("autosave", review), page | {"_turn": "1", "headline": "Typed"})
        kept = Autosave.objects.typed().values_list("review", flat=True)
        assert set(kept) == {reviews[2].pk, reviews[0].pk}

    def test_all_of_them_are_offered_and_only_the_newest_are_read(
        self, client: Client, review: Review
    ) -> None:
        page = fields_of(client.get(url("change", review)))
        forms = []
        for number in range(7):
            typed = {"_form": str(UUID(int=number + 1)), "_window": str(UUID(int=number + 9)), "_turn": "1"}
            typed["headline"] = f"Typed {number}"
            forms.append(client.post(url("autosave", review), page | typed).json()["form"])
        with CaptureQueriesContext(connection) as queries:
            answer: Any = client.get(url("change", review))
        assert all(
            reverse("admin:reviews_review_kept", args=[form]) in answer.content.decode() for form in forms
        )
        assert text_of(answer).count("It changes: headline.") == 3
        assert len([each for each in queries if '."posted"' in each["sql"].partition(" FROM ")[0]]) <= 3 * 2

    def test_each_account_has_its_own(self, client: Client, review: Review) -> None:
        other = signed_in()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(autosaves, "MOST", 1)
            for each in (client, other):
                page = fields_of(each.get(url("change", review)))
                each.post(url("autosave", review), page | {"_turn": "1", "headline": "Typed"})
        assert Autosave.objects.typed().count() == 2


class TestRequests:
    def test_that_are_too_large_are_told_so(self, client: Client, review: Review) -> None:
        for posted in (
            {"body": "a" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE},
            {f"field-{number}": "" for number in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1)},
        ):
            answer: Any = client.post(url("change", review), posted)
            assert answer.status_code == 413
            assert "what you typed is still in the form" in text_of(answer)

    @pytest.mark.nightly
    def test_have_room_for_copy_at_the_limit_in_any_script(
        self, client: Client, review: Review, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(limits, "LONGEST_COPY", LONGEST_COPY)
        page = fields_of(client.get(url("change", review))) | {"body": "𐍈" * LONGEST_COPY}
        form = "application/x-www-form-urlencoded"
        answer: Any = client.post(url("change", review), urlencode(page), content_type=form)
        assert answer.status_code == 302


class TestTextsOfNouns:
    """Public pages render the outlet's texts for every request."""

    @pytest.mark.parametrize(
        ("make", "field"),
        [
            *(
                (lambda: Outlet.objects.get(), name)
                for name in ("about", "ratings_guide", "corrections_policy")
            ),
            (make_film, "synopsis"),
            (make_critic, "bio"),
            (lambda: make_franchise(name="A", slug="a"), "description"),
            (lambda: make_embargo(make_film(), MOMENT), "terms"),
        ],
    )
    def test_are_held_to_the_limits_and_may_be_shortened(self, make: Any, field: str, client: Client) -> None:
        noun, publisher = make(), signed_in("Publisher")
        answer: Any = save(publisher, noun, **{field: LONG})
        assert errors_of(answer)[field] == ["This is 12 characters over the limit of 600: shorten it."]
        assert fields_of(answer)[field] == LONG
        type(noun)._default_manager.filter(pk=noun.pk).update(**{field: LONG})
        assert save(publisher, noun, **{field: LONG[:-3]}).status_code == 302

    @pytest.mark.parametrize(
        ("model", "field"),
        [
            (Outlet, "about"),
            (Film, "synopsis"),
            (Critic, "bio"),
            (Franchise, "description"),
            (Embargo, "terms"),
            (Review, "body"),
        ],
    )
    def test_are_held_to_them_from_the_first(self, model: type[Model], field: str) -> None:
        with pytest.raises(ValidationError) as refused:
            model(**{field: LONG}).full_clean()
        assert "over the limit" in str(refused.value.message_dict[field])
