"""Films whose embargoes lift soon, each with the reviews filed so far."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, F, Min, Q, Window
from django.db.models.functions import RowNumber

from reviews import clock
from reviews.desk.capped import Listed
from reviews.desk.permissions import BEFORE_APPROVAL
from reviews.desk.visible_to import VisibleCopy
from reviews.models import Embargo, Film, Review

FILMS = 6
FILINGS = 12
"""The most films that are listed, and the most reviews of each."""
FILED = (Review.Status.IN_REVIEW, Review.Status.APPROVED)


@dataclass(frozen=True)
class Board:
    """A film with its active embargoes, the next to lift first, and its reviews by byline.

    Rows of the database only: the admin's ``FilmBoard`` is the same board in words and links.
    """

    film: Film
    embargoes: list[Embargo]
    filings: Listed[Review]
    filed: int


@dataclass(frozen=True)
class Boards:
    """``later`` counts the films that are not listed because all their embargoes lift later."""

    films: Listed[Board]
    later: int


def boards(visible: VisibleCopy, within: dt.timedelta) -> Boards:
    """The boards of films with an embargo (on reviews or social) that lifts within this time from now."""
    active = visible.embargoes().active()
    soon = Q(lifts_at__lte=clock.now() + within)
    counted = active.aggregate(
        soon=Count("film", distinct=True, filter=soon), all=Count("film", distinct=True)
    )
    first = active.filter(soon).values("film").annotate(first=Min("lifts_at")).order_by("first", "film")
    films = list(first.values_list("film", flat=True)[:FILMS])
    embargoes: dict[int, list[Embargo]] = {film: [] for film in films}
    for embargo in active.filter(film__in=films).order_by("lifts_at", "pk"):
        embargoes[embargo.film_id].append(embargo)
    found = _filings(visible, films)
    rows = [
        Board(held[0].film, held, *found.get(film, (Listed([], 0), 0))) for film, held in embargoes.items()
    ]
    return Boards(Listed(rows, counted["soon"]), counted["all"] - counted["soon"])


def _filings(visible: VisibleCopy, films: list[int]) -> dict[int, tuple[Listed[Review], int]]:
    """The first reviews of each film and the number filed, in one query."""
    reviews = (
        visible.reviews()
        .filter(film__in=films, status__in=(*BEFORE_APPROVAL, Review.Status.APPROVED))
        .defer("body")
        .annotate(
            place=Window(RowNumber(), order_by=["critic__sort_name", "sequence"], partition_by=F("film")),
            in_all=Window(Count("pk"), partition_by=F("film")),
            filed=Window(Count("pk", filter=Q(status__in=FILED)), partition_by=F("film")),
        )
        .filter(place__lte=FILINGS)
        .order_by("film", "place")
    )
    found: dict[int, tuple[Listed[Review], int]] = {}
    for review in reviews:
        filings, _ = found.setdefault(review.film_id, (Listed([], review.in_all), review.filed))
        filings.rows.append(review)
    return found
