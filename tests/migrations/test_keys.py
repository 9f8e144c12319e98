"""Bringing a database with reviews in it to keys that do not count: nothing in it changes, and all goes on working."""

import datetime as dt
from typing import Any

import pytest
from django.db import connections

from reviews.models.keys import LARGEST_KEY
from reviews.seeding.factories import MOMENT
from tests.migrating import ALIAS, Database

# Released migrations are not edited: only a later one, or Django, can break this.
pytestmark = pytest.mark.in_turn

BEFORE, AFTER = "0007_links_lead_to_the_web", "0008_keys_tell_nothing"
NOUNS = ("Review", "Judgement", "ReviewTag", "Revision", "Autosave", "PreviewLink", "HistoryEntry", "Edition")
ORDERED = ("Review", "Autosave", "PreviewLink", "HistoryEntry")
DAY = dt.timedelta(days=1)


def fill(database: Database) -> None:
    """Two reviews with something of every kind that names them, made by the models of then."""

    def make(name: str, /, **fields: Any) -> Any:
        return database.model("reviews", name, BEFORE).create(**fields)

    account = database.model("auth", "User", BEFORE).create(username="vera")
    film = make("Film", title="Ida", slug="ida")
    critic = make("Critic", name="Vera", slug="vera", user_id=account.pk)
    tag, aspect = make("Tag", name="Road movie", slug="road-movie"), make("Aspect", name="Pace", slug="pace")
    for number in (1, 2):
        review = make(
            "Review",
            film_id=film.pk,
            critic_id=critic.pk,
            headline=f"Headline {number}",
            slug=f"review-{number}",
            written_by_id=account.pk,
            revision=1,
        )
        make("Judgement", review_id=review.pk, aspect_id=aspect.pk, stance=1, evidence="The camera waits.")
        make("ReviewTag", content_object_id=review.pk, tag_id=tag.pk)
        revision = make("Revision", review_id=review.pk, number=1, at=MOMENT, document={"fields": {}})
        make(
            "Autosave",
            owner_id=account.pk,
            review_id=review.pk,
            form=review.uid,
            window=review.uid,
            seen_at=MOMENT,
        )
        make(
            "PreviewLink",
            review_id=review.pk,
            revision_id=revision.pk,
            digest=str(number),
            made_at=MOMENT,
            expires_at=MOMENT + DAY,
        )
        make("HistoryEntry", at=MOMENT, film_uid=film.uid, review_uid=review.uid, what=f"Begun {number}.")
        make(
            "Edition",
            review_id=review.pk,
            review_uid=review.uid,
            film_id=film.pk,
            critic_id=critic.pk,
            headline="Seen",
            slug=f"review-{number}",
            number=1,
            star_scale=5,
            planned_for=MOMENT,
            visible_from=MOMENT,
            first_visible_from=MOMENT,
        )


def rows(database: Database, at: str) -> dict[str, list[dict[str, Any]]]:
    found = {}
    for name in NOUNS:
        values = list(database.model("reviews", name, at).order_by("pk").values())
        found[name] = [{key: value for key, value in row.items() if key != "sequence"} for row in values]
    return found


def counters() -> set[str]:
    """The tables of the six kinds whose keys the database would still count up."""
    connection, kinds = connections[ALIAS], [name.lower() for name in (*ORDERED, "Judgement", "Revision")]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'S'")
            counted = {name.removesuffix("_id_seq") for (name,) in cursor.fetchall()}
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE sql LIKE '%AUTOINCREMENT%'")
            counted = {name for (name,) in cursor.fetchall()}
    assert "reviews_film" in counted
    return counted & {f"reviews_{kind}" for kind in kinds}


@pytest.fixture
def filled(database: Database) -> Database:
    database.migrate(BEFORE)
    fill(database)
    return database


def test_what_there_is_stays_and_what_comes_has_a_key_by_chance(filled: Database) -> None:
    before = rows(filled, BEFORE)
    assert all(len(each) == 2 for each in before.values())
    filled.migrate(AFTER)
    assert rows(filled, AFTER) == before
    for name in ORDERED:
        sequences = filled.model("reviews", name, AFTER).order_by("pk").values_list("sequence", "pk")
        assert all(sequence == pk for sequence, pk in sequences), name
    review = filled.model("reviews", "Review", AFTER).get(slug="review-1")
    new = {
        "Review": {"film": review.film, "critic": review.critic, "headline": "New", "slug": "new"},
        "Revision": {"review": review, "number": 2, "at": MOMENT, "document": {}},
        "HistoryEntry": {"at": MOMENT, "film_uid": review.film.uid, "what": "Saved."},
    }
    for name, fields in new.items():
        rows_of = filled.model("reviews", name, AFTER)
        made = [rows_of.create(**fields).pk]
        assert 2 < made[0] <= LARGEST_KEY
        if name in ORDERED:
            assert rows_of.order_by("sequence").last().pk == made[0]
    assert counters() == set()
    filled.model("reviews", "Judgement", AFTER).get(review=review).delete()
