"""Upgrading a database whose permissions are worded as earlier releases made them."""

from typing import Any

import pytest
from django.apps import apps as today

from tests.migrating import Database

# Released migrations are not edited: only a later one, or Django, can break this.
pytestmark = pytest.mark.in_turn

BEFORE = "0020_review_by_address"
THEN = {
    "edit_all_copy": "Can edit everybody's reviews",
    "publish_review": "Can publish, re-time and withdraw reviews",
}
BY_HAND = "May take copy down"


def worded() -> dict[str, str]:
    """The permissions of our models as a new database has them."""
    words: dict[str, str] = {}
    for model in today.get_app_config("reviews").get_models():
        about = model._meta
        words |= {
            f"{verb}_{about.model_name}": f"Can {verb} {about.verbose_name_raw}"
            for verb in about.default_permissions
        }
        words |= dict(about.permissions)
    return words


def test_they_are_worded_as_in_a_new_one_and_held_by_the_same(database: Database) -> None:
    database.migrate(BEFORE)
    permissions: Any = database.model("auth", "Permission", BEFORE)
    ours = permissions.filter(content_type__app_label="reviews")
    for codename, words in THEN.items():
        ours.filter(codename=codename).update(name=words)
    ours.filter(codename="withdraw_review").update(name=BY_HAND)
    others = permissions.create(
        content_type_id=permissions.get(codename="view_user").content_type_id,
        codename="edit_all_copy",
        name=THEN["edit_all_copy"],
    )
    keys = dict(ours.values_list("codename", "pk"))
    group = database.model("auth", "Group", BEFORE).create(name="Proof-readers")
    group.permissions.set([keys["edit_all_copy"]])
    user = database.model("auth", "User", BEFORE).create(username="ava", password="!")
    user.user_permissions.set([keys["publish_review"], keys["edit_all_copy"]])
    database.migrate()
    permissions = database.model("auth", "Permission")
    now = permissions.filter(content_type__app_label="reviews")
    assert dict(now.values_list("codename", "name")) == worded() | {"withdraw_review": BY_HAND}
    assert {**dict(now.values_list("codename", "pk")), **keys} == dict(now.values_list("codename", "pk"))
    assert permissions.get(pk=others.pk).name == THEN["edit_all_copy"]
    assert [*permissions.filter(group__name="Proof-readers").values_list("pk", flat=True)] == [
        keys["edit_all_copy"]
    ]
    assert {*permissions.filter(user__username="ava").values_list("pk", flat=True)} == {
        keys["publish_review"],
        keys["edit_all_copy"],
    }
