"""The addresses of what changes for readers when some editions appear or go."""

from collections.abc import Collection
from typing import Any

from django.db.models import Q

from reviews.models import (
    Critic,
    Edition,
    EditionPicture,
    EditionTag,
    Film,
    Franchise,
    Person,
    Picture,
    PictureFile,
)
from reviews.pictures.ladder import thing_of

MOST_EDITIONS = 100
"""The most editions whose addresses are looked up; in place of more, everything is purged."""


def addresses_of(editions: Collection[int]) -> set[str]:
    """The addresses of these editions' reviews, and of all that they are listed under, and of the pictures of all
    these. Six queries.

    All of these are public while any of these editions is, so of editions that readers saw before a change or see
    after it, they tell nothing else.
    """
    found: set[str] = set()
    rows = Edition.objects.filter(pk__in=editions).select_related("film", "critic").order_by()
    films, critics = set(), set()
    for edition in rows.only("slug", "film__slug", "critic__slug"):
        found |= {each.get_absolute_url() for each in (edition, edition.film, edition.critic)}
        films.add(edition.film_id)
        critics.add(edition.critic_id)
    tags = EditionTag.objects.filter(edition__in=editions).select_related("tag").order_by()
    found |= {each.tag.get_absolute_url() for each in tags}
    people = Person.objects.filter(credits__film__in=films)
    series = Franchise.objects.filter(pk__in=Film.objects.filter(pk__in=films).values("franchise"))
    for named in (people, series):
        found |= {each.get_absolute_url() for each in named.order_by().distinct()}
    shown = _pictures_of(editions, films, critics, people)
    found |= {thing_of(token) for token in shown.values_list("token", flat=True)}
    return found


def _pictures_of(editions: Collection[int], films: Any, critics: Any, people: Any) -> Any:
    """The files that readers see of them. A picture under an embargo of its own is none."""
    cleared = Picture.objects.cleared().order_by()
    newest = cleared.filter(
        Q(pk__in=Film.objects.filter(pk__in=films).order_by().values("poster"))
        | Q(pk__in=Film.objects.filter(pk__in=films).order_by().values("still"))
        | Q(pk__in=Critic.objects.filter(pk__in=critics).order_by().values("portrait"))
        | Q(pk__in=people.order_by().values("portrait"))
    )
    pinned = EditionPicture.objects.cleared().filter(edition__in=editions)
    files = PictureFile.objects.filter(Q(pk__in=newest.values("file")) | Q(pk__in=pinned.values("file")))
    return files.order_by()
