"""Buttons of Django's admin that our pages do not offer: whoever sends one gets a page, and nothing else is done."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.db.models import Model
from django.test import Client

from reviews.models import (
    Aspect,
    Critic,
    Embargo,
    Film,
    Franchise,
    Judgement,
    OldAddress,
    Person,
    Review,
    Tag,
)
from reviews.seeding.factories import make_judgement, make_outlet, make_review
from tests.admin.pages import fields_of, signed_in, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

ADDED = (Aspect, Critic, Embargo, Film, Franchise, Group, OldAddress, Person, Review, Tag, User)
BUTTONS = ("_saveasnew", "_addanother", "_continue", "_popup", "_verb")


@pytest.fixture
def client() -> Client:
    make_outlet()
    return signed_in("")


def test_every_noun_that_can_be_added_is_tried() -> None:
    desk = admin.site._registry
    assert {*ADDED} <= desk.keys()


@pytest.mark.parametrize("button", BUTTONS)
def test_an_empty_form_for_a_new_record_is_shown_again(client: Client, button: str) -> None:
    for noun in ADDED:
        opts = noun._meta
        before = noun._default_manager.count()
        answer = client.post(f"/admin/{opts.app_label}/{opts.model_name}/add/", {button: "1"})
        assert (noun, answer.status_code, noun._default_manager.count()) == (noun, 200, before)


@pytest.mark.parametrize("button", BUTTONS)
def test_a_saved_record_is_saved_and_not_copied(client: Client, button: str) -> None:
    review = make_review()
    make_judgement(review)
    saved: tuple[Model, ...] = (review, review.film, review.critic)
    for obj in saved:
        address = url("change", obj)
        answer = client.post(address, fields_of(client.get(address)) | {button: "1"})
        assert answer.status_code in (200, 302)
        assert client.post(address, {button: "1"}).status_code in (200, 302)
    assert [Review.objects.count(), Film.objects.count(), Judgement.objects.count()] == [1, 1, 1]
