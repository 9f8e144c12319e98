"""Reading the site as of another moment, and the moments at which it changes."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Max, Min, Q, QuerySet

from reviews import clock
from reviews.desk.permissions import EDIT_ALL
from reviews.desk.visible_to import visible_to
from reviews.models import Correction, Edition, Embargo
from reviews.models.insider import Insider, insider, reading_as
from reviews.models.prepared import Prepared, filled

SEE_EMBARGOES = "reviews.view_embargo"
MOST_TRIED = 50
"""How many moments at which a row begins or ends are looked at for one at which readers see a change."""
_BEFORE = dt.timedelta(microseconds=1)


def sees_everything(by: User) -> bool:
    """Whether this person may see everybody's copy and every embargo, so the whole site of any moment."""
    return by.has_perm(EDIT_ALL) and by.has_perm(SEE_EMBARGOES)


@contextmanager
def reading_at(at: dt.datetime, by: User) -> Iterator[None]:
    """Read the public site as of a moment (aware), with what this person may see of it, within this context only."""
    own = None if sees_everything(by) else visible_to(by).reviews().order_by().values_list("pk", flat=True)
    with reading_as(Insider(own, clock.now())), clock.reading_at(at):
        yield


def next_step() -> dt.datetime | None:
    """The first moment after the clock's at which the site changes, as this person reads it; None if there is none.

    Both are to be asked inside ``reading_at``. Nothing that the person may not see makes a step.
    """
    return _step(is_forward=True)


def previous_step() -> dt.datetime | None:
    """The last moment before the clock's at which the site changed."""
    return _step(is_forward=False)


def _step(*, is_forward: bool) -> dt.datetime | None:
    at = clock.now()
    for _ in range(MOST_TRIED):
        found = [moment for moment in (_next(*each, at, is_forward) for each in _columns()) if moment]
        if not found:
            return None
        at = min(found) if is_forward else max(found)
        if _changes_at(at):
            return at
    return at


def _columns() -> list[tuple[QuerySet[Any], str]]:
    """The rows that begin or end at some moment, and the columns of these moments, that this person may know of."""
    someone = insider()
    assert someone is not None
    editions, notes = Edition.objects.all(), Correction.objects.all()
    embargoes = Embargo.objects.on_reviews()
    columns: list[tuple[QuerySet[Any], str]] = []
    if someone.own is None:
        columns.append((embargoes, "agreed_at"))
    else:
        others = Edition.objects.public(someone.now).exclude(review__in=someone.own)
        told = Correction.objects.public(someone.now).exclude(edition__review__in=someone.own)
        columns += [(others, "first_visible_from"), (told, "edition__first_visible_from")]
        editions, notes = (
            editions.filter(review__in=someone.own),
            notes.filter(edition__review__in=someone.own),
        )
        embargoes = embargoes.filter(film__in=editions.values("film"))
    columns += [(editions, "visible_from"), (editions, "visible_until"), (notes, "at")]
    return [*columns, (embargoes, "lifts_at"), (embargoes, "ended_at")]


def _next(rows: QuerySet[Any], column: str, at: dt.datetime, is_forward: bool) -> dt.datetime | None:
    beyond = rows.order_by().filter(**{f"{column}__{'gt' if is_forward else 'lt'}": at})
    moment: dt.datetime | None = beyond.aggregate(moment=(Min if is_forward else Max)(column))["moment"]
    return moment


def _changes_at(at: dt.datetime) -> bool:
    """Whether the site is another one at a moment than just before it, by the rows that begin or end then."""
    ends = Q(lifts_at=at) | Q(ended_at=at) | Q(agreed_at=at)
    films = sorted({*Embargo.objects.on_reviews().filter(ends).values_list("film", flat=True)})
    # Mostly an edition, so notes are looked at only where none differs: each of these statements takes long to compose.
    films = filled(films)
    return any(
        {*seen(at, at, films)} != {*seen(at - _BEFORE, at, films)} for seen in (_editions_at, _notes_at)
    )


def _public_editions(moment: dt.datetime, at: dt.datetime, films: list[int]) -> QuerySet[Edition, int]:
    begin_or_end = Q(visible_from=at) | Q(visible_until=at) | Q(first_visible_from=at) | Q(film__in=films)
    editions = Edition.objects.public(moment).filter(begin_or_end).order_by()
    return editions.values_list("pk", flat=True)


def _public_notes(moment: dt.datetime, at: dt.datetime, films: list[int]) -> QuerySet[Correction, int]:
    noted = Q(at=at) | Q(edition__film__in=films) | Q(edition__first_visible_from=at)
    notes = Correction.objects.public(moment).filter(noted | Q(edition__visible_from=at)).order_by()
    return notes.values_list("pk", flat=True)


_editions_at, _notes_at = Prepared(_public_editions), Prepared(_public_notes)
