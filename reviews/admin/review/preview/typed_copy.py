"""Reads an unfinished form as copy, for a preview. Invalid and missing values are not errors."""

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import QueryDict

from reviews import text
from reviews.admin.parts.fields import LineFormField, ProseFormField
from reviews.admin.parts.values import is_key, parts_of
from reviews.admin.review.saving.parsed import ROWS, Form, TypedJudgement, typed_in
from reviews.desk.document.composition import Composition, composed
from reviews.desk.document.documents import document_with, judgements_of, tags_of
from reviews.desk.document.fields import JUDGEMENT_FIELDS, cited, judgement_column, label
from reviews.desk.document.rows import as_shown
from reviews.models import Aspect, Critic, Judgement, Outlet, Review, Tag
from reviews.rules import ratings
from reviews.rules.document import Document
from reviews.rules.slugs import slugify
from reviews.text.limits import LONGEST_FIELD

NEEDED = ("film", "critic", "headline")
"""The fields that a review's page requires."""
UNNAMED = "preview"
"""The slug of a page that has none yet; it is never linked."""


@dataclass(frozen=True)
class TypedCopy:
    """Unsaved copy that a page can be made from.

    ``missing`` are the labels of missing required fields; ``document`` is None if there are any. ``notes`` say, a
    sentence each, what is left out and why.
    """

    review: Review
    document: Document | None
    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def compose(self) -> Composition:
        """The edition that it would make. Nothing may be missing."""
        assert self.document is not None
        return composed(self.document, self.review)


def copy_of(posted: QueryDict | None, form: Form, review: Review | None, byline: Critic | None) -> TypedCopy:
    """The review as typed, in a form that may lack fields; as saved if ``posted`` is None.

    An invalid field keeps its saved value, if there is one. ``byline`` is the critic of a new review if the form does
    not ask. Takes a fixed number of queries, and writes nothing.
    """
    typed = copy.copy(review) if review else Review(critic=byline) if byline else Review()
    tags = tags_of(review) if review else []
    rows = judgements_of(review) if review else []
    notes: list[str] = []
    if posted is not None:
        read, unread = _read(posted, form)
        if says := text.excess(read.get("body", ""), typed.body):
            del read["body"]
            notes.append(f"The body is left as it was. {says}")
        if "tags" in read:
            tags = _named(read.pop("tags"))
        for name, value in read.items():
            setattr(typed, name, value)
        if labels := [str(form.base_fields[name].label or name).lower() for name in unread]:
            notes.append(f"Not to be read yet, and so left as it was: {', '.join(labels)}.")
    missing = tuple(name for name in NEEDED if not getattr(typed, f"{name}_id", getattr(typed, name, None)))
    if missing:
        return TypedCopy(typed, None, missing)
    if posted is not None and f"{ROWS}-TOTAL_FORMS" in posted:
        rows = _judged(list(typed_in(posted, form).rows.values()), typed)
    typed.slug = typed.slug or slugify(typed.headline) or UNNAMED
    notes += _without_what_is_none(typed)
    rows, cut = _cited(typed, rows)
    return TypedCopy(typed, document_with(typed, tags, rows), notes=(*notes, *cut))


def _read(posted: QueryDict, form: Form) -> tuple[dict[str, Any], list[str]]:
    """The valid values of the posted fields, and the names of the invalid ones."""
    values: dict[str, Any] = {}
    unread: list[str] = []
    fields = form().fields
    for name, field in fields.items():
        is_box = isinstance(field, forms.BooleanField)
        if not is_box and not any(part in posted for part in parts_of(name, field)):
            continue
        raw = field.widget.value_from_datadict(posted, {}, name)
        try:
            values[name] = field.clean(raw)
        except ValidationError:
            # Too long is still readable.
            is_text = isinstance(field, ProseFormField | LineFormField) and len(str(raw)) <= LONGEST_FIELD
            if is_text and field.to_python(raw):
                values[name] = field.to_python(raw)
            elif name not in NEEDED:
                unread.append(name)
    if "slug" in values and not _is_address(values["slug"]):
        del values["slug"]
    return values, unread


def _is_address(typed: str) -> bool:
    try:
        Review._meta.get_field("slug").run_validators(typed)
    except ValidationError:
        return False
    return True


def _named(names: Sequence[str]) -> list[Tag]:
    """The tags of these names: the saved ones, and unsaved ones for the others."""
    slugs = {slugify(name): name for name in names}
    known = list(Tag.objects.filter(Q(slug__in=slugs) | Q(name__in=names)))
    by_slug, by_name = {tag.slug: tag for tag in known}, {tag.name: tag for tag in known}
    found = [
        by_name.get(name) or by_slug.get(slug) or Tag(slug=slug, name=name) for slug, name in slugs.items()
    ]
    return sorted({tag.slug: tag for tag in found}.values(), key=lambda tag: tag.name)


def _judged(rows: Sequence[TypedJudgement], review: Review) -> list[Judgement]:
    """The judgements of the film's aspects, one for each, in the order in which aspects are shown."""
    keys = {row.aspect for row in rows if is_key(row.aspect)}
    aspects = {str(each.pk): each for each in Aspect.objects.filter(pk__in=keys)}
    judged: dict[int, Judgement] = {}
    for row in rows:
        aspect, values = aspects.get(row.aspect), _values(row)
        if aspect and aspect.film_id in (None, review.film_id) and values:
            # A uid made from the aspect's: anchors stay the same whenever the preview is rendered again.
            named = Judgement(uid=aspect.uid, review=review, aspect=aspect, **values)
            judged.setdefault(aspect.pk, named)
    return sorted(judged.values(), key=lambda row: as_shown(row.aspect))


def _values(row: TypedJudgement) -> dict[str, Any]:
    """The values typed in a row; empty if it is not a judgement yet."""
    evidence = row.values["evidence"]
    if not evidence.strip() or len(evidence) > LONGEST_FIELD:
        return {}
    columns = {name: judgement_column(name) for name in JUDGEMENT_FIELDS}
    try:
        return {
            name: column.clean(row.values[name] or (None if column.null else ""), None)
            for name, column in columns.items()
        }
    except ValidationError:
        return {}


def _without_what_is_none(typed: Review) -> list[str]:
    """Remove an invalid rating; returns the note about it."""
    try:
        ratings.parse(typed.rating, star_scale=Outlet.objects.current().star_scale)
    except ratings.RatingError as error:
        typed.rating = ""
        return [f"The rating is left out. {error}"]
    return []


def _cited(typed: Review, rows: list[Judgement]) -> tuple[list[Judgement], list[str]]:
    """The judgements whose passage is in the body, and notes about the others and the pull quote."""
    quotes = {name: getattr(typed, name) for name in cited()}
    found = text.find_passages(typed.read(), [*quotes.values(), *(row.evidence for row in rows)])
    passages = found[len(quotes) :]
    notes = []
    for (name, quote), passage in zip(quotes.items(), found, strict=False):
        if quote and not passage and not typed.is_digest:
            setattr(typed, name, "")
            notes.append(f"The {label(name)} is left out: it does not stand in the body.")
    gone = [str(row.aspect) for row, passage in zip(rows, passages, strict=True) if passage is None]
    if gone:
        notes.append(f"Left out, for their passages do not stand in the body: {', '.join(gone)}.")
    return [row for row, passage in zip(rows, passages, strict=True) if passage], notes
