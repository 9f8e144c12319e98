"""Deleting a record: only if it is unchanged since its confirm page was opened."""

import hashlib
from collections.abc import Iterable
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.actions import delete_selected as delete_chosen
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db.models import ManyToManyField, Model, QuerySet
from django.forms.models import _get_foreign_key
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict

from reviews.admin.parts.messages import MessagesMixin, instead
from reviews.admin.parts.pages import desk_url
from reviews.admin.parts.saving.savers import deleted_by, newest_save, saved_since
from reviews.desk.public_state.changes import changing

READ = "_read"
NOT_SAID = ("last_login",)
"""Columns that change although nobody has edited the record."""


@admin.action(permissions=["delete"], description="Delete the chosen %(verbose_name_plural)s…")
def delete_selected(
    desk: "DeletingMixin", request: HttpRequest, chosen: QuerySet[Any]
) -> HttpResponse | None:
    """Django's own action with our messages, refused if a record has changed since its page was opened."""
    opts, is_confirmed = desk.opts, bool(request.POST.get("post"))
    with changing():
        if is_confirmed:
            keys = chosen.values_list("pk", flat=True)
            list(desk.model._base_manager.select_for_update().filter(pk__in=list(keys)).order_by("pk"))
        rows = list(chosen.order_by("pk"))
        changed = desk.changed_since_read(request, rows) if is_confirmed and rows else ""
        read = desk.read_of(rows)
        if changed:
            is_shown_again(request)
        response: Any = delete_chosen(desk, request, chosen)
    if response is not None:
        response.context_data |= {"changed": changed, "read": read}
    elif rows:
        what = f"{len(rows)} {opts.verbose_name if len(rows) == 1 else opts.verbose_name_plural}"
        verb = "is" if len(rows) == 1 else "are"
        instead(request, f"{what} {verb} deleted. {desk.once_deleted}")
    return response  # type: ignore[no-any-return]


class DeletingMixin(MessagesMixin):
    """A confirm page that carries the state it shows, and a deletion that is refused if that state has changed."""

    actions: tuple[Any, ...] = (delete_selected,)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if request.method != "POST":
            found = self.get_object(request, unquote(object_id))
            read = self.read_of([found]) if found else ""
            return super().delete_view(request, object_id, {"read": read, **(extra_context or {})})
        with changing():
            obj = self.under_lock(request, unquote(object_id))
            if obj is None and self.has_delete_permission(request):
                words = f"{deleted_by(self.model, unquote(object_id))} There is nothing left to delete."
                self.message_user(request, words, messages.WARNING)
                return HttpResponseRedirect(desk_url("changelist", self.model))
            changed = self.changed_since_read(request, [obj]) if obj is not None else ""
            if changed:
                is_shown_again(request)
            context = {
                "changed": changed,
                "read": self.read_of([obj]) if changed else "",
                **(extra_context or {}),
            }
            return super().delete_view(request, object_id, context)

    def under_lock(self, request: HttpRequest, object_id: str) -> Any:
        """Lock a record until the caller's transaction ends. Returns it as it is saved, or None if it is deleted."""
        try:
            key = self.opts.pk.to_python(object_id)
        except ValidationError:
            return None
        return self.get_object(request, object_id) if is_locked(self.model, key) else None

    def read_of(self, objs: Iterable[Any]) -> str:
        """The state that a confirm page carries: a digest of all that it deletes, and the time of the last save."""
        rows = list(objs)
        keys = [obj.pk for obj in rows]
        said = [_row(obj) for obj in rows]
        for field in self.opts.many_to_many:
            if isinstance(field, ManyToManyField):
                links: Any = field.remote_field.through
                said += map(
                    _row, links._base_manager.filter(**{f"{field.m2m_field_name()}__in": keys}).order_by("pk")
                )
        for inline in self.inlines:
            link = _get_foreign_key(self.model, inline.model, fk_name=inline.fk_name).name
            said += map(_row, inline.model._default_manager.filter(**{f"{link}__in": keys}).order_by("pk"))
        return f"{hashlib.sha256(repr(said).encode()).hexdigest()[:32]} {newest_save(self.model, keys)}"

    def changed_since_read(self, request: HttpRequest, objs: list[Any]) -> str:
        """A sentence that says who has changed the records since the page was opened; empty if nobody has."""
        stated, _, after = request.POST.get(READ, "").partition(" ")
        if not stated or stated == self.read_of(objs).partition(" ")[0]:
            return ""
        return (
            saved_since(objs[0], after)
            if len(objs) == 1
            else "Somebody has changed some of them since you opened this page."
        )


def is_locked(model: type[Model], key: Any) -> bool:
    """Lock a record until the caller's transaction ends. Returns False if it has been deleted."""
    # Not the key, which whoever saves a row that names this one has to lock.
    rows = model._base_manager.select_for_update(no_key=True).filter(pk=key).order_by("pk")
    return bool(list(rows.values_list("pk")))


def is_shown_again(request: HttpRequest) -> None:
    """Make Django show its confirm page again instead of deleting."""
    if IS_POPUP_VAR in request.POST:
        asked = request.GET.copy()
        asked[IS_POPUP_VAR] = request.POST[IS_POPUP_VAR]
        request.GET = asked  # type: ignore[assignment]
    request.POST = QueryDict()


def _row(obj: Model) -> list[str]:
    return [
        f"{field.attname}={field.value_from_object(obj)!r}"
        for field in obj._meta.concrete_fields
        if field.attname not in NOT_SAID
    ]
