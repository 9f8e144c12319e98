"""Which rows some public page shows now, so that a change of them is one that readers see."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.db.models import Model
from django.urls import Resolver404, resolve

from reviews.models import (
    Aspect,
    Correction,
    Credit,
    Critic,
    CriticLink,
    Edition,
    EditionJudgement,
    EditionPicture,
    EditionTag,
    Film,
    Franchise,
    OldAddress,
    Outlet,
    Person,
    Picture,
    PictureFile,
    Release,
    Tag,
)
from reviews.models.public.edition_picture import shown_files

AT_ONCE = 500
"""The most keys of one query."""

OWNERS: Mapping[type[Model], tuple[type[Model], str]] = {
    Credit: (Film, "film_id"),
    Release: (Film, "film_id"),
    CriticLink: (Critic, "critic_id"),
    EditionTag: (Edition, "edition_id"),
    EditionJudgement: (Edition, "edition_id"),
    EditionPicture: (Edition, "edition_id"),
}
"""Rows that are shown where their owner is, and the column that names it."""


def is_any_seen(model: type[Model], keys: Collection[int]) -> bool:
    """Whether a public page shows any of these rows now; a deleted one is shown no more."""
    pks = sorted(keys)
    return any(SEEN[model](pks[start : start + AT_ONCE]) for start in range(0, len(pks), AT_ONCE))


def _public(model: Any) -> Callable[[list[int]], bool]:
    return lambda pks: bool(model.objects.public().filter(pk__in=pks).exists())


def _public_or_told_of(model: Any, column: str) -> Callable[[list[int]], bool]:
    """The list of corrections names the film and the critic of a withdrawn review, which may have no pages."""
    is_public = _public(model)
    return lambda pks: (
        is_public(pks) or Correction.objects.public().filter(**{f"edition__{column}__in": pks}).exists()
    )


def _is_judged(pks: list[int]) -> bool:
    judged = EditionJudgement.objects.filter(aspect__in=pks)
    return judged.filter(edition__in=Edition.objects.public().order_by()).exists()


def _is_pictured(pks: list[int]) -> bool:
    uids = Picture.objects.filter(pk__in=pks).order_by().values("uid")
    return shown_files().filter(picture_uid__in=uids).order_by().exists()


def _is_shown(pks: list[int]) -> bool:
    return shown_files().filter(pk__in=pks).order_by().exists()


def _leads_on(pks: list[int]) -> bool:
    """Whether a reader who asks for one of these old addresses is told where it leads."""
    return any(_is_followed(old) for old in OldAddress.objects.filter(pk__in=pks))


def _is_followed(old: OldAddress) -> bool:
    try:
        slug = resolve(old.path).kwargs.get("slug", "")
    except Resolver404:
        return False
    if old.kind == OldAddress.Kind.REVIEW:
        public = Edition.objects.public()
        withdrawn = Correction.objects.in_force().filter(edition__review_uid=old.target_uid)
        leads = public.filter(review_uid=old.target_uid).exists() or withdrawn.exists()
    else:
        public = OldAddress.Kind(old.kind).model._default_manager.public()  # type: ignore[attr-defined]
        leads = public.filter(uid=old.target_uid).exists()
    return leads and not public.filter(slug=slug).exists()


SEEN: Mapping[type[Model], Callable[[list[int]], bool]] = {
    Outlet: lambda pks: True,
    Film: _public_or_told_of(Film, "film"),
    Critic: _public_or_told_of(Critic, "critic"),
    Franchise: _public(Franchise),
    Person: _public(Person),
    Tag: _public(Tag),
    Aspect: _is_judged,
    Edition: _public(Edition),
    Correction: _public(Correction),
    OldAddress: _leads_on,
    Picture: _is_pictured,
    PictureFile: _is_shown,
}
