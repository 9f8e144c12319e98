"""Turning a working review into what an edition of it would say."""

from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import F, QuerySet

from reviews import text
from reviews.desk.known import Known
from reviews.models import Edition, EditionJudgement, EditionTag, Judgement, Outlet, Review, Tag
from reviews.models.content import ReviewContent
from reviews.models.desk.review import ReviewTag
from reviews.models.public.edition import passage_anchor
from reviews.rules import ratings


@dataclass(frozen=True)
class ContentFacts:
    """The tags and judgements of reviews, by primary key, as ``tags_of`` and ``judgements_of`` give them."""

    outlet: Outlet
    tags: dict[int, list[Tag]]
    judgements: dict[int, list[Judgement]]


KNOWN: Known[ContentFacts] = Known()

CONTENT_FIELDS = (*(field.name for field in ReviewContent._meta.fields), "slug")
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


def judgements_of(review: Review) -> list[Judgement]:
    """The working judgements, in the order in which aspects are shown."""
    known = KNOWN.facts
    if known and review.pk in known.judgements:
        return known.judgements[review.pk]
    return list(_as_shown(Judgement.objects.filter(review=review)))


def tags_of(review: Review) -> list[Tag]:
    """The working review's tags, by name."""
    known = KNOWN.facts
    if known and review.pk in known.tags:
        return known.tags[review.pk]
    return list(review.tags.order_by("name"))


def facts_of(reviews: Collection[Review]) -> ContentFacts:
    tags: dict[int, list[Tag]] = {review.pk: [] for review in reviews}
    judgements: dict[int, list[Judgement]] = {review.pk: [] for review in reviews}
    tagged = ReviewTag.objects.filter(content_object__in=reviews).select_related("tag").order_by("tag__name")
    for row in tagged:
        tags[row.content_object_id].append(row.tag)
    for judgement in _as_shown(Judgement.objects.filter(review__in=reviews)):
        judgements[judgement.review_id].append(judgement)
    return ContentFacts(Outlet.objects.current(), tags, judgements)


def _as_shown(judgements: QuerySet[Judgement]) -> QuerySet[Judgement]:
    # Databases disagree on where a null belongs: the aspects that every film has come first.
    order = (F("aspect__film_id").asc(nulls_first=True), "aspect__position", "aspect_id")
    return judgements.select_related("aspect").order_by(*order)


def compose(review: Review) -> Composition:
    """What the review as it is saved would say to readers. Raises as ``composed`` does."""
    return composed(review, tags_of(review), judgements_of(review))


def composed(review: Review, tags: list[Tag], judgements: list[Judgement]) -> Composition:
    """What a review with these tags and judgements, none of which need be saved, would say to readers.

    Raises ratings.RatingError if the rating is not one (the checklist asks before).
    """
    known = KNOWN.facts
    star_scale = (known.outlet if known else Outlet.objects.current()).star_scale
    rating = ratings.parse(review.rating, star_scale=star_scale)
    edition = Edition(
        review=review,
        review_uid=review.uid,
        rating_score=rating.score if rating else None,
        star_scale=star_scale,
        **{name: getattr(review, name) for name in CONTENT_FIELDS} | {"slug": review.address_to_be},
    )
    body = review.read()
    anchors = {passage_anchor(judgement.uid): judgement.evidence for judgement in judgements}
    render_body(edition, anchors, body)
    passages = text.find_passages(body, [judgement.evidence for judgement in judgements])
    return Composition(
        edition=edition,
        tags=tags,
        judgements=[
            EditionJudgement(
                edition=edition,
                uid=judgement.uid,
                aspect=judgement.aspect,
                stance=judgement.stance,
                evidence=judgement.evidence,
                in_spoiler=passage is not None and passage.in_spoiler,
            )
            for judgement, passage in zip(judgements, passages, strict=True)
        ],
    )


def copy_of(edition: Edition) -> Composition:
    """What an edition says, as another edition of the same review would say it again."""
    copied = Edition(
        review=edition.review,
        review_uid=edition.review_uid,
        **{name: getattr(edition, name) for name in (*CONTENT_FIELDS, *COMPUTED_FIELDS)},
    )
    judgements = EditionJudgement.objects.filter(edition=edition).order_by("pk")
    same = ("uid", "aspect_id", "stance", "evidence", "in_spoiler")
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


def differences(review: Review, edition: Edition) -> list[str]:
    """Names of what the saved working review says differently from an edition of it; empty if nothing."""
    changed = [
        str(Review._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
        for name in CONTENT_FIELDS
        if getattr(review, name) != getattr(edition, name)
    ]
    if set(review.tags.values_list("pk", flat=True)) != set(
        EditionTag.objects.filter(edition=edition).values_list("tag", flat=True)
    ):
        changed.append("tags")
    stances = ("aspect_id", "stance", "evidence")
    if set(Judgement.objects.filter(review=review).values_list(*stances)) != set(
        EditionJudgement.objects.filter(edition=edition).values_list(*stances)
    ):
        changed.append("judgements")
    return changed
