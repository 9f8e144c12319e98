"""Saving a record: unchanged since its form was opened, or merged with what others have saved since.

A form carries the state it was made from. A save locks the record and compares that state with what is saved now,
whether another form, a fixture or a shell wrote it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.options import IS_POPUP_VAR, TO_FIELD_VAR
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, QueryDict

from reviews.admin.parts.pages import desk_page
from reviews.admin.parts.saving.deleting import READ, DeletingMixin
from reviews.admin.parts.saving.form_state import FormState, posted_of, state_in, state_of
from reviews.admin.parts.saving.gone import what_was_typed
from reviews.admin.parts.saving.merge import brought_together
from reviews.admin.parts.saving.savers import deleted_by, newest_save, saved_since
from reviews.admin.parts.saving.two_saves import TwoSaves
from reviews.desk.public_state.changes import changing

REFUSED = "Something in it is there already, so the database refuses it: open the form again."
SAVE_AS_NEW = "_saveasnew"
OURS = (READ, IS_POPUP_VAR, TO_FIELD_VAR)


@dataclass(frozen=True)
class Read:
    """The state that a page's form was made from; ``after`` is the time of the newest save before it, in ISO 8601."""

    after: str
    state: FormState

    def as_posted(self) -> str:
        return f"{self.after} {self.state.as_json()}"

    @classmethod
    def in_posted(cls, posted: QueryDict) -> "Read | None":
        after, _, written = posted.get(READ, "").partition(" ")
        state = FormState.from_json(written)
        return cls(after, state) if state else None


