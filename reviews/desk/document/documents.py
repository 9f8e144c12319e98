"""Documents of what is stored: of working reviews, as they are saved, and of their editions."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import F, Model, QuerySet

from reviews.desk.document.fields import (
    JUDGEMENT_FIELDS,
    column,
    held,
    judgement_column,
    names,
    published_names,
)
from reviews.models import Edition, EditionJudgement, Judgement, Outlet, Review, Tag
from reviews.models.content import JudgementContent
from reviews.models.desk.review import ReviewTag
from reviews.rules.document import Document, DocumentJudgement, Reference


def judgements_of(review: Review) -> list[Judgement]:
    """The working judgements, in the order in which aspects are shown."""
    return judgements_by_review([review.pk])[review.pk]


def tags_of(review: Review) -> list[Tag]:
    """The working review's tags, by name."""
    return tags_by_review([review.pk])[review.pk]


def judgements_by_review(keys: Collection[int]) -> dict[int, list[Judgement]]:
    """The judgements of several reviews (primary keys), as above, in one query."""
    found: dict[int, list[Judgement]] = {key: [] for key in keys}
    for judgement in _as_shown(Judgement.objects.filter(review__in=list(keys))):
        found[judgement.review_id].append(judgement)
    return found


def tags_by_review(keys: Collection[int]) -> dict[int, list[Tag]]:
    """The tags of several reviews (primary keys), as above, in one query."""
    found: dict[int, list[Tag]] = {key: [] for key in keys}
    rows = ReviewTag.objects.filter(content_object__in=list(keys)).select_related("tag").order_by("tag__name")
    for row in rows:
        found[row.content_object_id].append(row.tag)
    return found


def star_scale_now() -> int:
    """The outlet's current scale for ratings in bare stars."""
    return Outlet.objects.current().star_scale


def document_of(review: Review) -> Document:
    """The document of a saved review. Takes two queries, and one each for a film and critic not yet loaded."""
    return document_with(review, tags_of(review), judgements_of(review))


def document_with(
    review: Review,
    tags: Iterable[Tag],
    judgements: Iterable[JudgementContent],
    *,
    star_scale: int | None = None,
) -> Document:
    """The document of a review with these tags and judgements, saved or not."""
    return _document(review, names(), tags, judgements, star_scale=star_scale)


def document_without_nouns(
    review: Review, tags: Iterable[Tag], judgements: Iterable[JudgementContent]
) -> Document:
    """The same without film and critic; takes no query."""
    return _document(review, [name for name in names() if not column(name).is_relation], tags, judgements)


def document_in(edition: Edition) -> Document:
    """The document of an edition."""
    rows = EditionJudgement.objects.filter(edition=edition).select_related("aspect").order_by("pk")
    return _document(
        edition, published_names(), edition.tags.order_by("name"), rows, star_scale=edition.star_scale
    )


def referred(row: Any) -> Reference:
    """A reference to a loaded row."""
    return Reference(row.uid.hex, str(row), row)


def _document(
    content: Review | Edition,
    known: Iterable[str],
    tags: Iterable[Tag],
    judgements: Iterable[Any],
    *,
    star_scale: int | None = None,
) -> Document:
    return Document(
        {name: _value(content, name) for name in known},
        tuple(referred(tag) for tag in tags),
        tuple(
            DocumentJudgement(
                referred(row.aspect),
                {name: held(judgement_column(name), getattr(row, name)) for name in JUDGEMENT_FIELDS},
                row.uid.hex,
            )
            for row in judgements
        ),
        star_scale,
    )


def _value(content: Review | Edition, name: str) -> Any:
    value = getattr(content, name)
    return referred(value) if isinstance(value, Model) else held(column(name), value)


def _as_shown(judgements: QuerySet[Judgement]) -> QuerySet[Judgement]:
    # Databases order nulls differently. Here aspects of every film (null) come first.
    order = (F("aspect__film_id").asc(nulls_first=True), "aspect__position", "aspect_id")
    return judgements.select_related("aspect").order_by(*order)
