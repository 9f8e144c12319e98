"""Old addresses at the desk: their form, for every kind, and invalid ones."""

import uuid
from typing import Any

import pytest
from django.test import Client

from reviews.desk import addresses
from reviews.models import OldAddress
from reviews.seeding.factories import (
    make_credit,
    make_critic,
    make_edition,
    make_film,
    make_franchise,
    make_person,
)
from tests.admin.pages import errors_of, fields_of, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

KINDS = ["review", "film", "critic", "person", "tag", "franchise"]
ADD = "/admin/reviews/oldaddress/add/"


def public_things() -> dict[str, Any]:
    """A public object of each kind. A review is named by its uid; its edition has the same address."""
    franchise = make_franchise(name="Series", slug="series")
    film, critic = make_film(franchise=franchise), make_critic()
    credit = make_credit(film=film, person=make_person())
    edition = make_edition(film=film, critic=critic, tags=("Drama",))
    return {
        "review": edition.review,
        "film": film,
        "critic": critic,
        "person": credit.person,
        "tag": edition.tags.get(),
        "franchise": franchise,
    }


def test_every_kind_is_walked_here() -> None:
    assert OldAddress.Kind.values == KINDS


class TestTheForm:
    def test_takes_one_of_every_kind_that_leads_on(self) -> None:
        things, client = public_things(), signed_in("Publisher")
        for kind in KINDS:
            typed = {"path": f"/old/{kind}/", "kind": kind, "target_uid": str(things[kind].uid)}
            response = client.post(ADD, fields_of(client.get(ADD)) | typed)
            assert response.status_code == 302, (kind, errors_of(response))

    def test_refuses_an_unknown_uid_of_every_kind(self) -> None:
        client = signed_in("Publisher")
        for kind in KINDS:
            typed = {"path": "/films/old/", "kind": kind, "target_uid": str(uuid.uuid4())}
            errors = errors_of(client.post(ADD, fields_of(client.get(ADD)) | typed))
            assert errors == {"target_uid": [f"There is no {kind} with this uid."]}

    @pytest.mark.parametrize("kind", ["", "embargo", "Film", "k" * 100])
    def test_says_at_the_field_that_a_kind_is_none(self, kind: str) -> None:
        client = signed_in("Publisher")
        typed = {"path": "/films/old/", "kind": kind, "target_uid": str(uuid.uuid4())}
        assert list(errors_of(client.post(ADD, fields_of(client.get(ADD)) | typed))) == ["kind"]


class TestAChangedSlug:
    def test_leads_on_whatever_kind_of_thing_had_it(self) -> None:
        things = public_things()
        del things["review"]  # It is published under its addresses: tests/public/test_addresses.py.
        for kind, thing in things.items():
            old = thing.get_absolute_url()
            old_slug, thing.slug = thing.slug, f"new-{kind}"
            thing.save()
            addresses.keep(thing, old_slug)
            assert OldAddress.objects.get(path=old).kind == kind
            assert Client().get(old).headers["Location"] == thing.get_absolute_url()
