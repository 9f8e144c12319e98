"""Where a reader can look: every route of the site, and the addresses of each that a walk requests."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import chain

from django.urls import URLPattern, URLResolver, get_resolver, reverse

Slugs = Mapping[str, Sequence[str]]
"""Slugs by noun, under ``preview`` the secrets of preview links, under ``rendition`` two parts of an address each."""

NOUNS = ("film", "critic", "review", "person", "tag", "franchise")
FORMS = ("detail", "feed", "card")
PLAIN = {
    "home",
    "film_list",
    "critic_list",
    "review_list",
    "archive",
    "franchise_list",
    "person_list",
    "tag_list",
    "how_we_rate",
    "how_we_count",
    "correction_list",
    "about",
    "review_feed",
    "sitemap_index",
    "robots",
}
"""Routes without a variable part. The feed of all reviews is one of them."""
VARIABLE = {"sitemap_section", "archive_year", "archive_month", "side_by_side", "no_picture"}
"""Routes with a variable part other than one slug."""
ELSEWHERE_IN_PICTURES = (("",), ("masters/",), ("renditions/00/.partial-x",), ("../masters/x.jpg",))
"""What is asked for below the address of pictures, and is none."""
FOR_TWO = "film_side_by_side"
SECTIONS = ("pages", "films", "critics", "reviews", "archive", "franchises", "people", "tags", "none")
NOTHING_HERE = "/nothing-here/at-all/"
"""An address of no route."""
NO_DIGEST = "0" * 16
"""Of no card's content: whose card is public is not answered here, either."""
NO_TOKEN = "0" * 22
"""Of no version of a picture: below the address of a link that has ended, none is answered."""
DESK = "admin"
"""The namespace of the desk."""


@dataclass(frozen=True)
class Route:
    """A route of the URLconf: its name (that of a route of the desk begins with ``admin:``) and its pattern."""

    name: str
    pattern: str

    @property
    def is_of_the_desk(self) -> bool:
        return self.name.startswith(f"{DESK}:")

    @property
    def is_known(self) -> bool:
        """Whether a walk knows what to request here."""
        return self.name in known_routes() or self.is_of_the_desk

    def __str__(self) -> str:
        return f"/{self.pattern}"


def routes() -> list[Route]:
    """Every route of the URLconf, whoever added it."""
    return list(_within(get_resolver(), "", ""))


def _within(resolver: URLResolver, prefix: str, namespace: str) -> Iterator[Route]:
    for each in resolver.url_patterns:
        pattern = prefix + str(each.pattern)
        if isinstance(each, URLPattern):
            yield Route(f"{namespace}{each.name or ''}", pattern)
        else:
            below = f"{namespace}{each.namespace}:" if each.namespace else namespace
            yield from _within(each, pattern, below)


def public_routes() -> set[str]:
    """The names of the routes that readers reach."""
    return _public_names(get_resolver())


@cache
def _public_names(resolver: URLResolver) -> set[str]:
    return {route.name for route in _within(resolver, "", "") if not route.is_of_the_desk}


def known_routes() -> set[str]:
    """The names of readers' routes that a walk requests. Only some nouns have a feed."""
    by_slug = {f"{noun}_{form}" for noun in NOUNS for form in FORMS}
    return PLAIN | VARIABLE | by_slug | {FOR_TWO, "preview_link", "preview_link_picture", "rendition"}


@dataclass(frozen=True)
class Known:
    """What a reader of a site can know: the slugs of what is public. The last of each noun names nothing.

    ``film`` has the reviews ``pair``. ``queries`` are query strings by route, ``before`` that of the others.
    """

    slugs: Slugs
    variable: Mapping[str, Sequence[tuple[str, ...]]]
    film: str
    pair: tuple[str, str]
    before: str
    queries: Mapping[str, str] = field(default_factory=dict)

    def addresses(self, *, queries: bool) -> Iterator[str]:
        """Every address of what is public and of what does not exist; ``queries``: with query strings, too."""
        return chain.from_iterable(
            self.addresses_at(name, queries=queries) for name in sorted(known_routes() & public_routes())
        )

    def addresses_at(self, name: str, *, queries: bool) -> Iterator[str]:
        """Those of one route."""
        for each in self._arguments(name):
            path = reverse(name, args=each)
            yield path
            if queries:
                yield from self._with_more(name, path)

    def _arguments(self, name: str) -> Sequence[tuple[str, ...]]:
        if name in PLAIN:
            return [()]
        return self.variable.get(name) or [_arguments_of(name, slug) for slug in self.slugs[noun_of(name)]]

    def addresses_of(self, noun: str, slug: str, *, queries: bool, thorough: bool = False) -> Iterator[str]:
        """Every address with this slug. A ``thorough`` walk requests more forms of each."""
        for name in sorted(known_routes() & public_routes() - PLAIN - VARIABLE):
            if noun_of(name) == noun:
                path = reverse(name, args=_arguments_of(name, slug))
                yield path
                if queries and thorough:
                    yield from self._with_more(name, path)
        if noun == "review":
            one, other = self.pair
            yield reverse("side_by_side", args=[one, slug])
            if thorough:
                yield reverse("side_by_side", args=[slug, other])
            if queries:
                chosen = (f"?one={slug}&other={one}",)
                more = (f"?one={one}&other={slug}", f"?one={slug}&other={slug}", f"?one={slug}")
                path = reverse(FOR_TWO, args=[self.film])
                yield from (path + query for query in chosen + more * thorough)

    def _with_more(self, name: str, path: str) -> Iterator[str]:
        if name == FOR_TWO:
            one, other = self.pair
            yield f"{path}?one={one}&other={other}"
            yield f"{path}?one={self.slugs['review'][-1]}&other={one}"
        if name.endswith(("_list", "_detail", "_section", "_year", "_month")):
            yield path + self.queries.get(name, self.before)


def _arguments_of(name: str, slug: str) -> tuple[str, ...]:
    if name == "preview_link_picture":
        return (slug, NO_TOKEN, f"{NO_DIGEST}.jpg")
    return (slug, NO_DIGEST) if name.endswith("_card") else tuple(slug.split("/"))


def noun_of(name: str) -> str:
    """The noun that a route's slug names."""
    return name.partition("_")[0]
