"""Merges two saves of one record: takes what only one side changed, and asks about conflicts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.text import capfirst

from reviews.admin.parts.fields import ProseFormField
from reviews.admin.parts.saving.form_state import FormState, Rows, Values, is_many
from reviews.admin.parts.saving.questions import GONE, Merged, MergedPart, asked, chosen, resolved, whole
from reviews.admin.parts.values import NO_MORE, is_key, value_in_words
from reviews.text import Agreed, Whose, is_within, merge

SPOKEN_AT_MOST = 20
"""How many choices of a long list are named; the rest are counted."""


@dataclass
class Together(Merged):
    """``state`` is the merged state, with the answers given so far."""

    state: FormState = field(kw_only=True)


def brought_together(
    base: FormState,
    mine: FormState,
    theirs: FormState,
    form: Any,
    formsets: Sequence[Any],
    answers: Mapping[str, str],
) -> Together:
    """Merge both sides from ``base``. The merged state takes ``mine`` where a question has no answer."""
    values: Values = {}
    rows: Rows = {}
    parts: list[MergedPart] = []
    for name, other in theirs.values.items():
        was = base.values.get(name, other)
        ours = mine.values.get(name, was)
        if ours == other == was:
            values[name] = other
            continue
        asked_in = form.fields[name]
        pieces, values[name] = _field(name, asked_in, (was, ours, other), answers)
        parts.append(MergedPart(capfirst(str(asked_in.label or name)), pieces))
    for formset in formsets:
        rows[formset.prefix] = _rows(parts, formset, (base, mine, theirs), answers)
    return Together(parts, state=FormState(values, rows))


def _rows(
    parts: list[MergedPart], formset: Any, sides: tuple[FormState, ...], answers: Mapping[str, str]
) -> dict[str, Values]:
    """The merged rows. Adds the rows that either side changed to ``parts``."""
    kept: dict[str, Values] = {}
    base, mine, theirs = (side.rows.get(formset.prefix, {}) for side in sides)
    fields = formset.empty_form.fields
    names = _names_in(fields, [*base.values(), *mine.values(), *theirs.values()])
    for key in dict.fromkeys([*base, *theirs, *mine]):
        was, ours, other = (side.get(key) for side in (base, mine, theirs))
        row = was
        if not (ours == other == was):
            words = [_row_in_words(each, fields, names) for each in (was, ours, other)]
            pieces = tuple(whole(f"{formset.prefix}-{key}", words, (was, ours, other), answers))
            row = chosen(pieces, ours, other)
            parts.append(MergedPart(capfirst(str(formset.model._meta.verbose_name)), pieces))
        if row is not None:
            kept[key] = row
    return kept


def _field(
    name: str, asked_in: forms.Field, sides: tuple[tuple[str, ...], ...], answers: Mapping[str, str]
) -> tuple[tuple[Any, ...], tuple[str, ...]]:
    """The pieces of a field that either side changed, and its merged value."""
    was, ours, other = sides
    if isinstance(asked_in, ProseFormField) and all(is_within(each[0]) for each in sides):
        pieces = tuple(asked(name, merge(was[0], ours[0], other[0]), answers, is_text=True))
        return pieces, (resolved(pieces),)
    if is_many(asked_in) and was not in (ours, other) and ours != other:
        both = _many_together(was, ours, other)
        return (Agreed(Whose.BOTH, in_words(asked_in, was), in_words(asked_in, both)),), both
    words = [in_words(asked_in, each) for each in sides]
    pieces = tuple(whole(name, words, sides, answers))
    return pieces, chosen(pieces, ours, other)


def _many_together(was: tuple[str, ...], mine: tuple[str, ...], theirs: tuple[str, ...]) -> tuple[str, ...]:
    """The choices, plus those that either side added, minus those that either removed."""
    before, ours, other = set(was), set(mine), set(theirs)
    return tuple(sorted((ours & other) | (ours - before) | (other - before)))


def in_words(field: forms.Field, values: tuple[str, ...]) -> str:
    """A field's value as people read it."""
    if not is_many(field):
        return value_in_words(field, values)
    queryset: Any = getattr(field, "queryset", None)
    if queryset is None or not values:
        return ", ".join(values)
    named = [str(each) for each in queryset.filter(pk__in=[key for key in values if is_key(key)])]
    more = len(named) - SPOKEN_AT_MOST
    return ", ".join(named[:SPOKEN_AT_MOST]) + (f" and {more} more" if more > 0 else "")


def _names_in(fields: dict[str, forms.Field], rows: Sequence[Values]) -> dict[tuple[str, str], str]:
    """The names of what rows choose, by field and key, with one query for each field."""
    names: dict[tuple[str, str], str] = {}
    for name, choice in fields.items():
        if isinstance(choice, forms.ModelChoiceField) and not is_many(choice) and choice.queryset is not None:
            keys = {row[name][0] for row in rows if name in row and is_key(row[name][0])}
            names |= {(name, key): NO_MORE for key in keys}
            names |= {(name, str(each.pk)): str(each) for each in choice.queryset.filter(pk__in=keys)}
    return names


def _row_in_words(
    row: Values | None, fields: dict[str, forms.Field], names: dict[tuple[str, str], str]
) -> str:
    if row is None:
        return GONE
    said = (
        names.get((name, row[name][0])) or in_words(field, row[name])
        for name, field in fields.items()  # In the form's order, which a state posted back does not keep.
        if name in row
    )
    return ", ".join(each for each in said if each)
