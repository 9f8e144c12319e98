"""Franchises: the list, and a franchise with its films in order of release."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from django.db.models import Count, F
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from reviews import clock
from reviews.models.prepared import Prepared
from reviews.models.shared.film import Film, Franchise
from reviews.public.pages.errors import nothing_public
from reviews.public.pages.films import with_counts
from reviews.public.pages.page import Page, public_page, render_page
from reviews.public.pages.paging import AlphabeticalPages
from reviews.public.reading.cards import franchise_card


@dataclass(frozen=True)
class CountedFranchise:
    """A franchise, and how many of its films are public."""

    franchise: Franchise
    films: int


@public_page
def franchise_list(request: HttpRequest) -> HttpResponse:
    """Every franchise with a public review of one of its films, by name."""
    franchises = _franchises.page(request)
    description = _("Series of films, with how many of each are reviewed here.")
    page = Page(reverse("franchise_list") + franchises.query, _("Franchises"), description)
    context = {"franchises": _with_films(franchises.items), "slice": franchises}
    return render_page("reviews/franchise_list.html", page, context)


@public_page
def franchise_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A franchise and its public films."""
    franchise = next(iter(_at(slug, clock.now())), None)
    if franchise is None:
        return nothing_public(request, slug)
    films = films_of(franchise)
    page = Page(
        franchise.get_absolute_url(),
        franchise.name,
        franchise.description or _("The films of %(franchise)s reviewed here.") % {"franchise": franchise},
        card=partial(franchise_card, franchise, films),
    )
    return render_page(
        "reviews/franchise_detail.html", page, {"franchise": franchise, "films": with_counts(films)}
    )


def films_of(franchise: Franchise) -> list[Film]:
    """The public films of a franchise, in order of release; films without a year come last. One query."""
    released = F("release_year").asc(nulls_last=True)
    films = Film.objects.public().with_posters().filter(franchise=franchise)
    return list(films.order_by(released, "sort_title", "uid"))


def _with_films(franchises: Iterable[Franchise]) -> list[CountedFranchise]:
    """The franchises with their public films counted, in the same order. One query, or none without franchises."""
    franchises = list(franchises)
    if not franchises:
        return []
    public = Film.objects.public().filter(franchise__in=franchises).order_by()
    counts = dict(public.values_list("franchise").annotate(Count("pk")))
    return [CountedFranchise(each, counts[each.pk]) for each in franchises if each.pk in counts]


_franchises = AlphabeticalPages(lambda at: Franchise.objects.public(at), key="name")
_at = Prepared(lambda slug, at: Franchise.objects.public(at).filter(slug=slug)[:1])
