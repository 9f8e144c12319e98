"""Who sees which pictures at the desk, and who may change what of them.

Whoever sees all copy sees every picture. A critic sees pictures of films that readers see, their own uploads, those of
films that they have copy on, and those at the head of their copy. Nothing tells them that there are others: no list,
count, suggestion or message.
"""

from django.contrib.auth.models import User
from django.db.models import OuterRef, Q

from reviews.desk.permissions import EDIT_ALL
from reviews.models import Film, Picture, Review
from reviews.models.shared.picture import PictureFilm, PictureQuerySet
from reviews.models.shared.queryset import any_of

LICENSE = "reviews.license_picture"
"""The permission to change the terms of a picture."""
TERMS = ("licence", "licence_note", "rights_until", "embargo_until")
"""The fields that say on which terms a picture may be shown."""


def pictures_seen_by(by: User) -> PictureQuerySet:
    """The pictures that this person may see. The account must have permission to view pictures."""
    pictures = Picture.objects.all()
    if by.has_perm(EDIT_ALL):
        return pictures
    is_public = any_of(Film.objects.public().filter(pk=OuterRef("film")).order_by())
    own_copy = Review.objects.filter(critic__user=by.pk).order_by()
    has_own_copy = Q(film__in=own_copy.values("film"))
    of_films = PictureFilm.objects.filter(Q(is_public) | has_own_copy, picture=OuterRef("pk"))
    at_its_head = Q(pk__in=own_copy.exclude(hero=None).values("hero"))
    return pictures.filter(Q(added_by=by.pk) | at_its_head | Q(any_of(of_films)))


def may_see(picture: Picture, by: User) -> bool:
    """Whether this person may see a picture, by what is saved of it."""
    return by.has_perm(EDIT_ALL) or pictures_seen_by(by).filter(pk=picture.pk).exists()


def may_write(picture: Picture, by: User) -> bool:
    """Whether this person may change the words of a picture: of all, or of what they have uploaded themselves."""
    return by.has_perm(EDIT_ALL) or picture.added_by_id == by.pk


def closed_fields(by: User) -> tuple[str, ...]:
    """The fields that this person may not change of any picture."""
    return () if by.has_perm(LICENSE) else TERMS
