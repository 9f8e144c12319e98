"""Filters of lists, autocompletes and URLs reveal only what the user may see."""

import itertools
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.db.models.fields.reverse_related import ForeignObjectRel
from django.test import Client

from reviews.models import Aspect, Critic, Film, Judgement, Person, Review, Tag
from tests.admin.roles.role_table import NO_ROLE, STATES
from tests.admin.roles.role_walk import address
from tests.admin.roles.role_world import NOBODY, OTHER, VISITORS, WORDS, World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

SEEN_BY_CRITICS: list[type[Model]] = [Film, Person, Critic, Tag, Aspect, Review]
SUFFIXES = ["", "__isnull", "__pk", "__id__gt", "__gt"]
PATHS = [
    "__headline__startswith",
    "__body__contains",
    "__critic__user__password__startswith",
    "__film__title",
]


@pytest.fixture(scope="module")
def made(kept: None) -> World:
    """A world with copy of both kinds in every state, tagged and judged."""
    world = World()
    for owner, state in itertools.product((OTHER, "Critic"), STATES):
        world.review(owner, state).tags.add("Alone")
    world.embargo(world.film)
    return world


@pytest.fixture
def world(made: World) -> World:
    return made.again()


def answered(client: Client, path: str, **asked: str) -> list[Any] | None:
    """The keys of the rows that a list shows; None if it refuses the filter."""
    response: Any = client.get(path, asked)
    if response.status_code == 200 and WORDS not in response.content.decode():
        return sorted(row.pk for row in response.context["cl"].queryset)
    assert response.status_code in (302, 400), (asked, response.status_code)
    return None


def relations_of(model: type[Model]) -> Iterator[tuple[str, bool]]:
    """Every relation by its query name, and whether it is a reverse one."""
    for name in {*model._meta.fields_map, *(field.name for field in model._meta.get_fields())}:
        try:
            field: Any = model._meta.get_field(name)
        except FieldDoesNotExist:
            continue
        if field.is_relation:
            yield name, isinstance(field, ForeignObjectRel)


class TestAListOfACritics:
    @pytest.mark.parametrize("model", SEEN_BY_CRITICS)
    def test_is_not_asked_about_what_names_its_rows_from_elsewhere(
        self, world: World, model: type[Model]
    ) -> None:
        client, path = world.clients["Critic"], address(model, "changelist", None)
        assert answered(client, path)
        from_elsewhere = [name for name, is_so in relations_of(model) if is_so]
        assert from_elsewhere
        for name, suffix, value in itertools.product(from_elsewhere, [*SUFFIXES, *PATHS], ("0", "1", "W")):
            assert answered(client, path, **{name + suffix: value}) is None, (name, suffix, value)

    @pytest.mark.parametrize("model", SEEN_BY_CRITICS)
    def test_is_not_asked_through_a_relation(self, world: World, model: type[Model]) -> None:
        client, path = world.clients["Critic"], address(model, "changelist", None)
        for (name, _), suffix in itertools.product(relations_of(model), PATHS):
            assert answered(client, path, **{name + suffix: "W"}) is None, (name, suffix)

    @pytest.mark.parametrize(
        "asked",
        [
            "critic__user__password__startswith",
            "critic__user__email__contains",
            "critic__user__is_superuser",
            "written_by__password__startswith",
            "film__franchise__slug",
            "tags__desk_tagging__content_object",
        ],
    )
    def test_of_reviews_is_not_asked_about_accounts(self, world: World, asked: str) -> None:
        for visitor in ("Critic", "Editor", "Publisher"):
            response = world.clients[visitor].get(address(Review, "changelist", None), {asked: "p"})
            assert response.status_code in (302, 400), visitor

    @pytest.mark.parametrize(
        "asked",
        ["q=another", "q=Words of", "readers=see", "readers=will", "readers=not", "status__exact=draft"]
        + [f"o={number}" for number in range(-8, 9)]
        + [
            "p=1",
            "all=",
            "_facets=True",
            "status__exact=draft&_facets=True",
            "pk__in=1,2,3,4,5,6,7,8,9",
            "id__gt=0",
        ]
        + ["critic__id__exact=1", "film=1", "written_by=2", "_popup=1", "_to_field=id", "e=1"],
    )
    def test_of_reviews_holds_own_copy_only_however_it_is_asked(self, world: World, asked: str) -> None:
        client = world.clients["Critic"]
        response: Any = client.get(f"{address(Review, 'changelist', None)}?{asked}")
        assert response.status_code in (200, 302)
        assert WORDS not in response.content.decode()
        if response.status_code == 200:
            assert all(row.critic == world.bylines["Critic"] for row in response.context["cl"].queryset)

    @pytest.mark.parametrize("field", ["password", "critic__user__password", "film", "headline", "+"])
    def test_lends_no_column_to_a_popup(self, world: World, field: str) -> None:
        for visitor in ("Critic", "Editor", "Publisher"):
            for model in admin.site._registry:
                query = {"_popup": "1", "_to_field": field}
                response = world.clients[visitor].get(address(model, "changelist", None), query)
                assert response.status_code in (400, 403, 302), (visitor, model)


class TestAChooser:
    @staticmethod
    def asked(client: Client, model: type[Model], field: str, term: str) -> Any:
        query = {
            "app_label": model._meta.app_label,
            "model_name": str(model._meta.model_name),
            "field_name": field,
            "term": term,
        }
        return client.get("/admin/autocomplete/", query)

    def fields(self) -> Iterator[tuple[type[Model], str, type[Model]]]:
        """Every field of every model, and the model that it refers to (None: no relation)."""
        for model in apps.get_models(include_auto_created=True):
            for field in model._meta.get_fields(include_hidden=True):
                yield model, field.name, field.related_model  # type: ignore[misc]

    @pytest.mark.parametrize("visitor", VISITORS)
    def test_offers_what_one_sees_in_the_list_too_and_nothing_else(self, world: World, visitor: str) -> None:
        client, offered, listed = world.clients[visitor], 0, set()
        for model, field, related in self.fields():
            for term in ("", "W", "a"):
                response = self.asked(client, model, field, term)
                assert WORDS not in response.content.decode() or visitor in ("Editor", "Publisher")
                if response.status_code != 200:
                    assert response.status_code in (302, 403), (model, field)
                    break
                offered += 1
                listed.add(related)
        for related in listed:
            assert client.get(address(related, "changelist", None)).status_code in (200, 302)
        assert bool(offered) == (visitor not in (NOBODY, NO_ROLE))

    def test_offers_a_critic_their_own_copy_only(self, world: World) -> None:
        found = self.asked(world.clients["Critic"], Judgement, "review", "Words of").json()["results"]
        assert {row["text"] for row in found} == {"Words of Critic"}

    def test_offers_accounts_to_who_sees_them(self, world: World) -> None:
        for visitor, status in (("Critic", 403), ("Editor", 403), ("Publisher", 200)):
            assert self.asked(world.clients[visitor], Critic, "user", "a").status_code == status
