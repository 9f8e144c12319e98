"""Turning a document into the edition that it would be."""

from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings

from reviews import text
from reviews.desk.document.documents import document_of, star_scale_now
from reviews.desk.document.fields import JUDGEMENT_FIELDS, published_names
from reviews.desk.document.rows import as_review
from reviews.models import Edition, EditionJudgement, EditionTag, Review, Tag
from reviews.models.public.edition import passage_anchor
from reviews.rules import ratings
from reviews.rules.document import Document

COMPUTED_FIELDS = ("rating_score", "star_scale", "body_html", "body_text", "excerpt")


@dataclass(frozen=True)
class Composition:
    """An edition that is not saved, with the tags and judgements it would carry."""

    edition: Edition
    tags: list[Tag]
    judgements: list[EditionJudgement]

    def save(self) -> Edition:
        """Write all of it. The caller has set the edition's number and window, and holds a transaction."""
        self.edition.save(force_insert=True)
        EditionTag.objects.bulk_create([EditionTag(edition=self.edition, tag=tag) for tag in self.tags])
        EditionJudgement.objects.bulk_create(self.judgements)
        return self.edition


def compose(review: Review) -> Composition:
    """What the review as it is saved would say to readers. Raises as ``composed`` does."""
    return composed(document_of(review), review)


def composed(document: Document, review: Review) -> Composition:
    """What a document would say to readers as an edition of a review. None of it need be saved.

    The document has the rows of all that it names; fields that it lacks are the review's. Raises ratings.RatingError
    if the rating is not one (the checklist asks before).
    """
    working = as_review(document, review)
    star_scale = star_scale_now()
    rating = ratings.parse(working.rating, star_scale=star_scale)
    edition = Edition(
        review=review,
        review_uid=review.uid,
        rating_score=rating.score if rating else None,
        star_scale=star_scale,
        **{name: getattr(working, name) for name in published_names()} | {"slug": working.address_to_be},
    )
    # The review may have read the same body before.
    body = review.read() if review.body == working.body else working.read()
    evidence = [judgement.values["evidence"] for judgement in document.judgements]
    uids = [UUID(judgement.uid) for judgement in document.judgements]
    anchors = {passage_anchor(uid): passage for uid, passage in zip(uids, evidence, strict=True)}
    render_body(edition, anchors, body)
    return Composition(
        edition=edition,
        tags=[tag.row for tag in document.tags],
        judgements=[
            EditionJudgement(
                edition=edition,
                uid=uid,
                aspect=judgement.aspect.row,
                in_spoiler=passage is not None and passage.in_spoiler,
                **judgement.values,
            )
            for uid, judgement, passage in zip(
                uids, document.judgements, text.find_passages(body, evidence), strict=True
            )
        ],
    )


def copy_of(edition: Edition) -> Composition:
    """What an edition says, as another edition of the same review would say it again."""
    copied = Edition(
        review=edition.review,
        review_uid=edition.review_uid,
        **{name: getattr(edition, name) for name in (*published_names(), *COMPUTED_FIELDS)},
    )
    judgements = EditionJudgement.objects.filter(edition=edition).order_by("pk")
    same = ("uid", "aspect_id", "in_spoiler", *JUDGEMENT_FIELDS)
    return Composition(
        edition=copied,
        tags=list(Tag.objects.filter(pk__in=EditionTag.objects.filter(edition=edition).values("tag"))),
        judgements=[
            EditionJudgement(edition=copied, **{name: getattr(row, name) for name in same})
            for row in judgements
        ],
    )


def render_body(edition: Edition, passages: dict[str, str], body: text.Body | None = None) -> None:
    """Fill in what is computed from the edition's Markdown; ``passages`` maps anchors to evidence."""
    body = body or text.read_body(edition.body)
    site_host = urlsplit(settings.SITE_URL).netloc
    edition.body_html = text.render(body, passages=passages, site_host=site_host)
    edition.body_text = text.plain_text(body, spoilers=False)
    edition.excerpt = text.excerpt(body)
