"""Entries of the release before are chained in their order, and lose only that on the way back."""

import datetime as dt
import uuid
from importlib import import_module

import pytest

from reviews.desk.chain.appending import COVERED
from reviews.rules.chain import BEGINNING, digest_after
from reviews.seeding.factories import MOMENT
from tests.migrating import Database

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.in_turn,  # A released migration is not edited: only a later one, or Django, can break this.
]

BEFORE, AFTER = "0013_a_tag_has_an_order", "0014_history_is_chained"
PORTION = 100
"""So many are chained at once in this test."""
MANY = 230
"""More than two portions."""


def test_entries_are_chained_in_their_order_back_and_forth(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_module(f"reviews.migrations.{AFTER}"), "ROWS_AT_ONCE", PORTION)
    database.migrate(BEFORE)
    entries = database.model("reviews", "HistoryEntry", BEFORE)
    model = entries.model
    made = [
        # Most share their moment with others, and some their number, too: the key decides then.
        model(
            at=MOMENT - dt.timedelta(hours=number // 70, microseconds=3),
            film_uid=uuid.UUID(int=number),
            what=f"Done {number} – “東京”.",
            sequence=number // 3,
        )
        for number in range(MANY)
    ]
    entries.bulk_create(made)
    rows = list(entries.order_by("pk").values())
    digests = []
    for _ in range(2):
        database.migrate(AFTER)
        digest, expected = BEGINNING, []
        for row in entries.order_by("at", "sequence", "pk").values():
            digest = digest_after(digest, {name: row[name] for name in COVERED})
            expected.append((row["id"], digest))
        chained = database.model("reviews", "HistoryEntry", AFTER).order_by("number")
        assert list(chained.values_list("id", "digest")) == expected
        assert list(chained.values_list("number", flat=True)) == list(range(1, MANY + 1))
        head = database.model("reviews", "HistoryHead", AFTER).get()
        assert (head.count, head.digest) == (MANY, digest)
        digests.append(digest)
        database.migrate(BEFORE)
        assert list(entries.order_by("pk").values()) == rows
    assert digests[0] == digests[1]


def test_a_site_without_a_history_begins_one(database: Database) -> None:
    database.migrate(BEFORE)
    database.migrate(AFTER)
    head = database.model("reviews", "HistoryHead", AFTER).get()
    assert (head.count, head.digest) == (0, BEGINNING)
