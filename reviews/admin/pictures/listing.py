"""The library as a contact sheet, or as a list; and what it can be sifted by."""

import datetime as dt
from typing import Any

from django.contrib import admin, messages
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from reviews import clock
from reviews.admin.parts.account import account_of
from reviews.admin.parts.listing import DeskChangeList
from reviews.admin.parts.values import is_key
from reviews.admin.pictures.words import MOST_PICTURES, words_url
from reviews.desk.permissions import EDIT_ALL
from reviews.desk.pictures.uses import stands_nowhere
from reviews.desk.pictures.visible import pictures_seen_by
from reviews.models import Film
from reviews.models.shared.picture import PictureFilm

SOON = dt.timedelta(days=30)
"""How long before rights end the desk says so."""
VIEW_VAR = "view"
AS_LIST = "list"
NEWEST_READ = 200
"""Of how many of the newest pictures the films are offered."""


class PictureChangeList(DeskChangeList):
    """``as_list``: in lines, which say more of each; otherwise a sheet of thumbnails."""

    as_list = False

    def get_filters_params(self, params: Any = None) -> dict[str, Any]:
        left = super().get_filters_params(params)
        self.as_list = (left.pop(VIEW_VAR, None) or [""])[-1] == AS_LIST
        return left

    @property
    def other_view(self) -> str:
        """The query string of the same pictures in the other view."""
        return self.get_query_string(
            remove=[VIEW_VAR] if self.as_list else [], new_params={} if self.as_list else {VIEW_VAR: AS_LIST}
        )


class FilmFilter(admin.SimpleListFilter):
    title = "film"
    parameter_name = "of"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        newest = pictures_seen_by(account_of(request)).values("pk")[:NEWEST_READ]
        shown = PictureFilm.objects.filter(picture__in=newest)
        films = Film.objects.filter(pk__in=shown.values("film")).only("title", "release_year")
        return [(str(film.pk), str(film)) for film in films.order_by("sort_title", "uid")]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> models.QuerySet[Any]:
        chosen = self.value()
        if not chosen:
            return queryset
        return queryset.filter(of_film__film=chosen) if is_key(chosen) else queryset.none()


class RightsFilter(admin.SimpleListFilter):
    title = "rights"
    parameter_name = "rights"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("ending", "ending within 30 days"), ("ended", "ended"), ("held", "under embargo")]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> models.QuerySet[Any]:
        now = clock.now()
        match self.value():
            case "ending":
                return queryset.filter(rights_until__gt=now, rights_until__lte=now + SOON)
            case "ended":
                return queryset.filter(rights_until__lte=now)
            case "held":
                return queryset.filter(embargo_until__gt=now)
        return queryset


class LackFilter(admin.SimpleListFilter):
    title = "lacks"
    parameter_name = "lacks"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("credit", "a credit"), ("alt", "alternative text"), ("licence", "a licence")]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> models.QuerySet[Any]:
        match self.value():
            case "credit":
                return queryset.filter(credit="")
            case "alt":
                return queryset.filter(alt="", is_decorative=False)
            case "licence":
                return queryset.filter(licence="")
        return queryset


class UseFilter(admin.SimpleListFilter):
    """For people who see everything: to others it would tell of copy that they may not see."""

    title = "use"
    parameter_name = "use"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("none", "unused")] if account_of(request).has_perm(EDIT_ALL) else []

    def queryset(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> models.QuerySet[Any]:
        return queryset.filter(stands_nowhere()) if self.value() == "none" else queryset


@admin.action(permissions=["change"], description="Edit the words of the chosen pictures…")
def edit_words(desk: Any, request: HttpRequest, chosen: models.QuerySet[Any]) -> HttpResponse | None:
    pictures = list(chosen[: MOST_PICTURES + 1])
    if len(pictures) > MOST_PICTURES:
        said = f"Select {MOST_PICTURES} pictures at most, and repeat for the rest."
        desk.message_user(request, said, messages.ERROR)
        return None
    return HttpResponseRedirect(words_url(pictures))
