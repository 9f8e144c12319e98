"""Which pictures a page shows, and in which version."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db.models import Q

from reviews import clock
from reviews.models.prepared import Prepared
from reviews.models.public.edition import Edition
from reviews.models.public.edition_picture import EditionPicture
from reviews.models.shared.picture import Picture
from reviews.models.shared.queryset import seldom


def cleared(picture: Picture | None, at: dt.datetime) -> Picture | None:
    """The picture, if its own embargo and rights allow it to be shown at a moment."""
    return picture if picture and picture.is_cleared(at) else None


def pictures_of(editions: Iterable[Edition]) -> list[EditionPicture]:
    """The pictures that saved editions show now, in the versions that they were published with.

    One query; none if no edition has a picture at its head or in its body.
    """
    with_any = [each.pk for each in editions if each.hero_id or "<figure" in each.body_html]
    return _of(with_any, clock.now()) if with_any else []


_of = Prepared(
    lambda editions, at: (
        EditionPicture.objects.cleared(at)
        .filter(seldom(Q(edition__in=editions)), edition__in=editions)
        .select_related("picture", "file")
        .order_by("pk")
    )
)


def hero_of(edition: Edition, pictures: Sequence[EditionPicture]) -> EditionPicture | None:
    """The picture at the head of an edition, or else its film's still; None if neither may be shown now."""
    at = clock.now()
    for row in pictures:
        if row.picture_id == edition.hero_id and row.picture.is_cleared(at):
            return row
    still = cleared(edition.film.still, at)
    return EditionPicture(picture=still, file=still.file) if still else None


def lead_picture(edition: Edition) -> EditionPicture | None:
    """The same for an edition as cards have it. At most two queries; none where there is no picture."""
    at = clock.now()
    rows = _pinned(edition.pk, edition.hero_id, at) if edition.hero_id else []
    if not rows and edition.film.still_id:
        rows = [EditionPicture(picture=each, file=each.file) for each in _newest(edition.film.still_id, at)]
    return next(iter(rows), None)


_pinned = Prepared(
    lambda edition, picture, at: (
        EditionPicture.objects.cleared(at)
        .filter(edition=edition, picture=picture)
        .select_related("picture", "file")
    )
)
_newest = Prepared(
    lambda picture, at: Picture.objects.cleared(at).filter(pk=picture).select_related("file").order_by()
)
