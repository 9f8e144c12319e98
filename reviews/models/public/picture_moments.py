"""When pictures appear or go by their own terms, where something public shows them."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet

from reviews.models.prepared import Prepared
from reviews.models.public.edition import Edition
from reviews.models.public.edition_picture import NEWEST_IN, EditionPicture
from reviews.models.shared.embargo import Embargo
from reviews.models.shared.picture import Picture
from reviews.models.shared.queryset import any_of


@dataclass(frozen=True)
class _Change:
    """A column of a picture that holds a moment, and how to look at what is public then.

    From the end of its embargo a picture is shown, and up to the end of its rights: so what is public is looked at on
    the moment, or right before it. ``begun`` and ``lasting`` are the comparisons of a window's ends with the moment.
    """

    column: str
    begun: str
    lasting: str


_CHANGES = (_Change("embargo_until", "lte", "gt"), _Change("rights_until", "lt", "gte"))


def picture_moments(after: dt.datetime) -> Iterator[dt.datetime]:
    """The first moment after another at which an embargo of pictures that are shown then ends, and that of rights.

    Two queries, by indexes. Both moments are aware.
    """
    for first in _FIRST:
        yield from first(after)


def _changing(change: _Change, after: dt.datetime) -> QuerySet[Picture, dt.datetime]:
    column = change.column
    changing = Picture.objects.filter(_is_in_public(change), **{f"{column}__gt": after})
    return changing.order_by(column, "id").values_list(column, flat=True)[:1]


def _is_in_public(change: _Change) -> Q:
    pinned = EditionPicture.objects.filter(_is_public(change, "edition__"), picture=OuterRef("pk"))
    shown = Q(any_of(pinned.order_by()))
    for name, column in NEWEST_IN:
        owners: Any = apps.get_model("reviews", name).objects.all()
        place = f"{owners.edition_lookup}__{column}"
        shown |= Q(any_of(Edition.objects.filter(_is_public(change), **{place: OuterRef("pk")}).order_by()))
    return shown


def _is_public(change: _Change, edition: str = "") -> Q:
    """Whether an edition is public at the moment of the picture around it: ``public()`` as of each row's own moment."""
    moment: Any = OuterRef(change.column)
    # As in ``public()``, the first of these follows from the second, and is there for the indexes.
    begun = (f"{edition}first_visible_from", f"{edition}visible_from")
    in_window = Q(**{f"{name}__{change.begun}": moment for name in begun}) & (
        Q(**{f"{edition}visible_until": None}) | Q(**{f"{edition}visible_until__{change.lasting}": moment})
    )
    inside: Any = OuterRef(moment)
    agreed = Q(ended_at=None) | Q(**{f"ended_at__{change.lasting}": inside})
    held = Embargo.objects.on_reviews().filter(agreed, **{f"lifts_at__{change.lasting}": inside})
    return Q(in_window, ~Exists(held.filter(film=OuterRef(f"{edition}film"))))


_FIRST = [Prepared(partial(_changing, change)) for change in _CHANGES]
