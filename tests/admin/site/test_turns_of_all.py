"""No address of the desk reads long copy without a turn: tries every action with long copy."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db.models import F, Model, Value
from django.db.models.functions import Concat
from django.http import HttpRequest

from reviews.admin.site import turns
from reviews.models import Edition, Review, Revision
from reviews.models.fields import ProseField
from reviews.text.markdown import body, grammar
from tests.admin.pages import fields_of
from tests.admin.roles import role_copy
from tests.admin.roles.role_changes import undone
from tests.admin.roles.role_table import STATES
from tests.admin.roles.role_walk import NOUNS, Try, frame, of_noun
from tests.admin.roles.role_world import OTHER, World
from tests.gate.night import NIGHT, in_turn

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

LONG = 400
"""Characters that make a long text here; none of the world's own texts has so many."""
MORE = "\n\nIt goes on." * 40


@pytest.fixture(scope="module")
def made(kept: None) -> World:
    world = World()
    for state in STATES:
        role_copy.revised(world.review(OTHER, state))
    for model in apps.get_app_config("reviews").get_models():
        lengthen(model)
    for revision in Revision.objects.all():
        revision.document["fields"]["body"] += MORE
        revision.save()
    return world


def lengthen(model: type[Model]) -> None:
    """Make every unbounded text long, and save it."""
    for field in model._meta.get_fields():
        if isinstance(field, ProseField) and field.model is model and field.max_length is None:
            model._default_manager.update(**{field.name: Concat(F(field.name), Value(MORE))})


@pytest.fixture
def world(made: World) -> World:
    return made.again()


@pytest.fixture
def read_out_of_turn(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What was read without a turn. The posted forms are too short to take one themselves."""
    found, parse = [], grammar.parse

    def watched(source: str) -> Any:
        if len(source) >= LONG and not turns._turn.locked():
            found.append(source[:40])
        return parse(source)

    monkeypatch.setattr(body, "parse", watched)
    monkeypatch.setattr(turns, "LONG", LONG)
    monkeypatch.setattr(turns, "take_to_read_form", lambda request: None)
    yield found
    assert not turns._turn.locked()


def go(world: World, each: Try) -> None:
    """GET, or fill in the form and send it until it is accepted."""
    with undone():
        each.prepare()
        answer: Any = world.superuser.get(each.path)
        if each.typed is None:
            return
        posted = {} if "action" in each.typed or answer.status_code != 200 else fields_of(answer)
        for _ in range(3):
            answer = world.superuser.post(each.path, posted | each.typed)
            if answer.status_code != 200 or not answer.headers["Content-Type"].startswith("text/html"):
                return
            posted = fields_of(answer)


def out_of_turn(world: World, tries: Iterator[Try], found: list[str]) -> set[str]:
    """The addresses at which something was read out of turn."""
    at, tried = set(), set()
    for each in tries:
        what = (each.path, each.typed is None, (each.typed or {}).get("action"))
        if what in tried and not NIGHT:
            continue  # The same form with other fields in it.
        tried.add(what)
        found.clear()
        go(world, each)
        if found:
            at.add(f"{'GET' if each.typed is None else 'POST'} {each.path} {each.typed or ''}")
    return at


class TestNothingIsReadOutOfTurn:
    @pytest.mark.parametrize("state", in_turn(STATES))
    def test_at_any_address_of_a_review(self, world: World, state: str, read_out_of_turn: list[str]) -> None:
        tries = role_copy.of_reviews(world, OTHER, OTHER, state)
        assert out_of_turn(world, tries, read_out_of_turn) == set()

    @pytest.mark.parametrize("state", in_turn(STATES))
    def test_where_only_its_versions_are_long(
        self, world: World, state: str, read_out_of_turn: list[str]
    ) -> None:
        Review.objects.update(body="The camera waits. She dances.")
        tries = role_copy.of_reviews(world, OTHER, OTHER, state)
        assert out_of_turn(world, tries, read_out_of_turn) == set()

    def test_at_any_address_of_a_noun(self, world: World, read_out_of_turn: list[str]) -> None:
        tries = (each for model in in_turn(list(NOUNS)) for each in of_noun(world, model))
        assert out_of_turn(world, tries, read_out_of_turn) == set()

    def test_on_any_page_of_the_frame(self, world: World, read_out_of_turn: list[str]) -> None:
        assert out_of_turn(world, iter([*frame(world)]), read_out_of_turn) == set()


class TestTheWatch:
    def test_notices_what_is_read_without_a_turn(
        self, world: World, read_out_of_turn: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def forgotten(request: HttpRequest, size: int) -> None:
            """Disable turns."""

        monkeypatch.setattr(turns, "take", forgotten)
        tries = role_copy.of_reviews(world, OTHER, OTHER, "draft")
        tries = (each for each in tries if each.typed is None)
        at = " ".join(out_of_turn(world, tries, read_out_of_turn))
        assert all(f"/{route}/" in at for route in ("change", "preview", "publish"))

    def test_has_long_versions_to_watch(self, world: World) -> None:
        assert all(len(body) >= LONG for body in Edition.objects.values_list("body", flat=True))
