"""The preview of a review: for the desk only, and never cached."""

from typing import Any

import pytest
from django.test import Client

from reviews.models import Edition, Review
from reviews.seeding.factories import (
    make_account,
    make_aspect,
    make_critic,
    make_edition,
    make_judgement,
    make_outlet,
    make_review,
)
from tests.admin.pages import account_of, signed_in, text_of, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


class TestPreview:
    def test_shows_the_saved_copy_as_readers_would_get_it(self) -> None:
        make_outlet()
        review = make_review(headline="Not yet", standfirst="A standfirst.", tags=("Кино",))
        make_judgement(review, aspect=make_aspect(name="Action"))
        page = text_of(signed_in().get(url("preview", review)))
        for words in ("Not yet", "A standfirst.", "The camera waits.", "Кино"):
            assert words in page
        assert not Edition.objects.exists()

    def test_is_neither_stored_nor_indexed(self) -> None:
        response = signed_in().get(url("preview", make_review()))
        assert "no-store" in response.headers["Cache-Control"]
        assert "noindex" in response.headers["X-Robots-Tag"]
        assert 'rel="canonical"' not in response.content.decode()

    def test_shows_the_copy_and_not_the_live_edition(self) -> None:
        review = make_edition(headline="Live").review
        review.headline = "Saved since"
        review.save()
        assert "Saved since" in text_of(signed_in().get(url("preview", review)))

    def test_is_for_signed_in_staff(self) -> None:
        review = make_review(headline="Not yet")
        for client in (Client(), signed_in("Critic")):
            assert "Not yet" not in client.get(url("preview", review), follow=True).content.decode()
        reader = Client()
        reader.force_login(make_account())
        assert "Not yet" not in reader.get(url("preview", review), follow=True).content.decode()

    def test_is_for_the_critic_who_wrote_it(self) -> None:
        critic = make_critic(user=make_account("Critic"))
        client = Client()
        client.force_login(account_of(critic))
        review = make_review(critic=critic, headline="Mine", status=Review.Status.APPROVED)
        assert "Mine" in text_of(client.get(url("preview", review)))

    def test_says_what_cannot_be_shown(self) -> None:
        response = signed_in().get(url("preview", make_review(rating="11/10 <b>")))
        assert response.status_code == 200
        assert "This cannot be shown yet" in text_of(response)
        assert "<b>" not in response.content.decode()

    @pytest.mark.parametrize(
        "fields",
        [{"body": ""}, {"standfirst": "", "verdict": None}, {"body": "[^1]: x\n\n::: spoiler\nopen"}],
    )
    def test_shows_what_is_unfinished(self, fields: dict[str, Any]) -> None:
        assert signed_in().get(url("preview", make_review(**fields))).status_code == 200
