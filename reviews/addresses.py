"""Where things are: whole addresses for canonical links and feeds, and the ones that things used to have."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponsePermanentRedirect
from django.urls import reverse

from reviews import identifiers
from reviews.models.address import OldAddress, as_read
from reviews.models.critic import Critic
from reviews.models.edition import Edition
from reviews.models.film import Film
from reviews.models.person import Person
from reviews.models.tag import Tag

# What an old address may lead to: its public rows, and the field that says which.
_TARGETS: dict[str, tuple[Callable[[], QuerySet[Any]], str]] = {
    OldAddress.Kind.REVIEW: (lambda: Edition.objects.public(), "review_uid"),
    OldAddress.Kind.FILM: (lambda: Film.objects.public(), "uid"),
    OldAddress.Kind.CRITIC: (lambda: Critic.objects.public(), "uid"),
    OldAddress.Kind.PERSON: (lambda: Person.objects.public(), "uid"),
    OldAddress.Kind.TAG: (lambda: Tag.objects.public(), "uid"),
}


def absolute(path: str) -> str:
    """The whole address of a path. It comes from the settings: a Host header is the visitor's to choose."""
    return f"{settings.SITE_URL}{path}"


def moved_or_404(request: HttpRequest, slug: str) -> HttpResponsePermanentRedirect:
    """The answer where nothing public has this slug: on to where it moved.

    Raises Http404 where it never was, is not public yet or is no longer: a reader cannot tell which. A feed moves
    with the page it belongs to.
    """
    route = getattr(request.resolver_match, "url_name", None) or ""
    noun, _, form = route.partition("_")
    page = reverse(f"{noun}_detail", args=[slug])
    old = OldAddress.objects.filter(path=as_read(page)).first()
    if old is None or (form == "feed" and old.kind != noun):
        raise Http404
    public, uid = _TARGETS[old.kind]
    target = public().filter(**{uid: old.target_uid}).order_by("pk").first()
    if target is None:
        raise Http404
    return HttpResponsePermanentRedirect(reverse(f"{old.kind}_{form}", args=[target.slug]))


def elsewhere(film: Film) -> list[tuple[str, str]]:
    """Where other catalogues keep a film: their name, and the address there."""
    catalogues = (
        ("IMDb", film.imdb_id, identifiers.imdb_title_url),
        ("TMDB", film.tmdb_id, identifiers.tmdb_film_url),
        ("Wikidata", film.wikidata_id, identifiers.wikidata_url),
        ("EIDR", film.eidr_id, identifiers.eidr_url),
    )
    return [(name, address(identifier)) for name, identifier, address in catalogues if identifier]
