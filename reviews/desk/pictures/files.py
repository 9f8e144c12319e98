"""Which files of pictures somebody may see: those of their library, and of copy that they may see."""

from collections.abc import Sequence

from django.contrib.auth.models import User
from django.db.models import Q

from reviews.desk.permissions import EDIT_ALL
from reviews.desk.pictures.visible import pictures_seen_by
from reviews.models import Edition, EditionPicture, Picture, PictureFile, Review
from reviews.models.public.edition_picture import shown_files

_AROUND = ("hero", "film__poster", "film__still", "critic__portrait")
"""Where a page of a review shows pictures besides its body."""


def pictures_in(
    edition: Edition, pictures: Sequence[EditionPicture], by: User | None
) -> list[EditionPicture]:
    """Those of an edition's pictures that somebody may be shown (None: the demo and fixtures, all).

    The one at its head was chosen by somebody who might; a name in its body may be guessed.
    """
    seen = pictures_seen([row.picture for row in pictures], edition.hero, by)
    return [row for row in pictures if row.picture in seen]


def pictures_seen(pictures: Sequence[Picture], hero: Picture | None, by: User | None) -> list[Picture]:
    """The same of a review's pictures, of which ``hero`` is at its head."""
    if by is None or by.has_perm(EDIT_ALL) or not pictures:
        return list(pictures)
    keys = [picture.pk for picture in pictures]
    seen = set(pictures_seen_by(by).filter(pk__in=keys).values_list("pk", flat=True))
    return [picture for picture in pictures if picture.pk in seen or picture == hero]


def file_seen_by(token: str, by: User) -> PictureFile | None:
    """The version with a token, if this person may see it anywhere; None for any other."""
    file = PictureFile.objects.filter(token=token).first()
    if file is None or by.has_perm(EDIT_ALL):
        return file
    around = Q()
    for place in _AROUND:
        around |= Q(**{f"{place}__uid": file.picture_uid})
    may = (
        pictures_seen_by(by).filter(uid=file.picture_uid).exists()
        or Review.objects.filter(around, critic__user=by).exists()
        or EditionPicture.objects.filter(file=file, edition__critic__user=by).exists()
        or shown_files().filter(pk=file.pk).exists()
    )
    return file if may else None


def files_around(edition: Edition, pictures: Sequence[EditionPicture]) -> set[int]:
    """The keys of the files that the page of an edition shows of itself, its film and its critic."""
    around = (edition.film.poster, edition.film.still, edition.critic.portrait)
    return {row.file_id for row in pictures} | {each.file_id for each in around if each}
