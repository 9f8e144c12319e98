"""Autosave: the addresses to which a form sends what is typed, and the page that offers it back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
    JsonResponse,
)
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from reviews import clock, text
from reviews.admin.parts.account import account_of
from reviews.admin.parts.values import value_in_words
from reviews.admin.review.revision_words import saved_by
from reviews.admin.review.saving.form import SavingMixin
from reviews.admin.review.saving.page import OURS, company_words, is_stale, page_in, read_before, typed_part
from reviews.admin.review.saving.parsed import ROWS, Form, blank, typed_in
from reviews.admin.site import turns
from reviews.desk import autosaves, revisions
from reviews.desk.autosaves import Posted
from reviews.desk.dates import time_in
from reviews.desk.document.comparison import FieldChange
from reviews.models import Autosave, Review
from reviews.text import Block, ChangeKind, WordRun, compare, compare_words
from reviews.text.limits import LONGEST_FIELD

CUT = "This does not stand in the body any more."


class AutosaveMixin(SavingMixin):
    """Keeps what is typed while it is typed; shows what was kept and what it changes; throws it away when asked to."""

    kept_template = "admin/reviews/kept.html"

    def get_urls(self) -> list[URLPattern]:
        keep, kept = (self.admin_site.admin_view(view) for view in (self.autosave_view, self.kept_view))
        return [
            path("autosave/", keep, name="reviews_review_autosave_new"),
            path("kept/<uuid:form>/", kept, name="reviews_review_kept"),
            path("<path:object_id>/autosave/", keep, name="reviews_review_autosave"),
            *super().get_urls(),
        ]

    def autosave_view(self, request: HttpRequest, object_id: str | None = None) -> HttpResponse:
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        review = self._review_for(request, object_id)
        by, page = account_of(request), page_in(request.POST)
        if "_gone" in request.POST:
            autosaves.leave(by, page.form)
            return JsonResponse({})
        posted = None if "_beat" in request.POST else typed_part(request.POST)
        if posted is not None and (over := autosaves.excess(posted)):
            return JsonResponse({"error": over}, status=413)
        kept = autosaves.keep(by, review, page, posted)
        newest = revisions.newest(review) if review and is_stale(kept, review) else None
        return JsonResponse(
            {
                "form": str(kept.form),
                "at": time_in(kept.seen_at, timezone.get_current_timezone()),
                "company": company_words(autosaves.company_of(by, review, window=page.window))
                if review
                else [],
                "newer": saved_by(newest) if newest else "",
                "flags": flags(posted) if posted is not None else None,
            }
        )

    def kept_view(self, request: HttpRequest, form: UUID) -> HttpResponse:
        by = account_of(request)
        kept = Autosave.objects.typed().filter(owner=by, form=form).select_related("review").first()
        if kept is None:
            raise Http404("Nothing of that name is kept.")
        review = kept.review
        if review is not None and not self.has_view_permission(request, review):
            raise PermissionDenied
        if request.method == "POST":
            autosaves.discard(by, form)
            self.message_user(request, "Thrown away. What is saved is as it was.", messages.SUCCESS)
            return HttpResponseRedirect(self._form_of(review))
        turns.take(request, len(str(kept.posted)))
        return self._kept_page(request, kept, review)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        # Copy that was approved, or moved, while somebody wrote in it: what they send is refused, and shown to them.
        review = self.sent_for(request, object_id)
        if review is not None and self._may_only_look(request, review):
            read = page_in(request.POST).revision
            typed = Autosave(posted=typed_part(request.POST), revision=read, seen_at=clock.now())
            return self._kept_page(request, typed, review, status=403)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def _may_only_look(self, request: HttpRequest, review: Review) -> bool:
        """Whether somebody who writes copy may see this and not write it, as it stands now."""
        return (
            self.has_view_permission(request, review)
            and not self.has_change_permission(request, review)
            and request.user.has_perm("reviews.change_review")
        )

    def _kept_page(
        self, request: HttpRequest, kept: Autosave, review: Review | None, *, status: int = 200
    ) -> HttpResponse:
        """What was typed, with what it changes; where it is kept and can be saved, with the ways to go on with it."""
        may_write = (
            self.has_change_permission(request, review) if review else self.has_add_permission(request)
        )
        context = {
            **self.admin_site.each_context(request),
            "title": "Typed and not saved",
            "subtitle": None,
            "opts": self.opts,
            "original": review,
            "kept": kept,
            "is_kept": not kept._state.adding,
            "changes": changes_in(kept, review, self.plain_form(request, review)),
            "is_stale": is_stale(kept, review),
            "may_write": may_write,
            "back": self._form_of(review),
            "posted": {
                **(kept.posted or {}),
                **dict(zip(OURS, _as_page(kept), strict=True)),
            },
        }
        return TemplateResponse(request, self.kept_template, context, status=status)

    def _form_of(self, review: Review | None) -> str:
        return self.change_url(review) if review else reverse("admin:reviews_review_add")

    def _review_for(self, request: HttpRequest, object_id: str | None) -> Review | None:
        """The review that is typed into. Whoever may only look at it by now may still keep what they have typed."""
        if object_id is None:
            if not self.has_add_permission(request):
                raise PermissionDenied
            return None
        review: Review | None = self.found(request, object_id, "reviews.change_review")
        if review is None:
            raise PermissionDenied  # As of somebody else's copy: nobody learns whether there is any.
        return review


def flags(posted: Posted) -> dict[str, str]:
    """What is cited and does not stand in the body that is typed: the field's name, with what to say of it."""

    def last(name: str) -> str:
        return (posted.get(name) or [""])[-1]

    cited = {
        name: last(name)
        for name in posted
        if name == "pull_quote" or (name.startswith(f"{ROWS}-") and name.endswith("-evidence"))
    }
    cited = {name: words for name, words in cited.items() if words.strip() and len(words) <= LONGEST_FIELD}
    if not text.is_within(last("body")):
        return {}  # It is too long to be read while it is typed; saving says so.
    found = text.find_passages(last("body"), cited.values())
    return {name: CUT for name, passage in zip(cited, found, strict=True) if passage is None}


def changes_in(kept: Autosave, review: Review | None, form: Form) -> list[FieldChange]:
    """What somebody typed against what it was typed over."""
    after = typed_in(kept.posted or {}, form)
    before = read_before(kept, review, form) or blank(after)
    changes = []
    for name, was in before.values.items():
        becomes = after.values.get(name, was)
        if was == becomes:
            continue
        words = [value_in_words(form.base_fields[name], each) for each in (was, becomes)]
        if not all(text.is_within(each) if name == "body" else len(each) <= LONGEST_FIELD for each in words):
            blocks = [
                Block("", ChangeKind.NEW, (WordRun(ChangeKind.NEW, words[1]),))
            ]  # Too long to compare: shown whole.
        else:
            blocks = compare(*words) if name == "body" else [compare_words(*words)]
        changes.append(FieldChange(name, str(form.base_fields[name].label or name).lower(), tuple(blocks)))
    if before.rows != after.rows:
        lines = [
            Block("", kind, (WordRun(kind, row.evidence),))
            for kind, rows, others in (
                (ChangeKind.GONE, before.rows, after.rows),
                (ChangeKind.NEW, after.rows, before.rows),
            )
            for key, row in rows.items()
            if others.get(key) != row
        ]
        changes.append(FieldChange("judgements", "judgements", tuple(lines)))
    return changes


def _as_page(kept: Autosave) -> list[list[str]]:
    return [[str(value)] for value in (kept.form, kept.window, kept.turn, kept.turn, kept.revision)]
