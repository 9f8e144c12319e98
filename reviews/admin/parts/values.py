"""The values of form fields as text: as posted, as rendered by widgets, and in words."""

from collections.abc import Iterator
from typing import Any

from django import forms

from reviews.admin.parts.fields import LineFormField
from reviews.rules.numbers import KEY, whole_number
from reviews.text import clean_characters, one_line

NO_MORE = "one that is no more"
"""The label of a choice whose row has been deleted."""


def is_key(typed: str) -> bool:
    """Whether it can be a primary key: a number within the column's range."""
    return whole_number(typed, most=KEY) is not None


def parts_of(name: str, field: forms.Field) -> tuple[str, ...]:
    """The names under which a form posts a field."""
    ends = getattr(field.widget, "widgets_names", None)
    return tuple(f"{name}{end}" for end in ends) if ends else (name,)


def part_as_typed(field: forms.Field, posted: str) -> str:
    """The text of a posted part of a field, as the field would keep it."""
    return one_line(posted) if isinstance(field, LineFormField) else clean_characters(posted)


def value_in_words(field: forms.Field, values: tuple[str, ...]) -> str:
    """A field's value in words: the label of a choice, or what was typed; empty for the empty choice."""
    if isinstance(field, forms.BooleanField):
        return "yes" if values[0] else "no"
    if isinstance(field, forms.ModelChoiceField) and field.queryset is not None and is_key(values[0]):
        return str(field.queryset.filter(pk=values[0]).first() or NO_MORE)
    if values[0] and isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
        return next((str(label) for value, label in _choices(field) if str(value) == values[0]), values[0])
    return " ".join(value for value in values if value)


def _choices(field: Any) -> Any:
    return field.choices


def written_parts(field: Any) -> Iterator[str]:
    """The parts of a bound field, as its widget renders them."""
    widget, value = field.field.widget, field.value()
    if isinstance(field.field, forms.BooleanField):
        yield "on" if value else ""
        return
    if not (parts := getattr(widget, "widgets", None)):
        yield _written(widget, value)
        return
    for part, each in zip(parts, widget.decompress(value), strict=True):
        yield _written(part, each)


def _written(widget: Any, value: Any) -> str:
    widget = getattr(widget, "widget", widget)
    written = widget.format_value(value)
    return clean_characters(
        str(written[0] if written else "") if isinstance(written, list | tuple) else str(written or "")
    )
