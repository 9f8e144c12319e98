"""Accounts and roles: Django's own pages. Nobody gives more than they hold (:mod:`reviews.desk.accounts.offices`)."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Group, User
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html

from reviews.admin.nouns.passwords import NewPasswordForm
from reviews.admin.parts.account import account_of
from reviews.admin.parts.badges import badge
from reviews.admin.parts.base import FormFields
from reviews.admin.parts.listing import ListingMixin
from reviews.admin.parts.messages import instead
from reviews.admin.parts.saving.claiming import ClaimingMixin
from reviews.admin.parts.searching import SearchMixin
from reviews.desk import preview_link_validity
from reviews.desk.accounts import offices

admin.site.unregister([User, Group])

ROLES = "You can give others roles that allow no more than yours. For any other role, ask a superuser."
PERMISSIONS = (
    "You can give only permissions that you have, and none to your own role. For others, ask a superuser."
)
LINKS = "Links end when the account is closed or loses access to the copy, unless you pass them on."


class AccountForm(UserChangeForm):  # type: ignore[type-arg]
    heir = forms.ModelChoiceField(
        User.objects.none(),
        required=False,
        label="Pass links to",
        empty_label="Nobody: end them",
        help_text="Only colleagues who may share everybody’s copy.",
    )


@admin.register(User)
class AccountAdmin(ClaimingMixin, ListingMixin, SearchMixin, FormFields, UserAdmin):  # type: ignore[type-arg]
    """Only a superuser grants permissions besides roles, or changes an account that may do more than their own."""

    form = AccountForm
    change_password_form = NewPasswordForm
    change_user_password_template = "admin/reviews/new_password.html"
    list_display = ["username", "email", "first_name", "last_name", "at_the_desk"]
    list_select_related = True
    once_deleted = "Nobody can sign in with it any more; what was written with it stays."

    @admin.display(description="at the desk", ordering="is_active")
    def at_the_desk(self, account: User) -> str:
        if not account.is_active:
            return badge("withdrawn", "Closed")
        return badge("approved", "May sign in") if account.is_staff else badge("draft", "No entry")

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

    def blank_form(self, request: HttpRequest) -> Any:
        return self.form()

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:
        with transaction.atomic():
            if request.method == "POST":
                # Django writes every column of the account as it read it.
                self.under_lock(request, unquote(id))
            response: HttpResponse = super().user_change_password(request, id, form_url)
        if request.method == "POST" and response.status_code == 302:
            account = User.objects.get(pk=id)
            opens = "The new password opens it" if account.has_usable_password() else "No password opens it"
            instead(request, format_html("The password of “{}” is changed. {} from now on.", account, opens))
        return response

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        reserved = [] if request.user.is_superuser else ["is_superuser", "user_permissions"]
        return [*super().get_readonly_fields(request, obj), *reserved]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        if obj is not None and "groups" in form.base_fields:
            _offer(form.base_fields["groups"], offices.roles_to_give(account_of(request), obj), ROLES)
        if obj is not None and isinstance(heir := form.base_fields.get("heir"), forms.ModelChoiceField):
            heir.queryset = preview_link_validity.colleagues_of(obj)
        return form

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        warning = (
            preview_link_validity.warning(obj)
            if obj is not None and self.has_change_permission(request, obj)
            else ""
        )
        if not warning:
            return fieldsets
        return [*fieldsets, ("Preview links", {"description": f"{warning} {LINKS}", "fields": ["heir"]})]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if change:
            saved = User.objects.get(pk=form.instance.pk)
            self._let_links_go(request, saved, heir=form.cleaned_data.get("heir"))

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        account = self.get_object(request, object_id)
        ends = preview_link_validity.warning(account) if isinstance(account, User) else ""
        if ends:
            ends = (
                f"{ends} Deleting it ends its links. To keep them, untick “Active” instead and pass them on."
            )
        return super().delete_view(request, object_id, {**(extra_context or {}), "also_ends": ends})

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        self._let_links_go(request, obj, is_deleted=True)
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        for account in queryset:
            self._let_links_go(request, account, is_deleted=True)
        super().delete_queryset(request, queryset)

    def _let_links_go(
        self, request: HttpRequest, account: User, *, heir: User | None = None, is_deleted: bool = False
    ) -> None:
        """Pass on or end the links to copy that the account may no longer show, and say how many."""
        by = account_of(request)
        kept, ended = preview_link_validity.let_go(account, heir=heir, by=by, is_deleted=is_deleted)
        if said := preview_link_validity.sentence(kept, ended, heir):
            self.message_user(request, said, messages.WARNING)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and _may_touch(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and _may_touch(request, obj)


@admin.register(Group)
class RoleAdmin(ClaimingMixin, ListingMixin, SearchMixin, FormFields, GroupAdmin):
    """A role: what everybody who holds it may do."""

    once_deleted = "Whoever held it may no longer do what it allowed."
    empty_list = "What kinds of work the desk has, and what each may do."

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        if "permissions" in form.base_fields:
            given = offices.permissions_to_give(account_of(request), obj)
            _offer(form.base_fields["permissions"], given.select_related("content_type"), PERMISSIONS)
        return form

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and self._may_touch(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and self._may_touch(request, obj)

    @staticmethod
    def _may_touch(request: HttpRequest, role: Group | None) -> bool:
        return role is None or not offices.role_exceeds(role, account_of(request))

    def what_follows(self, request: HttpRequest, obj: Any, *, is_new: bool) -> str:
        holders = obj.user_set.count()
        if not holders:
            return "No account has this role yet: give it to one on the account’s page."
        return f"It holds at once for {'the account' if holders == 1 else f'all {holders} accounts'} with this role."


def _may_touch(request: HttpRequest, account: User | None) -> bool:
    return account is None or not offices.exceeds(account, account_of(request))


def _offer(field: Any, choices: QuerySet[Any], refusal: str) -> None:
    """Limit a field to these choices, and say so beside it."""
    field.queryset = choices
    field.help_text = refusal
    field.error_messages |= {"invalid_choice": refusal}
