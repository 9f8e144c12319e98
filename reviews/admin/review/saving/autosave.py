"""Autosave: the URLs to which a form posts what is typed, and the page that shows it."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    JsonResponse,
)
from django.urls import URLPattern
from django.utils import timezone
from django.views.decorators.http import require_POST

from reviews import text
from reviews.admin.parts.account import account_of
from reviews.admin.parts.pages import DeskPage
from reviews.admin.review.revision_words import saved_by
from reviews.admin.review.saving.form import SavingMixin
from reviews.admin.review.saving.page import company_words, is_stale, page_in, typed_part
from reviews.admin.review.saving.parsed import ROWS
from reviews.admin.review.saving.unsaved import form_url, unsaved_page
from reviews.admin.site import turns
from reviews.desk import autosaves, revisions
from reviews.desk.autosaves import Posted
from reviews.desk.dates import time_in
from reviews.desk.document import fields
from reviews.desk.pictures.visible import pictures_seen_by
from reviews.models import Autosave, Review
from reviews.text.limits import LONGEST_FIELD

CUT = "This does not stand in the body any more."
UNKNOWN = "Of these names there is no picture in the library, so readers see nothing in their place: {}."


class AutosavePages(DeskPage):
    """Stores what is typed; shows it with its changes; discards it."""

    desk: SavingMixin

    def urls(self) -> list[URLPattern]:
        return [
            self.at("autosave/", "autosave_new", require_POST(self.autosave)),
            self.at("kept/<uuid:form>/", "kept", self.kept),
            self.at("<path:object_id>/autosave/", "autosave", require_POST(self.autosave)),
        ]

    def autosave(self, request: HttpRequest, object_id: str | None = None) -> HttpResponse:
        review = self._review_for(request, object_id)
        by, page = account_of(request), page_in(request.POST)
        if "_gone" in request.POST:
            autosaves.leave(by, page.form)
            return JsonResponse({})
        posted = None if "_beat" in request.POST else typed_part(request.POST)
        if posted is not None and (over := autosaves.excess(posted)):
            return JsonResponse({"error": over}, status=413)
        try:
            kept = autosaves.keep(by, review, page, posted)
        except IntegrityError:  # Somebody has deleted the review since it was found.
            raise PermissionDenied from None
        newest = revisions.newest(review) if review and is_stale(kept, review) else None
        return JsonResponse(
            {
                "form": str(kept.form),
                "at": time_in(kept.seen_at, timezone.get_current_timezone()),
                "company": company_words(autosaves.company_of(by, review, window=page.window))
                if review
                else [],
                "newer": saved_by(newest) if newest else "",
                "flags": flags(posted, by) if posted is not None else None,
            }
        )

    def kept(self, request: HttpRequest, form: UUID) -> HttpResponse:
        by = account_of(request)
        kept = Autosave.objects.typed().filter(owner=by, form=form).select_related("review").first()
        if kept is None:
            raise Http404("Nothing of that name is kept.")
        review = kept.review
        if review is not None and not self.desk.has_view_permission(request, review):
            raise PermissionDenied
        if request.method == "POST":
            autosaves.discard(by, form)
            self.desk.message_user(request, "Thrown away. What is saved is as it was.", messages.SUCCESS)
            return HttpResponseRedirect(form_url(review))
        turns.take(request, len(str(kept.posted)))
        form_class = self.desk.plain_form(request, review)
        return unsaved_page(self.desk, request, kept, review, form_class)

    def _review_for(self, request: HttpRequest, object_id: str | None) -> Review | None:
        """The review that is typed into. A user who may now only view it may still store what they have typed."""
        if object_id is None:
            if not self.desk.has_add_permission(request):
                raise PermissionDenied
            return None
        review: Review | None = self.found(request, object_id, "reviews.change_review")
        if review is None:
            raise PermissionDenied  # As for somebody else's copy: does not reveal whether any exists.
        return review


def flags(posted: Posted, by: User) -> dict[str, str]:
    """Warnings by field name: quotations that are not in the typed body, and pictures that are not in the library."""

    def last(name: str) -> str:
        return (posted.get(name) or [""])[-1]

    if not text.is_within(last("body")):
        return {}  # Too long to check while it is typed; saving says so.
    quotes = fields.cited()
    cited = {
        name: last(name)
        for name in posted
        if name in quotes or (name.startswith(f"{ROWS}-") and name.endswith("-evidence"))
    }
    cited = {name: words for name, words in cited.items() if words.strip() and len(words) <= LONGEST_FIELD}
    body = text.read_body(last("body"))
    found = text.find_passages(body, cited.values())
    warnings = {name: CUT for name, passage in zip(cited, found, strict=True) if passage is None}
    if missing := _missing_pictures(body, by):
        warnings["body"] = UNKNOWN.format(", ".join(f"“{name}”" for name in missing))
    return warnings


def _missing_pictures(body: text.Body, by: User) -> list[str]:
    """The names in a body that no picture has that this person may see."""
    names = text.picture_names(body)
    if not names:
        return []
    known = set(pictures_seen_by(by).filter(name__in=names).values_list("name", flat=True))
    return [name for name in names if name not in known]
