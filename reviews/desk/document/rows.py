"""Makes rows from a document: looks up the nouns that it names, and makes the review and its judgements.

A document names nouns by uid, so that they may be renamed; tags also by name, so that they may be deleted.
"""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db.models import Q

from reviews.desk.document.documents import referred
from reviews.desk.document.fields import column, label, names
from reviews.models import Aspect, Judgement, Review, Tag
from reviews.rules.document import Document, DocumentJudgement, Reference
from reviews.rules.slugs import slugify


class Unrestorable(Exception):
    """A document that names a film or a critic that has been deleted."""


def found(document: Document) -> Document:
    """The same document with the row of each noun; only those that it lacks are looked up.

    Judgements whose aspect was deleted are left out, and so is a deleted picture. For a deleted tag: the tag that now
    has its name or its address, or else an unsaved one. Raises Unrestorable if the film or the critic was deleted.
    """
    return replace(
        document,
        fields={name: _found_noun(name, value) for name, value in document.fields.items()},
        tags=tags_in(document),
        judgements=judgements_in(document),
    )


def as_review(document: Document, review: Review) -> Review:
    """An unsaved review with the same primary key and a found document's fields, without tags and judgements.

    Fields that the document lacks keep the review's values.
    """
    fields = {
        name: _stored(document.fields[name]) if name in document.fields else getattr(review, name)
        for name in names()
    }
    kept = ("pk", "uid", "status", "publish_at", "revision")
    copy = Review(**{name: getattr(review, name) for name in kept}, **fields)
    copy._state.adding = (
        review._state.adding
    )  # The same row, so that its own address does not count as taken.
    return copy


def as_judgements(document: Document, review: Review) -> list[Judgement]:
    """Unsaved judgements of a review, as a found document has them."""
    return [
        Judgement(uid=UUID(each.uid), review=review, aspect=each.aspect.row, **each.values)
        for each in document.judgements
    ]


def judgements_in(document: Document) -> tuple[DocumentJudgement, ...]:
    """The judgements whose aspects still exist, in the order in which aspects are shown."""
    unknown = [each.aspect.uid for each in document.judgements if each.aspect.row is None]
    rows = {row.uid.hex: row for row in Aspect.objects.filter(uid__in=unknown)} if unknown else {}
    aspects = {each.aspect: each.aspect.row or rows.get(each.aspect.uid) for each in document.judgements}
    judgements = [
        replace(each, aspect=referred(aspects[each.aspect]))
        for each in document.judgements
        if aspects[each.aspect]
    ]
    return tuple(sorted(judgements, key=lambda each: as_shown(each.aspect.row)))


def as_shown(aspect: Aspect) -> tuple[bool, int, int]:
    """The sort key of the order in which aspects are shown: those of every film come first."""
    return (aspect.film_id is not None, aspect.position, aspect.pk)


def tags_in(document: Document) -> tuple[Reference, ...]:
    """The tags, by name."""
    if all(tag.row for tag in document.tags):
        return document.tags
    slugs = {tag.uid: slugify(tag.name) for tag in document.tags}
    known = list(
        Tag.objects.filter(
            Q(uid__in=slugs) | Q(slug__in=slugs.values()) | Q(name__in=[tag.name for tag in document.tags])
        )
    )
    by_uid, by_slug = {tag.uid.hex: tag for tag in known}, {tag.slug: tag for tag in known}
    by_name = {tag.name: tag for tag in known}
    rows = [
        by_uid.get(tag.uid)
        or by_name.get(tag.name)
        or by_slug.get(slugs[tag.uid])
        or Tag(uid=UUID(tag.uid), slug=slugs[tag.uid], name=tag.name)
        for tag in document.tags
    ]
    return tuple(
        referred(row) for row in sorted({row.slug: row for row in rows}.values(), key=lambda row: row.name)
    )


def _found_noun(name: str, value: Any) -> Any:
    if not isinstance(value, Reference) or value.row is not None:
        return value
    row = column(name).related_model._default_manager.filter(uid=value.uid).first()
    if row is None and column(name).null:
        return None
    if row is None:
        raise Unrestorable(f"The {label(name)} that it is about is no more.")
    return referred(row)


def _stored(value: Any) -> Any:
    return value.row if isinstance(value, Reference) else value
