"""Count verdicts for lists of films: each critic counts once per film, with their latest public review."""

from collections.abc import Iterable

from django.db.models import Count

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
    latest = Edition.objects.public().latest_by_each().filter(film__in=wanted).order_by()
    for film, verdict, critics in latest.values_list("film", "verdict").annotate(Count("pk")):
        verdicts[film] += [verdict] * critics
    return {pk: tally(given) for pk, given in verdicts.items()}
