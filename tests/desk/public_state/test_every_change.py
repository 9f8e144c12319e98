"""The stamp moves exactly when a page of readers changes at once: tried with every kind of row, by code and by form.

So does a purge: a CDN is asked to drop every page that changes, and nothing for what nobody sees.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client
from django.test.utils import override_settings
from pytest_django import DjangoCaptureOnCommitCallbacks

from reviews import clock
from reviews.audit import hiding
from reviews.audit.world import PUBLIC_BODY, World
from reviews.desk.cdn.purging import purges_noted
from reviews.desk.public_state.signals import WATCHED
from reviews.desk.verbs import publishing, withdrawing
from reviews.models import (
    CriticLink,
    Edition,
    EditionPicture,
    Judgement,
    OldAddress,
    PictureFile,
    PublicState,
    Review,
)
from reviews.models.public.counts import CountsState, MonthCount, TagPairCount
from reviews.models.shared.picture import PictureFilm, PicturePerson, PictureTag
from reviews.seeding.factories import make_aspect, make_release
from tests.desk.public_state.what_changes import BOTH, HIDDEN, HOUR, PUBLIC, SEEN, UNSEEN, Change
from tests.gate.night import in_turn
from tests.leaks.leaks import LIFT, NOW, PLACEMENTS
from tests.leaks.planting import build
from tests.pictures.shelf import kept_picture, path_of, shelved_in

pytestmark = pytest.mark.django_db

PLACES = ("poster", "pinned", "waiting", "loose")


def token_of(name: str, place: str) -> str:
    return f"{name}-{place}".ljust(22, "_")


PAGES = (
    "/",
    *(f"/{noun}/" for noun in ("films", "critics", "reviews", "people", "tags", "franchises", "corrections")),
    "/about/",
    "/feed.xml",
    "/sitemap-reviews.xml",
    "/films/public-film/",
    "/critics/public-critic/",
    "/reviews/public-review/",
    "/reviews/renamed-review/",
    "/reviews/other-review/",
    "/people/public-person/",
    "/tags/public-tag/",
    "/franchises/public-series/",
    "/films/formerly/",
    "/films/public-once/",
    "/reviews/told-review/",
    "/reviews/hidden-review/",
    "/films/hidden-film/",
    *(
        path_of(PictureFile(token=token_of(name, place), width=1600, height=900))
        for name in (PUBLIC, HIDDEN)
        for place in PLACES
    ),
)


def told(world: World) -> None:
    """A review that was withdrawn with a note; readers know its film and critic from nowhere else."""
    review = world.review("told", film="told", critic="told", tag="told", body=PUBLIC_BODY)
    publishing.publish(review, at=NOW - 3 * HOUR, backdated=True)
    withdrawing.withdraw(review, note="It was wrong.")


def lasting(world: World) -> None:
    """Rows that pages show: a link, a release, an old address."""
    for name in (PUBLIC, HIDDEN):
        critic, film = world.critic(name), world.film(name)
        CriticLink.objects.create(critic=critic, label="Elsewhere", url=f"https://{name}.example/")
        make_release(film)
        OldAddress.objects.create(path=f"/films/{name}-once/", kind="film", target_uid=film.uid)


def pictured(world: World) -> None:
    """Pictures of what is public and of what is hidden: a poster, one in an edition, one under embargo, one nowhere."""
    for name in (PUBLIC, HIDDEN):
        poster, pinned, embargoed, _loose = (
            kept_picture(
                name=f"{name}-{place}",
                version={"token": token_of(name, place)},
                embargo_until=LIFT if place == "waiting" else None,
            )
            for place in PLACES
        )
        film = world.film(name)
        film.poster, film.still = poster, embargoed
        film.save()
        edition = Edition.objects.get(slug=f"{name}-review")
        EditionPicture.objects.create(edition=edition, picture=pinned, file=pinned.file)


def waiting(world: World) -> None:
    hiding.approved_for_later(world, PLACEMENTS[0])
    review = Review.objects.get(slug="hidden-review")
    aspect = make_aspect(name="Aspect of what waits", slug="waits", position=9)
    Judgement.objects.filter(review=review).update(aspect=aspect)
    publishing.publish(review, at=LIFT)
    world.review("draft", film="hidden", critic="hidden", tag="hidden", body="")


@pytest.fixture(autouse=True)
def behind_a_cdn(settings: Any) -> None:
    settings.CDN_PURGE_URL = "http://cdn.invalid/"


@pytest.fixture(scope="module")
def world(kept: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with clock.frozen_at(NOW), shelved_in(tmp_path_factory.mktemp("pictures")):
        PublicState.objects.ensure()
        yield build(World.populate, waiting, told, lasting, pictured)


@pytest.fixture(scope="module")
def before(world: World) -> dict[str, Any]:
    return shown()


@pytest.fixture(autouse=True)
def undone(world: World) -> Iterator[None]:
    with transaction.atomic(), clock.frozen_at(NOW):
        yield
        transaction.set_rollback(True)


def shown() -> dict[str, Any]:
    with clock.frozen_at(NOW), override_settings(CDN_PURGE_URL="http://cdn.invalid/"):
        answers = {path: Client().get(path) for path in PAGES}
    return {
        path: (
            each.status_code,
            each.headers.get("Location"),
            each.content,
            {*each.headers["Surrogate-Key"].split()},
        )
        for path, each in answers.items()
    }


def test_every_row_that_readers_may_see_is_watched() -> None:
    """A new model is in one of the tables, or a change of it would leave pages as they are."""
    of_readers = {
        model
        for model in apps.get_app_config("reviews").get_models()
        if model.__module__.startswith(("reviews.models.shared", "reviews.models.public"))
    }
    # Counts are worked out from editions, whose changes are watched.
    computed = {PublicState, MonthCount, TagPairCount, CountsState}
    # What a picture shows and is tagged with is for finding it at the desk.
    of_the_desk = {PictureFilm, PicturePerson, PictureTag}
    assert of_readers - computed - of_the_desk == set(WATCHED)


class TestEveryChange:
    @pytest.fixture(autouse=True)
    def capture(self, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> None:
        self.committed = django_capture_on_commit_callbacks

    def moved(self, change: Change, name: str) -> bool:
        stamp = PublicState.objects.get().stamp
        with purges_noted() as purges, self.committed(execute=True):
            change(name)
        self.purged = set().union(*(each.keys for each in purges))
        return PublicState.objects.get().stamp != stamp

    @pytest.mark.parametrize("what", in_turn([*BOTH, *SEEN]))
    def test_of_what_readers_see_moves_the_stamp(self, what: str, before: dict[str, Any]) -> None:
        moved = self.moved((BOTH | SEEN)[what], PUBLIC)
        after = shown()
        assert (after != before, moved) == (True, True)
        kept_by_a_cdn = [
            path for path in PAGES if after[path] != before[path] and not before[path][-1] & self.purged
        ]
        assert kept_by_a_cdn == []

    @pytest.mark.parametrize("what", in_turn([*BOTH, *UNSEEN]))
    def test_of_what_is_hidden_does_not(self, what: str, before: dict[str, Any]) -> None:
        moved = self.moved((BOTH | UNSEEN)[what], HIDDEN)
        assert (shown() != before, moved) == (False, False)
        assert self.purged == set()
