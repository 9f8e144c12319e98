"""One line of text is one: a line break is refused, and a row that already has one stays as it is."""

from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models

from reviews.models import Film
from reviews.models.fields import BROKEN_LINE, LineField
from reviews.seeding.factories import make_critic, make_film, make_outlet, make_review
from tests.text.test_characters import LINE_BREAKS

pytestmark = pytest.mark.django_db

DIGESTS = {
    ("HistoryEntry", "digest"),
    ("HistoryHead", "digest"),
    ("PreviewLink", "digest"),
    ("SignInAttempts", "key"),
}
"""Written by no one: they are computed."""


def text_fields() -> list[Any]:
    """Every field of ours for a text of one line that somebody writes."""
    return [
        field
        for model in apps.get_app_config("reviews").get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField)
        and not isinstance(field, models.URLField)
        and not field.choices
        and (model.__name__, field.name) not in DIGESTS
    ]


class TestEveryLine:
    def test_is_a_line_field(self) -> None:
        assert len(text_fields()) > 40
        assert [str(field) for field in text_fields() if not isinstance(field, LineField)] == []

    @pytest.mark.parametrize("line_break", LINE_BREAKS)
    def test_refuses_a_line_break_and_says_what_to_do(self, line_break: str) -> None:
        for field in text_fields():
            said: list[str] = []
            try:
                field.clean(f"a{line_break}b", None)
            except ValidationError as refused:
                said = refused.messages
            assert said == [BROKEN_LINE], field

    @pytest.mark.parametrize("title", ["A line", "a\tb", "a \u202bסינמה\u202c", "👩\u200d🚀", "a\u00a0b"])
    def test_takes_what_is_one(self, title: str) -> None:
        make_film(title=title).full_clean()

    def test_refuses_it_at_its_own_field(self) -> None:
        film = Film(title="Two\nlines", slug="two-lines")
        with pytest.raises(ValidationError) as refused:
            film.full_clean()
        assert refused.value.message_dict == {"title": [BROKEN_LINE]}


class TestARowThatHasOne:
    """Written by an earlier release, a fixture or a shell."""

    @pytest.mark.parametrize("line_break", ["\n", "\u2028", "\u2029"])
    def test_stays_valid(self, line_break: str) -> None:
        text = f"Two{line_break}lines"
        for row, name in (
            (make_film(), "title"),
            (make_critic(), "name"),
            (make_outlet(), "tagline"),
            (make_review(), "headline"),
        ):
            type(row)._base_manager.filter(pk=row.pk).update(**{name: text})
            row.refresh_from_db()
            row.full_clean()
            row.save()
            row.refresh_from_db()
            assert getattr(row, name) == text

    def test_may_not_get_another(self) -> None:
        film = make_film(title="Two\nlines")
        film.title = "Three\nlines\nnow"
        with pytest.raises(ValidationError, match="put a space"):
            film.full_clean()

    def test_allows_none_in_another_row(self) -> None:
        make_film(title="Two\nlines")
        with pytest.raises(ValidationError, match="put a space"):
            Film(title="Two\nlines", slug="another").full_clean()
