"""Form fields of the desk."""

import csv
from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget, AutocompleteSelect
from django.core.exceptions import ValidationError
from django.db.models import Model

from reviews.admin.parts.typing import ModelChoiceField
from reviews.models import Tag
from reviews.rules.slugs import slugify
from reviews.text import clean_characters, one_line


class CarefulAutocomplete(AutocompleteSelect):
    """Django's widget, but a posted value that cannot be a key does not fail when the form is shown again."""

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        field: Any = self.choices.field
        found = getattr(field, "found", None)
        if (
            found is None
            and (known := getattr(field, "known", None))
            and {str(key) for key in value} <= known.keys()
        ):
            found = known
        if found is None:
            return super().optgroups(name, [key for key in value if self._is_key(key)], attr)
        options = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        options += [
            self.create_option(name, key, field.label_from_instance(found[key]), True, len(options))
            for key in value
            if key in found
        ]
        return [(None, options, 0)]

    def _is_key(self, value: Any) -> bool:
        try:
            self.field.target_field.clean(value, None)
        except ValidationError:
            return False
        return True


class KnownChoiceField(ModelChoiceField):
    """A choice that need not be looked up while it stays as it is."""

    known: dict[str, Model] | None = None
    """What has been read already, by key."""

    def to_python(self, value: Any) -> Any:
        return (self.known or {}).get(str(value)) or super().to_python(value)


class ProseFormField(forms.CharField):
    """Text of any length. Browsers send CRLF, which is not a change; leading and trailing space is kept."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"strip": False, **kwargs})

    def to_python(self, value: Any) -> Any:
        value = clean_characters(super().to_python(value) or "")
        return value if value.strip() else ""


class LineFormField(forms.CharField):
    """One line of text: line breaks become single spaces. A required one needs more than control characters."""

    def prepare_value(self, value: Any) -> Any:
        # A browser joins the words around a line break that it finds in the value of an input.
        return one_line(value) if isinstance(value, str) else value

    def to_python(self, value: Any) -> Any:
        return one_line(super().to_python(value) or "").strip()


class TagsWidget(AdminTextInputWidget):
    """Tags in one line, such as ``noir, "sun, sea and sand"``."""

    def format_value(self, value: Any) -> str | None:
        return value if value is None or isinstance(value, str) else join_tags(str(tag) for tag in value)


class TagsFormField(forms.CharField):
    """Comma-separated tags; a name in quotation marks may contain commas. Cleans to names in alphabetical order.

    taggit's own field splits at spaces if there is no comma, which cuts "road movie" in two.
    """

    widget = TagsWidget

    def clean(self, value: Any) -> list[str]:
        names = split_tags(one_line(super().clean(value) or ""))
        longest = Tag._meta.get_field("name").max_length or 0
        for name in names:
            if len(name) > longest:
                raise ValidationError(f"A tag has at most {longest} characters: shorten “{name[:40]}…”.")
            if not slugify(name):
                raise ValidationError(
                    f"“{name}” has nothing in it that an address could hold: choose another tag."
                )
        return names

    def has_changed(self, initial: Any, data: Any) -> bool:
        before = initial if isinstance(initial, str) else join_tags(str(tag) for tag in initial or [])
        return split_tags(before) != split_tags(data or "")


def split_tags(typed: str) -> list[str]:
    """The unique names in a text, in alphabetical order."""
    try:
        rows = list(csv.reader([" ".join(typed.split())], skipinitialspace=True))
    except csv.Error as error:
        raise ValidationError("Those are too many tags: use fewer.") from error
    return sorted({name.strip() for row in rows for name in row} - {""})


def join_tags(names: Iterable[str]) -> str:
    """The text for these names: the inverse of ``split_tags``."""
    return ", ".join(
        '"{}"'.format(name.replace('"', '""')) if "," in name or '"' in name else name
        for name in sorted(names)
    )


def merge_tags(was: str, mine: str, theirs: str) -> str:
    """The tags, plus those that either side added, minus those that either removed."""
    before, ours, other = (_tag_names(typed) for typed in (was, mine, theirs))
    return join_tags((ours & other) | (ours - before) | (other - before))


def _tag_names(typed: str) -> set[str]:
    try:
        return set(split_tags(typed))
    except ValidationError:  # Too long for a list of tags: validation says so on save.
        return {typed}
