"""Counting verdicts: each critic once a film, by their latest public review."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from reviews.argument import Tally, tally
from reviews.models.edition import Edition
from reviews.models.film import Film


@dataclass(frozen=True)
class Count:
    """The verdicts on a film, and the reviews that a later one by the same critic stands in for."""

    tally: Tally
    earlier: frozenset[UUID]


def count_verdicts(films: Iterable[Film]) -> dict[int, Count]:
    """The counts of films by primary key, from public editions only, in one query."""
    wanted = [film.pk for film in films]
    if not wanted:
        return {}
    latest: dict[int, dict[int, int | None]] = {pk: {} for pk in wanted}
    earlier: dict[int, set[UUID]] = {pk: set() for pk in wanted}
    rows = Edition.objects.public().filter(film__in=wanted).newest_first()
    for film, critic, verdict, uid in rows.values_list("film_id", "critic_id", "verdict", "review_uid"):
        if critic in latest[film]:
            earlier[film].add(uid)
        else:
            latest[film][critic] = verdict
    return {pk: Count(tally(latest[pk].values()), frozenset(earlier[pk])) for pk in wanted}
