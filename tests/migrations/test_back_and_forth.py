"""The newer migrations undone and made again, on the demo's data: nothing is lost but what they had added."""

from typing import Any

import pytest
from django.apps import apps as today
from django.core.management import call_command

from reviews.models import Critic, Film, Review, Revision
from reviews.seeding.factories import MOMENT
from tests.migrating import Database

pytestmark = pytest.mark.django_db(transaction=True)

STEPS = (
    "0013_a_tag_has_an_order",
    "0012_public_state",
    "0011_the_latest_by_each",
    "0010_links_end",
    "0009_sign_in_attempts",
    "0008_keys_tell_nothing",
    "0007_links_lead_to_the_web",
    "0006_a_release_is_once",
    "0005_founding_roles",
    "0004_franchises_have_pages",
)
ADDED = {
    "CountsState",
    "EditionPicture",
    "FoundingRole",
    "HistoryHead",
    "MonthCount",
    "Picture",
    "PictureFile",
    "PictureFilm",
    "PicturePerson",
    "PictureTag",
    "PublicState",
    "SignInAttempts",
    "TagPairCount",
}
COMPUTED = {
    "Critic": ("portrait_id",),
    "Edition": ("counted", "hero_id"),
    "Embargo": ("agreed_at", "uncounted_film"),
    "Film": ("poster_id", "still_id"),
    "Person": ("portrait_id",),
    "Review": ("hero_id",),
    "EditionTag": ("first_visible_from", "review_uid"),
    "HistoryEntry": ("number", "digest"),
}
"""Columns of later releases: a migration fills them from others, or they name a picture, which goes on the way back."""


def rows(apps: Any) -> dict[str, list[dict[str, Any]]]:
    """All rows, without their sequence numbers and what is computed."""
    found = {}
    for model in apps.get_app_config("reviews").get_models():
        if model.__name__ not in ADDED:
            values = model._base_manager.order_by("pk").values()
            left_out = {"sequence", *COMPUTED.get(model.__name__, ())}
            found[model.__name__] = [{k: v for k, v in row.items() if k not in left_out} for row in values]
    return found


def test_the_demos_data_is_the_same_after_each_step_back_and_after_all_forward() -> None:
    call_command("loaddata", "ballerina", verbosity=0)
    # As the release of then numbered its first review.
    about = Film.objects.get(), Critic.objects.order_by("pk")[0]
    begin(Review, Revision, "first", *about, pk=1)
    before = rows(today)
    assert len(before["Review"]) == 1 + len(before["Edition"]) == 6
    database = Database("default")
    try:
        for step in STEPS:
            database.migrate(step)
            apps = database.apps(step)
            assert rows(apps) == before, step
        # That release counts on from the keys that there are.
        review, revision = (apps.get_model("reviews", name) for name in ("Review", "Revision"))
        begin(review, revision, "second", *about).delete()
    finally:
        database.migrate()
    assert rows(today) == before


def begin(reviews: Any, revisions: Any, slug: str, film: Film, critic: Critic, **key: int) -> Any:
    review = reviews._base_manager.create(
        headline="Begun", slug=slug, film_id=film.pk, critic_id=critic.pk, **key
    )
    document: dict[str, Any] = {"fields": {}, "tags": {}, "judgements": []}
    revisions._base_manager.create(review=review, number=1, at=MOMENT, document=document, **key)
    return review
