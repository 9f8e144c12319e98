"""The revisions of a review: listing, comparing, naming and restoring them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern

from reviews.admin.parts.account import account_of
from reviews.admin.parts.confirm import ActionPages, ConfirmPage
from reviews.admin.parts.fields import LineFormField, ProseFormField
from reviews.admin.parts.pages import desk_page, desk_url
from reviews.admin.review.revision_words import saved_by, title_of
from reviews.desk import permissions, revisions
from reviews.desk.dates import moment_in_words
from reviews.desk.document.comparison import FieldChange, compared
from reviews.desk.document.documents import document_of
from reviews.desk.document.fields import label
from reviews.desk.document.rows import Unrestorable, found
from reviews.desk.outlook import outlook_of
from reviews.desk.permissions import PublishingError
from reviews.desk.verbs.locks import looked_at
from reviews.models import Edition, Review, Revision
from reviews.rules.document import Document
from reviews.rules.numbers import whole_number

PER_PAGE = 50
SAVED, READERS = "saved", "readers"
"""What can be compared besides revisions: the saved review, and the edition that readers see or will see."""


class DescribeForm(forms.Form):
    """A name and a note for a revision, both of which may be empty."""

    name = LineFormField(required=False, max_length=100, help_text=Revision._meta.get_field("name").help_text)
    note = ProseFormField(required=False, max_length=600, widget=forms.Textarea(attrs={"rows": 2}))


@dataclass(frozen=True)
class ComparedSide:
    """One of two compared states; its document is None if its film or critic has been deleted."""

    key: str
    title: str
    document: Document | None


class RevisionPages(ActionPages):
    """Pages beside the form: list, compare, restore, describe."""

    def urls(self) -> list[URLPattern]:
        return [
            self.at("<path:object_id>/revisions/", "revisions", self.revisions),
            self.at("<path:object_id>/compare/", "compare", self.compare),
            self.at("<path:object_id>/restore/", "restore", self.restore),
            self.at("<path:object_id>/describe/", "describe", self.describe),
        ]

    def revisions(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The revisions, newest first; two can be chosen to compare."""
        review = self.found(request, object_id, "reviews.view_review")
        if review is None:
            return self.missing(request, object_id)
        rows = Revision.objects.of(review).newest_first().defer("document")
        before = whole_number(request.GET.get("before", ""))
        if before is not None:
            rows = rows.filter(number__lt=before)
        page = list(rows[: PER_PAGE + 1])
        context = {
            "rows": page[:PER_PAGE],
            "older": page[PER_PAGE - 1].number if len(page) > PER_PAGE else None,
            "is_newest": before is None,
            "has_edition": outlook_of(review).newest is not None,
            "may_write": self.desk.has_change_permission(request, review),
        }
        return desk_page(self.desk, request, "admin/reviews/revisions.html", "Revisions", review, context)

    def compare(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Compare two states: revisions by number, the saved review, the readers' edition."""
        review = self.found(request, object_id, "reviews.view_review")
        if review is None:
            return self.missing(request, object_id)
        asked = [request.GET.get(name, default) for name, default in (("from", READERS), ("to", SAVED))]
        sides = [self._side(review, key) for key in asked]
        if None in sides:
            return self._nothing_chosen(request, review)
        before, after = [side for side in sides if side is not None]
        changes: list[FieldChange] = []
        documents = [side.document for side in (before, after) if side.document is not None]
        if len(documents) == len(asked):
            changes = compared(*documents)
        context = {
            "before": before,
            "after": after,
            "changes": changes,
            "is_readable": len(documents) == len(asked),
        }
        return desk_page(self.desk, request, "admin/reviews/compare.html", "Compared", review, context)

    def restore(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Confirm and restore a revision (``?revision=3``), with its differences from the saved review."""
        return self._confirm_with(request, object_id, self._restoration)

    def describe(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Edit a revision's name and note (``?revision=3``)."""
        return self._confirm_with(request, object_id, self._description)

    @contextmanager
    def held(self, obj: Review) -> Iterator[Review]:
        with looked_at(obj) as outlook:
            yield outlook.review

    # -- Helpers ------------------------------------------------------------------------------------------------

    def _confirm_with(
        self,
        request: HttpRequest,
        object_id: str,
        page: Callable[[HttpRequest, Review, Revision], ConfirmPage],
    ) -> HttpResponse:
        """Confirm ``page``, which is made from the review and the chosen revision."""
        review = self.found(request, object_id, "reviews.change_review")
        if review is None:
            return self.missing(request, object_id)
        if not self.desk.has_change_permission(request, review):
            raise PermissionDenied
        revision = revisions.numbered(review, request.GET.get("revision", ""))
        if revision is None:
            return self._nothing_chosen(request, review)
        return self.confirm(request, review, lambda saved: page(request, saved, revision))

    def _description(self, request: HttpRequest, review: Review, revision: Revision) -> ConfirmPage:
        revision.refresh_from_db(fields=["name", "note"])
        initial = {"name": revision.name, "note": revision.note}
        form = DescribeForm(request.POST if request.method == "POST" else None, initial=initial)

        def act() -> str:
            revisions.describe(revision, **form.cleaned_data)
            return f"{revision}: its name and note are saved."

        said = " ".join(part for part in (revision.name, revision.note) if part)
        return ConfirmPage(
            title=f"Name revision {revision.number}",
            button="Save the name",
            act=act,
            lands_at="revisions",
            form=form,
            statements=[
                "It is easier to find again. Its content does not change.",
                *([f"This replaces: {said}"] if said else []),
            ],
            version=repr(initial),
        )

    def _restoration(self, request: HttpRequest, review: Review, revision: Revision) -> ConfirmPage:
        by = account_of(request)
        kept, saved = permissions.read_only_fields(review, by), document_of(review)
        obstacles = revisions.hindrances(review, revision, keeping=kept)
        statements = [
            f"The working copy says again what revision {revision.number} holds, tags and judgements included. "
            "It becomes the newest revision; none is lost.",
            "Readers see no difference until it is published.",
            *revisions.left_behind(revision, saved, by=by),
        ]
        if kept:
            labels = ", ".join(label(name) for name in kept)
            statements.append(f"What you may not change stays as it is: {labels}.")
        changes: list[FieldChange] = []
        if not obstacles:
            changes = compared(saved, revisions.target(revision, saved, by=by, keeping=kept))
            if not changes:
                obstacles = ["What is saved says the same already."]
        read = Review.objects.values_list("revision", flat=True).get(pk=review.pk)

        def act() -> str:
            try:
                written = revisions.restore(review, revision, read=read, by=by, keeping=kept)
            except revisions.Stale:
                newest = revisions.settle(review)
                raise PublishingError([f"{saved_by(newest)} Look at it first."]) from None
            return f"{revision} is restored, as revision {written.number}." if written else "Nothing changed."

        return ConfirmPage(
            title=f"Restore revision {revision.number}",
            button="Restore it",
            act=act,
            statements=statements,
            obstacles=obstacles,
            comparison=changes,
            comparison_heading="What is saved now, and what comes back",
            version=str(read),
        )

    def _nothing_chosen(self, request: HttpRequest, review: Review) -> HttpResponse:
        self.desk.message_user(request, "Choose a revision from the list.", messages.WARNING)
        return HttpResponseRedirect(desk_url("revisions", review))

    def _side(self, review: Review, key: str) -> ComparedSide | None:
        if key == SAVED:
            return ComparedSide(key, "What is saved now", outlook_of(review).document)
        if key == READERS:
            outlook = outlook_of(review)
            edition = outlook.newest
            return ComparedSide(key, _edition_title(edition), outlook.published(edition)) if edition else None
        revision = revisions.numbered(review, key)
        if revision is None:
            return None
        try:
            return ComparedSide(key, title_of(revision), found(revisions.document_in(revision)))
        except Unrestorable:
            return ComparedSide(key, title_of(revision), None)


def _edition_title(edition: Edition) -> str:
    return f"Edition {edition.number}, which readers see from {moment_in_words(edition.visible_from)}"
