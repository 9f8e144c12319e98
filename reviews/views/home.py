"""The front page."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from reviews.argument import Tally
from reviews.models.edition import Edition
from reviews.models.film import Film
from reviews.views.films import CountedFilm, with_counts
from reviews.views.page import Page, public_page, render_page

LATEST_REVIEWS = 10
LATEST_FILMS = 6


@dataclass(frozen=True)
class Quarrel:
    """A film that divides its critics, and the reviews that lie furthest apart: the most favourable, then the least."""

    film: Film
    tally: Tally
    ends: list[Edition]


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """The latest reviews, the films that they are about, and the one that the critics disagree about most."""
    latest = list(Edition.objects.public().newest_first().for_cards()[:LATEST_REVIEWS])
    films = with_counts({edition.film_id: edition.film for edition in latest}.values())
    quarrel = _quarrel(films)
    context = {
        "lead": latest[0] if latest else None,
        "latest": latest[1:],
        "quarrel": quarrel,
        # The one film there is stands above already, where its critics disagree.
        "films": films[:LATEST_FILMS] if len(films) > 1 or not quarrel else [],
    }
    page = Page(reverse("home"), description=_("Film reviews, and where the critics disagree."))
    return render_page("reviews/home.html", page, context)


def _quarrel(films: list[CountedFilm]) -> Quarrel | None:
    """What the critics disagree about most among these films; nothing where nobody is against what others are for."""
    divided = [counted for counted in films if counted.tally.is_divided]
    if not divided:
        return None
    sharpest = max(divided, key=lambda counted: counted.tally.division)
    ends = Edition.objects.public().of(sharpest.film).filter(review_uid__in=sharpest.count.ends).for_cards()
    return Quarrel(
        sharpest.film, sharpest.tally, sorted(ends, key=lambda edition: edition.verdict or 0, reverse=True)
    )
