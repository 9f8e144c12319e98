"""The desk as a browser without scripts meets it: forms are read from the page and posted back."""

from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from reviews.models import Critic
from tests.factories import make_account


def signed_in(role: str = "Editor", **overrides: Any) -> Client:
    """A browser in which somebody of that role has signed in (empty: a superuser)."""
    client = Client()
    if not role:
        overrides |= {"is_staff": True, "is_superuser": True}
    client.force_login(make_account(role, **overrides))
    return client


def account_of(critic: Critic) -> User:
    """The account that writes under a byline."""
    assert critic.user is not None
    return critic.user


def url(verb: str, obj: Any) -> str:
    """The address of a page about one object: ``change``, ``history``, ``publish``…"""
    return reverse(f"admin:{obj._meta.app_label}_{obj._meta.model_name}_{verb}", args=[obj.pk])


def fields_of(response: Any) -> dict[str, Any]:
    """What a browser would post if the page's main form were sent as it came."""
    tree = html5lib.parse(response.content.decode(), namespaceHTMLElements=False)
    form = max(tree.iter("form"), key=lambda candidate: len(list(candidate.iter())))
    posted: dict[str, Any] = {}
    for element in form.iter():
        name = element.get("name")
        if name and element.get("type") != "submit" and (value := _value(element)) is not None:
            posted[name] = value
    return posted


def answers_of(response: Any) -> list[str]:
    """The moments between which a page asks to choose, by the values of their buttons."""
    tree = html5lib.parse(response.content.decode(), namespaceHTMLElements=False)
    return [
        element.get("value", "")
        for element in tree.iter("input")
        if element.get("name", "").endswith("_meant")
    ]


def _value(element: Element) -> str | list[str] | None:
    if element.tag == "input":
        is_box = element.get("type") in ("checkbox", "radio")
        return (
            None
            if is_box and element.get("checked") is None
            else element.get("value", "on" if is_box else "")
        )
    if element.tag == "textarea":
        # As the HTML standard has it: the line feed after the tag is not text (html5lib forgets so inside a
        # table), and a form is sent with CR LF.
        return (element.text or "").removeprefix("\n").replace("\n", "\r\n")
    if element.tag == "select":
        chosen = [
            option.get("value", "") for option in element.iter("option") if option.get("selected") is not None
        ]
        return chosen if element.get("multiple") is not None else (chosen or [""])[0]
    return None


def save(client: Client, review: Any, **changes: Any) -> HttpResponse:
    """Open a change form, change some of what it holds, and save it."""
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
    """Open a verb's page, type, send it, and confirm what the page then states."""
    address = url(verb, review)
    response = client.get(address)
    for _ in range(2):
        response = client.post(address, fields_of(response) | typed)
        if response.status_code != 200:
            break
    return response  # type: ignore[return-value]


def text_of(response: Any) -> str:
    """The page's visible words."""
    tree = html5lib.parse(response.content.decode(), namespaceHTMLElements=False)
    return " ".join("".join(tree.itertext()).split())
