"""The pieces of pages that are cached (:mod:`reviews.public.kept`), and the fields that each of them may show."""

from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter
from typing import Any

from django.db.models import Model

from reviews.models.public.edition import Edition
from reviews.models.shared.critic import Critic
from reviews.models.shared.film import Film
from reviews.models.shared.outlet import Outlet


class Of:
    """What a piece shows of a row: some of its fields, and of rows that it refers to.

    The piece is rendered from a copy that has only these fields, so it can show nothing that is not in its key.
    """

    def __init__(self, model: type[Model], *fields: str, **related: "Of") -> None:
        self._model = model
        self._fields = [field.attname for field in model._meta.concrete_fields if field.attname in fields]
        if len(self._fields) != len(fields):
            raise ValueError(f"{model.__name__} lacks some of the fields {', '.join(fields)}.")
        self._related = related
        get = attrgetter(*self.paths)
        # Of a single path, an attrgetter returns the value itself.
        self._get: Callable[[Any], tuple[Any, ...]] = get if len(self.paths) > 1 else lambda row: (get(row),)

    @property
    def paths(self) -> list[str]:
        """The attributes in the order of ``values``, those of related rows last."""
        return self._fields + [f"{name}.{path}" for name, of in self._related.items() for path in of.paths]

    def values(self, row: Any) -> tuple[Any, ...]:
        """What is shown of a row. The row must have been fetched with these fields."""
        return self._get(row)

    def copy(self, values: Sequence[Any]) -> Model:
        """A row with these values, as ``values`` gives them. Reading any other field raises ``ObjectDoesNotExist``."""
        own = len(self._fields)
        key = self._model._meta.pk
        # With an empty key, so that a field that is missing cannot be fetched.
        row = self._model.from_db(None, [key.attname, *self._fields], [None, *values[:own]])
        for name, of in self._related.items():
            count = len(of.paths)
            row._state.fields_cache[name] = of.copy(values[own : own + count])
            own += count
        return row


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

SHOWN: Mapping[str, Mapping[str, Of]] = {
    "reviews/includes/film/voice.html": {"edition": _CARD, "outlet": _OUTLET},
    "reviews/includes/frame/colophon.html": {"outlet": _ADDRESSED_OUTLET},
    "reviews/includes/frame/fonts.html": {},
    "reviews/includes/frame/icons.html": {},
    "reviews/includes/frame/masthead.html": {"outlet": _TITLED_OUTLET},
    "reviews/includes/lists/film_card.html": {"film": _FILM},
    "reviews/includes/lists/latest_review.html": {"edition": _CARD, "outlet": _OUTLET},
    "reviews/includes/lists/review_card.html": {"edition": _CARD, "outlet": _OUTLET},
    "reviews/includes/monogram.html": {"of": _DRAWN_CRITIC},
    "reviews/includes/poster.html": {"film": _DRAWN_FILM},
    "reviews/includes/review/review_line.html": {"edition": _LINE},
}
"""By template: the fields that it shows of each row it is given. Its other arguments are in the key as a whole."""
