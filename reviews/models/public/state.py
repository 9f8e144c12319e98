"""The state of the public site: one row, by which a process knows whether a page that it has kept is still right."""

import datetime as dt
import secrets
from typing import Any

from django.db import models
from django.db.models import Q

from reviews import clock
from reviews.models.public.moments import next_change

ONLY_ROW = 1
KNOWN_FOR = 0.2
"""The longest time, in seconds, for which a process relies on the row that it has read."""
_LARGEST = 2**62


def new_token() -> int:
    """A number that has never been used."""
    return secrets.randbelow(_LARGEST)


class PublicStateManager(models.Manager["PublicState"]):
    def get_by_natural_key(self) -> "PublicState":
        return self.get()

    def current(self) -> "PublicState | None":
        """The row as committed (or as this transaction has written it). One query."""
        return self.filter(pk=ONLY_ROW).first()

    def ensure(self) -> None:
        """Write the row if there is none."""
        now = clock.now()
        self.bulk_create([PublicState(known_after=now, next_change=next_change(now))], ignore_conflicts=True)

    def move(self, *, is_seen: bool, since: dt.datetime | None = None) -> dt.datetime | None:
        """Say that the schedule has changed, and if it ``is_seen``, that readers see something else now.

        The last statements of a transaction: they lock the row, which every writer needs. The next moment is read under
        that lock, or of two writers at once the later one would miss what the other has scheduled. It is the next one
        after the transaction began (``since``), so it may have passed before anybody could know of it. Returns it.
        """
        if not self.select_for_update().filter(pk=ONLY_ROW).values_list("pk"):
            self.ensure()
            list(self.select_for_update().filter(pk=ONLY_ROW).values_list("pk"))
        since = since or clock.now()
        moment = next_change(since)
        columns: dict[str, Any] = {"schedule": new_token(), "known_after": since, "next_change": moment}
        self.filter(pk=ONLY_ROW).update(**columns | ({"stamp": new_token()} if is_seen else {}))
        return moment


class PublicState(models.Model):
    """The only row. Its numbers are random, so that a state which a backup brings back is named as it was.

    Nothing of it is ever shown: the moment of the next change tells of what is hidden.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY_ROW, editable=False)
    stamp = models.BigIntegerField(
        default=new_token, help_text="Another one whenever a change lets readers see something else at once."
    )
    schedule = models.BigIntegerField(
        default=new_token, help_text="Another one whenever anything changes that readers see, now or later."
    )
    next_change = models.DateTimeField(
        null=True, help_text="When readers next see something else by the clock alone, as of the last change."
    )

    known_after = models.DateTimeField(
        null=True, help_text="The moment after which that is the first, by the clock of whoever wrote it."
    )

    objects = PublicStateManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(id=ONLY_ROW),
                name="publicstate_only_one",
                violation_error_message="There is one state of the public site.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stamp:x}"

    def natural_key(self) -> tuple[()]:
        return ()
