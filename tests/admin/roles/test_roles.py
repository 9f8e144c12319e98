"""The table of docs/roles.md is true: every role tries every action at every address of the desk."""

import itertools
from collections.abc import Iterable

import pytest
from django.contrib import admin
from django.db.models import Model

from reviews.models import Picture, Review
from reviews.seeding.factories import MOMENT
from tests.admin.roles import role_copy, role_pictures
from tests.admin.roles.role_changes import rows
from tests.admin.roles.role_table import ROLES, ROWS, STATES
from tests.admin.roles.role_walk import NOUNS, Try, Walk, frame, of_noun
from tests.admin.roles.role_world import OTHER, VISITORS, World
from tests.desk.reading import change
from tests.gate.night import pairs_in_turn

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

WHOSE = [*((visitor, OTHER) for visitor in VISITORS), *((visitor, visitor) for visitor in VISITORS[1:])]
"""Users, and whose copy they try to read and change."""


@pytest.fixture(scope="module")
def made(kept: None) -> World:
    """The world of these tests, with copy of every role in every state."""
    world = World()
    for state, owner in itertools.product(STATES, (OTHER, *VISITORS[1:])):
        role_copy.revised(world.review(owner, state))
    return world


@pytest.fixture
def world(made: World) -> World:
    return made.again()


def walked(world: World, tries: Iterable[tuple[str, Try]]) -> None:
    """Try all actions; fail with all differences from the table and all rows left behind."""
    all_of_it, walk, before = list(tries), Walk(world), rows()
    for visitor, each in all_of_it:
        walk.go(visitor, each)
    assert "\n".join(walk.surprises) == ""
    assert walk.tried
    assert rows() == before


class TestTheTable:
    @pytest.mark.parametrize("model", NOUNS)
    def test_is_true_of_every_noun(self, world: World, model: type[Model]) -> None:
        tries = list(of_noun(world, model))
        walked(world, ((visitor, each) for visitor in VISITORS for each in tries))

    def test_is_true_of_pictures(self, world: World) -> None:
        walked(
            world,
            ((visitor, each) for visitor in VISITORS for each in role_pictures.of_pictures(world, visitor)),
        )

    @pytest.mark.parametrize(
        ("visitor", "owner", "state"), [(*whose, state) for whose, state in pairs_in_turn(WHOSE, STATES)]
    )
    def test_is_true_of_everybodys_copy(self, world: World, visitor: str, owner: str, state: str) -> None:
        walked(world, ((visitor, each) for each in role_copy.of_reviews(world, visitor, owner, state)))

    def test_is_true_of_new_copy(self, world: World) -> None:
        walked(
            world, ((visitor, each) for visitor in VISITORS for each in role_copy.beginnings(world, visitor))
        )

    def test_is_true_of_copy_under_embargo(self, world: World) -> None:
        walked(
            world, ((visitor, each) for visitor in VISITORS for each in role_copy.held_copy(world, visitor))
        )

    def test_is_true_of_what_would_lift_somebody_above_their_office(self, world: World) -> None:
        walked(world, ((visitor, each) for visitor in VISITORS for each in role_copy.offices(world, visitor)))

    def test_is_true_of_what_would_give_more_than_one_holds(self, world: World) -> None:
        walked(world, ((visitor, each) for visitor in VISITORS for each in role_copy.powers(world, visitor)))


class TestTheWalk:
    def test_knows_every_noun(self) -> None:
        assert {*NOUNS, Picture, Review} == set(admin.site._registry)

    def test_tries_every_cell(self, world: World) -> None:
        """An untested cell may be false."""
        tried = set()
        for role in ROLES:
            tries = [*frame(world), *role_copy.beginnings(world, role), *role_copy.offices(world, role)]
            tries += [*role_copy.powers(world, role), *role_copy.held_copy(world, role)]
            tries += role_pictures.of_pictures(world, role)
            tries += [each for model in NOUNS for each in of_noun(world, model)]
            for state, owner in itertools.product(STATES, (OTHER, role)):
                tries += role_copy.of_reviews(world, role, owner, state)
            tried |= {(role, each.to_do, each.state) for each in tries}
        promised = {
            (role, row.to_do, state) for role in ROLES for row in ROWS for state in row.states or [""]
        }
        assert promised - tried == set()

    def test_knows_every_page_of_the_frame(self, world: World) -> None:
        for state in STATES:
            change(world.review(OTHER, state), planned_on=MOMENT.date())
        world.embargo(world.film)
        walked(world, ((visitor, each) for visitor in VISITORS for each in frame(world)))
