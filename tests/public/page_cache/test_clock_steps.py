"""A clock that runs over a moment unseen, is set right by a few seconds, or is not quite that of another server."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reviews import clock
from reviews.desk.verbs import publishing
from reviews.models import Edition, PublicState
from reviews.models.public import state
from reviews.seeding.factories import MOMENT, make_edition, make_outlet, make_review
from reviews.urls import urlpatterns

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now", "pages_are_kept")]

HOUR = dt.timedelta(hours=1)
STEP = dt.timedelta(seconds=5)


@pytest.fixture(autouse=True)
def site(now: dt.datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every request reads the row, as after two tenths of a second."""
    monkeypatch.setattr(state, "KNOWN_FOR", 0)
    PublicState.objects.ensure()
    make_outlet()
    make_edition(slug="public", headline="Seen by all")


def put_back(patch: pytest.MonkeyPatch) -> HttpResponse:
    """A response that is made while the clock is put back."""
    patch.setattr(clock, "_frozen_at", MOMENT - STEP)
    return HttpResponse("Made.")


def test_over_a_lift_while_the_desk_schedules_another() -> None:
    """Nobody asked for anything in between, so nobody has noticed the lift."""
    publishing.publish(make_review(slug="new", headline="At last"), at=MOMENT + HOUR)
    assert b"At last" not in Client().get("/").content
    with clock.frozen_at(MOMENT + 2 * HOUR):
        publishing.publish(make_review(slug="later"), at=MOMENT + 5 * HOUR)
        assert b"At last" in Client().get("/").content


def test_over_a_lift_of_which_nobody_had_heard_while_the_desk_schedules_another() -> None:
    assert b"At last" not in Client().get("/").content
    publishing.publish(make_review(slug="new", headline="At last"), at=MOMENT + HOUR)
    with clock.frozen_at(MOMENT + 2 * HOUR):
        publishing.publish(make_review(slug="later"), at=MOMENT + 5 * HOUR)
        assert b"At last" in Client().get("/").content


def test_over_an_end_while_the_desk_schedules_something() -> None:
    ending = make_review(slug="ending", headline="Not for long", rights_until=MOMENT + HOUR)
    publishing.publish(ending)
    assert b"Not for long" in Client().get("/").content
    with clock.frozen_at(MOMENT + 2 * HOUR):
        publishing.publish(make_review(slug="later"), at=MOMENT + 5 * HOUR)
        assert b"Not for long" not in Client().get("/").content


def test_behind_the_clock_by_which_something_was_scheduled_shows_a_lift_on_its_second() -> None:
    """The row tells of what comes after that moment only, which the lift does not."""
    publishing.publish(make_review(slug="new", headline="At last"), at=MOMENT + HOUR)
    with clock.frozen_at(MOMENT + HOUR - 2 * STEP):
        assert b"At last" not in Client().get("/").content
    with clock.frozen_at(MOMENT + HOUR + STEP):
        publishing.publish(make_review(slug="later"), at=MOMENT + 5 * HOUR)
    with clock.frozen_at(MOMENT + HOUR - STEP):
        assert b"At last" not in Client().get("/").content
        with CaptureQueriesContext(connection) as asked:
            Client().get("/")
        assert len(asked) == 1
    with clock.frozen_at(MOMENT + HOUR):
        assert b"At last" in Client().get("/").content


def test_back_over_a_lift_that_is_then_moved_shows_nothing_early() -> None:
    review = make_review(slug="new", headline="At last")
    publishing.publish(review, at=MOMENT + HOUR)
    Client().get("/")
    with clock.frozen_at(MOMENT + HOUR + STEP):
        assert b"At last" in Client().get("/").content
    with clock.frozen_at(MOMENT + HOUR - STEP):
        publishing.retime(review, MOMENT + 2 * HOUR)
        assert b"At last" not in Client().get("/").content
    with clock.frozen_at(MOMENT + HOUR + 2 * STEP):
        assert b"At last" not in Client().get("/").content


@pytest.mark.parametrize("kept", [True, False])
def test_back_while_a_page_is_made_is_no_error(kept: bool, settings: Any) -> None:
    settings.PAGE_CACHE = kept
    with pytest.MonkeyPatch.context() as patch:
        route = next(each for each in urlpatterns if each.name == "about")
        patch.setattr(route, "callback", lambda request: put_back(patch))
        response = Client().get("/about/")
    assert (response.status_code, response.headers["Cache-Control"][-10:]) == (200, "s-maxage=0")


def test_back_with_a_database_that_is_restored_shows_nothing_that_is_not_in_it() -> None:
    """What went up by the clock alone moved no stamp, so the one of the backup is still the same."""
    before = PublicState.objects.values().get()
    publishing.publish(make_review(slug="new", headline="At last"), at=MOMENT + HOUR)
    with clock.frozen_at(MOMENT + HOUR):
        PublicState.objects.move(is_seen=False)
        assert b"At last" in Client().get("/").content
        Edition.objects.filter(slug="new").update(visible_from=MOMENT + 9 * HOUR)
        PublicState.objects.update(**before)
        assert b"At last" not in Client().get("/").content
