"""The front page."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from reviews import clock
from reviews.models.prepared import Prepared
from reviews.models.public.edition import Edition
from reviews.models.shared.film import Film
from reviews.public.pages.films import CountedFilm, with_counts
from reviews.public.pages.page import Page, public_page, render_page
from reviews.public.reading.argument import FilmArgument
from reviews.public.reading.pictures import lead_picture

LATEST_REVIEWS = 10
LATEST_FILMS = 6


@dataclass(frozen=True)
class Quarrel:
    """A film on which critics disagree, and their argument."""

    film: Film
    argument: FilmArgument


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """The latest reviews, their films, and the film that critics disagree about most."""
    latest = _latest(clock.now())
    films = with_counts({edition.film_id: edition.film for edition in latest}.values())
    quarrel = _quarrel(films)
    context = {
        "lead": latest[0] if latest else None,
        "still": lead_picture(latest[0]) if latest else None,
        "latest": latest[1:],
        "quarrel": quarrel,
        # If there is only one film and its critics disagree, the quarrel already shows it.
        "films": films[:LATEST_FILMS] if len(films) > 1 or not quarrel else [],
    }
    page = Page(reverse("home"), description=_("Film reviews, and where the critics disagree."))
    return render_page("reviews/home.html", page, context)


_latest = Prepared(lambda at: Edition.objects.public(at).newest_first().for_cards()[:LATEST_REVIEWS])


def _quarrel(films: list[CountedFilm]) -> Quarrel | None:
    """The film among these that critics disagree about most; None if no film has critics for and against.

    Two queries, or none.
    """
    divided = [counted for counted in films if counted.tally.is_divided]
    if not divided:
        return None
    film = max(divided, key=lambda counted: counted.tally.division).film
    argument = FilmArgument.of(film)
    return Quarrel(film, argument) if argument.sharpest else None
