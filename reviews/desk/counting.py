"""Brings the kept counts of public reviews up to date: by month, and by pairs of tags.

Done after each verb commits. Readers do not depend on when: what is not counted yet, they add themselves
(:mod:`reviews.models.public.counts`).
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby, permutations
from typing import Any
from zoneinfo import ZoneInfo

from django.db import models, transaction
from django.db.models import F

from reviews import clock
from reviews.models import Edition, EditionTag, Embargo, Outlet
from reviews.models.public.counts import (
    ONLY_ROW,
    CountsState,
    MonthCount,
    Part,
    TagPairCount,
    changes,
    embargoes_maybe_on_counted,
)
from reviews.models.public.edition import Counted

AT_ONCE = 1000


def settle() -> None:
    """Count what has become public since the last time, and no longer what is not. In one transaction."""
    with transaction.atomic():
        now, zone = clock.now(), Outlet.objects.current().zone
        CountsState.objects.bulk_create([CountsState(settled_at=now)], ignore_conflicts=True)
        state = CountsState.objects.select_for_update().get(pk=ONLY_ROW)
        # Locked, so that none is moved to another film before what it holds is taken out of the counts.
        held = list(
            embargoes_maybe_on_counted(now)
            .select_for_update(of=("self",), no_key=True)
            .values_list("pk", flat=True)
        )
        added, gone = _found(now, Part.ADDED), _found(now, Part.GONE)
        over = [pk for pk, (_first, until, _film) in gone.items() if until and until <= now]
        _mark(added, Counted.YES)
        _mark(gone, Counted.NOT_YET)
        _mark(over, Counted.OVER)
        Edition.objects.filter(counted=Counted.NOT_YET, visible_until__lte=now).update(counted=Counted.OVER)
        _note_films(held, counted=added)
        if state.zone != zone.key:
            _count_anew(zone)
        else:
            _add(added, zone, 1)
            _add(gone, zone, -1)
        if added or gone or state.zone != zone.key:
            CountsState.objects.filter(pk=ONLY_ROW).update(zone=zone.key, settled_at=now)


def forget() -> None:
    """Keep no counts until everything is counted anew, because something counted is gone without a verb."""
    CountsState.objects.all().delete()
    Embargo.objects.exclude(uncounted_film=None).update(uncounted_film=None)


def look_again(embargo: Embargo) -> None:
    """Rely no more on what an embargo says of the counts: it was saved, perhaps with what it said some time ago."""
    if embargo.uncounted_film is not None:
        Embargo.objects.filter(pk=embargo.pk).update(uncounted_film=None)


Found = dict[int, tuple[dt.datetime, dt.datetime | None, int]]
"""By primary key of an edition: its first publication, the end of its window, and its film."""

_COLUMNS = ("pk", "first_visible_from", "visible_until", "film")


def _found(now: dt.datetime, what: Part) -> Found:
    rows = [row for part, found in changes(now) if part is what for row in found.values_list(*_COLUMNS)]
    return {pk: (first, until, film) for pk, first, until, film in rows}


def _note_films(held: list[int], *, counted: Found) -> None:
    """Note in embargoes whether reviews of their films are counted: of those ``held`` none, of those ``counted`` some.

    So an embargo that names its film needs no correction of the counts, whatever its moments say and the clock does.
    """
    for keys in _batches(sorted({film for _first, _until, film in counted.values()})):
        Embargo.objects.filter(film__in=keys).exclude(uncounted_film=None).update(uncounted_film=None)
    for keys in _batches(held):
        Embargo.objects.filter(pk__in=keys).update(uncounted_film=F("film"))


def _batches(keys: list[int]) -> Iterator[list[int]]:
    return (keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE))


def _mark(editions: Iterable[int], counted: Counted) -> None:
    for keys in _batches(list(editions)):
        Edition.objects.filter(pk__in=keys).update(counted=counted)


def _add(found: Found, zone: ZoneInfo, sign: int) -> None:
    months = Counter(month_begins(first, zone) for first, _until, _film in found.values())
    pairs = Counter[tuple[int, int]]()
    for keys in _batches(list(found)):
        pairs += _pairs(EditionTag.objects.filter(edition__in=keys))
    _raise(MonthCount, {(begins,): sign * number for begins, number in months.items()}, "begins")
    _raise(TagPairCount, {pair: sign * number for pair, number in pairs.items()}, "tag_id", "other_id")


def _count_anew(zone: ZoneInfo) -> None:
    for model in (MonthCount, TagPairCount):
        model.objects.all().delete()
    counted = Edition.objects.filter(counted=Counted.YES).order_by()
    moments = counted.values_list("first_visible_from", flat=True).iterator()
    months = Counter((month_begins(first, zone),) for first in moments)
    _raise(MonthCount, months, "begins")
    pairs = _pairs(EditionTag.objects.filter(edition__counted=Counted.YES))
    _raise(TagPairCount, pairs, "tag_id", "other_id")


def _pairs(rows: models.QuerySet[EditionTag]) -> Counter[tuple[int, int]]:
    """How many editions have each two of these tags, in both orders."""
    pairs: Counter[tuple[int, int]] = Counter()
    tags = rows.order_by("edition").values_list("edition", "tag").iterator()
    for _edition, group in groupby(tags, key=lambda row: row[0]):
        pairs.update(permutations([tag for _edition, tag in group], 2))
    return pairs


def _raise(model: Any, by: dict[Any, int], *names: str) -> None:
    """Change the counts with these keys, whose columns are named; a row that would count nothing is deleted."""
    rows = model.objects.filter(**{f"{names[0]}__in": {key[0] for key in by}})
    known = {tuple(getattr(row, name) for name in names): row for row in rows}
    for key, number in by.items():
        row = known.setdefault(key, model(**dict(zip(names, key, strict=True)), reviews=0))
        row.reviews += number
    changed = [known[key] for key in by]
    model.objects.filter(pk__in=[row.pk for row in changed if row.pk and not row.reviews]).delete()
    model.objects.bulk_update([row for row in changed if row.pk and row.reviews], ["reviews"], AT_ONCE)
    model.objects.bulk_create([row for row in changed if not row.pk and row.reviews], AT_ONCE)


def month_begins(moment: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """The moment at which the month of a moment begins in a zone."""
    local = moment.astimezone(zone)
    return dt.datetime(local.year, local.month, 1, tzinfo=zone).astimezone(dt.UTC)
