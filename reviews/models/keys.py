"""Random keys: the key of a row at the desk does not reveal how many rows there are.

The address of a review's form contains its primary key. If keys counted up, a critic could tell from two of their own
drafts how many reviews others had begun between them.
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
"""The largest whole number that JavaScript reads exactly."""


def random_key() -> int:
    """A random primary key. Among a million rows, two get the same key in one of 18,000 databases."""
    return secrets.randbelow(LARGEST_KEY) + 1


class _Turns:
    """Nanoseconds of the real clock, always increasing within one process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last = 0

    def next(self) -> int:
        with self._lock:
            self._last = max(self._last + 1, time.time_ns())
            return self._last


_turns = _Turns()


class SequenceField(_BigIntegerField):
    """The order in which rows were first saved, even if at the same moment. For ordering only; not shown to anybody.

    A row that a fixture overwrites keeps its number.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"editable": False, "blank": True, **kwargs})

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        # A fixture's rows are saved raw: Django then calls no ``pre_save`` of a field, but it does send the
        # signal.
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
    """A model of the desk with a random primary key, which is not for ordering."""

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)

    class Meta:
        abstract = True


class Sequenced(RandomlyKeyed):
    """Adds the order in which rows were created, which no other field gives."""

    sequence = SequenceField()

    class Meta:
        abstract = True
