"""Where a picture stands, as far as a person may see that; and which pictures stand nowhere."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.contrib.auth.models import User
from django.db.models import Exists, Model, OuterRef, Q

from reviews import clock
from reviews.desk.permissions import EDIT_ALL
from reviews.desk.visible_to import visible_to
from reviews.models import Edition, EditionPicture, Picture, Review
from reviews.models.public.edition_picture import NEWEST_IN

MENTION = "picture:"
"""What a body writes before the name of a picture."""
_MENTIONED = re.compile(rf"{MENTION}([\w-]+)")


@dataclass(frozen=True)
class Use:
    """A place where a picture stands: as what, and the record that shows it."""

    what: str
    shown_by: Model


@dataclass
class Uses:
    """Where a picture stands. ``unnamed`` counts places that this person may know of, but not see."""

    named: list[Use] = field(default_factory=list)
    unnamed: int = 0

    def __bool__(self) -> bool:
        return bool(self.named or self.unnamed)


def uses_of(picture: Picture, by: User) -> Uses:
    """Where a picture stands.

    What this person may not see has no name; somebody who sees their own copy only is not told that there is any.
    """
    found = Uses()
    copy, sees_all = visible_to(by), by.has_perm(EDIT_ALL)
    theirs = {*copy.reviews().values_list("pk", flat=True)} if not sees_all else set()
    for use in _everywhere(picture):
        shown = use.shown_by
        review = shown.pk if isinstance(shown, Review) else getattr(shown, "review_id", None)
        may = by.has_perm(f"reviews.view_{shown._meta.model_name}")
        if may and (sees_all or review is None or review in theirs):
            found.named.append(use)
        elif sees_all:
            found.unnamed += 1
    return found


def stands_nowhere() -> Q:
    """The condition on a picture that nothing shows it or has shown it."""
    nowhere = ~Q(Exists(EditionPicture.objects.filter(picture=OuterRef("pk"))))
    for name, column in _columns():
        nowhere &= ~Q(Exists(_model(name).objects.filter(**{column: OuterRef("pk")})))
    mentioning = Review.objects.filter(body__contains=MENTION).values_list("body", flat=True)
    mentioned = {name for body in mentioning for name in _MENTIONED.findall(body)}
    return nowhere & ~Q(name__in=mentioned)


def _everywhere(picture: Picture) -> Iterator[Use]:
    for name, column in NEWEST_IN:
        for owner in _model(name).objects.filter(**{column: picture.pk}):
            yield Use(column, owner)
    reviews = Review.objects.select_related("film", "critic")
    for review in reviews.defer("body").filter(hero=picture.pk):
        yield Use("at the head of the copy", review)
    for review in reviews.filter(body__contains=f"{MENTION}{picture.name}"):
        if picture.name in _MENTIONED.findall(review.body):
            yield Use("in the text of the copy", review)
    shown = EditionPicture.objects.filter(picture=picture.pk).select_related("edition__review")
    now = clock.now()
    for each in shown.order_by("-edition__visible_from", "pk"):
        yield Use(_standing(each.edition, now), each.edition)


def _standing(edition: Edition, now: Any) -> str:
    if edition.visible_from > now:
        return "in an edition that waits"
    is_over = edition.visible_until is not None and edition.visible_until <= now
    return "in a former edition" if is_over else "in the edition of now"


def _columns() -> Iterator[tuple[str, str]]:
    yield from NEWEST_IN
    yield from (("Review", "hero"), ("Edition", "hero"))


def _model(name: str) -> Any:
    return apps.get_model("reviews", name)
