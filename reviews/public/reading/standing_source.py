"""All that a critic's standing is worked out from: counts and rows of public editions, and of their judgements."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from django.db.models import Case, Count, Q, QuerySet, Value, When

from reviews import clock
from reviews.models.prepared import Prepared
from reviews.models.public.edition import Edition, EditionJudgement, EditionQuerySet
from reviews.models.shared.critic import Critic
from reviews.models.shared.film import Film
from reviews.models.shared.queryset import mostly
from reviews.public import fragment_cache
from reviews.public.shown import Of

Row = tuple[Any, ...]

TOLD = Of(Edition, "verdict", "slug", "headline", "film_id", film=Of(Film, "title", "slug", "release_year"))
"""What lines about a review show."""


@dataclass(frozen=True)
class StandingSource:
    """The rows about a critic and colleagues.

    ``counts``: verdict, provenance, and on how many films the critic has them. ``told``: the latest films, as ``TOLD``
    has them. ``colleagues``: film, verdict, and how many colleagues have it. ``judged``: whether a stance is their
    own; film, stance, aspect (primary key, position, slug, name), and how many take it.
    """

    counts: Sequence[Row]
    told: Sequence[Row]
    colleagues: Sequence[Row]
    judged: Sequence[Row]

    @cached_property
    def stamp(self) -> bytes:
        """A digest of all of it: what is computed from equal sources may be cached under it."""
        return fragment_cache.digest(self.counts, self.told, self.colleagues, self.judged)

    def __repr__(self) -> str:
        # In a key, the stamp stands for the whole.
        return f"<StandingSource {self.stamp.hex()}>"


def source_of(critic: Critic, most: int) -> StandingSource:
    """The source of a critic's standing, on at most so many films. Four queries: a row for each film, and counts."""
    at = clock.now()
    told = _told(most)(critic.pk, at)
    films = [seen[_FILM] for seen in told]
    return StandingSource(
        _counted(critic.pk, at), told, _verdicts(films, critic.pk, at), _judged(films, critic.pk, at)
    )


_FILM = TOLD.paths.index("film_id")


def _latest_by(critic: int, at: dt.datetime) -> EditionQuerySet:
    return Edition.objects.public(at).latest_by_each(at).filter(critic=critic)


def _latest_on(films: list[int], at: dt.datetime) -> EditionQuerySet:
    return Edition.objects.public(at).latest_by_each(at).filter(film__in=films).order_by()


_counted = Prepared(
    lambda critic, at: (
        _latest_by(critic, at).order_by().values_list("verdict", "provenance").annotate(Count("pk"))
    )
)


@cache
def _told(most: int) -> Prepared[Row]:
    return Prepared(
        lambda critic, at: _latest_by(critic, at).newest_first().values_list(*TOLD.columns)[:most]
    )


_verdicts = Prepared(
    lambda films, critic, at: (
        _latest_on(films, at).exclude(critic=critic).values_list("film", "verdict").annotate(Count("pk"))
    )
)


def _judged_on(films: list[int], critic: int, at: dt.datetime) -> QuerySet[EditionJudgement, Row]:
    latest = _latest_on(films, at).values("pk")
    # Most aspects are of every film: their judgements are of these editions, and not the other way round.
    judgements = EditionJudgement.objects.filter(mostly(Q(aspect__film=None)), edition__in=latest)
    is_own = Case(When(edition__critic=critic, then=Value(True)), default=Value(False))
    columns = "edition__film", "stance", "aspect", "aspect__position", "aspect__slug", "aspect__name"
    return judgements.order_by().annotate(is_own=is_own).values_list("is_own", *columns).annotate(Count("pk"))


_judged = Prepared(_judged_on)
