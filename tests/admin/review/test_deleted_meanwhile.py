"""A review that is deleted while a page about it is being answered: a sentence, never a server error."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpRequest
from django.test import Client

from reviews.admin.parts.pages import DeskPage
from reviews.models import Autosave, PreviewLink, Review
from reviews.seeding.factories import make_outlet, make_review
from tests.admin.pages import fields_of, signed_in, text_of, url

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("now")]


@pytest.fixture
def client() -> Client:
    make_outlet()
    return signed_in("Editor")


@pytest.fixture
def review() -> Review:
    return make_review()


def delete_once_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody deletes the review after the page has found it."""
    found: Callable[..., Any] = DeskPage.found

    def and_deleted(page: DeskPage, request: HttpRequest, *asked: str) -> Any:
        row = found(page, request, *asked)
        if row is not None:
            Review.objects.filter(pk=row.pk).delete()
        return row

    monkeypatch.setattr(DeskPage, "found", and_deleted)


def test_an_autosave_is_refused(client: Client, review: Review, monkeypatch: pytest.MonkeyPatch) -> None:
    typed = fields_of(client.get(url("change", review))) | {"headline": "Typed", "_turn": "1"}
    delete_once_found(monkeypatch)
    assert client.post(url("autosave", review), typed).status_code == 403
    assert not Autosave.objects.exists()


@pytest.mark.parametrize("shows", ["as-it-is", "as-it-stands"])
def test_a_preview_link_is_not_made(
    client: Client, review: Review, monkeypatch: pytest.MonkeyPatch, shows: str
) -> None:
    typed = fields_of(client.get(url("links", review))) | {"shows": shows}
    delete_once_found(monkeypatch)
    page = client.post(url("links", review), typed, follow=True)
    assert "deleted" in text_of(page)
    assert not PreviewLink.objects.exists()


@pytest.mark.parametrize("route", ["revisions", "compare", "preview", "typed", "links", "history", "publish"])
def test_a_page_opens_or_leads_on(
    client: Client, review: Review, monkeypatch: pytest.MonkeyPatch, route: str
) -> None:
    delete_once_found(monkeypatch)
    assert client.get(url(route, review), follow=True).status_code == 200
