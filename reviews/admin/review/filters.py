"""Filters of the list of reviews: by visibility to readers and by owner."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from reviews import clock
from reviews.admin.parts.account import account_of
from reviews.admin.parts.listing import COUNTED
from reviews.desk.permissions import EDIT_ALL
from reviews.desk.visible_to import visible_to
from reviews.models import Edition


class SeenFilter(admin.SimpleListFilter):
    title = "visibility"
    parameter_name = "readers"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("see", "live"), ("will", "scheduled"), ("not", "not public")]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> models.QuerySet[Any]:
        match self.value():
            case "see":
                return queryset.filter(is_public=True)
            case "will":
                return queryset.filter(_waits())
            case "not":
                return queryset.filter(is_public=False)
        return queryset


class WhoseFilter(admin.SimpleListFilter):
    """For users who see more than their own copy."""

    title = "whose"
    parameter_name = "whose"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("mine", "mine"), ("others", "others’")] if request.user.has_perm(EDIT_ALL) else []

    def queryset(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> models.QuerySet[Any]:
        match self.value():
            case "mine":
                return queryset.filter(_own(request))
            case "others":
                return queryset.exclude(_own(request))
        return queryset


def _waits() -> models.Q:
    """Whether an edition is to go up: few reviews are found by that, but among many waiting ones the next is near."""
    going_up = Edition.objects.filter(visible_from__gt=clock.now()).order_by()
    if going_up[: COUNTED + 1].count() <= COUNTED:
        return models.Q(pk__in=going_up.values("review"))
    return models.Q(models.Exists(going_up.filter(review=models.OuterRef("pk"))))


def _own(request: HttpRequest) -> models.Q:
    return visible_to(account_of(request)).is_own
