"""Rows of an earlier release or a fixture whose lines break: every page, feed and header stays well-formed."""

import json
from xml.etree import ElementTree

import pytest
from django.apps import apps
from django.test import Client

from reviews.models.fields import IdentifierField, LineField, SlugField, SortKeyField
from tests.public.every_page.test_frame import DETAIL, PLAIN, make_one_of_each
from tests.reading import read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

BROKEN = "Two\nlines\u2028of\u2029text"
MEANT = {"time_zone", "zone", "language", "territory", "rating", "path", "contact_email", "colour"}
"""Lines with a syntax of their own, which is checked wherever they are read."""


@pytest.fixture(autouse=True)
def _every_line_is_broken() -> None:
    make_one_of_each()
    for model in apps.get_app_config("reviews").get_models():
        for field in model._meta.concrete_fields:
            is_syntax = isinstance(field, SlugField | IdentifierField | SortKeyField) or field.name in MEANT
            if isinstance(field, LineField) and not is_syntax and not field.unique:
                model._base_manager.update(**{field.name: BROKEN})


@pytest.mark.parametrize("path", PLAIN + DETAIL)
def test_every_page_is_valid(path: str) -> None:
    page = read(path)
    title, description = page.texts(".//title")[0], page.meta("description") or ""
    assert not set("\n\u2028\u2029") & set(title.strip() + description)
    for data in page.structured:
        assert "headline" not in data or data["headline"].split() == BROKEN.split()


def test_every_feed_and_sitemap_is_well_formed() -> None:
    for path in ("/feed.xml", "/films/a/feed.xml", "/critics/a/feed.xml", "/sitemap.xml"):
        response = Client().get(path)
        assert response.status_code == 200
        root = ElementTree.fromstring(response.content)
        for title in root.iter("title"):
            assert title.text == " ".join((title.text or "").split())


def test_no_header_has_anything_of_them() -> None:
    for path in (*PLAIN, *DETAIL, "/feed.xml", "/sitemap.xml", "/robots.txt"):
        headers = json.dumps(dict(Client().get(path).headers))
        assert "Two" not in headers
