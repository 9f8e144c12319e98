"""The verbs of a review, each on a page that says exactly what it will do."""

import datetime as dt
import hashlib
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from reviews.admin.confirm import ConfirmMixin, Verb
from reviews.admin.effects import publication, withdrawal
from reviews.admin.moments import spoken
from reviews.admin.verb_forms import PublishForm, RetimeForm
from reviews.desk import composition, drafts, publishing
from reviews.desk.checklist import obstacles
from reviews.models import Review

PUBLISH = "reviews.publish_review"
CHANGE = "reviews.change_review"


class VerbsMixin(ConfirmMixin):
    """Submit, hand back, publish, re-time, unschedule, withdraw."""

    def get_urls(self) -> list[URLPattern]:
        views = {
            "submit": self.submit_view,
            "hand-back": self.hand_back_view,
            "publish": self.publish_view,
            "retime": self.retime_view,
            "unschedule": self.unschedule_view,
            "withdraw": self.withdraw_view,
        }
        ours = [
            path(
                f"<path:object_id>/{name}/",
                self.admin_site.admin_view(view),
                name=f"reviews_review_{name.replace('-', '_')}",
            )
            for name, view in views.items()
        ]
        return ours + super().get_urls()

    def submit_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        review = self._to_change(request, object_id)
        if review is None:
            return self.missing(request, object_id)
        return self.confirm(
            request,
            review,
            Verb(
                title="Submit for review",
                button="Submit for review",
                statements=["The desk is told that the draft is ready. Readers see no difference."],
                obstacles=[] if review.status == Review.Status.DRAFT else ["Only a draft can be submitted."],
                act=lambda: _moved(
                    drafts.submit(review), "Submitted for review. Readers see it once somebody publishes it."
                ),
            ),
        )

    def hand_back_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        review = self._to_change(request, object_id)
        if review is None:
            return self.missing(request, object_id)
        return self.confirm(
            request,
            review,
            Verb(
                title="Back to draft",
                button="Back to draft",
                statements=["The review is a draft again. Readers see no difference."],
                obstacles=[]
                if review.status == Review.Status.IN_REVIEW
                else ["Only a review in review can go back."],
                act=lambda: _moved(
                    drafts.hand_back(review), "Back to draft. Submit it again when it is ready."
                ),
            ),
        )

    def publish_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        review = self.found(request, object_id, PUBLISH)
        if review is None:
            return self.missing(request, object_id)
        form = PublishForm(_posted(request), may_correct=publishing.has_been_public(review))
        is_open = form.is_bound and not form.is_valid()
        at: dt.datetime | None = None if is_open or not form.is_bound else form.cleaned_data["at"]
        plan = publishing.plan(review, at=at)
        found = obstacles(review)
        if review.rights_until and review.rights_until <= plan.visible_from:
            found.append("The rights end before the review would go up: change one of the two moments.")

        def act() -> str:
            edition = publishing.publish(review, at=at, note=form.correction())
            return f"Published: readers see it from {spoken(edition.visible_from)}."

        return self.confirm(
            request,
            review,
            Verb(
                title="Publish",
                button="Publish now" if plan.is_immediate else f"Publish for {spoken(plan.visible_from)}",
                statements=publication(review, plan, chosen=at),
                obstacles=found,
                obstacle_heading="Before it can be published",
                form=form,
                version=_version(review),
                is_open=is_open,
                act=act,
            ),
        )

    def retime_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        review = self.found(request, object_id, PUBLISH)
        if review is None:
            return self.missing(request, object_id)
        form = RetimeForm(_posted(request))
        at: dt.datetime | None = form.cleaned_data["at"] if form.is_bound and form.is_valid() else None
        pending = publishing.pending_edition(review)
        statements = []
        if pending and at:
            review.film = pending.film  # What waits is held by the embargoes of the film it is about.
            plan = publishing.plan(review, at=at)
            statements = publication(review, plan, chosen=at, of=pending)

        def act() -> str:
            assert at is not None  # The page is open until a moment was typed.
            edition = publishing.retime(review, at)
            return f"Re-timed: readers see it from {spoken(edition.visible_from)}."

        return self.confirm(
            request,
            review,
            Verb(
                title="Re-time",
                button="Re-time",
                statements=statements,
                obstacles=[] if pending else ["Nothing is waiting to go up: publish the review instead."],
                form=form,
                is_open=at is None,
                act=act,
            ),
        )

    def unschedule_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        review = self.found(request, object_id, PUBLISH)
        if review is None:
            return self.missing(request, object_id)
        pending, live = publishing.pending_edition(review), publishing.live_edition(review)
        statements = []
        if pending:
            statements.append(
                f"The edition that was to go up on {spoken(pending.visible_from)} does not go up."
            )
            statements.append(
                "The live edition stays as it is."
                if live
                else "Readers do not see the review, before or after."
            )

        def act() -> str:
            publishing.unschedule(review)
            if live:
                return "The planned edition is cancelled. Readers keep the live edition."
            return "The planned edition is cancelled. Readers do not see the review; publish it when it is ready."

        return self.confirm(
            request,
            review,
            Verb(
                title="Cancel the planned edition",
                button="Cancel the planned edition",
                statements=statements,
                obstacles=[] if pending else ["Nothing is waiting to go up."],
                is_destructive=True,
                act=act,
            ),
        )

    def withdraw_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        review = self.found(request, object_id, PUBLISH)
        if review is None:
            return self.missing(request, object_id)
        live, pending = publishing.live_edition(review), publishing.pending_edition(review)
        nothing = "Readers do not see this review, and nothing is waiting to go up."

        def act() -> str:
            publishing.withdraw(review)
            return "Withdrawn: readers do not see this review any more. Publish it again to bring it back."

        return self.confirm(
            request,
            review,
            Verb(
                title="Withdraw",
                button="Withdraw",
                statements=withdrawal(live, pending),
                obstacles=[] if live or pending else [nothing],
                is_destructive=True,
                act=act,
            ),
        )

    def _to_change(self, request: HttpRequest, object_id: str) -> Any:
        """A review that the account may change, or None where there is none. Raises PermissionDenied."""
        review = self.found(request, object_id, CHANGE)
        if review is not None and not self.has_change_permission(request, review):
            raise PermissionDenied
        return review


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _moved(is_done: bool, message: str) -> str:
    if not is_done:
        raise publishing.PublishingError(
            ["Somebody else was faster: reload the page to see where it stands."]
        )
    return message


def _version(review: Review) -> str:
    """A name for all that is saved of a review, so that nobody publishes what they have not read."""
    said = [getattr(review, name) for name in composition.CONTENT_FIELDS]
    said += sorted(review.tags.values_list("slug", flat=True))
    said += [(row.aspect_id, row.stance, row.evidence) for row in composition.judgements_of(review)]
    return hashlib.sha256(repr(said).encode()).hexdigest()
