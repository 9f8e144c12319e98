"""People: the list, and a person with their films and the passages about them."""

from itertools import groupby

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from reviews import clock
from reviews.models.prepared import Prepared
from reviews.models.shared.person import Credit, Person
from reviews.models.shared.picture import not_on_pages
from reviews.public.pages.errors import nothing_public
from reviews.public.pages.films import CountedFilm, in_job_order, with_counts
from reviews.public.pages.page import Page, public_page, render_page
from reviews.public.pages.paging import AlphabeticalPages
from reviews.public.reading.pictures import cleared
from reviews.public.reading.said import passages_about
from reviews.rules import identifiers


@public_page
def person_list(request: HttpRequest) -> HttpResponse:
    """Everybody credited on a film with a public review, by name."""
    people = _people.page(request)
    description = _("Everybody credited on the films reviewed here, by name.")
    page = Page(reverse("person_list") + people.query, _("People"), description)
    return render_page("reviews/person_list.html", page, {"slice": people})


_people = AlphabeticalPages(lambda at: Person.objects.public(at), key="sort_name")
_at = Prepared(
    lambda slug, at: (
        Person.objects.public(at).select_related("portrait__file").filter(slug=slug).order_by()[:1]
    )
)
_credits = Prepared(
    lambda person, at: (
        Credit.objects.public(at)
        .filter(person=person)
        .select_related("film__poster__file")
        .defer(*not_on_pages("film__poster"))
        .order_by(
            F("film__release_year").desc(nulls_last=True), "film__sort_title", "film__uid", "position", "uid"
        )
    )
)


@public_page
def person_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A person, their credits on films with a public review, and the passages of those reviews that name them."""
    person = next(iter(_at(slug, clock.now())), None)
    if person is None:
        return nothing_public(request, slug)
    films = _by_film(person)
    description = _("What %(person)s did on the films reviewed here.") % {"person": person}
    page = Page(person.get_absolute_url(), person.name, description)
    context = {
        "person": person,
        "portrait": cleared(person.portrait, clock.now()),
        "films": films,
        "said": passages_about(person, [counted.film for counted, _jobs in films]),
        "elsewhere": _elsewhere(person),
    }
    return render_page("reviews/person_detail.html", page, context)


def _by_film(person: Person) -> list[tuple[CountedFilm, list[tuple[str, str]]]]:
    """The person's jobs and characters by public film, the newest film first. Two queries."""
    credits = _credits(person.pk, clock.now())
    groups = {film: list(group) for film, group in groupby(credits, key=lambda credit: credit.film)}
    return [(counted, _roles(groups[counted.film])) for counted in with_counts(groups)]


def _roles(credits: list[Credit]) -> list[tuple[str, str]]:
    return [(credit.get_job_display(), credit.character) for credit in in_job_order(credits)]


def _elsewhere(person: Person) -> list[tuple[str, str]]:
    catalogues = (
        ("IMDb", person.imdb_id, identifiers.imdb_name_url),
        ("Wikidata", person.wikidata_id, identifiers.wikidata_url),
    )
    return [(name, address(identifier)) for name, identifier, address in catalogues if identifier]
