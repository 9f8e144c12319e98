"""The table of docs/roles.md is true: everybody tries everything at every address of the desk."""

import inspect
import re
from collections.abc import Iterable

import pytest
from django.contrib import admin
from django.db.models import Model

from reviews.models import Review
from tests.admin import role_copy, role_walk
from tests.admin.role_copy import OTHERS, OWN
from tests.admin.role_table import EMPTY_DESK, ROWS, STATES
from tests.admin.role_walk import NOUNS, Try, Walk, frame, of_noun, rows
from tests.admin.role_world import NOBODY, OTHER, VISITORS, World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.fixture
def world() -> World:
    return World()


def walked(world: World, tries: Iterable[tuple[str, Try]]) -> None:
    """Try all of it; fail with whatever was not as the table has it, or was left behind."""
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

    @pytest.mark.parametrize("state", STATES)
    def test_is_true_of_everybodys_copy(self, world: World, state: str) -> None:
        walked(
            world,
            (
                (visitor, each)
                for visitor in VISITORS
                for owner in ([OTHER] if visitor == NOBODY else [OTHER, visitor])
                for each in role_copy.of_reviews(world, visitor, owner, state)
            ),
        )

    def test_is_true_of_new_copy(self, world: World) -> None:
        walked(
            world, ((visitor, each) for visitor in VISITORS for each in role_copy.beginnings(world, visitor))
        )

    def test_is_true_of_what_would_lift_somebody_above_their_office(self, world: World) -> None:
        walked(world, ((visitor, each) for visitor in VISITORS for each in role_copy.offices(world, visitor)))


class TestTheWalk:
    def test_knows_every_noun(self) -> None:
        assert {*NOUNS, Review} == set(admin.site._registry)

    def test_tries_every_row(self) -> None:
        """Read from the modules' text: a row that nothing names would be a promise that nobody keeps."""
        text = inspect.getsource(role_copy) + inspect.getsource(role_walk)
        whole = set(re.findall(r'"([^"\n]+)"', text))
        own = {each.format(whose) for each in whole if "{}" in each for whose in (OWN, OTHERS)}
        assert {row.to_do for row in ROWS} <= whole | own | {EMPTY_DESK}

    def test_knows_every_page_of_the_frame(self, world: World) -> None:
        walked(world, ((visitor, each) for visitor in VISITORS for each in frame()))
