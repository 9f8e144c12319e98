"""The newer migrations undone and made again, on the demo's data: nothing is lost but what they had added."""

from typing import Any

import pytest
from django.apps import apps as today
from django.core.management import call_command

from tests.factories import MOMENT
from tests.migrations.moving import migrate

pytestmark = pytest.mark.django_db(transaction=True)

STEPS = (
    "0010_links_end",
    "0009_sign_in_attempts",
    "0008_keys_tell_nothing",
    "0007_links_lead_to_the_web",
    "0006_a_release_is_once",
    "0005_founding_roles",
    "0004_franchises_have_pages",
)
ADDED = {"FoundingRole", "SignInAttempts"}


def rows(apps: Any) -> dict[str, list[dict[str, Any]]]:
    """All rows, without their sequence numbers."""
    found = {}
    for model in apps.get_app_config("reviews").get_models():
        if model.__name__ not in ADDED:
            values = model._base_manager.order_by("pk").values()
            found[model.__name__] = [{k: v for k, v in row.items() if k != "sequence"} for row in values]
    return found


def test_the_demos_data_is_the_same_after_each_step_back_and_after_all_forward() -> None:
    call_command("loaddata", "ballerina", verbosity=0)
    before = rows(today)
    assert len(before["Review"]) == len(before["Edition"]) == 5
    try:
        for step in STEPS:
            assert rows(migrate(step)) == before, step
    finally:
        migrate()
    assert rows(today) == before


def test_the_release_before_counts_on_from_the_keys_that_there_are() -> None:
    keys, earlier = STEPS[2:4]
    try:
        apps = migrate(earlier)
        make = {name: apps.get_model("reviews", name).objects.create for name in ("Film", "Critic")}
        about = {
            "film_id": make["Film"](title="Ida", slug="ida").pk,
            "critic_id": make["Critic"](name="Vera", slug="vera").pk,
        }
        begin(apps, "first", **about)
        migrate(keys)
        apps = migrate(earlier)
        begin(apps, "second", **about)
        written = apps.get_model("reviews.Review").objects.order_by("pk")
        assert list(written.values_list("slug", flat=True)) == ["first", "second"]
    finally:
        migrate()


def begin(apps: Any, slug: str, **about: Any) -> None:
    review = apps.get_model("reviews.Review").objects.create(headline="Begun", slug=slug, **about)
    document: dict[str, Any] = {"fields": {}, "tags": {}, "judgements": []}
    apps.get_model("reviews.Revision").objects.create(review=review, number=1, at=MOMENT, document=document)
