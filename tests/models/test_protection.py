"""Which rows cannot be deleted because others refer to them, and that none leads readers to the desk's models."""

import pytest
from django.core.exceptions import ValidationError
from django.db import models

from reviews.models import (
    Aspect,
    Credit,
    Critic,
    CriticLink,
    Edition,
    Embargo,
    Film,
    Franchise,
    Judgement,
    Outlet,
    Person,
    Review,
    ReviewTag,
    Tag,
)
from reviews.seeding.factories import (
    MOMENT,
    make_credit,
    make_edition,
    make_embargo,
    make_film,
    make_judgement,
    make_review,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


class TestProtection:
    """Rows that reviews, editions, credits or embargoes refer to cannot be deleted."""

    @pytest.mark.parametrize("noun", ["film", "critic"])
    def test_a_noun_with_a_review_stays(self, noun: str) -> None:
        review = make_review()
        with pytest.raises(models.ProtectedError):
            getattr(review, noun).delete()

    def test_what_has_an_edition_stays(self) -> None:
        edition = make_edition(tags=("Drama",))
        for row in (edition.review, Tag.objects.get(), edition.film, edition.critic):
            with pytest.raises(models.ProtectedError):
                row.delete()

    def test_an_aspect_that_is_judged_stays(self) -> None:
        with pytest.raises(models.ProtectedError):
            make_judgement(make_review()).aspect.delete()

    def test_a_person_with_a_credit_stays(self) -> None:
        with pytest.raises(models.ProtectedError):
            make_credit().person.delete()

    def test_a_film_under_embargo_stays(self) -> None:
        with pytest.raises(models.ProtectedError):
            make_embargo(make_film(), MOMENT).film.delete()

    def test_a_draft_takes_its_judgements_and_tags_with_it(self) -> None:
        review = make_review(tags=("Drama",))
        make_judgement(review)
        review.delete()
        assert not Judgement.objects.exists()
        assert not ReviewTag.objects.exists()
        assert Tag.objects.exists()


class TestRelationsToTheDesk:
    def test_no_shared_model_has_one(self) -> None:
        for model in (
            Film,
            Critic,
            Person,
            Tag,
            Aspect,
            Franchise,
            Outlet,
            Edition,
            Credit,
            CriticLink,
            Embargo,
        ):
            for relation in model._meta.related_objects:
                if relation.related_model in (Review, Judgement, ReviewTag):
                    assert relation.hidden, (model, relation)

    def test_the_desks_message_reaches_the_form(self) -> None:
        review = make_review(provenance="digest")
        review.pull_quote = "Bees!"
        with pytest.raises(ValidationError, match="clear the pull quote"):
            review.full_clean()
