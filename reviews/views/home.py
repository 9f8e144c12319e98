"""The front page."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from reviews.models.edition import Edition
from reviews.views.films import with_counts
from reviews.views.page import Page, public_page, render_page

LATEST_REVIEWS = 10
LATEST_FILMS = 4


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """The latest reviews, and the films that they are about."""
    latest = list(Edition.objects.public().newest_first().for_cards()[:LATEST_REVIEWS])
    films = list({edition.film_id: edition.film for edition in latest}.values())[:LATEST_FILMS]
    page = Page(reverse("home"), description=_("Film reviews, and where the critics disagree."))
    return render_page("reviews/home.html", page, {"latest": latest, "films": with_counts(films)})
