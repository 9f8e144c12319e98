"""Previews of a review's public page: as saved, as of a moment, and as typed."""

from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.loader import render_to_string
from django.urls import URLPattern
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods

from reviews.admin.parts.account import account_of
from reviews.admin.parts.moments.asked import MomentForm, asked_in
from reviews.admin.parts.pages import DeskPage, desk_page, desk_url
from reviews.admin.parts.pictures import addressed_at_the_desk
from reviews.admin.review.preview.moment import COPY, seen_at
from reviews.admin.review.preview.typed_copy import TypedCopy, copy_of
from reviews.admin.review.saving.form import SavingMixin
from reviews.admin.review.saving.page import as_query
from reviews.desk import time_machine
from reviews.desk.dates import moment_in_words
from reviews.desk.document.composition import Composition
from reviews.desk.outlook import outlook_of
from reviews.desk.pictures.files import pictures_in
from reviews.desk.visible_to import visible_to
from reviews.models import Autosave, Review
from reviews.public.pages.page import Page, render_page
from reviews.public.pages.reviews import review_page
from reviews.rules import ratings

SAVED = "This is what is saved. Readers see only what is published."
TYPED = "This is what is typed. It is not saved, and readers do not see it."


class PreviewPages(DeskPage):
    """The public page and style, in its own window or in a frame beside the form. Writes nothing."""

    desk: SavingMixin

    def urls(self) -> list[URLPattern]:
        shown_or_sent = require_http_methods(["GET", "HEAD", "POST"])
        return [
            self.at("preview/typed/", "typed_new", shown_or_sent(self.typed)),
            self.at("<path:object_id>/preview/typed/", "typed", shown_or_sent(self.typed)),
            self.at("<path:object_id>/preview/", "preview", self.preview),
        ]

    # -- As saved, now or at a moment ---------------------------------------------------------------------------

    def preview(self, request: HttpRequest, object_id: str) -> HttpResponse:
        review: Review | None = self.found(request, object_id, "reviews.view_review")
        if review is None:
            return self.missing(request, object_id)
        form = asked_in(request.GET)
        try:
            if form.is_bound and form.is_valid():
                return self._at_a_moment(request, review, form)
            banner = self._banner(review, [SAVED], form=form)
            return _page(request, outlook_of(review).compose(), banner)
        except ratings.RatingError as error:
            return self._unshowable(request, review, str(error))

    def _at_a_moment(self, request: HttpRequest, review: Review, form: MomentForm) -> HttpResponse:
        at = form.cleaned_data["at"]
        asks_for_copy = request.GET.get("show") == COPY
        with time_machine.reading_at(at, account_of(request)):
            then = seen_at(review, copy=asks_for_copy)
            says = [f"As of {moment_in_words(at)}.", *then.says]
            banner = self._banner(review, says, form=form, is_copy=asks_for_copy)
            return _page(request, then.shown, banner)

    def _unshowable(self, request: HttpRequest, review: Review, reason: str) -> HttpResponse:
        return desk_page(
            self.desk,
            request,
            "admin/reviews/unshowable.html",
            "This cannot be shown yet",
            review,
            {"reason": reason},
        )

    # -- As typed -----------------------------------------------------------------------------------------------

    def typed(self, request: HttpRequest, object_id: str | None = None) -> HttpResponse:
        """The user's own unsaved text: posted, or autosaved last (``?kept=…``)."""
        review: Review | None = None
        if object_id is not None:
            review = self.found(request, object_id, "reviews.view_review")
            if review is None:
                return self.missing(request, object_id)
        elif not self.desk.has_add_permission(request):
            raise PermissionDenied
        by = account_of(request)
        form = self.desk.plain_form(request, review)
        byline = None if review or "critic" in form.base_fields else visible_to(by).byline
        posted = self._typed(request, review)
        typed = copy_of(posted, form, review, byline)
        what = SAVED if review and posted is None else TYPED
        banner = self._banner(review, [what, *typed.notes], is_beside="beside" in request.GET)
        return _unfinished(typed, banner) if typed.missing else _page(request, typed.compose(), banner)

    def _typed(self, request: HttpRequest, review: Review | None) -> QueryDict | None:
        if request.method == "POST":
            return request.POST
        try:
            form = UUID(request.GET.get("kept", ""))
        except ValueError:
            return None
        rows = Autosave.objects.typed().filter(owner=account_of(request), review=review, form=form)
        kept = rows.first()
        return as_query(kept.posted) if kept and kept.posted is not None else None

    def _banner(
        self,
        review: Review | None,
        says: list[str],
        *,
        form: MomentForm | None = None,
        is_copy: bool = False,
        is_beside: bool = False,
    ) -> SafeString:
        """The context of the preview's banner: explanation and links."""
        context = {
            "says": says,
            "form": form,
            "is_copy": is_copy,
            "is_beside": is_beside,
            "copy": COPY,
            "here": desk_url("preview", review) if review else "",
            "back": desk_url("change", review) if review else "",
        }
        return render_to_string("admin/reviews/includes/preview_banner.html", context)


def _page(request: HttpRequest, shown: Composition, banner: SafeString) -> HttpResponse:
    with addressed_at_the_desk():
        page = review_page(
            shown.edition,
            tags=shown.tags,
            judgements=shown.judgements,
            pictures=pictures_in(shown.edition, shown.pictures, account_of(request)),
            is_preview=True,
            banner=banner,
        )
    return _framed(page)


def _unfinished(typed: TypedCopy, banner: SafeString) -> HttpResponse:
    """The page shown while required fields are missing."""
    page = Page("", "Not a page yet", is_preview=True, banner=banner)
    response = render_page("admin/reviews/preview_unfinished.html", page, {"missing": typed.missing})
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return _framed(response)


def _framed(response: HttpResponse) -> HttpResponse:
    """Set the public Content-Security-Policy, but allow framing by the desk."""
    response._csp_config = settings.SECURE_CSP_PREVIEW  # type: ignore[attr-defined]
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response
