"""Counts of public reviews that are kept: by month, and by pairs of tags. They tell readers nothing by themselves.

Each edition says whether it is in them (``Edition.counted``). A reader adds those that are public and not in them, and
subtracts those in them that are not public at the reader's moment (``changes``). So a count is exact at any moment,
whether or not the clock has passed a lift since. :mod:`reviews.desk.counting` writes them; readers never do.
"""

import datetime as dt
from collections.abc import Iterable
from enum import IntEnum
from typing import Any

from django.db import models
from django.db.models import F, Q, QuerySet, Value

from reviews.models.fields import LineField
from reviews.models.public.edition import Counted, Edition
from reviews.models.shared.embargo import Embargo, EmbargoQuerySet

ONLY_ROW = 1


class Part(IntEnum):
    """What a row of a count stands for: that counts are kept, a kept count, or an edition to add or to subtract."""

    STATE = 0
    KEPT = 1
    ADDED = 2
    GONE = 3


class CountsState(models.Model):
    """The only row, if counts are kept: the zone of the months, and the moment of which they are."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY_ROW, editable=False)
    zone = LineField(max_length=60, default="")
    settled_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(id=ONLY_ROW),
                name="countsstate_only_one",
                violation_error_message="There is one state of the counts.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.settled_at:%Y-%m-%d %H:%M} UTC"


class MonthCount(models.Model):
    """How many counted reviews went up first in a month of the zone, which ``begins`` at a moment."""

    begins = models.DateTimeField(unique=True)
    reviews = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.begins}: {self.reviews}"


class TagPairCount(models.Model):
    """How many counted reviews have both tags. Each pair is there in both orders."""

    tag = models.ForeignKey("reviews.Tag", models.CASCADE, related_name="+")
    other = models.ForeignKey("reviews.Tag", models.CASCADE, related_name="+", db_index=False)
    reviews = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tag", "other"], name="tagpaircount_once")]

    def __str__(self) -> str:
        return f"{self.tag} and {self.other}: {self.reviews}"


def changes(at: dt.datetime) -> list[tuple[Part, QuerySet[Edition]]]:
    """The editions that kept counts lack or have too many at a moment, each set by an index.

    The sets of ``GONE`` overlap. Of films under embargo only those are asked for of which the counts may not know yet
    (``Embargo.uncounted_film``): what a page costs does not depend on how many films wait.
    """
    public, editions = Edition.objects.public(at).order_by(), Edition.objects.order_by()
    held = embargoes_maybe_on_counted(at)
    return [
        (Part.ADDED, public.filter(counted=Counted.NOT_YET, visible_from__lte=at)),
        (Part.ADDED, public.filter(counted=Counted.OVER, visible_until__gt=at)),
        (Part.GONE, editions.filter(counted=Counted.YES, visible_until__lte=at)),
        (Part.GONE, editions.filter(counted=Counted.YES, visible_from__gt=at)),
        # The sum keeps a database from looking for what is counted first, which is nearly every edition.
        (
            Part.GONE,
            editions.alias(state=F("counted") + 0).filter(state=Counted.YES, film__in=held.values("film")),
        ),
    ]


def embargoes_maybe_on_counted(at: dt.datetime) -> EmbargoQuerySet:
    """The active embargoes on reviews whose film may have reviews in the kept counts.

    Of every other active one it is written down that nothing of its film is counted (``Embargo.uncounted_film``).
    """
    return Embargo.objects.on_reviews().active(at).maybe_on_counted()


def state(at: dt.datetime) -> QuerySet[CountsState]:
    """The row of the state, if the counts are of this moment or before it."""
    return CountsState.objects.filter(pk=ONLY_ROW, settled_at__lte=at)


def together(parts: Iterable[tuple[Part, QuerySet[Any], tuple[str, ...]]]) -> QuerySet[Any, Any]:
    """The columns of all these rows in one statement, so that they are of one state of the database; the part first.

    Two statements might see a count before and an edition after it was counted.
    """
    first, *others = (
        rows.order_by().annotate(what=Value(int(part))).values_list("what", *columns)
        for part, rows, columns in parts
    )
    joined: QuerySet[Any, Any] = first.union(*others, all=True)
    return joined
