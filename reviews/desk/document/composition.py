"""Makes editions from documents."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from reviews import text
from reviews.desk.document.documents import star_scale_now
from reviews.desk.document.fields import JUDGEMENT_FIELDS, published_names
from reviews.desk.document.pictures import names_in, pictures_named
from reviews.desk.document.rows import as_review
from reviews.models import Edition, EditionJudgement, EditionPicture, EditionTag, Picture, Review, Tag
from reviews.models.public.edition import passage_anchor
from reviews.rules import ratings
from reviews.rules.document import Document

COMPUTED_FIELDS = ("rating_score", "star_scale", "body_html", "body_text", "excerpt")


@dataclass(frozen=True)
class Rendering:
    """What is computed from a body: the HTML, and whether each cited passage is in a spoiler."""

    html: str
    text: str
    excerpt: str
    in_spoiler: tuple[bool, ...]


@dataclass(frozen=True)
class Composition:
    """An unsaved edition with its tags and judgements, and its pictures in the versions that it shows."""

    edition: Edition
    tags: list[Tag]
    judgements: list[EditionJudgement]
    pictures: list[EditionPicture]

    def save(self) -> Edition:
        """Save all of it. The caller has set the edition's number and window, in a transaction."""
        self.edition.save(force_insert=True)
        EditionTag.objects.bulk_create(self.tag_rows())
        EditionJudgement.objects.bulk_create(self.judgements)
        EditionPicture.objects.bulk_create(self.pictures)
        return self.edition

    def tag_rows(self) -> list[EditionTag]:
        """Unsaved rows. The caller has set the edition's window."""
        edition = self.edition
        copied = {"first_visible_from": edition.first_visible_from, "review_uid": edition.review_uid}
        return [EditionTag(edition=edition, tag=tag, **copied) for tag in self.tags]


def save_all(compositions: Sequence[Composition]) -> None:
    """Save many in four statements, without signals. The caller has set their numbers and windows."""
    Edition.objects.bulk_create([each.edition for each in compositions])
    EditionTag.objects.bulk_create([row for each in compositions for row in each.tag_rows()])
    EditionJudgement.objects.bulk_create([row for each in compositions for row in each.judgements])
    EditionPicture.objects.bulk_create([row for each in compositions for row in each.pictures])


def composed(
    document: Document,
    review: Review,
    rendering: Rendering | None = None,
    *,
    pictures: Mapping[str, Picture] | None = None,
) -> Composition:
    """Make an edition of a review from a document. Nothing needs to be saved.

    The document must be found (``rows.found``); the review gives the fields that it lacks. Renders the body unless
    ``rendering`` is given, and looks up its pictures unless they are given by name. Raises ratings.RatingError if the
    rating is not one (the checklist asks before).
    """
    working = as_review(document, review)
    star_scale = document.star_scale or star_scale_now()
    rating = ratings.parse(working.rating, star_scale=star_scale)
    uids = [UUID(judgement.uid) for judgement in document.judgements]
    body: str | text.Body = working.body
    if rendering is None:
        # The review may have parsed the same body before.
        body = review.read() if review.body == working.body else working.read()
        evidence = (judgement.values["evidence"] for judgement in document.judgements)
        rendering = rendered(body, dict(zip(uids, evidence, strict=True)))
    edition = Edition(
        review=review,
        review_uid=review.uid,
        rating_score=rating.score if rating else None,
        star_scale=star_scale,
        body_html=rendering.html,
        body_text=rendering.text,
        excerpt=rendering.excerpt,
        **{name: getattr(working, name) for name in published_names()} | {"slug": working.address_to_be},
    )
    named = names_in(working.hero, body)
    known = pictures_named(named) if pictures is None else pictures
    return Composition(
        edition=edition,
        tags=[tag.row for tag in document.tags],
        judgements=[
            EditionJudgement(
                edition=edition,
                uid=uid,
                aspect=judgement.aspect.row,
                in_spoiler=in_spoiler,
                **judgement.values,
            )
            for uid, judgement, in_spoiler in zip(
                uids, document.judgements, rendering.in_spoiler, strict=True
            )
        ],
        pictures=_pinned(edition, named, known),
    )


def _pinned(edition: Edition, names: Iterable[str], known: Mapping[str, Picture]) -> list[EditionPicture]:
    """Unsaved rows: those of these pictures that there are, in their newest versions."""
    found = [known[name] for name in names if name in known]
    return [EditionPicture(edition=edition, picture=picture, file=picture.file) for picture in found]


def pictures_of(edition: Edition) -> QuerySet[EditionPicture]:
    """The pictures of a saved edition, each with the version that it shows."""
    rows = EditionPicture.objects.filter(edition=edition)
    return rows.select_related("picture", "file").order_by("pk")


def pin_pictures(edition: Edition) -> None:
    """Give a saved edition the pictures that it names and lacks, in their newest versions."""
    named = names_in(edition.hero, edition.body)
    if known := pictures_named(named):
        pinned = {row.picture.name for row in pictures_of(edition)}
        lacking = [name for name in named if name not in pinned]
        EditionPicture.objects.bulk_create(_pinned(edition, lacking, known))


def copy_of(edition: Edition) -> Composition:
    """Copy an edition's content into a new edition of the same review."""
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
        pictures=[
            EditionPicture(edition=copied, picture=row.picture, file=row.file) for row in pictures_of(edition)
        ],
    )


def rendered(body: text.Body, passages: Mapping[UUID, str]) -> Rendering:
    """Render a body in which judgements cite passages: ``passages`` maps their uids to their evidence."""
    anchors = {passage_anchor(uid): evidence for uid, evidence in passages.items()}
    found = text.find_passages(body, list(passages.values()))
    return Rendering(
        html=text.render(body, passages=anchors, site_host=urlsplit(settings.SITE_URL).netloc, pictures=True),
        text=text.plain_text(body, spoilers=False),
        excerpt=text.excerpt(body),
        in_spoiler=tuple(passage is not None and passage.in_spoiler for passage in found),
    )
