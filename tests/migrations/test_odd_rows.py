"""What a database of the first release can hold that nobody would type: all of it comes through every upgrade."""

import datetime as dt
import uuid
from typing import Any

from tests.migrating import Database

BEFORE = "0004_franchises_have_pages"
FIRST, LAST = dt.datetime(1, 1, 2, tzinfo=dt.UTC), dt.datetime(9999, 12, 30, tzinfo=dt.UTC)
GONE = uuid.UUID(int=0)
# One name to a reader, and several to a database: by case, by normalisation, by white space.
ALIKE = ("Caf\u00e9", "Cafe\u0301", "caf\u00e9", "CAF\u00c9", "Caf\u00e9 ")


def fill(database: Database) -> None:
    def make(name: str, /, **fields: Any) -> Any:
        return database.model("reviews", name, BEFORE).create(**fields)

    groups, accounts = (database.model("auth", name, BEFORE) for name in ("Group", "User"))
    for name in ("editor", "Editor ", "EDITOR", "\u00c9diteur"):
        groups.create(name=name)
    left = accounts.create(username="left", is_active=False)
    for number, name in enumerate(ALIKE):
        make("Tag", name=name, slug=f"tag-{number}")
        make("Film", title=name, sort_title="cafe", slug=f"film-{number}", release_year=None)
        make("Critic", name=name, sort_name="cafe", slug=f"critic-{number}")
    film = database.model("reviews", "Film", BEFORE).get(slug="film-0")
    critic = database.model("reviews", "Critic", BEFORE).get(slug="critic-0")
    for status in ("draft", "approved", "withdrawn"):
        for since in (None, FIRST, LAST):
            make(
                "Review",
                film=film,
                critic=critic,
                headline=" ",
                slug=f"{status}-{since and since.year}",
                status=status,
                status_since=since,
                written_by=left,
            )
    # A column that holds the uids of other rows keeps them after those rows are deleted.
    make("HistoryEntry", at=FIRST, film_uid=GONE, review_uid=GONE, what="Begun.", by_name="deleted")
    make("OldAddress", path="/films/gone/", kind="film", target_uid=GONE)
    for number, review in enumerate(database.model("reviews", "Review", BEFORE).order_by("pk")):
        make("Revision", review_id=review.pk, number=1, at=LAST, document={})
        make(
            "Autosave", owner_id=left.pk, form=review.uid, window=GONE, seen_at=FIRST, posted={"\ufffd": [""]}
        )
        for name, made_by in (("", None), ("left", left), ("deleted", None)):
            fields: dict[str, Any] = {"made_at": FIRST, "expires_at": LAST}
            make(
                "PreviewLink",
                review_id=review.pk,
                digest=f"{number}-{name}",
                made_by=made_by,
                made_by_name=name,
                revoked_at=LAST if number % 2 else None,
                **fields,
            )


def test_everything_is_there_afterwards_and_only_links_have_ended(database: Database) -> None:
    database.migrate(BEFORE)
    fill(database)
    nouns = (
        "Tag",
        "Film",
        "Critic",
        "Review",
        "HistoryEntry",
        "OldAddress",
        "Revision",
        "Autosave",
        "PreviewLink",
    )
    before = {
        name: list(database.model("reviews", name, BEFORE).order_by("pk").values_list("pk")) for name in nouns
    }
    database.migrate()
    after = {name: list(database.model("reviews", name).order_by("pk").values_list("pk")) for name in nouns}
    assert after == before
    # Each link was made before the first moment there is, by nobody, by a closed account and by a deleted one.
    working = database.model("reviews", "PreviewLink").exclude(revoked_at__lt=LAST)
    assert {link.made_by_name for link in working} == {""}
    assert sorted(link.review.status for link in working.select_related("review")) == 3 * ["approved"] + 3 * [
        "draft"
    ]
    roles = database.model("auth", "Group").values_list("name", flat=True)
    assert set(roles) >= {"editor", "Editor ", "EDITOR", "\u00c9diteur"}
