"""Upgrading to where grants are remembered: what a role lacks by then was taken away, and stays so."""

from typing import Any

import pytest

from tests.migrating import Database

# Released migrations are not edited: only a later one, or Django, can break this.
pytestmark = pytest.mark.in_turn

BEFORE, AFTER = "0004_franchises_have_pages", "0005_founding_roles"


def permissions(database: Database, role: str) -> set[str]:
    held = database.model("auth", "Permission").filter(group__name=role)
    return {f"{each.content_type.app_label}.{each.codename}" for each in held.select_related("content_type")}


def permission(database: Database, codename: str) -> Any:
    return database.model("auth", "Permission").get(codename=codename)


def test_a_database_of_the_release_before_keeps_what_its_outlet_decided(database: Database) -> None:
    database.migrate(BEFORE)
    groups = database.model("auth", "Group", BEFORE)
    # As that release left them: the editors of this outlet do not publish, and it has no critics' role.
    editors = groups.create(name="Editor")
    groups.create(name="Publisher")
    codenames = ("add_review", "change_review", "view_review")
    editors.permissions.set([permission(database, name).pk for name in codenames])
    database.migrate()
    assert permissions(database, "Editor") == {f"reviews.{name}" for name in codenames}
    assert permissions(database, "Publisher") == set()
    assert not database.model("auth", "Group").filter(name="Critic").exists()
    database.migrate()
    assert permissions(database, "Editor") == {f"reviews.{name}" for name in codenames}
