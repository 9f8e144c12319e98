"""The addresses of what changes for readers when some editions appear or go."""

from collections.abc import Collection

from reviews.models import Edition, EditionTag, Film, Franchise, Person

MOST_EDITIONS = 100
"""The most editions whose addresses are looked up; in place of more, everything is purged."""


def addresses_of(editions: Collection[int]) -> set[str]:
    """The addresses of these editions' reviews, and of all that they are listed under. Five queries.

    All of these are public while any of these editions is, so of editions that readers saw before a change or see
    after it, they tell nothing else.
    """
    found: set[str] = set()
    rows = Edition.objects.filter(pk__in=editions).select_related("film", "critic").order_by()
    films = set()
    for edition in rows.only("slug", "film__slug", "critic__slug"):
        found |= {each.get_absolute_url() for each in (edition, edition.film, edition.critic)}
        films.add(edition.film_id)
    tags = EditionTag.objects.filter(edition__in=editions).select_related("tag").order_by()
    found |= {each.tag.get_absolute_url() for each in tags}
    people = Person.objects.filter(credits__film__in=films)
    series = Franchise.objects.filter(pk__in=Film.objects.filter(pk__in=films).values("franchise"))
    for named in (people, series):
        found |= {each.get_absolute_url() for each in named.order_by().distinct()}
    return found
