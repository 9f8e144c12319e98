"""The upgrade reads from the history since when each embargo was agreed."""

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest

from reviews.seeding.factories import MOMENT
from tests.migrating import Database

# Released migrations are not edited: only a later one, or Django, can break this.
pytestmark = pytest.mark.in_turn

BEFORE, AFTER = "0015_counts_are_kept", "0016_since_when_an_embargo"
DAY = dt.timedelta(days=1)


def test_an_embargo_is_as_old_as_its_first_line(database: Database) -> None:
    database.migrate(BEFORE)

    def make(name: str, /, **fields: Any) -> Any:
        return database.model("reviews", name, BEFORE).create(**fields)

    film = make("Film", title="Ida", slug="ida")

    def embargo(*lines: str) -> Any:
        row = make("Embargo", film=film, lifts_at=MOMENT, zone="UTC", uid=uuid4())
        for number, what in enumerate(lines):
            make(
                "HistoryEntry",
                uid=uuid4(),
                at=MOMENT - (9 - number) * DAY,
                what=what,
                film_uid=film.uid,
                decides_uid=row.uid,
                visible_from=MOMENT,
            )
        return row

    agreed = embargo("An embargo on reviews was agreed.", "The embargo's record saved: terms.")
    moved = embargo("An embargo on social media only was moved.")
    older = embargo("The embargo's record saved: terms.")
    database.migrate(AFTER)
    found = dict(database.model("reviews", "Embargo", AFTER).values_list("pk", "agreed_at"))
    assert found == {agreed.pk: MOMENT - 9 * DAY, moved.pk: MOMENT - 9 * DAY, older.pk: None}
