"""The next moment at which readers see something else although nobody does anything.

Only moments at which something public really changes: a kept page that went stale at any other would become slow then,
and a reader who measures it would learn that something hidden was scheduled.
"""

import datetime as dt
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, When

from reviews import clock
from reviews.models.prepared import Prepared
from reviews.models.public.correction import Correction
from reviews.models.public.edition import Edition
from reviews.models.public.picture_moments import picture_moments
from reviews.models.shared.embargo import Embargo


def next_change(after: dt.datetime | None = None) -> dt.datetime | None:
    """The first moment after another (default: now) at which what is public changes; None if there is none. Aware.

    A window opens or closes that no embargo covers then, an embargo ends and something of its film appears, or a note
    that was dated in advance takes effect, or a picture's embargo or rights end where something public shows it. Six
    queries, each for one row by an index.
    """
    after = after or clock.now()
    first = (*_opening(after), *_closing(after), *_reveal(after), *picture_moments(after))
    return min((moment for moment in (*first, _note(after)) if moment), default=None)


def _opening_after(after: dt.datetime) -> QuerySet[Edition, dt.datetime]:
    opens: Any = OuterRef("visible_from")
    held = Embargo.objects.on_reviews().active(opens).filter(film=OuterRef("film"))
    windows = Edition.objects.filter(_is_not_empty(), ~Exists(held), visible_from__gt=after)
    return windows.order_by("visible_from", "pk").values_list("visible_from", flat=True)[:1]


def _closing_after(after: dt.datetime) -> QuerySet[Edition, Any]:
    windows = Edition.objects.seen_to_the_end(after).filter(_is_not_empty(), visible_until__gt=after)
    return windows.order_by("visible_until", "pk").values_list("visible_until", flat=True)[:1]


def _is_not_empty() -> Q:
    return Q(visible_until=None) | Q(visible_until__gt=F("visible_from"))


def _reveal_after(after: dt.datetime) -> QuerySet[Embargo, Any]:
    end = Case(When(ended_at__lt=F("lifts_at"), then=F("ended_at")), default=F("lifts_at"))
    ends: Any = OuterRef("end")
    holding = Embargo.objects.on_reviews().annotate(end=end).filter(end__gt=after, lifts_at__gt=after)
    others = Embargo.objects.on_reviews().active(ends).filter(film=OuterRef("film"))
    shown = Edition.objects.filter(
        Q(visible_until=None) | Q(visible_until__gt=ends), film=OuterRef("film"), visible_from__lte=ends
    )
    revealing = holding.filter(~Exists(others), Exists(shown.order_by()) | Exists(_notes_at(ends)))
    return revealing.order_by("end").values_list("end", flat=True)[:1]


_opening, _closing, _reveal = map(Prepared, (_opening_after, _closing_after, _reveal_after))


def _notes_at(ends: Any) -> QuerySet[Correction]:
    """The notes on withdrawals of the film that are in force when an embargo ends."""
    later = Edition.objects.filter(
        _is_not_empty(),
        review_uid=OuterRef("edition__review_uid"),
        number__gt=OuterRef("edition__number"),
        visible_from__lte=OuterRef(ends),
    )
    notes = Correction.objects.filter(kind=Correction.Kind.WITHDRAWAL, at__lte=ends)
    return notes.filter(~Exists(later.order_by()), edition__film=OuterRef("film")).order_by()


def _note(after: dt.datetime) -> dt.datetime | None:
    """When a note takes effect that does not come with its edition. The desk's verbs date none in advance."""
    apart = (
        Q(at__gt=F("edition__visible_from"))
        | Q(edition__visible_until__lte=F("edition__visible_from"), at__gte=F("edition__visible_from"))
        | Q(kind=Correction.Kind.WITHDRAWAL)
    )
    dated = Correction.objects.filter(apart, at__gt=after).order_by("at", "uid")
    for pk, at in dated.values_list("pk", "at").iterator():
        notes = Correction.objects.filter(pk=pk)
        if (notes.public(at) | notes.in_force(at)).exists():
            return at
    return None
