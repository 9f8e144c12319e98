"""The outlet's one record."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from reviews.admin.parts.base import DeskModelAdmin
from reviews.admin.parts.outlet import outlet_of
from reviews.models import Outlet


@admin.register(Outlet)
class OutletAdmin(DeskModelAdmin):
    fieldsets = [
        ("Masthead", {"fields": ["name", "tagline", "contact_email"]}),
        (
            "Rules",
            {
                "description": "A new time zone changes how times are shown, here and on the site. "
                "It does not change when anything happens.",
                "fields": ["time_zone", "language", "star_scale", "wants_verdict", "four_eyes"],
            },
        ),
        ("Pages", {"fields": ["about", "ratings_guide", "corrections_policy"]}),
    ]

    def what_follows(self, request: HttpRequest, obj: Any, *, is_new: bool) -> str:
        return "Every page shows it now, in its name and its time zone."

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and outlet_of(request)._state.adding

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Redirect to the one record, or to the form that adds it."""
        outlet = Outlet.objects.first()
        if outlet and self.has_view_or_change_permission(request):
            return HttpResponseRedirect(reverse("admin:reviews_outlet_change", args=[outlet.pk]))
        if not outlet and self.has_add_permission(request):
            return HttpResponseRedirect(reverse("admin:reviews_outlet_add"))
        return super().changelist_view(request, extra_context)
