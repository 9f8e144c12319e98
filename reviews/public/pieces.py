"""The pieces of pages that are cached (:mod:`reviews.public.kept`), and the fields that each of them may show."""

from collections.abc import Mapping
from typing import Any, Protocol

from reviews.models.public.edition import Edition
from reviews.models.shared.critic import Critic
from reviews.models.shared.film import Film
from reviews.models.shared.outlet import Outlet
from reviews.public.reading.argument import FilmArgument
from reviews.public.reading.argument_source import ArgumentSource
from reviews.public.shown import Of


class Shown(Protocol):
    """What a piece shows of something: values for its key, and a copy to render it from."""

    def values(self, whole: Any, /) -> Any: ...

    def copy(self, values: Any, /) -> Any: ...


class _OfArgument:
    """Of a film's argument: all that it is worked out from."""

    def values(self, argument: FilmArgument) -> ArgumentSource:
        return argument.source

    def copy(self, source: ArgumentSource) -> FilmArgument:
        return FilmArgument(source)


_FILM = Of(Film, "uid", "title", "slug", "release_year", "runtime_minutes")
_CRITIC = Of(Critic, "uid", "name", "slug", "kind")
_DRAWN_FILM = Of(Film, "uid", "title", "release_year", "runtime_minutes")
_DRAWN_CRITIC = Of(Critic, "uid", "name", "kind")
_CARD = Of(
    Edition,
    "slug",
    "headline",
    "standfirst",
    "excerpt",
    "verdict",
    "rating",
    "star_scale",
    "provenance",
    "source_name",
    "source_url",
    "first_visible_from",
    film=_FILM,
    critic=_CRITIC,
)
_LINE = Of(Edition, "slug", "headline", "verdict", "provenance", critic=_CRITIC)
_OUTLET = Of(Outlet, "name")
_TITLED_OUTLET = Of(Outlet, "name", "tagline")
_ADDRESSED_OUTLET = Of(Outlet, "name", "contact_email")

SHOWN: Mapping[str, Mapping[str, Shown]] = {
    "reviews/includes/film/argument.html": {"argument": _OfArgument(), "film": Of(Film, "slug")},
    "reviews/includes/film/voice.html": {"edition": _CARD, "outlet": _OUTLET},
    "reviews/includes/frame/colophon.html": {"outlet": _ADDRESSED_OUTLET},
    "reviews/includes/frame/fonts.html": {},
    "reviews/includes/frame/icons.html": {},
    "reviews/includes/frame/masthead.html": {"outlet": _TITLED_OUTLET},
    "reviews/includes/home/quarrel.html": {
        "argument": _OfArgument(),
        "film": Of(Film, "title", "slug", "release_year"),
    },
    "reviews/includes/lists/film_card.html": {"film": _FILM},
    "reviews/includes/lists/latest_review.html": {"edition": _CARD, "outlet": _OUTLET},
    "reviews/includes/lists/review_card.html": {"edition": _CARD, "outlet": _OUTLET},
    "reviews/includes/monogram.html": {"of": _DRAWN_CRITIC},
    "reviews/includes/poster.html": {"film": _DRAWN_FILM},
    "reviews/includes/review/review_line.html": {"edition": _LINE},
}
"""By template: the fields that it shows of each row it is given. Its other arguments are in the key as a whole."""
