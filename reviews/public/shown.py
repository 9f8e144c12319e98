"""What is shown of a row: the values of some of its fields, and a copy that has no others."""

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any

from django.db.models import Model


class Of:
    """Some fields of a row, and of rows that it refers to.

    What is rendered or computed from a copy depends on these values only, so it can be cached under them.
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

    @property
    def columns(self) -> list[str]:
        """The same for ``QuerySet.values_list``, which then returns what ``values`` would."""
        return [path.replace(".", "__") for path in self.paths]

    def values(self, row: Any) -> tuple[Any, ...]:
        """What is shown of a row. The row must have been fetched with these fields."""
        return self._get(row)

    def copy(self, values: Sequence[Any]) -> Model:
        """A row with these values, as ``values`` gives them. Reading any other field raises ``ObjectDoesNotExist``."""
        own = len(self._fields)
        names, given = self._fields, values[:own]
        if (key := self._model._meta.pk.attname) not in names:
            # With an empty key, so that a field that is missing cannot be fetched.
            names, given = [key, *names], [None, *given]
        row = self._model.from_db(None, names, given)
        for name, of in self._related.items():
            count = len(of.paths)
            row._state.fields_cache[name] = of.copy(values[own : own + count])
            own += count
        return row
