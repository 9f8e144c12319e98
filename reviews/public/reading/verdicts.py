"""Count verdicts for lists of films: each critic counts once per film, with their latest public review."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Count, QuerySet

from reviews import clock
from reviews.models.prepared import Prepared
from reviews.models.public.edition import Edition
from reviews.models.shared.film import Film
from reviews.rules.argument import Tally, tally


def count_verdicts(films: Iterable[Film]) -> dict[int, Tally]:
    """The counts by primary key of the film, from public editions only, in one query.

    A single film's page, which shows each critic's stance, uses :func:`reviews.public.reading.argument.latest_on`
    instead.
    """
    wanted = [film.pk for film in films]
    if not wanted:
        return {}
    verdicts: dict[int, list[int | None]] = {pk: [] for pk in wanted}
    for film, verdict, critics in _counted(wanted, clock.now()):
        verdicts[film] += [verdict] * critics
    return {pk: tally(given) for pk, given in verdicts.items()}


def _counted_by_film(films: list[int], at: dt.datetime) -> QuerySet[Edition, tuple[int, int | None, int]]:
    latest = Edition.objects.public(at).latest_by_each(at).filter(film__in=films).order_by()
    return latest.values_list("film", "verdict").annotate(Count("pk"))


_counted = Prepared(_counted_by_film)
