"""Extra admin pages of a noun. Each is an object with its own URLs, made for one ModelAdmin."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse


class DeskPage:
    """A page, or several related ones. An admin lists its pages in ``pages``."""

    def __init__(self, desk: Any) -> None:
        """``desk`` is the ModelAdmin whose objects, permissions and messages the page uses."""
        self.desk = desk

    def urls(self) -> list[URLPattern]:
        """The page's addresses, under those of the noun's list."""
        raise NotImplementedError

    def at(self, route: str, name: str, view: Callable[..., HttpResponse]) -> URLPattern:
        """A URL pattern that requires sign-in. ``name`` is the part of the route's name after the noun's."""
        opts = self.desk.opts
        inside = self.desk.admin_site.admin_view(view)
        pattern: URLPattern = path(route, inside, name=f"{opts.app_label}_{opts.model_name}_{name}")
        return pattern

    def found(self, request: HttpRequest, object_id: str, permission: str) -> Any:
        """The page's object, or None if there is none. Raises PermissionDenied."""
        if not request.user.has_perm(permission):
            raise PermissionDenied
        found = self.desk.get_object(request, object_id)
        if found is not None and not self.desk.has_view_permission(request, found):
            raise PermissionDenied
        return found

    def require_writer(self, request: HttpRequest) -> None:
        """Raise PermissionDenied for users who may neither add such an object nor change any."""
        if not (self.desk.has_add_permission(request) or self.desk.has_change_permission(request)):
            raise PermissionDenied

    def missing(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Django's own response for a missing object."""
        answer: HttpResponse = self.desk._get_obj_does_not_exist_redirect(request, self.desk.opts, object_id)
        return answer


def desk_page(
    desk: Any,
    request: HttpRequest,
    template: str,
    title: str,
    obj: Model | None,
    context: dict[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    """Render a page of an admin, about one object or none, with the context of every desk page."""
    shared = {
        **desk.admin_site.each_context(request),
        "title": title,
        "subtitle": None,
        "opts": desk.opts,
        "original": obj,
        "called": desk.called(obj) if obj else "",
        "change_url": desk_url("change", obj) if obj else "",
    }
    return TemplateResponse(request, template, shared | context, status=status)


def desk_url(route: str, of: Model | type[Model]) -> str:
    """The URL of a page about an object or, for a model, about all its objects."""
    opts = of._meta
    args = [of.pk] if isinstance(of, Model) else []
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_{route}", args=args)
