"""Counting verdicts for lists of films: each critic once a film, by their latest public review."""

from collections.abc import Iterable

from reviews.argument import Tally, tally
from reviews.models.edition import Edition
from reviews.models.film import Film


def count_verdicts(films: Iterable[Film]) -> dict[int, Tally]:
    """The counts of films by primary key, from public editions only, in one query.

    The page of one film, which shows who holds what, reads :func:`reviews.views.argument.latest_on` instead.
    """
    wanted = [film.pk for film in films]
    if not wanted:
        return {}
    latest: dict[int, dict[int, int | None]] = {pk: {} for pk in wanted}
    rows = Edition.objects.public().filter(film__in=wanted).newest_first()
    for film, critic, verdict in rows.values_list("film_id", "critic_id", "verdict"):
        latest[film].setdefault(critic, verdict)
    return {pk: tally(by_critic.values()) for pk, by_critic in latest.items()}
