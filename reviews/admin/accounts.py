"""Accounts: Django's own pages, on which a role cannot lift itself above its office."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html

from reviews.admin.base import FormFields
from reviews.admin.chips import chip
from reviews.admin.saying import SayingMixin, instead

admin.site.unregister([User, Group])


@admin.register(User)
class AccountAdmin(SayingMixin, FormFields, UserAdmin):  # type: ignore[type-arg]
    """Only a superuser makes, changes or removes a superuser, or grants permissions past the groups."""

    list_display = ["username", "email", "first_name", "last_name", "at_the_desk"]
    list_select_related = True
    show_full_result_count = False
    once_deleted = "Nobody can sign in with it any more; what was written with it stays."

    @admin.display(description="at the desk", ordering="is_active")
    def at_the_desk(self, account: User) -> str:
        if not account.is_active:
            return chip("withdrawn", "Closed")
        return chip("approved", "May sign in") if account.is_staff else chip("draft", "No entry")

    def what_follows(self, request: HttpRequest, obj: Any, *, is_new: bool) -> str:
        if not obj.is_active:
            return "It is closed: nobody can sign in with it."
        if not obj.is_staff:
            return "It does not open the desk yet: tick “Staff status” and give it a role."
        roles = ", ".join(obj.groups.order_by("name").values_list("name", flat=True))
        if obj.is_superuser:
            return "It opens the desk and may do everything there."
        return (
            f"It opens the desk as {roles}." if roles else "It opens the desk, but has no role: give it one."
        )

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:
        response: HttpResponse = super().user_change_password(request, id, form_url)
        if request.method == "POST" and response.status_code == 302:
            account = User.objects.get(pk=id)
            opens = "The new password opens it" if account.has_usable_password() else "No password opens it"
            instead(request, format_html("The password of “{}” is changed. {} from now on.", account, opens))
        return response

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        reserved = [] if request.user.is_superuser else ["is_superuser", "user_permissions"]
        return [*super().get_readonly_fields(request, obj), *reserved]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and _may_touch(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and _may_touch(request, obj)


@admin.register(Group)
class RoleAdmin(SayingMixin, GroupAdmin):
    """A role: what everybody who holds it may do."""

    once_deleted = "Whoever held it may no longer do what it allowed."
    empty_list = "What kinds of work the desk has, and what each may do."

    def what_follows(self, request: HttpRequest, obj: Any, *, is_new: bool) -> str:
        holders = obj.user_set.count()
        if not holders:
            return "No account has this role yet: give it to one on the account's page."
        return f"It holds at once for {'the account' if holders == 1 else f'all {holders} accounts'} with this role."


def _may_touch(request: HttpRequest, account: User | None) -> bool:
    return bool(request.user.is_superuser or not (account and account.is_superuser))
