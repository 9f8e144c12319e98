"""The fields and rows of a form as one comparable value: when it was opened, as posted, and as saved now."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from reviews.admin.parts.values import is_key, part_as_typed, parts_of, written_parts
from reviews.text import clean_characters

Values = dict[str, tuple[str, ...]]
"""The text of each field, part by part, by the field's name."""
Rows = dict[str, dict[str, Values]]
"""The rows of each formset by its prefix: saved rows by their key, new rows by their content."""

MOST_ROWS = 1000
"""The most rows that Django reads of a formset."""
MOST_CHOICES = 5000
"""The most choices of one field that a request may post."""


@dataclass(frozen=True)
class FormState:
    values: Values
    rows: Rows

    @property
    def stated(self) -> str:
        """A digest of all fields and rows."""
        return hashlib.sha256(self.as_json().encode()).hexdigest()[:32]

    def as_json(self) -> str:
        return json.dumps([self.values, self.rows], sort_keys=True, ensure_ascii=False)

    @classmethod
    def from_json(cls, written: str) -> "FormState | None":
        """Reads the JSON that a page posts back; None if it is not valid."""
        try:
            values, rows = json.loads(written)
            return cls(
                _values(values),
                {
                    str(prefix): {str(key): _values(row) for key, row in each.items()}
                    for prefix, each in rows.items()
                },
            )
        except (ValueError, TypeError, AttributeError, RecursionError):
            return None

    def is_of(self, form: Any, formsets: Sequence[Any]) -> bool:
        """Whether these forms could have this state. A page can post anything."""
        return all(_fits(form.fields.get(name), name, parts) for name, parts in self.values.items()) and all(
            _are_of(formset, self.rows.get(formset.prefix, {})) for formset in formsets
        )

    def says_the_same_as(self, other: "FormState") -> bool:
        """Whether both have the same rows, and the same values in the fields that both have."""
        common = self.values.keys() & other.values.keys()
        return self.rows == other.rows and all(self.values[name] == other.values[name] for name in common)

    def named_as_in(self, read: "FormState") -> tuple["FormState", dict[str, dict[str, str]]]:
        """The same state, with rows that ``read`` lacks named by their content; and the key of each row by name.

        A row that both sides have added thus counts as one row.
        """
        rows: Rows = {}
        keys: dict[str, dict[str, str]] = {}
        for prefix, each in self.rows.items():
            rows[prefix], keys[prefix] = {}, {}
            for key, row in each.items():
                name = key if key in read.rows.get(prefix, {}) else content_key(row, rows[prefix])
                rows[prefix][name], keys[prefix][name] = row, key
        return FormState(self.values, rows), keys


def state_of(form: Any, formsets: Sequence[Any]) -> FormState:
    """The state of unbound forms: what is saved."""
    return FormState(
        {name: written_in(form[name]) for name in _names(form)},
        {
            formset.prefix: {str(row.instance.pk): row_of(row, formset) for row in formset.initial_forms}
            for formset in formsets
        },
    )


def state_in(posted: QueryDict, form: Any, formsets: Sequence[Any]) -> FormState:
    """The state that was posted for these forms, valid or not. A field that was not posted is left out."""
    values = {
        name: typed
        for name in _names(form)
        if (typed := _typed(posted, form.fields[name], form.add_prefix(name))) is not None
    }
    return FormState(values, {formset.prefix: _rows_in(posted, formset) for formset in formsets})


def posted_of(
    state: FormState, form: Any, formsets: Sequence[Any], saved: Rows, keys: dict[str, dict[str, str]]
) -> QueryDict:
    """The data that forms in this state would post. Rows of ``saved`` that the state does not have are deleted.

    ``keys`` gives the key of each saved row by its name in ``state``.
    """
    posted = QueryDict(mutable=True)
    for name, values in state.values.items():
        _write(posted, form.fields[name], form.add_prefix(name), values)
    for formset in formsets:
        rows = dict(state.rows.get(formset.prefix, {}))
        lines: list[tuple[str, Values, bool]] = []
        for name, key in keys.get(formset.prefix, {}).items():
            kept = rows.pop(name, None)
            lines.append((key, kept or saved[formset.prefix][key], kept is None))
        lines += [("", row, False) for row in rows.values()]
        numbers = (len(lines), len(keys.get(formset.prefix, {})), 0, MOST_ROWS)
        for end, number in zip(("TOTAL", "INITIAL", "MIN_NUM", "MAX_NUM"), numbers, strict=True):
            posted[f"{formset.prefix}-{end}_FORMS"] = str(number)
        for number, (key, row, is_deleted) in enumerate(lines):
            at = f"{formset.prefix}-{number}-"
            posted[f"{at}{formset._pk_field.name}"] = key
            posted[f"{at}{formset.fk.name}"] = str(formset.instance.pk or "")
            for name, values in row.items():
                _write(posted, formset.empty_form.fields[name], f"{at}{name}", values)
            if is_deleted:
                posted[f"{at}DELETE"] = "on"
    return posted


