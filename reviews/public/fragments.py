"""The fragments of pages that are cached (:mod:`reviews.public.fragment_cache`), and the fields that each may show."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from reviews.models.public.edition import Edition
from reviews.models.shared.critic import Critic
from reviews.models.shared.film import Film
from reviews.models.shared.outlet import Outlet
from reviews.models.shared.picture_file import PictureFile
from reviews.public.reading.argument import FilmArgument
from reviews.public.reading.calibration import CriticStanding
from reviews.public.shown import Of, OfPicture


class Shown(Protocol):
    """What a fragment shows of something: values for its key, and a copy to render it from."""

    def values(self, whole: Any, /) -> Any: ...

    def copy(self, values: Any, /) -> Any: ...


class _WorkedOut:
    """Of what is worked out from a source: the whole source."""

    def __init__(self, made: Callable[[Any], Any]) -> None:
        self._made = made

    def values(self, whole: FilmArgument | CriticStanding) -> Any:
        return whole.source

    def copy(self, source: Any) -> Any:
        return self._made(source)


_ARGUMENT, _STANDING = _WorkedOut(FilmArgument), _WorkedOut(CriticStanding)


_FILE = Of(PictureFile, "token", "width", "height", "colour", "focal_x", "focal_y")
_POSTER = OfPicture(file=_FILE)
_FILM = Of(Film, "uid", "title", "slug", "release_year", "runtime_minutes", poster=_POSTER)
_CRITIC = Of(Critic, "uid", "name", "slug", "kind")
_DRAWN_FILM = Of(Film, "uid", "title", "release_year", "runtime_minutes", poster=_POSTER)
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
    "reviews/includes/critic/standing.html": {"critic": Of(Critic, "kind"), "standing": _STANDING},
    "reviews/includes/film/argument.html": {"argument": _ARGUMENT, "film": Of(Film, "slug")},
    "reviews/includes/film/voice.html": {"edition": _CARD, "outlet": _OUTLET},
    "reviews/includes/frame/colophon.html": {"outlet": _ADDRESSED_OUTLET},
    "reviews/includes/frame/fonts.html": {},
    "reviews/includes/frame/icons.html": {},
    "reviews/includes/frame/masthead.html": {"outlet": _TITLED_OUTLET},
    "reviews/includes/home/quarrel.html": {
        "argument": _ARGUMENT,
        "film": Of(Film, "title", "slug", "release_year"),
    },
    "reviews/includes/lists/film_card.html": {"film": _FILM},
    "reviews/includes/lists/latest_review.html": {"edition": _CARD, "outlet": _OUTLET},
    "reviews/includes/lists/month_index.html": {},
    "reviews/includes/lists/programme_entry.html": {"edition": _CARD, "outlet": _OUTLET},
    "reviews/includes/lists/review_card.html": {"edition": _CARD, "outlet": _OUTLET},
    "reviews/includes/monogram.html": {"of": _DRAWN_CRITIC},
    "reviews/includes/person/credited_film.html": {"film": _FILM},
    "reviews/includes/poster.html": {"film": _DRAWN_FILM},
    "reviews/includes/review/review_line.html": {"edition": _LINE},
}
"""By template: the fields that it shows of each row it is given. Its other arguments are in the key as a whole."""
