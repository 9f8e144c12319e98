"""People: the list, and a person with their films and the passages about them."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from reviews import clock
from reviews.models.prepared import Prepared, filled
from reviews.models.shared.film import Film
from reviews.models.shared.person import Credit, Person
from reviews.public.pages.errors import nothing_public
from reviews.public.pages.films import CountedFilm, in_job_order, with_counts
from reviews.public.pages.page import Page, public_page, render_page
from reviews.public.pages.paging import AlphabeticalPages, ReleasePages
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
_films = ReleasePages(
    lambda at, person: (
        Film.objects.public(at).with_posters().filter(pk__in=_credits_of(person).values("film"))
    )
)
_credits_on = Prepared(
    lambda person, films: _credits_of(person).filter(film__in=films).order_by("position", "uid")
)


def _credits_of(person: int) -> QuerySet[Credit]:
    return Credit.objects.filter(person=person).order_by()


@public_page
def person_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A person, a page of their credits on films with a public review, and the passages there that name them."""
    person = next(iter(_at(slug, clock.now())), None)
    if person is None:
        return nothing_public(request, slug)
    films = _films.page(request, person.pk)
    description = _("What %(person)s did on the films reviewed here.") % {"person": person}
    page = Page(person.get_absolute_url() + films.query, person.name, description)
    context = {
        "person": person,
        "portrait": cleared(person.portrait, clock.now()),
        "films": _with_roles(person, films.items),
        "slice": films,
        "said": passages_about(person, films.items),
        "elsewhere": _elsewhere(person),
    }
    return render_page("reviews/person_detail.html", page, context)


def _with_roles(person: Person, films: list[Film]) -> list[tuple[CountedFilm, list[tuple[str, str]]]]:
    """The films, each with the person's jobs and characters on it. Two queries, or none without films."""
    on: dict[int, list[Credit]] = {film.pk: [] for film in films}
    for credit in _credits_on(person.pk, filled(list(on))):
        on[credit.film_id].append(credit)
    return [(counted, _roles(on[counted.film.pk])) for counted in with_counts(films)]


def _roles(credits: list[Credit]) -> list[tuple[str, str]]:
    return [(credit.get_job_display(), credit.character) for credit in in_job_order(credits)]


def _elsewhere(person: Person) -> list[tuple[str, str]]:
    catalogues = (
        ("IMDb", person.imdb_id, identifiers.imdb_name_url),
        ("Wikidata", person.wikidata_id, identifiers.wikidata_url),
    )
    return [(name, address(identifier)) for name, identifier, address in catalogues if identifier]