class ClaimingMixin(DeletingMixin):
    """A form that carries the state it was made from, and a save that merges if that state is out of date."""

    claims_its_form = True
    """False for a form that detects other saves in its own way."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        if SAVE_AS_NEW in request.POST:
            # No page offers it. Django would yet save rows as new, and show a form that is to change nothing.
            posted = request.POST.copy()
            del posted[SAVE_AS_NEW]
            request.POST = posted  # type: ignore[assignment]
        try:
            return self._saved(request, object_id, form_url, extra_context)
        except IntegrityError:
            # After the form was validated, somebody took an address or deleted a record that a row names. Validated
            # again, the form says so at the field.
            try:
                return self._saved(request, object_id, form_url, extra_context)
            except IntegrityError:  # Rows that no form of ours posts, such as saved ones as new.
                return self._typed_page(request, self._saved_now(request, object_id), REFUSED, status=409)

    def _saved_now(self, request: HttpRequest, object_id: str | None) -> Any:
        return None if object_id is None else self.get_object(request, unquote(object_id))

    def _saved(self, request: HttpRequest, object_id: str | None, *rest: Any) -> HttpResponse:
        with changing():
            answer = self._claimed(request, unquote(object_id)) if object_id is not None else None
            # Not changeform_view: that would open a savepoint, which nothing rolls back to.
            return answer or super()._changeform_view(request, object_id, *rest)  # type: ignore[misc]

    def _claimed(self, request: HttpRequest, object_id: str) -> HttpResponse | None:
        """Lock the record until the transaction ends. None if the save may continue."""
        obj = self.under_lock(request, object_id)
        if obj is None:
            return self._not_saved(request, object_id, None)
        if not self.has_change_permission(request, obj):
            return self._not_saved(request, object_id, obj)
        if not self.claims_its_form:
            return None
        form, formsets = self._as_saved(request, obj)
        now, read = state_of(form, formsets), Read.in_posted(request.POST)
        if read is not None and not read.state.is_of(form, formsets):
            read = None
        if read is not None and read.state == now:
            return None
        return self._both_shown(request, obj, read, now, form, formsets)

    def _as_saved(self, request: HttpRequest, obj: Any) -> tuple[Any, Sequence[Any]]:
        """The form and its rows as they would be shown now."""
        names = flatten_fieldsets(self.get_fieldsets(request, obj))
        form = self.get_form(request, obj, change=True, fields=names)(instance=obj)
        formsets = [
            formset(instance=obj, prefix=formset.get_default_prefix(), queryset=inline.get_queryset(request))
            for formset, inline in self.get_formsets_with_inlines(request, obj)
        ]
        return form, formsets

    def _both_shown(
        self,
        request: HttpRequest,
        obj: Any,
        read: Read | None,
        now: FormState,
        form: Any,
        formsets: Sequence[Any],
    ) -> HttpResponse | None:
        """Return the merge page, or None when the posted form already resolves every conflict."""
        mine = state_in(request.POST, form, formsets)
        # A form that does not say what it was made from is asked about every field that differs.
        base = (
            read.state
            if read
            else FormState({name: ("",) * len(each) for name, each in now.values.items()}, now.rows)
        )
        theirs, keys = now.named_as_in(base)
        mine, _ = mine.named_as_in(base)
        both = TwoSaves(self, request, obj, saved_since(obj, read.after if read else ""), now.stated)
        if mine.says_the_same_as(base) or mine.says_the_same_as(theirs):
            return both.as_saved(request.get_full_path())
        merge = brought_together(base, mine, theirs, form, formsets, both.answers)
        if not both.settled(merge):
            typed = {
                name: values
                for name, values in request.POST.lists()
                if name in OURS or not (name.startswith(("_", "choose-")) or name == "csrfmiddlewaretoken")
            }
            return both.page(merge, typed)
        together = posted_of(merge.state, form, formsets, now.rows, keys)
        for name in OURS[1:]:
            if name in request.POST:
                together[name] = request.POST[name]
        together[READ] = Read(newest_save(self.model, [obj.pk]), now).as_posted()
        together["_continue"] = "1"
        request.POST = together  # type: ignore[assignment]
        return None

    def _not_saved(self, request: HttpRequest, object_id: str, obj: Any) -> HttpResponse | None:
        """The page that keeps what was typed if the record has been deleted (no ``obj``) or locked meanwhile.

        None if Django's own response is enough: nothing was typed, or the user could not have saved it.
        """
        may_see = self.has_view_permission(request, obj) if obj else self.may_have_read(request, object_id)
        was_typed_in = READ in request.POST or "_revision" in request.POST
        if not (was_typed_in and may_see and self.has_change_permission(request)):
            return None
        happened = self.why_closed(obj) if obj else self.why_missing(request, object_id)
        return self._typed_page(request, obj, happened, status=403 if obj else 409)

    def _typed_page(self, request: HttpRequest, obj: Any, happened: str, *, status: int) -> HttpResponse:
        """The page that says why nothing was saved, with what was typed."""
        context = {"happened": happened, **what_was_typed(self, request, obj)}
        return desk_page(self, request, "admin/reviews/gone.html", "Not saved", obj, context, status=status)

    def may_have_read(self, request: HttpRequest, object_id: str) -> bool:
        """Whether this person may once have been able to read a record that they cannot find now."""
        return True

    def why_missing(self, request: HttpRequest, object_id: str) -> str:
        """A sentence that says why this person can no longer find a record."""
        return deleted_by(self.model, object_id)

    def blank_form(self, request: HttpRequest) -> Any:
        """A form with the fields of the one in which a record is changed."""
        return self.get_form(request, None)()

    def why_closed(self, obj: Any) -> str:
        """Why a record that could be changed when its form was read cannot be any more."""
        return "You can no longer change it: it was locked after you opened it."

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        if change and self.claims_its_form and self.has_change_permission(request, obj):
            context["read"] = request.POST.get(READ) or self._read(context, obj).as_posted()
        if add:
            context["title"] = f"New {self.opts.verbose_name}"
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _read(self, context: dict[str, Any], obj: Any) -> Read:
        formsets = [each.formset for each in context["inline_admin_formsets"]]
        return Read(newest_save(self.model, [obj.pk]), state_of(context["adminform"].form, formsets))
