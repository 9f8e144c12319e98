"""Films whose embargoes lift soon, each with the reviews filed so far."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Func, IntegerField, Min, Q, QuerySet, Subquery, Window
from django.db.models.functions import RowNumber

from reviews import clock
from reviews.desk.capped import Listed, marked
from reviews.desk.permissions import BEFORE_APPROVAL
from reviews.desk.planning.columns import shown_reviews
from reviews.desk.visible_to import VisibleCopy
from reviews.models import Embargo, Film, Review
from reviews.models.shared.embargo import EmbargoQuerySet

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


@dataclass(frozen=True)
class Holds:
    """The embargoes of the first films, by film, whose first lifts soon, and how many films there are besides."""

    embargoes: dict[int, list[Any]]
    soon: int
    later: int


def holds(visible: VisibleCopy, within: dt.timedelta) -> Holds:
    """The films with an embargo (on reviews or social) that lifts within this time from now, in one query."""
    ends, active = clock.now() + within, visible.embargoes().active()
    first = active.order_by().values("film").annotate(first=Min("lifts_at")).order_by("first", "film")
    # The numbers come with the first films, soon or not: where there is none, there is nothing to count.
    rows: QuerySet[Any] = active.filter(film__in=first.values("film")[:FILMS]).annotate(
        soon=_films_in(active.filter(lifts_at__lte=ends)), in_all=_films_in(active)
    )
    found: dict[int, list[Any]] = {}
    soon = in_all = 0
    for embargo in rows.order_by("lifts_at", "pk"):
        found.setdefault(embargo.film_id, []).append(embargo)
        soon, in_all = embargo.soon, embargo.in_all
    held = {film: embargoes for film, embargoes in found.items() if embargoes[0].lifts_at <= ends}
    return Holds(held, soon, in_all - soon)


def filings(visible: VisibleCopy, films: list[int]) -> QuerySet[Any]:
    """The first reviews of each of these films, marked, with the numbers of all (``total``) and of those filed."""
    begun = Q(film__in=films, status__in=(*BEFORE_APPROVAL, Review.Status.APPROVED))
    of_film = F("film")
    filed = Window(Count("pk", filter=Q(status__in=FILED)), partition_by=of_film)
    return marked(
        visible.only_theirs(shown_reviews(filed=filed)).filter(begun),
        "filings",
        place=Window(RowNumber(), order_by=["critic__sort_name", "sequence"], partition_by=of_film),
        total=Window(Count("pk"), partition_by=of_film),
    ).filter(place__lte=FILINGS)


def boards(found: Holds, reviews: list[Any]) -> Boards:
    """The boards of the films, with their filings."""
    filed = _by_film(reviews)
    shown = [
        Board(embargoes[0].film, embargoes, *filed.get(film, (Listed([], 0), 0)))
        for film, embargoes in found.embargoes.items()
    ]
    return Boards(Listed(shown, found.soon), found.later)


def _films_in(embargoes: EmbargoQuerySet) -> Subquery:
    number = Func("film", function="COUNT", template="%(function)s(DISTINCT %(expressions)s)")
    counted = embargoes.order_by().annotate(films=number).values("films")
    return Subquery(counted, IntegerField())


def _by_film(reviews: list[Any]) -> dict[int, tuple[Listed[Review], int]]:
    """The listed reviews of each film, and the number filed."""
    found: dict[int, tuple[Listed[Review], int]] = {}
    for review in reviews:
        listed, _ = found.setdefault(review.film_id, (Listed([], review.total), review.filed))
        listed.rows.append(review)
    return found
