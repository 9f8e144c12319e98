"""A client of the desk that acts like a browser without scripts: it reads forms from pages and posts them."""

from typing import Any

from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from reviews.models import Critic
from reviews.seeding.factories import make_account
from tests.admin.parts.quick_html import page_of


def signed_in(role: str = "Editor", **overrides: Any) -> Client:
    """A client in which a user of that role is signed in (empty: a superuser)."""
    client = Client()
    if not role:
        overrides |= {"is_staff": True, "is_superuser": True}
    client.force_login(make_account(role, **overrides))
    return client


def account_of(critic: Critic) -> User:
    """The account of a byline."""
    assert critic.user is not None
    return critic.user


def url(verb: str, obj: Any) -> str:
    """The address of a page about one object: ``change``, ``history``, ``publish``…"""
    return reverse(f"admin:{obj._meta.app_label}_{obj._meta.model_name}_{verb}", args=[obj.pk])


def fields_of(response: Any) -> dict[str, Any]:
    """The data that a browser would post for the page's main form, unchanged."""
    return page_of(response).main_form.sent()


def answers_of(response: Any) -> list[str]:
    """The choices of the page's question about an ambiguous time: moments by button value."""
    return [
        element.get("value", "")
        for element in page_of(response).inputs
        if element.get("name", "").endswith("_meant")
    ]


def save(client: Client, review: Any, **changes: Any) -> HttpResponse:
    """Open a change form, change some of its values, and save it."""
    address = url("change", review)
    return client.post(address, fields_of(client.get(address)) | changes)  # type: ignore[return-value]


def errors_of(response: Any) -> dict[str, list[str]]:
    """Messages by field, those of inline rows as ``name-row-field``."""
    found = dict(response.context["adminform"].form.errors)
    for inline in response.context["inline_admin_formsets"]:
        for row in inline.formset.forms:
            found |= {row.add_prefix(name): messages for name, messages in row.errors.items()}
        if inline.formset.non_form_errors():
            found[inline.formset.prefix] = inline.formset.non_form_errors()
    return found


def confirm(client: Client, review: Any, verb: str, **typed: Any) -> HttpResponse:
    """Open a verb's page, fill it in, send it, and confirm what it then states."""
    address = url(verb, review)
    response = client.get(address)
    for _ in range(2):
        response = client.post(address, fields_of(response) | typed)
        if response.status_code != 200:
            break
    return response  # type: ignore[return-value]


def text_of(response: Any) -> str:
    """The page's text."""
    return page_of(response).text


def add(noun: str, **typed: Any) -> Any:
    """Fill in a new form and send it."""
    client, address = signed_in("Publisher"), f"/admin/reviews/{noun}/add/"
    return client.post(address, fields_of(client.get(address)) | typed)
