"""Keys that tell nothing: whoever is shown one key of the desk's rows cannot tell how many rows there are.

A primary key that counts up is in the address of a review's form, so a critic could tell from two drafts of their own
how many reviews others began between them.
"""

import secrets
import threading
import time
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models.signals import pre_save

if TYPE_CHECKING:
    _BigIntegerField = models.BigIntegerField[int | None, int]
else:
    _BigIntegerField = models.BigIntegerField

LARGEST_KEY = 2**53 - 1
"""The largest whole number that a script reads exactly."""


def random_key() -> int:
    """A primary key drawn by chance: of a million rows two are given the same once in 18,000 databases."""
    return secrets.randbelow(LARGEST_KEY) + 1


class _Turns:
    """Nanoseconds of the real clock, never the same twice in one process and never fewer than before."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last = 0

    def next(self) -> int:
        with self._lock:
            self._last = max(self._last + 1, time.time_ns())
            return self._last


_turns = _Turns()


class SequenceField(_BigIntegerField):
    """The order in which rows were first saved, also of those that share a moment. For ordering; shown to nobody.

    What a fixture loads over a row leaves it where it was.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"editable": False, "blank": True, **kwargs})

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        # A fixture's rows are saved raw: that asks no field for its value, but it does send the signal.
        pre_save.connect(self._before_saving, sender=cls)

    def _before_saving(self, instance: models.Model, raw: bool, using: str, **kwargs: Any) -> None:
        if raw and getattr(instance, self.attname) is None:
            same = type(instance)._base_manager.using(using).filter(pk=instance.pk)
            setattr(
                instance, self.attname, same.values_list(self.attname, flat=True).first() or _turns.next()
            )

    def pre_save(self, model_instance: models.Model, add: bool) -> int:
        value: int | None = getattr(model_instance, self.attname)
        if value is None:
            value = _turns.next()
            setattr(model_instance, self.attname, value)
        return value


class RandomlyKeyed(models.Model):
    """A noun of the desk. Its key says nothing of when it was made, so nothing is ordered by it."""

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)

    class Meta:
        abstract = True


class Sequenced(RandomlyKeyed):
    """One whose rows have an order that no field of theirs says."""

    sequence = SequenceField()

    class Meta:
        abstract = True
