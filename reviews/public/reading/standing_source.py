"""All that a critic's standing is worked out from: counts and rows of public editions, and of their judgements."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from django.db.models import Count

from reviews import clock
from reviews.models.prepared import Prepared, filled
from reviews.models.public.edition import Edition, EditionJudgement, EditionQuerySet
from reviews.models.shared.aspect import Aspect
from reviews.models.shared.critic import Critic
from reviews.models.shared.film import Film
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
    own; film, stance, aspect (primary key), and how many take it. ``aspects``: primary key, position, slug, name.
    """

    counts: Sequence[Row]
    told: Sequence[Row]
    colleagues: Sequence[Row]
    judged: Sequence[Row]
    aspects: Sequence[Row]

    @cached_property
    def stamp(self) -> bytes:
        """A digest of all of it: what is computed from equal sources may be cached under it."""
        return fragment_cache.digest(self.counts, self.told, self.colleagues, self.judged, self.aspects)

    def __repr__(self) -> str:
        # In a key, the stamp stands for the whole.
        return f"<StandingSource {self.stamp.hex()}>"


def source_of(critic: Critic, most: int) -> StandingSource:
    """The source of a critic's standing, on at most so many films. Usually five queries.

    Of each review and each judgement on these films one short row is fetched, and counted here: the database would look
    up the long rows of editions again for each judgement, and sort by what they have in common.
    """
    at = clock.now()
    told, aspects = _told(most)(critic.pk, at), _aspects()
    latest = {
        pk: (film, by, verdict) for pk, film, by, verdict in _latest(filled([row[_FILM] for row in told]), at)
    }
    colleagues = Counter((film, verdict) for film, by, verdict in latest.values() if by != critic.pk)
    general = {pk for pk, *_named in aspects}
    judged = Counter[Row]()
    for edition, aspect, stance in _judged_in(list(latest)):
        if aspect in general:
            film, by, _verdict = latest[edition]
            judged[by == critic.pk, film, stance, aspect] += 1
    return StandingSource(
        counts_of(critic),
        told,
        [(*each, critics) for each, critics in colleagues.items()],
        [(*each, critics) for each, critics in judged.items()],
        aspects,
    )


def counts_of(critic: Critic) -> Sequence[Row]:
    """The ``counts`` of a critic's standing. One query."""
    return _counted(critic.pk, clock.now())


_FILM = TOLD.paths.index("film_id")


def _latest_by(critic: int, at: dt.datetime) -> EditionQuerySet:
    return Edition.objects.public(at).latest_by_each(at).filter(critic=critic)


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


_latest = Prepared(
    lambda films, at: (
        Edition.objects.public(at)
        .latest_by_each(at)
        .filter(film__in=films)
        .order_by()
        .values_list("pk", "film", "critic", "verdict")
    )
)
_aspects = Prepared(
    lambda: Aspect.objects.filter(film=None).order_by("pk").values_list("pk", "position", "slug", "name")
)
_judged = Prepared(
    lambda editions: (
        EditionJudgement.objects.filter(edition__in=editions)
        .order_by()
        .values_list("edition", "aspect", "stance")
    )
)
AT_ONCE = 1024


def _judged_in(editions: list[int]) -> Iterator[Row]:
    for start in range(0, len(editions), AT_ONCE):
        yield from _judged(filled(editions[start : start + AT_ONCE]))
