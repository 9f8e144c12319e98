"""Pictures at the moment at which they may be seen, and may no longer: a second before it, on it and after it."""

import datetime as dt

import pytest
from django.test import Client

from reviews.audit import hiding
from reviews.audit.hiding.pictures import hidden_pictures
from reviews.audit.planting import planted
from reviews.audit.world import rendition_called
from tests.leaks import leaks
from tests.leaks.leaks import LIFT, NOW
from tests.leaks.planting import ORDERS, build, hidden_in, plant, populate
from tests.leaks.walk import make_readers, walk

pytestmark = pytest.mark.django_db

ALONE, INSERTED_LAST = leaks.PLACEMENTS[0], ORDERS[1]
SECOND = dt.timedelta(seconds=1)


@pytest.fixture
def readers() -> dict[str, Client]:
    return make_readers()


def test_its_pictures_go_up_with_it(readers: dict[str, Client]) -> None:
    world = plant(planted({"approved_for_later": hiding.approved_for_later}, [ALONE]), INSERTED_LAST)
    keys = [("GET", f"/pictures/{each}") for each in hidden_in(world)["rendition"]]
    hero = f"/pictures/{rendition_called('hidden-approved-for-later-0-hero')}"
    assert len(keys) == 3
    instant = dt.timedelta(microseconds=1)
    for at, status in ((LIFT - SECOND, 404), (LIFT - instant, 404), (LIFT, 200), (LIFT + SECOND, 200)):
        answers = walk(readers, keys, at)
        shown = {key: each.status for key, each in answers.items() if key[1] != hero}
        assert {*shown.values()} == {status}, at


def test_hidden_pictures_go_up_and_down_by_their_own_terms(readers: dict[str, Client]) -> None:
    build(populate, hidden_pictures)
    still, portrait, loose, earlier = (
        ("GET", f"/pictures/{rendition_called(f'hidden-{name}')}")
        for name in ("still", "portrait", "loose", "earlier")
    )

    def shown(at: dt.datetime) -> set[tuple[str, str]]:
        answers = walk(readers, [still, portrait, loose, earlier], at)
        return {key for key, answer in answers.items() if answer.status == 200}

    assert shown(NOW - SECOND) == {portrait}
    assert shown(NOW) == shown(LIFT - SECOND) == set()
    assert shown(LIFT) == shown(LIFT + SECOND) == {still}
