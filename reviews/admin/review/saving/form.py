"""Saving a review: directly, or merged with what others have saved since the form was opened."""

from contextlib import suppress
from dataclasses import replace
from typing import Any

from django.contrib.admin.utils import unquote
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict

from reviews import clock
from reviews.admin.parts.account import account_of
from reviews.admin.parts.outlet import outlet_of
from reviews.admin.parts.pages import desk_url
from reviews.admin.parts.saving.two_saves import TwoSaves
from reviews.admin.parts.typing import ModelAdmin
from reviews.admin.review.revision_words import saved_by
from reviews.admin.review.saving.merge import merged
from reviews.admin.review.saving.page import (
    OURS,
    AutosaveBar,
    as_query,
    autosave_bar,
    kept_in,
    new_page,
    page_in,
    typed_part,
)
from reviews.admin.review.saving.parsed import Form, Typed, blank, completed, posted_of, typed_in, typed_of
from reviews.admin.review.saving.unsaved import unsaved_page
from reviews.desk import autosaves, revisions
from reviews.desk.autosaves import FormPage
from reviews.desk.document.documents import document_of
from reviews.desk.document.rows import Unrestorable
from reviews.desk.outlook import outlook_of
from reviews.models import Autosave, Judgement, Review, Revision


class SavingMixin(ModelAdmin):
    """A form that carries the revision it was made from, and offers its user's autosaves."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        review = self._sent_for(request, object_id)
        if review is not None and self._may_only_look(request, review):
            # It was approved or reassigned while the user wrote: the save is refused and the text shown.
            read = page_in(request.POST).revision
            typed = Autosave(posted=typed_part(request.POST), revision=read, seen_at=clock.now())
            return unsaved_page(self, request, typed, review, self.plain_form(request, review), status=403)
        if review is not None and self.has_change_permission(request, review):
            read = page_in(request.POST).revision
            # If the review has been deleted, the view says so and shows what was typed.
            with suppress(Review.DoesNotExist):
                if revisions.is_older(read, review) and (answer := self._brought_together(request, review)):
                    return answer
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except revisions.Stale:  # Somebody saved after the check above.
            assert review is not None
            return self._brought_together(request, review) or self.changeform_view(request, object_id)

    def _sent_for(self, request: HttpRequest, object_id: str | None) -> Review | None:
        """The saved review that a form was posted for; None if none was posted, or for a new one."""
        if object_id is None or request.method != "POST":
            return None
        review: Review | None = self.get_object(request, unquote(object_id))
        return review

    def _may_only_look(self, request: HttpRequest, review: Review) -> bool:
        """Whether a user who may write copy may now only view this review."""
        return (
            self.has_view_permission(request, review)
            and not self.has_change_permission(request, review)
            and request.user.has_perm("reviews.change_review")
        )

    # -- What others have saved since ---------------------------------------------------------------------------

    def _brought_together(self, request: HttpRequest, review: Review) -> HttpResponse | None:
        """Return the merge page, or None when the posted form already resolves every conflict."""
        by, page, form = (
            account_of(request),
            page_in(request.POST),
            self.get_form(request, review, change=True),
        )
        theirs = revisions.settle(review)
        read = revisions.read_from(review, page.revision) or revisions.read_from(review, 1)
        assert read is not None  # If there is a newest revision, there is a first one.
        saved = revisions.document_in(theirs).completed(by=document_of(review))
        other = typed_of(saved, review, form)
        held = _held_by(read, review, form) or blank(other)
        # The form's revision may be older than a field; then the field's old value is unknown.
        base, mine = completed(held, by=blank(other)), typed_in(request.POST, form)
        both = TwoSaves(self, request, review, saved_by(theirs), str(theirs.number))
        if (mine.values, mine.rows) in ((base.values, base.rows), (other.values, other.rows)):
            autosaves.discard(by, page.form)
            return both.as_saved(desk_url("change", review))
        merge = merged(base, mine, other, form, both.answers)
        if not both.settled(merge):
            return both.page(merge, {**typed_part(request.POST), **_said(request)}, is_kept=True)
        together = as_query(posted_of(merge.typed, form, _rows_of(review)))
        for name in OURS:
            together[name] = request.POST.get(name, "")
        together["_revision"] = str(theirs.number)
        if "_write" in request.POST:
            at = FormPage(page.form, page.window, page.turn + 1, page.opened_at, theirs.number)
            kept = autosaves.keep(by, review, at, typed_part(together))
            return HttpResponseRedirect(f"{desk_url('change', review)}?kept={kept.form}")
        together["_continue"] = "1"
        request.POST = together  # type: ignore[assignment]
        return None

    # -- The form -----------------------------------------------------------------------------------------------

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        kept = kept_in(request, account_of(request), obj)
        return _filled(form, _kept_data(kept, form, obj)) if kept else form

    def get_formset_kwargs(self, request: HttpRequest, obj: Any, inline: Any, prefix: str) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_formset_kwargs(request, obj, inline, prefix)
        review = obj if obj is not None and not obj._state.adding else None
        kept = kept_in(request, account_of(request), review)
        if kept is None:
            return kwargs
        return {**kwargs, "data": _kept_data(kept, self.plain_form(request, review), review), "is_kept": True}

    def plain_form(self, request: HttpRequest, review: Review | None) -> Form:
        """The form class with the fields that this user may write."""
        # As if for a new review: Django leaves out the fields of a review that the user can only view.
        form: Form = super().get_form(request, review, change=False)
        return form

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        saved = obj if change else None
        if self.has_change_permission(request, saved) if change else self.has_add_permission(request):
            context["autosave_bar"] = self._autosave_bar(request, saved)
        elif saved is not None:
            context["unsaved"] = autosaves.typed_by(account_of(request), saved)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _autosave_bar(self, request: HttpRequest, review: Review | None) -> AutosaveBar:
        by = account_of(request)
        shown = kept_in(request, by, review)
        page = self._refused(request, review) if request.method == "POST" else new_page(review, shown)
        return autosave_bar(by, review, self.plain_form(request, review), page=page, shown=shown)

    def _refused(self, request: HttpRequest, review: Review | None) -> FormPage:
        """The page of a save that was refused. What was posted is autosaved: the page may be closed unread."""
        page, posted = page_in(request.POST), typed_part(request.POST)
        if autosaves.excess(posted):
            return page
        page = replace(page, turn=page.turn + 1)
        return replace(page, form=autosaves.keep(account_of(request), review, page, posted).form)

    def claim(self, request: HttpRequest, review: Review, form: Any) -> None:
        """Claim the next revision before anything is written; the form keeps the saved document."""
        form.before = revisions.claim(review, page_in(request.POST).revision)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        by = account_of(request)
        saved = Review.objects.with_nouns().get(pk=form.instance.pk)
        outlook = form.instance._outlook = outlook_of(saved, outlet=outlet_of(request))
        revisions.record(saved, by=by, before=form.before, taken=outlook.document)
        if saved.status == Review.Status.APPROVED:
            Review.objects.filter(pk=saved.pk).update(has_changes=outlook.has_changes)
        form.instance.has_noted_changes = True
        autosaves.discard(by, page_in(request.POST).form)


def _said(request: HttpRequest) -> dict[str, list[str]]:
    return {name: [request.POST.get(name, "")] for name in OURS}


def _held_by(revision: Revision, review: Review, form: Form) -> Typed | None:
    """What the form held of a revision; None if its film or critic has been deleted."""
    try:
        return typed_of(revisions.document_in(revision), review, form)
    except Unrestorable:
        return None


def _rows_of(review: Review | None) -> dict[int, int]:
    """The saved judgements: primary keys by aspect."""
    return dict(Judgement.objects.filter(review=review).values_list("aspect", "pk")) if review else {}


def _kept_data(kept: Autosave, form: Any, review: Review | None) -> QueryDict:
    """An autosave as data that the form would post now, with the current primary keys of its rows."""
    typed = typed_in(kept.posted or {}, form)
    if review is not None:
        # A newer field shows its saved value, so the next save does not empty it.
        typed = completed(typed, by=typed_of(document_of(review), review, form))
    return as_query(posted_of(typed, form, _rows_of(review)))


def _filled(form: Any, data: Any) -> Any:
    """The form filled with an autosave. It is not validated until it is saved."""

    class Filled(form):  # type: ignore[misc]
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(data, *args, **kwargs)
            self._errors: dict[str, Any] = {}
            self.cleaned_data: dict[str, Any] = {}

    return Filled
