"""What saved reviews lack: gathered here, judged by the pure :mod:`reviews.rules.checklist`.

Every verb that puts copy before readers asks, and the form and the desk's home show the answer.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Max

from reviews import clock
from reviews.desk.document import documents
from reviews.desk.known import Known
from reviews.models import Edition, Embargo, Judgement, OldAddress, Review
from reviews.models.public.address import as_read
from reviews.rules import checklist
from reviews.rules.checklist import ChecklistItem, Circumstances
from reviews.rules.slugs import is_placeholder


def items(review: Review, *, at: dt.datetime | None = None) -> list[ChecklistItem]:
    """What is to be done to the saved review if it is to go up at a moment, whether or not an embargo holds it then.

    ``at`` is aware. Without it: the moment that an approved review names, if it names one, and now for any other.
    """
    return _found([review], at=at)[review.pk]


def told_to(items: Iterable[ChecklistItem], *, sees_all: bool) -> list[ChecklistItem]:
    """The items; without “the address is taken” for people who may not see all copy, because it reveals other copy."""
    return [item for item in items if sees_all or item.name != "address"]


def obstacles(review: Review, *, at: dt.datetime | None = None) -> list[str]:
    """One sentence for each thing that must be put right before the saved review can be published at a moment."""
    return checklist.obstacles(items(review, at=at))


def items_of(reviews: Collection[Review]) -> dict[int, list[ChecklistItem]]:
    """The items of each saved review by its primary key, in as many queries for many as for one."""
    return _found(reviews, at=None)


@dataclass(frozen=True)
class ChecklistFacts:
    """The facts that the checklist reads from the database, for several reviews at once."""

    of: frozenset[int]
    lifts: dict[int, dt.datetime]
    taken: set[int]


KNOWN: Known[ChecklistFacts] = Known()


def facts_of(reviews: Collection[Review]) -> ChecklistFacts:
    known, keys = KNOWN.facts, frozenset(review.pk for review in reviews)
    if known and keys <= known.of:
        return known
    return ChecklistFacts(of=keys, lifts=_lifts_of(reviews), taken=_taken_addresses(reviews))


def _found(reviews: Collection[Review], *, at: dt.datetime | None) -> dict[int, list[ChecklistItem]]:
    facts, contents = facts_of(reviews), documents.facts_of(reviews)
    outlet, found = contents.outlet, {}
    for review in reviews:
        goes_up = at or _moment_of(review)
        # Held only where there is something to hold: an embargo makes no moment out of none.
        visible_from = goes_up and max(goes_up, facts.lifts.get(review.film_id, goes_up))
        rows = sorted(contents.judgements[review.pk], key=_place_on_the_form)
        found[review.pk] = checklist.checklist(
            documents.document_without_nouns(review, contents.tags[review.pk], rows),
            Circumstances(
                visible_from=visible_from,
                address=review.address_to_be,
                address_is_taken=review.pk in facts.taken,
                lacks_address=is_placeholder(review.address_to_be),
                star_scale=outlet.star_scale,
                wants_verdict=outlet.wants_verdict,
            ),
            # Many bodies are not held in memory at once.
            body=review.read() if len(reviews) == 1 else None,
        )
    return found


def _place_on_the_form(judgement: Judgement) -> tuple[int, int]:
    """The model's own order, which is that of the rows on the form."""
    return (judgement.aspect.position, judgement.aspect_id)


def _moment_of(review: Review) -> dt.datetime | None:
    """When what is saved would go up: an approved review names a moment, and one that has passed means now."""
    if review.status != Review.Status.APPROVED:
        return clock.now()
    return review.publish_at and max(review.publish_at, clock.now())


def _lifts_of(reviews: Collection[Review]) -> dict[int, dt.datetime]:
    """When the last embargo on reviews of each film lifts, by the film's primary key."""
    films = {review.film_id for review in reviews}
    agreed = Embargo.objects.filter(film__in=films).on_reviews().agreed()
    return dict(agreed.values_list("film").annotate(Max("lifts_at")).order_by())


def _taken_addresses(reviews: Collection[Review]) -> set[int]:
    """Those whose address is, was or will be another review's: a reader must never land on the wrong one."""
    by_slug: dict[str, Any] = defaultdict(set)
    editions = Edition.objects.filter(slug__in={review.address_to_be for review in reviews})
    for slug, review_pk in editions.values_list("slug", "review").order_by().distinct():
        by_slug[slug].add(review_pk)
    # The database ensures that a chosen address is unique.
    unaddressed = {review.address_to_be for review in reviews if not review.has_address}
    others = Review.objects.filter(slug__in=unaddressed) if unaddressed else Review.objects.none()
    for slug, review_pk in others.values_list("slug", "pk").order_by():
        by_slug[slug].add(review_pk)
    paths = {review.pk: as_read(Edition(slug=review.address_to_be).get_absolute_url()) for review in reviews}
    targets = dict(OldAddress.objects.filter(path__in=set(paths.values())).values_list("path", "target_uid"))
    return {
        review.pk
        for review in reviews
        if by_slug[review.address_to_be] - {review.pk}
        or targets.get(paths[review.pk], review.uid) != review.uid
    }
