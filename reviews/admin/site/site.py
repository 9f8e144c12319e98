"""The desk's admin site: in the outlet's name and time zone, with its own Content-Security-Policy."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.models import User
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.template.response import SimpleTemplateResponse, TemplateResponse
from django.urls import URLPattern, URLResolver, path
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from reviews.admin.parts.outlet import outlet_of
from reviews.admin.parts.searching import CUT, bounded
from reviews.admin.site import turns
from reviews.admin.site.app_list import menu_of
from reviews.admin.site.calendar import calendar_page
from reviews.admin.site.home import Home
from reviews.admin.site.leak_audit import leak_audit_page
from reviews.admin.site.long_copy import length_of
from reviews.admin.site.purges import failure_in_words
from reviews.admin.site.sign_in import is_left_outside, sign_in_to_save
from reviews.admin.site.sign_in_form import SignInForm
from reviews.admin.time.machine import ask_page, shown_page
from reviews.desk.dates import unknown_zone
from reviews.models import Outlet
from reviews.public.pages.errors import busy
from reviews.rules.wallclock import zone_named

LONGEST_NEXT = 2000
"""Characters of the address to go to after signing in; a longer one is dropped."""
View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class DeskAdminSite(AdminSite):
    """Every page uses the outlet's time zone, may run the admin's scripts, and is not cached."""

    login_form = SignInForm
    enable_nav_sidebar = False  # The header links to every section, on a phone too.
    index_title = "The desk"
    empty_value_display = format_html('<span class="desk-none">{}</span>', "–")

    def admin_view(self, view: View, cacheable: bool = False) -> View:
        never_stored = not (cacheable and getattr(view, "__name__", "") == "i18n_javascript")
        inner = super().admin_view(self._in_turn(view), cacheable)
        return _at_the_desk(self._for_writers(inner), never_stored=never_stored)

    def _in_turn(self, view: View) -> View:
        """The view, for desk users. A request about long copy first waits for its turn."""

        @wraps(view)
        def in_turn(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            turns.take(request, length_of(self, request))
            return view(request, *args, **kwargs)

        return cast(View, in_turn)

    def _for_writers(self, view: View) -> View:
        """The view; a user who was signed out while writing is asked to sign in, and keeps what they typed."""

        @wraps(view)
        def nothing_is_lost(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if is_left_outside(request):
                return sign_in_to_save(
                    request, self.each_context(request), lambda: view(request, *args, **kwargs)
                )
            return view(request, *args, **kwargs)

        return cast(View, nothing_is_lost)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if len(request.POST.get(REDIRECT_FIELD_NAME, "")) > LONGEST_NEXT:
            # The page would repeat it, at any length.
            return HttpResponseRedirect(request.path)
        return _at_the_desk(super().login)(request, extra_context)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        # Django's "view on site" tells any member of staff the address of any object, readable or not.
        theirs = [pattern for pattern in super().get_urls() if getattr(pattern, "name", "") != "view_on_site"]
        return [
            path("calendar/", self.admin_view(require_safe(self.calendar)), name="desk_calendar"),
            path("leak-audit/", self.admin_view(require_safe(self.leak_audit)), name="desk_leak_audit"),
            path("time/", self.admin_view(require_safe(self.time)), name="desk_time"),
            path(
                "time/<moment:at>/<page:page>", self.admin_view(require_safe(shown_page)), name="desk_as_of"
            ),
            *theirs,
        ]

    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        with transaction.atomic():
            if request.method == "POST" and isinstance(request.user, User):
                # Django writes every column of the account as it was read, which would undo somebody else's change.
                list(User.objects.select_for_update().filter(pk=request.user.pk))
                request.user.refresh_from_db()
            return super().password_change(request, extra_context)

    def calendar(self, request: HttpRequest) -> HttpResponse:
        return calendar_page(self, request)

    def leak_audit(self, request: HttpRequest) -> HttpResponse:
        return leak_audit_page(self, request)

    def time(self, request: HttpRequest) -> HttpResponse:
        return ask_page(self, request)

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        by = request.user
        home = None
        if isinstance(by, User) and by.has_perm("reviews.view_review"):
            home = Home(by, outlet_of(request))
        context = {"home": home, "purge_failure": failure_in_words(by) if isinstance(by, User) else ""}
        return super().index(request, {**context, **(extra_context or {})})

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        outlet = outlet_of(request)
        named = {
            "site_title": outlet.name,
            "site_header": outlet.name,
            "zone_warning": _zone_warning(outlet, request.user),
        }
        return {**super().each_context(request), **named}

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        applications = super().get_app_list(request, app_label)
        if app_label:
            return applications
        return menu_of([entry for application in applications for entry in application["models"]])

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        return cast(HttpResponse, LabelledAutocomplete.as_view(admin_site=self)(request))


class LabelledAutocomplete(AutocompleteJsonView):
    """Suggestions under the label that the noun's admin gives them (``autocomplete_label``)."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer: HttpResponse = super().get(request, *args, **kwargs)
        if bounded(self.term) == self.term:
            return answer
        found = json.loads(answer.content)
        found["results"].insert(0, {"id": "", "text": CUT, "disabled": True})
        return JsonResponse(found)

    def process_request(self, request: HttpRequest) -> tuple[Any, ...]:
        asked: tuple[Any, ...] = super().process_request(request)
        _, _, source_field, _ = asked
        if not source_field.concrete:
            raise PermissionDenied  # No choices for reverse relations.
        return asked

    def serialize_result(self, obj: Model, to_field_name: str) -> dict[str, str]:
        label = getattr(self.model_admin, "autocomplete_label", str)
        return {**super().serialize_result(obj, to_field_name), "text": label(obj)}


def _zone_warning(outlet: Outlet, by: Any) -> str:
    """The warning on every page while the outlet's time zone is unknown; empty if it is known."""
    if zone_named(outlet.time_zone):
        return ""
    mend = "Correct it" if by.has_perm("reviews.change_outlet") else "Ask a publisher to correct it"
    return f"All times are shown and typed in UTC, because {unknown_zone(outlet.time_zone)}. {mend} under Outlet."


def _at_the_desk(view: View, *, never_stored: bool = True) -> View:
    @wraps(view)
    def in_the_outlets_zone(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if any("\0" in value for values in request.GET.lists() for value in values[1]):
            # PostgreSQL refuses such text, and Django's lists search for whatever the query string has.
            return HttpResponseRedirect(request.path)
        with timezone.override(outlet_of(request).zone):
            try:
                turns.take_to_read_form(request)
                response = view(request, *args, **kwargs)
                if isinstance(response, SimpleTemplateResponse):
                    response.render()
            except OverflowError as error:
                # Django's lists and choices look up any key that is posted, even one outside the column's range.
                raise BadRequest("A number in the request is larger than any key.") from error
            except turns.Busy:
                response = busy(turns.to_send_again(request))
            finally:
                turns.give_back(request)
        if not hasattr(response, "_csp_config"):  # A preview is a public page with its own policy.
            response._csp_config = settings.SECURE_CSP_DESK  # type: ignore[attr-defined]
        if never_stored:
            add_never_cache_headers(response)
        return response

    return cast(View, in_the_outlets_zone)
