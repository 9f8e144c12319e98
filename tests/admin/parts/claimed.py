"""Every noun with a form at the desk, and what two people change in it at once."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Group
from django.test import Client

from reviews.models import OldAddress
from reviews.seeding.factories import (
    MOMENT,
    make_account,
    make_aspect,
    make_critic,
    make_embargo,
    make_film,
    make_franchise,
    make_outlet,
    make_person,
    make_tag,
)
from tests.admin.pages import fields_of, url


@dataclass(frozen=True)
class Noun:
    """How to make one, and the names of two of its fields that accept any line of text."""

    make: Callable[[], Any]
    field: str
    other: str

    def __str__(self) -> str:
        return self.field


NOUNS = {
    "film": Noun(lambda: make_film(title="As it was"), "title", "synopsis"),
    "person": Noun(lambda: make_person(name="As it was"), "name", "slug"),
    "critic": Noun(lambda: make_critic(name="As it was"), "name", "affiliation"),
    "tag": Noun(lambda: make_tag("As it was"), "name", "slug"),
    "franchise": Noun(lambda: make_franchise(name="As it was", slug="a"), "name", "description"),
    "aspect": Noun(lambda: make_aspect(name="As it was"), "name", "slug"),
    "embargo": Noun(lambda: make_embargo(make_film(), MOMENT), "agreed_with", "terms"),
    "outlet": Noun(make_outlet, "tagline", "about"),
    "account": Noun(lambda: make_account("Editor"), "first_name", "last_name"),
    "role": Noun(lambda: Group.objects.create(name="As it was"), "name", "permissions"),
    "old address": Noun(
        lambda: OldAddress.objects.create(path="/films/old/", kind="film", target_uid=make_film().uid),
        "path",
        "target_uid",
    ),
}


def opened(client: Client, noun: Any) -> dict[str, Any]:
    return fields_of(client.get(url("change", noun)))


def post(client: Client, noun: Any, fields: dict[str, Any], **options: Any) -> Any:
    return client.post(url("change", noun), fields, **options)


def answered(client: Client, noun: Any, page: Any, choice: str = "mine") -> Any:
    """Send the merge page with the same choice for every question."""
    asked = {question.name: choice for question in page.context["merge"].questions}
    return post(client, noun, fields_of(page) | asked)


def saved(noun: Any) -> Any:
    return type(noun)._default_manager.get(pk=noun.pk)