def row_of(row: Any, formset: Any) -> Values:
    """The values of a row's form, without the fields that identify the row."""
    return {name: written_in(row[name]) for name in _names(row) if name not in _marks(formset)}


def written_in(bound: Any) -> tuple[str, ...]:
    """The parts of a bound field as its widget writes them into the page, or all its selected choices."""
    if is_many(bound.field):
        return tuple(sorted(str(each) for each in bound.value() or ()))
    return tuple(written_parts(bound))


def content_key(row: Values, taken: Any) -> str:
    key = "+" + "\x1f".join(part for name in sorted(row) for part in row[name])
    while key in taken:
        key += "+"
    return key


def _rows_in(posted: QueryDict, formset: Any) -> dict[str, Values]:
    total = posted.get(f"{formset.prefix}-TOTAL_FORMS", "")
    empty, fields = row_of(formset.empty_form, formset), formset.empty_form.fields
    rows: dict[str, Values] = {}
    for number in range(min(int(total), MOST_ROWS) if is_key(total) else 0):
        at = f"{formset.prefix}-{number}-"
        if posted.get(f"{at}DELETE"):
            continue
        row = {name: _typed(posted, fields[name], f"{at}{name}") or empty[name] for name in empty}
        key = posted.get(f"{at}{formset._pk_field.name}", "")
        if key or row != empty:
            rows[key if is_key(key) and key not in rows else content_key(row, rows)] = row
    return rows


def _typed(posted: QueryDict, field: forms.Field, name: str) -> tuple[str, ...] | None:
    if is_many(field):
        return tuple(sorted(clean_characters(each) for each in posted.getlist(name)))
    if isinstance(field, forms.BooleanField):
        return ("on" if posted.get(name) else "",)
    parts = parts_of(name, field)
    if not any(part in posted for part in parts):
        return None
    return tuple(part_as_typed(field, posted.get(part, "")) for part in parts)


def _write(posted: QueryDict, field: forms.Field, name: str, values: tuple[str, ...]) -> None:
    if is_many(field):
        posted.setlist(name, list(values))
        return
    for part, value in zip(parts_of(name, field), values, strict=False):
        if value or not isinstance(field, forms.BooleanField):
            posted[part] = value


def _names(form: Any) -> Iterator[str]:
    # A disabled field (a password's digest) posts nothing, and must not be written into the page.
    return (name for name, field in form.fields.items() if not field.disabled)


def _marks(formset: Any) -> tuple[str, ...]:
    return (formset._pk_field.name, formset.fk.name, "DELETE", "ORDER")


def is_many(field: forms.Field) -> bool:
    return isinstance(field, forms.ModelMultipleChoiceField | forms.MultipleChoiceField)


def _values(read: Any) -> Values:
    return {str(name): tuple(clean_characters(str(part)) for part in parts) for name, parts in read.items()}


def _fits(field: forms.Field | None, name: str, parts: tuple[str, ...]) -> bool:
    if field is None:  # This person may no longer have the field: then there is nothing to compare.
        return True
    return len(parts) <= MOST_CHOICES if is_many(field) else len(parts) == len(parts_of(name, field))


def _are_of(formset: Any, rows: dict[str, Values]) -> bool:
    if not rows or len(rows) > MOST_ROWS:
        return not rows
    form = formset.empty_form  # A new form at each access.
    names = row_of(form, formset).keys()
    return all(
        row.keys() == names and all(_fits(form.fields[name], name, parts) for name, parts in row.items())
        for row in rows.values()
    )
