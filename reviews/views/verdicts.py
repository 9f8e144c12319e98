"""Counting verdicts: each critic once a film, by their latest public review."""

from collections.abc import Iterable
from dataclasses import dataclass
from operator import itemgetter
from uuid import UUID

from reviews.argument import Tally, tally
from reviews.models.edition import Edition
from reviews.models.film import Film


@dataclass(frozen=True)
class Count:
    """The verdicts on a film, and what they were counted from.

    ``earlier`` are the reviews that a later one by the same critic stands in for; ``ends`` the two that lie furthest
    apart, the more favourable first, or nothing where no verdict is stated.
    """

    tally: Tally
    earlier: frozenset[UUID]
    ends: tuple[UUID, ...]


def count_verdicts(films: Iterable[Film]) -> dict[int, Count]:
    """The counts of films by primary key, from public editions only, in one query."""
    wanted = [film.pk for film in films]
    if not wanted:
        return {}
    latest: dict[int, dict[int, tuple[int | None, UUID]]] = {pk: {} for pk in wanted}
    earlier: dict[int, set[UUID]] = {pk: set() for pk in wanted}
    rows = Edition.objects.public().filter(film__in=wanted).newest_first()
    for film, critic, verdict, uid in rows.values_list("film_id", "critic_id", "verdict", "review_uid"):
        if critic in latest[film]:
            earlier[film].add(uid)
        else:
            latest[film][critic] = (verdict, uid)
    return {pk: _count(list(latest[pk].values()), earlier[pk]) for pk in wanted}


def _count(latest: list[tuple[int | None, UUID]], earlier: set[UUID]) -> Count:
    # Newest first: of several at one end, the newest stands for them.
    stated = [(verdict, uid) for verdict, uid in latest if verdict is not None]
    ends = (max(stated, key=itemgetter(0))[1], min(stated, key=itemgetter(0))[1]) if stated else ()
    return Count(tally(verdict for verdict, _uid in latest), frozenset(earlier), ends)
