"""Addresses that an earlier release let in and that lead to no page of the web."""

import datetime as dt
import logging
from typing import Any

import pytest
from django.core.management.base import CommandError

from tests.factories import MOMENT
from tests.migrations.moving import before, migrate

pytestmark = pytest.mark.django_db(transaction=True)

NAME = "0007_links_lead_to_the_web"
SCRIPT, GOOD = "javascript:alert(1)", "https://post.example/1"


def make(apps: Any, slug: str, *, review: str, edition: str) -> None:
    film = apps.get_model("reviews.Film").objects.create(title=slug, slug=slug)
    critic = apps.get_model("reviews.Critic").objects.create(name=f"Ann {slug}", slug=slug)
    said = {"film": film, "critic": critic, "headline": slug.title(), "slug": slug}
    written = apps.get_model("reviews.Review").objects.create(source_url=review, **said)
    moments = dict.fromkeys(
        ("planned_for", "visible_from", "first_visible_from"), MOMENT - dt.timedelta(days=1)
    )
    apps.get_model("reviews.Edition").objects.create(
        review=written, review_uid=written.uid, number=1, star_scale=5, source_url=edition, **said, **moments
    )
    apps.get_model("reviews.CriticLink").objects.create(critic=critic, label="Home", url=review or GOOD)


def test_those_at_the_desk_are_named_and_those_of_editions_are_cleared(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with before(NAME) as apps:
        reviews, editions, links = (
            apps.get_model("reviews", model).objects.order_by(
                "slug" if model != "CriticLink" else "critic__slug"
            )
            for model in ("Review", "Edition", "CriticLink")
        )
        make(apps, "good", review=GOOD, edition="HTTP://post.example")
        make(apps, "none", review="", edition="")
        make(apps, "old", review="", edition="ftp://post.example/1")
        make(apps, "script", review=SCRIPT, edition=SCRIPT)
        with pytest.raises(CommandError) as refused:
            migrate(NAME)
        said = str(refused.value)
        assert f"the source of the review “Script” (script): '{SCRIPT}'" in said
        assert f"the link “Home” of the critic Ann script (script): '{SCRIPT}'" in said
        assert "Then run migrate again." in said
        assert "Old" not in said
        assert editions.filter(source_url=SCRIPT).exists(), "nothing is done by halves"

        reviews.filter(slug="script").update(source_url="")
        links.filter(critic__slug="script").delete()
        with caplog.at_level(logging.WARNING):
            migrate(NAME)
        assert "Edition 1 of the review “old” no longer leads to 'ftp://post.example/1'." in caplog.messages
        assert list(editions.values_list("source_url", flat=True)) == ["HTTP://post.example", "", "", ""]
        assert list(reviews.values_list("source_url", flat=True)) == [GOOD, "", "", ""]
        assert list(links.values_list("url", flat=True)) == [GOOD, GOOD, GOOD]
