"""The table of a review's fields. A new field is declared in the models and here.

From here it reaches the form, the page of an edition, snapshots, comparisons, merges, restores and editions. Which of
the fields an edition copies follows from its model.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db import models
from django.urls import reverse

from reviews.desk.dates import day, moment_in_words
from reviews.models import Edition, Judgement, Review
from reviews.models.fields import LineField
from reviews.rules.argument import Stance, Verdict
from reviews.rules.document import Reference
from reviews.rules.slugs import is_placeholder
from reviews.text import one_line


class FormPart(StrEnum):
    """The parts of a review's form, by their headings."""

    WRITING = "Writing"
    AROUND = "Around it"
    ABOUT = "Film and critic"
    ORIGIN = "Provenance"
    SOURCE = "Source (syndicated and digests)"
    STANDING = "Address and plan"


class RecordPart(StrEnum):
    """The parts of an edition's page at the desk, by their headings."""

    SAYS = "What it says"
    JUDGEMENT = "Judgement"
    ORIGIN = "Provenance"


@dataclass(frozen=True)
class DocumentField:
    """How the desk handles a field.

    ``part`` is where it stands on the form, ``record`` where on an edition's page (None: editions do not have it).
    ``is_desks``: a critic may not write it. ``words`` formats a value for a comparison (default: by the
    model field's type). ``unread`` says why readers cannot read a change. ``is_cited``: it must stand in the body.
    """

    part: FormPart
    record: RecordPart | None
    is_desks: bool = False
    words: Callable[[Any], str] | None = None
    unread: str = ""
    is_cited: bool = False


@dataclass(frozen=True)
class JudgementField:
    """A field of a judgement besides its aspect: what a comparison calls it, and ``words`` as above."""

    label: str
    words: Callable[[Any], str] | None = None


def _choice(choices: Any, value: object) -> str:
    """A choice's label; the value itself if this release has no such choice."""
    return str(choices(value).label) if value in list(choices) else str(value)


FIELDS: dict[str, DocumentField] = {
    "film": DocumentField(FormPart.ABOUT, RecordPart.SAYS),
    "critic": DocumentField(FormPart.ABOUT, RecordPart.SAYS, is_desks=True),
    "headline": DocumentField(FormPart.WRITING, RecordPart.SAYS),
    "headline_is_ours": DocumentField(
        FormPart.STANDING,
        RecordPart.SAYS,
        words=lambda is_ours: "ours" if is_ours else "the original’s",
    ),
    # “This address is taken” would reveal copy that a critic may not see.
    "slug": DocumentField(
        FormPart.STANDING,
        RecordPart.SAYS,
        is_desks=True,
        words=lambda slug: "none yet" if is_placeholder(slug) else reverse("review_detail", args=[slug]),
        unread="An address that readers had leads on to the new one.",
    ),
    "standfirst": DocumentField(FormPart.WRITING, RecordPart.SAYS),
    "body": DocumentField(FormPart.WRITING, RecordPart.SAYS),
    "verdict": DocumentField(
        FormPart.ABOUT,
        RecordPart.JUDGEMENT,
        words=lambda verdict: "none stated" if verdict is None else _choice(Verdict, verdict).lower(),
    ),
    "rating": DocumentField(
        FormPart.ABOUT, RecordPart.JUDGEMENT, words=lambda rating: rating or "none given"
    ),
    "hero": DocumentField(FormPart.AROUND, RecordPart.SAYS),
    "pull_quote": DocumentField(FormPart.AROUND, RecordPart.JUDGEMENT, is_cited=True),
    "provenance": DocumentField(FormPart.ORIGIN, RecordPart.ORIGIN, is_desks=True),
    "source_name": DocumentField(FormPart.SOURCE, RecordPart.ORIGIN, is_desks=True),
    "source_url": DocumentField(FormPart.SOURCE, RecordPart.ORIGIN, is_desks=True),
    "provenance_note": DocumentField(FormPart.SOURCE, RecordPart.ORIGIN, is_desks=True),
    "how_seen": DocumentField(FormPart.ORIGIN, RecordPart.ORIGIN),
    "disclosure": DocumentField(FormPart.ORIGIN, RecordPart.ORIGIN),
    "rights_until": DocumentField(
        FormPart.SOURCE,
        RecordPart.ORIGIN,
        is_desks=True,
        words=lambda moment: moment_in_words(moment) if moment else "without end",
        unread="Readers do not read it: the review leaves the site then.",
    ),
    "planned_on": DocumentField(
        FormPart.STANDING,
        None,
        is_desks=True,
        words=lambda planned: day(planned) if planned else "no day",
        unread="Readers do not read it: it is the desk’s own date.",
    ),
}
"""Every field of a review that its form writes, in the order of the form's parts and of the edition's page."""

JUDGEMENT_FIELDS: dict[str, JudgementField] = {
    "stance": JudgementField("the stance", words=lambda stance: _choice(Stance, stance).lower()),
    "evidence": JudgementField("the passage behind it"),
}


def names() -> list[str]:
    """The names of all fields, in the order of the model: that in which differences are shown."""
    return [field.name for field in Review._meta.concrete_fields if field.name in FIELDS]


def nouns() -> list[str]:
    """The names of those that refer to other nouns, for ``select_related``."""
    return [name for name in names() if column(name).is_relation]


def published_names() -> list[str]:
    """The names of the fields that an edition copies, in the same order."""
    copied = {field.name for field in Edition._meta.concrete_fields}
    return [name for name in names() if name in copied]


def in_part(part: FormPart) -> list[str]:
    return [name for name, field in FIELDS.items() if field.part is part]


def in_record(part: RecordPart) -> list[str]:
    return [name for name, field in FIELDS.items() if field.record is part]


def of_the_desk() -> list[str]:
    """The names of the fields that a critic may not write."""
    return [name for name in names() if FIELDS[name].is_desks]


def cited() -> list[str]:
    """The names of the fields that must stand in the body."""
    return [name for name in names() if FIELDS[name].is_cited]


def column(name: str) -> Any:
    """The field of the model."""
    return Review._meta.get_field(name)


def judgement_column(name: str) -> Any:
    return Judgement._meta.get_field(name)


def held(field: Any, value: Any) -> Any:
    """A value of a column as a document holds it: a line of an older row may break, a document's does not."""
    return one_line(value) if isinstance(field, LineField) and isinstance(value, str) else value


def label(name: str) -> str:
    """What editors call a field, tags or judgements."""
    return str(column(name).verbose_name) if name in FIELDS else name


def is_text(name: str) -> bool:
    """Whether it is text, which is compared word by word; other values are compared whole."""
    return not FIELDS[name].words and _is_text(column(name))


def in_words(name: str, value: Any) -> str:
    """A value as a comparison shows it."""
    words = FIELDS[name].words
    return words(value) if words else _in_words(column(name), value)


def is_judgement_text(name: str) -> bool:
    return not JUDGEMENT_FIELDS[name].words and _is_text(judgement_column(name))


def judgement_in_words(name: str, value: Any) -> str:
    words = JUDGEMENT_FIELDS[name].words
    return words(value) if words else _in_words(judgement_column(name), value)


def _is_text(field: Any) -> bool:
    is_line_or_prose = isinstance(field, models.CharField | models.TextField)
    return is_line_or_prose and not isinstance(field, models.URLField) and not field.choices


def _in_words(field: Any, value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Reference):
        return value.name
    if isinstance(value, dt.datetime):
        return moment_in_words(value)
    if isinstance(value, dt.date):
        return day(value)
    if value in (None, ""):
        return "none"
    return str(dict(field.flatchoices).get(value, value))
