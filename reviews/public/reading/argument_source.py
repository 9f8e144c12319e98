"""All that the argument of a film is worked out from: rows of public editions, and of their judgements."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import F, Q, QuerySet

from reviews import clock
from reviews.models.prepared import Prepared
from reviews.models.public.edition import Edition, EditionJudgement
from reviews.models.shared.aspect import Aspect
from reviews.models.shared.critic import Critic
from reviews.models.shared.film import Film
from reviews.models.shared.queryset import seldom
from reviews.public import fragment_cache
from reviews.public.shown import Of

Row = tuple[Any, ...]

SEAT = Of(
    Edition,
    "id",
    "review_uid",
    "critic_id",
    "slug",
    "headline",
    "verdict",
    "provenance",
    critic=Of(Critic, "id", "uid", "name", "sort_name", "slug", "kind"),
)
"""What a film's argument shows of a review."""

JUDGED = Of(
    EditionJudgement,
    "edition_id",
    "uid",
    "stance",
    "evidence",
    "in_spoiler",
    "aspect_id",
    aspect=Of(Aspect, "id", "uid", "name", "position", "film_id"),
)
"""What it shows of a judgement."""

IN_OUTLET_ORDER = (
    F("aspect__film_id").asc(nulls_first=True),
    "aspect__position",
    "aspect__uid",
    "uid",
)
"""Judgements in the order in which the outlet shows aspects, on every database."""


@dataclass(frozen=True)
class ArgumentSource:
    """The public reviews of a film as ``SEAT`` has them, newest first, and the judgements of each critic's latest as
    ``JUDGED`` has them, in the outlet's order."""

    seats: Sequence[Row]
    judged: Sequence[Row]

    @cached_property
    def stamp(self) -> bytes:
        """A digest of all of it: what is computed from equal sources may be cached under it."""
        return fragment_cache.digest(list(self.seats), list(self.judged))

    def __repr__(self) -> str:
        # In a key, the stamp stands for the whole.
        return f"<ArgumentSource {self.stamp.hex()}>"


def source_of(film: Film) -> ArgumentSource:
    """The source of a film's argument. Two queries, whose size does not depend on the number of reviews."""
    at = clock.now()
    return ArgumentSource(_seats(film.pk, at), _judged(film.pk, at))


_seats = Prepared(
    lambda film, at: (
        Edition.objects.public(at)
        .filter(seldom(Q(film=film)), film=film)
        .newest_first()
        .values_list(*SEAT.columns)
    )
)


def _judged_in_order(film: int, at: dt.datetime) -> QuerySet[EditionJudgement, Row]:
    latest = Edition.objects.public(at).latest_by_each(at).filter(film=film).order_by()
    judgements = EditionJudgement.objects.filter(edition__in=latest.values("pk"))
    return judgements.order_by(*IN_OUTLET_ORDER).values_list(*JUDGED.columns)


_judged = Prepared(_judged_in_order)
