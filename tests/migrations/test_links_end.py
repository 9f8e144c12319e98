"""Links that a withdrawal or a closed account would have ended are ended by the upgrade, which says how many."""

import datetime as dt
from typing import Any

import pytest

from reviews import clock
from tests.migrating import Database

# Released migrations are not edited: only a later one, or Django, can break this.
pytestmark = pytest.mark.in_turn

BEFORE, AFTER = "0009_sign_in_attempts", "0010_links_end"
DAY = dt.timedelta(days=1)


def test_links_to_what_is_withdrawn_and_of_those_who_have_gone_end(
    database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    database.migrate(BEFORE)
    now = clock.now()

    def make(name: str, /, **fields: Any) -> Any:
        return database.model("reviews", name, BEFORE).create(**fields)

    accounts = database.model("auth", "User", BEFORE)
    here, closed = accounts.create(username="here"), accounts.create(username="closed", is_active=False)
    about = {
        "film": make("Film", title="Ida", slug="ida"),
        "critic": make("Critic", name="Vera", slug="vera"),
    }
    draft = make("Review", **about, headline="Draft", slug="draft")
    withdrawn = {"status": "withdrawn", "status_since": now - DAY}
    gone = make("Review", **about, headline="Gone", slug="gone", **withdrawn)
    loaded = make("Review", **about, headline="Loaded", slug="loaded", status="withdrawn")

    def link(review: Any, digest: str, *, made_at: dt.datetime = now - 2 * DAY, **fields: Any) -> None:
        fields = {"expires_at": now + DAY, **fields}
        make("PreviewLink", review=review, digest=digest, made_at=made_at, **fields)

    link(draft, "of the house")
    link(draft, "of somebody", made_by=here, made_by_name="here")
    link(draft, "of a closed account", made_by=closed, made_by_name="closed")
    link(draft, "of a deleted account", made_by_name="deleted")
    link(draft, "expired", made_by_name="deleted", expires_at=now - DAY)
    link(gone, "before the withdrawal", made_by=here, made_by_name="here")
    link(gone, "of both kinds", made_by=closed, made_by_name="closed")
    link(gone, "made afterwards", made_at=now)
    link(loaded, "nobody knows since when")
    database.migrate(AFTER)
    left = database.model("reviews", "PreviewLink", AFTER).filter(revoked_at=None)
    assert {each.digest for each in left} == {"of the house", "of somebody", "expired", "made afterwards"}
    said = capsys.readouterr().out
    assert "Ended preview links to withdrawn reviews: 3." in said
    assert "Ended preview links of closed accounts: 2." in said
