"""The content of a review's form as typed, valid or not: posted, autosaved or made from a snapshot.

Autosaves store it and merges compare it, so invalid text is not lost.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from reviews.admin.parts.fields import join_tags
from reviews.admin.parts.typing import ModelForm
from reviews.admin.parts.values import is_key, part_as_typed, parts_of, written_parts
from reviews.desk.autosaves import Posted
from reviews.desk.document.fields import FIELDS, JUDGEMENT_FIELDS
from reviews.desk.document.rows import as_review, found
from reviews.models import Aspect, Review
from reviews.rules.argument import Stance
from reviews.rules.document import Document
from reviews.rules.numbers import whole_number
from reviews.text import clean_characters

ROWS = "judgements"
"""The prefix of the form's rows."""


MOST_ROWS = 1000
"""The most rows that are read: the limit of Django's formsets."""

Form = type[ModelForm]


@dataclass(frozen=True)
class TypedJudgement:
    """A judgement as typed: the primary key of an aspect, and the text of its other fields by name."""

    aspect: str
    values: Mapping[str, str]

    def as_posted(self) -> dict[str, str]:
        return {"aspect": self.aspect, **self.values}

    def in_words(self) -> str:
        """What it says of its aspect: ``Praise: The camera never blinks.``"""
        stances = {str(stance.value): stance.label for stance in Stance}
        said = {**self.values, "stance": stances.get(self.values["stance"], self.values["stance"])}
        return ": ".join(filter(None, said.values()))


@dataclass(frozen=True)
class Typed:
    """``values`` are the text of each field's parts (a moment has several) by the field's name; ``rows`` the judgements
    by the primary key of their aspect, with a number added if an aspect occurs twice."""

    values: dict[str, tuple[str, ...]]
    rows: dict[str, TypedJudgement]


def blank(typed: Typed) -> Typed:
    """The same form, empty."""
    return Typed({name: ("",) * len(parts) for name, parts in typed.values.items()}, {})


def completed(typed: Typed, by: Typed) -> Typed:
    """The same, with the fields that it lacks taken from another."""
    return Typed(by.values | typed.values, typed.rows)


def typed_in(posted: QueryDict | Posted, form: Form) -> Typed:
    """Parse what was posted or autosaved. Accepts any data; ignores unknown fields."""
    lists = dict(posted.lists()) if isinstance(posted, QueryDict) else posted
    values = {
        name: tuple(part_as_typed(field, _last(lists, part)) for part in parts_of(name, field))
        for name, field in form.base_fields.items()
        if any(part in lists for part in parts_of(name, field)) or isinstance(field, forms.BooleanField)
    }
    return Typed(values, _keyed(_rows_in(lists)))


def typed_of(document: Document, review: Review, form: Form) -> Typed:
    """What the form would hold for a document, without the fields that the document lacks.

    Raises rows.Unrestorable.
    """
    document = found(document)
    tags = join_tags(tag.name for tag in document.tags)
    filled = form(instance=as_review(document, review), initial={"tags": tags})
    values = {
        name: tuple(written_parts(filled[name]))
        for name in filled.fields
        if name not in FIELDS or name in document.fields
    }
    rows = (
        TypedJudgement(
            str(row.aspect.row.pk), {name: _as_typed(row.values.get(name)) for name in JUDGEMENT_FIELDS}
        )
        for row in document.judgements
    )
    return Typed(values, _keyed(rows))


def posted_of(typed: Typed, form: Form, stored: Mapping[int, int]) -> dict[str, list[str]]:
    """The data that a form with this content would post.

    ``stored`` maps the aspects of saved rows to the rows' primary keys; rows that are missing here are deleted.
    """
    posted = {
        part: [value]
        for name, values in typed.values.items()
        for part, value in zip(parts_of(name, form.base_fields[name]), values, strict=True)
        if value or not isinstance(form.base_fields[name], forms.BooleanField)
    }
    rows = dict(typed.rows)
    lines: list[dict[str, str]] = []
    for aspect, key in stored.items():
        row = rows.pop(str(aspect), None)
        gone = {"DELETE": "on"} if row is None else {}
        shown = row or TypedJudgement(str(aspect), dict.fromkeys(JUDGEMENT_FIELDS, ""))
        lines.append({"id": str(key), **shown.as_posted(), **gone})
    lines += [{"id": "", **row.as_posted()} for row in rows.values()]
    posted |= {
        f"{ROWS}-TOTAL_FORMS": [str(len(lines))],
        f"{ROWS}-INITIAL_FORMS": [str(len(stored))],
        f"{ROWS}-MIN_NUM_FORMS": ["0"],
        f"{ROWS}-MAX_NUM_FORMS": ["1000"],
    }
    for number, line in enumerate(lines):
        posted |= {f"{ROWS}-{number}-{name}": [value] for name, value in line.items()}
    return posted


def aspects_by_key(*sides: Typed) -> dict[str, str]:
    """The names of the aspects that any of these judge, by their typed keys."""
    keys = {row.aspect for typed in sides for row in typed.rows.values() if is_key(row.aspect)}
    return {str(aspect.pk): str(aspect) for aspect in Aspect.objects.filter(pk__in=keys)}


def title_of(key: str, aspects: Mapping[str, str]) -> str:
    """The heading of the judgement with this key: its aspect, if that is chosen."""
    aspect = aspects.get(key.partition("+")[0], "")
    return f"Judgement: {aspect}" if aspect else "A judgement"


def _rows_in(lists: Posted) -> Iterator[TypedJudgement]:
    total = _last(lists, f"{ROWS}-TOTAL_FORMS")
    for number in range(min(whole_number(total) or 0, MOST_ROWS)):
        typed = {
            name: clean_characters(_last(lists, f"{ROWS}-{number}-{name}"))
            for name in ("DELETE", "aspect", *JUDGEMENT_FIELDS)
        }
        if not typed.pop("DELETE") and any(typed.values()):
            yield TypedJudgement(typed.pop("aspect"), typed)


def _keyed(rows: Any) -> dict[str, TypedJudgement]:
    keyed: dict[str, TypedJudgement] = {}
    for row in rows:
        key = row.aspect
        while key in keyed or not key:
            key += f"+{len(keyed)}"
        keyed[key] = row
    return keyed


def _as_typed(value: Any) -> str:
    return "" if value is None else clean_characters(str(value))


def _last(lists: Posted, name: str) -> str:
    values = lists.get(name) or [""]
    return values[-1]
