"""Changes that are weighed before a lift and committed after it, and servers whose clocks do not agree about it.

A reader reads the old state after the lift, and before the commit; by one clock, or by a reader's clock that is ahead.
The tests have one connection, so the reader reads first, and the writer's clock is then the earlier one.
"""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client

from reviews import clock
from reviews.audit.counting import counted
from reviews.desk.public_state import changes
from reviews.desk.public_state.changes import changing
from reviews.desk.verbs import publishing
from reviews.models import Critic, Edition, Embargo, Film, PublicState, Review, Tag
from reviews.models.public import state
from reviews.public import page_cache
from reviews.public.page_cache.keeping import KEEPER
from reviews.seeding.factories import (
    MOMENT,
    make_critic,
    make_edition,
    make_embargo,
    make_film,
    make_outlet,
    make_review,
    make_tag,
)
from tests.gate.night import in_turn
from tests.public.page_cache.test_shared import InMemory, kept

__all__ = ["kept"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now", "pages_are_kept")]

LIFT = MOMENT + dt.timedelta(hours=1)
MOMENTS = dt.timedelta(milliseconds=5)
DAY = dt.timedelta(days=1)
PAGE = "/reviews/new/"


@pytest.fixture(autouse=True)
def site(now: dt.datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    """A review that waits for its film's embargo. Every request reads the row, as after two tenths of a second."""
    monkeypatch.setattr(state, "KNOWN_FOR", 0)
    monkeypatch.setattr(changes, "KNOWN_FOR", 0)
    PublicState.objects.ensure()
    make_outlet()
    make_edition(slug="public")
    review = make_review(
        slug="new",
        film=make_film(slug="film", title="Old title"),
        critic=make_critic(slug="critic", name="Old name"),
    )
    review.tags.set([make_tag("old tag", slug="tag")])
    make_embargo(review.film, lifts_at=LIFT)
    publishing.publish(review, at=MOMENT + dt.timedelta(minutes=1))
    KEEPER.validity.standing()


def page_at(at: dt.datetime) -> str:
    with clock.frozen_at(at):
        return Client().get(PAGE).content.decode()


def rename(row: Film | Critic | Tag, column: str) -> None:
    setattr(row, column, "New words")
    row.save()


def put_off() -> None:
    embargo = Embargo.objects.get()
    embargo.lifts_at = LIFT + DAY
    embargo.save()


CHANGES: dict[str, tuple[Callable[[], object], str]] = {
    "the film's title": (lambda: rename(Film.objects.get(slug="film"), "title"), "Old title"),
    "the critic's name": (lambda: rename(Critic.objects.get(slug="critic"), "name"), "Old name"),
    "a tag's name": (lambda: rename(Tag.objects.get(slug="tag"), "name"), "old tag"),
    "the lift": (put_off, "Old title"),
    "the planned moment": (
        lambda: publishing.retime(Review.objects.get(slug="new"), LIFT + DAY),
        "Old title",
    ),
    "the edition": (lambda: Edition.objects.get(slug="new").delete(), "Old title"),
}


@pytest.mark.parametrize("what", in_turn([*CHANGES]))
def test_a_page_that_was_read_before_the_commit_does_not_outlive_it(what: str) -> None:
    change, old = CHANGES[what]
    assert old in page_at(LIFT + MOMENTS)
    with clock.frozen_at(LIFT - MOMENTS), changing():
        change()
    assert old not in page_at(LIFT + 2 * MOMENTS)


@pytest.mark.parametrize("what", in_turn([*CHANGES]))
def test_nor_a_later_change_that_is_noticed_with_it(what: str) -> None:
    """Two changes between two looks at the row: it tells of the later one only."""
    change, old = CHANGES[what]
    assert old in page_at(LIFT + MOMENTS)
    with clock.frozen_at(LIFT - MOMENTS):
        during = changing()
        during.__enter__()
        change()
    with clock.frozen_at(LIFT + 2 * MOMENTS):
        during.__exit__(None, None, None)
    with clock.frozen_at(LIFT + DAY / 2):
        publishing.publish(make_review(slug="later"), at=LIFT + 2 * DAY)
        assert old not in Client().get(PAGE).content.decode()


@pytest.mark.parametrize("what", in_turn([*CHANGES]))
def test_a_change_before_a_lift_leaves_what_was_kept_before_it(what: str) -> None:
    """Or a page would become slow because something hidden was changed."""
    change, _old = CHANGES[what]
    with clock.frozen_at(LIFT - 3 * MOMENTS):
        Client().get("/about/")
    stamp = PublicState.objects.get().stamp
    with clock.frozen_at(LIFT - 2 * MOMENTS), changing():
        change()
    with clock.frozen_at(LIFT - MOMENTS):
        KEEPER.validity.standing()
        with counted() as count:
            Client().get("/about/")
    # The row.
    assert (count.queries, PublicState.objects.get().stamp) == (1, stamp)


class TestAServerWhoseClockIsAhead:
    """It gives Redis a page of the lift, which another server may not show yet, or never."""

    @pytest.fixture(autouse=True)
    def early(self, kept: InMemory, pages_are_kept: None) -> None:
        assert "Old title" in page_at(LIFT + MOMENTS)
        assert kept
        page_cache.forget()

    def test_is_not_believed_before_the_lift(self) -> None:
        assert "Old title" not in page_at(LIFT - MOMENTS)

    @pytest.mark.parametrize("what", in_turn([*CHANGES]))
    def test_does_not_spoil_a_change_before_it(self, what: str) -> None:
        change, old = CHANGES[what]
        with clock.frozen_at(LIFT - 2 * MOMENTS):
            KEEPER.validity.standing()
        with clock.frozen_at(LIFT - MOMENTS), changing():
            change()
        assert old not in page_at(LIFT + 2 * MOMENTS)

    @pytest.mark.parametrize("what", in_turn([*CHANGES]))
    def test_nor_for_a_process_that_starts_later(self, what: str) -> None:
        change, old = CHANGES[what]
        with clock.frozen_at(LIFT - MOMENTS), changing():
            change()
        with clock.frozen_at(LIFT + MOMENTS):
            KEEPER.validity.standing()
        assert old not in page_at(LIFT + 2 * MOMENTS)
