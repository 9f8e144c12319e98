"""Addresses that an earlier release let in and that lead to no page of the web."""

import datetime as dt
import logging
import re

import pytest
from django.core.management.base import CommandError

from reviews.seeding.factories import MOMENT
from tests.migrating import Database

# Released migrations are not edited: only a later one, or Django, can break this.
pytestmark = pytest.mark.in_turn

BEFORE, AFTER = "0006_a_release_is_once", "0007_links_lead_to_the_web"
SCRIPT, GOOD = "javascript:alert(1)", "https://post.example/1"
LONGEST = 500
WRONG = [
    "JaVaScRiPt:alert(1)", "data:text/html,x", "mailto:ann@post.example", "//post.example/1", "post.example",
    "https:", "https://", "https:///1", "https://?1", "http:post.example", "https:\\\\post.example", " ", "-",
    " https://post.example", "https://post.example ", "https://post.example\n", "https://post.example/a b",
    "https://ann@post.example/", "https://ann:secret@post.example/", "https://post.example\\@other.example",
    f"javascript:{'x' * (LONGEST - 11)}",
]  # fmt: skip
RIGHT = [
    "HTTPS://POST.EXAMPLE/1", "http://post.example", "https://post.example:8443/?q=1#there", "https://[::1]/",
    "https://кино.example/фильм", "https://cafe\u0301.example/", "https://post.example/@ann",
    f"https://post.example/{'x' * (LONGEST - 21)}",
]  # fmt: skip


def make(database: Database, slug: str, *, review: str, edition: str) -> None:
    film = database.model("reviews", "Film", BEFORE).create(title=slug, slug=slug)
    critic = database.model("reviews", "Critic", BEFORE).create(name=f"Ann {slug}", slug=slug)
    said = {"film": film, "critic": critic, "headline": slug.title(), "slug": slug}
    written = database.model("reviews", "Review", BEFORE).create(source_url=review, **said)
    moments = dict.fromkeys(
        ("planned_for", "visible_from", "first_visible_from"), MOMENT - dt.timedelta(days=1)
    )
    database.model("reviews", "Edition", BEFORE).create(
        review=written, review_uid=written.uid, number=1, star_scale=5, source_url=edition, **said, **moments
    )
    database.model("reviews", "CriticLink", BEFORE).create(critic=critic, label="Home", url=review or GOOD)


def test_those_at_the_desk_are_named_and_those_of_editions_are_cleared(
    database: Database,
    caplog: pytest.LogCaptureFixture,
) -> None:
    database.migrate(BEFORE)
    reviews, editions, links = (
        database.model("reviews", model, BEFORE).order_by("slug" if model != "CriticLink" else "critic__slug")
        for model in ("Review", "Edition", "CriticLink")
    )
    make(database, "good", review=GOOD, edition="HTTP://post.example")
    make(database, "none", review="", edition="")
    make(database, "old", review="", edition="ftp://post.example/1")
    make(database, "script", review=SCRIPT, edition=SCRIPT)
    with pytest.raises(CommandError) as refused:
        database.migrate(AFTER)
    said = str(refused.value)
    assert f"the source of the review “Script” (script): '{SCRIPT}'" in said
    assert f"the link “Home” of the critic Ann script (script): '{SCRIPT}'" in said
    assert "Then run migrate again." in said
    assert "Old" not in said
    assert editions.filter(source_url=SCRIPT).exists(), "nothing is done by halves"

    reviews.filter(slug="script").update(source_url="")
    links.filter(critic__slug="script").delete()
    with caplog.at_level(logging.WARNING):
        database.migrate(AFTER)
    assert "Edition 1 of the review “old” no longer leads to 'ftp://post.example/1'." in caplog.messages
    assert list(editions.values_list("source_url", flat=True)) == ["HTTP://post.example", "", "", ""]
    assert list(reviews.values_list("source_url", flat=True)) == [GOOD, "", "", ""]
    assert list(links.values_list("url", flat=True)) == [GOOD, GOOD, GOOD]


def test_every_address_that_is_refused_is_named_first_and_no_other(database: Database) -> None:
    """Whatever an importer or a fixture could have written: nothing is left to an error of the database's own."""
    database.migrate(BEFORE)
    film = database.model("reviews", "Film", BEFORE).create(title="Ida", slug="ida")
    critic = database.model("reviews", "Critic", BEFORE).create(name="Ann", slug="ann")
    reviews = database.model("reviews", "Review", BEFORE)
    reviews.bulk_create(
        reviews.model(film=film, critic=critic, headline=f"Review {slug}", slug=slug, source_url=address)
        for kind, addresses in (("wrong", WRONG), ("right", RIGHT))
        for slug, address in ((f"{kind}-{n}", address) for n, address in enumerate(addresses))
    )
    with pytest.raises(CommandError) as refused:
        database.migrate(AFTER)
    named = re.findall(r"the source of the review “Review (\S+)” \(\1\)", str(refused.value))
    assert named == [f"wrong-{number}" for number in range(len(WRONG))]
    reviews.filter(slug__in=named).update(source_url="")
    database.migrate(AFTER)
    assert list(reviews.exclude(source_url="").order_by("pk").values_list("source_url", flat=True)) == RIGHT
