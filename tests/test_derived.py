"""Data computed after a committed write, and what ``rebuild`` recomputes."""

import datetime as dt
import io
import logging
from typing import Any

import pytest
from django.core import serializers
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction

from reviews import derived
from reviews.desk import counting
from reviews.desk.verbs import publishing, withdrawing
from reviews.models import Critic, Edition, EditionJudgement, Film, Person, Review
from reviews.seeding.factories import (
    make_aspect,
    make_credit,
    make_critic,
    make_edition,
    make_embargo,
    make_film,
    make_judgement,
    make_review,
)

DAY = dt.timedelta(days=1)


def save_raw(review: Review) -> None:
    """Save a row as loading a fixture does."""
    for row in serializers.deserialize("python", serializers.serialize("python", [review])):
        row.save()


@pytest.mark.django_db(transaction=True)
class TestLoadedReviews:
    def load(self, moment: dt.datetime | None, **fields: Any) -> Review:
        review = make_review(**fields)
        review.status, review.publish_at = Review.Status.APPROVED, moment
        save_raw(review)
        return review

    def test_an_approved_one_is_published_from_its_moment(self, now: dt.datetime) -> None:
        self.load(now - DAY)
        assert Edition.objects.public().get().first_visible_from == now - DAY

    def test_one_with_a_later_moment_is_scheduled(self, now: dt.datetime) -> None:
        self.load(now + DAY)
        assert not Edition.objects.public().exists()
        assert Edition.objects.public(now + DAY).exists()

    def test_an_embargo_delays_it(self, now: dt.datetime) -> None:
        film = make_film()
        make_embargo(film, now + DAY)
        self.load(now - DAY, film=film)
        assert Edition.objects.get().visible_from == now + DAY

    def test_one_without_a_moment_is_not_published(self) -> None:
        self.load(None)
        assert not Edition.objects.exists()

    def test_nothing_happens_until_the_load_is_committed(self, now: dt.datetime) -> None:
        with transaction.atomic():
            self.load(now)
            assert not Edition.objects.exists()
            transaction.set_rollback(True)
        assert not Review.objects.exists()
        assert not Edition.objects.exists()

    def test_what_cannot_be_published_is_reported_and_does_not_stop_the_others(
        self, now: dt.datetime, caplog: pytest.LogCaptureFixture
    ) -> None:
        with caplog.at_level(logging.ERROR, "reviews.derived"), transaction.atomic():
            self.load(now, slug="impossible", rating="6/5")
            self.load(now, slug="possible")
        assert Edition.objects.get().slug == "possible"
        assert "impossible" in caplog.text
        assert "above the top" in caplog.text

    def test_one_that_has_editions_is_left_alone(self, now: dt.datetime) -> None:
        review = make_edition().review
        withdrawing.withdraw(review)
        review.status, review.publish_at = Review.Status.APPROVED, now
        save_raw(review)
        assert Edition.objects.count() == 1
        assert not Edition.objects.public().exists()

    def test_saving_in_the_admin_or_the_shell_publishes_nothing(self, now: dt.datetime) -> None:
        review = make_review()
        review.status, review.publish_at = Review.Status.APPROVED, now
        review.save()
        assert not Edition.objects.exists()


@pytest.mark.django_db
@pytest.mark.usefixtures("now")
class TestRebuild:
    def test_it_does_not_change_correct_data(self) -> None:
        review = make_review(tags=("Drama",))
        film_only = make_aspect(film=review.film, position=1)
        make_judgement(review, aspect=film_only, evidence="the fights are clear")
        make_judgement(review, aspect=make_aspect(position=7), evidence="The camera waits.")
        make_judgement(review, aspect=make_aspect(position=2), evidence="The lead carries every scene")
        publishing.publish(review)
        counting.settle()
        before = list(Edition.objects.values())
        assert list(derived.rebuild())
        assert list(Edition.objects.values()) == before

    def test_it_renders_every_edition_again(self) -> None:
        edition = make_edition()
        right = (edition.body_html, edition.body_text, edition.excerpt)
        Edition.objects.update(body_html="wrong", body_text="wrong", excerpt="wrong")
        list(derived.rebuild())
        edition.refresh_from_db()
        assert (edition.body_html, edition.body_text, edition.excerpt) == right

    def test_it_finds_again_which_passages_are_in_a_spoiler(self) -> None:
        review = make_review(body="The camera waits.\n\n::: spoiler\nShe dies.\n:::\n")
        make_judgement(review, evidence="The camera waits.")
        make_judgement(review, evidence="She dies.")
        publishing.publish(review)
        passages = EditionJudgement.objects.order_by("evidence").values_list("evidence", "in_spoiler")
        right = [("She dies.", True), ("The camera waits.", False)]
        assert list(passages) == right
        EditionJudgement.objects.update(in_spoiler=False)
        list(derived.rebuild())
        assert list(passages.all()) == right

    def test_it_sorts_films_critics_and_people_again(self) -> None:
        make_credit(film=make_film(title="The Apple"))
        make_critic(name="Zoë")
        for model, field in ((Film, "sort_title"), (Critic, "sort_name"), (Person, "sort_name")):
            model._default_manager.update(**{field: "~"})
        list(derived.rebuild())
        assert Film.objects.get().sort_title == "apple"
        assert Critic.objects.get().sort_name == "zoe"
        assert Person.objects.get().sort_name.startswith("person")

    def test_it_publishes_what_was_loaded_as_approved_and_only_that(self, now: dt.datetime) -> None:
        waiting = make_review()
        Review.objects.filter(pk=waiting.pk).update(status="approved", publish_at=now - DAY)
        make_review()
        list(derived.rebuild())
        assert Edition.objects.public().get().review == waiting

    def test_it_publishes_what_it_can_and_then_names_the_rest(self, now: dt.datetime) -> None:
        lacking, fine = make_review(slug="lacking", rating="6/5"), make_review()
        Review.objects.update(status="approved", publish_at=now - DAY)
        with pytest.raises(
            CommandError, match=r"“lacking” is approved but cannot be published\. .*above the top"
        ):
            call_command("rebuild", stdout=io.StringIO())
        assert Edition.objects.public().get().review == fine
        assert not Edition.objects.filter(review=lacking).exists()

    def test_it_says_what_it_did(self) -> None:
        make_edition()
        assert next(derived.rebuild()) == "1 editions rendered."
