"""What is shown of a row: the values of some of its fields, and a copy that has no others."""

from collections.abc import Callable, Iterator, Sequence
from operator import attrgetter
from typing import Any

from django.db.models import Model

from reviews import clock
from reviews.models.shared.picture import Picture


class Of:
    """Some fields of a row, and of rows that it refers to.

    What is rendered or computed from a copy depends on these values only, so it can be cached under them.
    """

    def __init__(self, model: type[Model], *fields: str, **related: "Of | OfPicture") -> None:
        self._model = model
        self._fields = [field.attname for field in model._meta.concrete_fields if field.attname in fields]
        if len(self._fields) != len(fields):
            raise ValueError(f"{model.__name__} lacks some of the fields {', '.join(fields)}.")
        self._related = {name: of for name, of in related.items() if isinstance(of, Of)}
        self._own_pictures = {name: of for name, of in related.items() if isinstance(of, OfPicture)}
        self._pictures = [(attrgetter(path), of) for path, of in self.pictures.items()]
        get = attrgetter(*self.paths)
        # Of a single path, an attrgetter returns the value itself.
        self._get: Callable[[Any], tuple[Any, ...]] = get if len(self.paths) > 1 else lambda row: (get(row),)

    @property
    def paths(self) -> list[str]:
        """The attributes in the order of ``values``, those of related rows last."""
        return self._fields + [f"{name}.{path}" for name, of in self._related.items() for path in of.paths]

    @property
    def pictures(self) -> dict[str, "OfPicture"]:
        """The pictures among them, by attribute, in the order of ``values``, where they come last."""
        theirs = {
            f"{name}.{path}": picture
            for name, of in self._related.items()
            for path, picture in of.pictures.items()
        }
        return self._own_pictures | theirs

    @property
    def columns(self) -> list[str]:
        """The same for ``QuerySet.values_list``, which then returns what ``values`` would."""
        return [path.replace(".", "__") for path in self.paths]

    def values(self, row: Any) -> tuple[Any, ...]:
        """What is shown of a row. The row must have been fetched with these fields."""
        values = self._get(row)
        if not self._pictures:
            return values
        return values + tuple(of.values(get(row)) for get, of in self._pictures)

    def copy(self, values: Sequence[Any]) -> Model:
        """A row with these values, as ``values`` gives them. Reading any other field raises ``ObjectDoesNotExist``."""
        return self._copy(values, iter(values[len(self.paths) :]))

    def _copy(self, values: Sequence[Any], pictures: Iterator[Any]) -> Model:
        own = len(self._fields)
        names, given = self._fields, values[:own]
        if (key := self._model._meta.pk.attname) not in names:
            # With an empty key, so that a field that is missing cannot be fetched.
            names, given = [key, *names], [None, *given]
        row = self._model.from_db(None, names, given)
        for name, picture in self._own_pictures.items():
            row._state.fields_cache[name] = picture.copy(next(pictures))
        for name, of in self._related.items():
            count = len(of.paths)
            row._state.fields_cache[name] = of._copy(values[own : own + count], pictures)
            own += count
        return row


class OfPicture:
    """Of a picture, some fields and its newest version; nothing while its own embargo or rights forbid to show it.

    Whether they do is asked of the clock for each page, and is part of the values. So what is cached under them does
    not depend on the clock.
    """

    def __init__(self, *fields: str, file: Of) -> None:
        self._of = Of(Picture, *fields, file=file)

    def values(self, picture: Picture | None) -> tuple[Any, ...] | None:
        """What is shown of it; None if it may not be shown, or if there is none."""
        return self._of.values(picture) if picture and picture.is_cleared(clock.now()) else None

    def copy(self, values: Sequence[Any] | None) -> Model | None:
        """A picture with these values, and no terms any more: they were looked at, and what it is in may ask again."""
        if values is None:
            return None
        picture: Any = self._of.copy(values)
        picture.embargo_until = picture.rights_until = None
        return picture  # type: ignore[no-any-return]
