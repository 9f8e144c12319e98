"""Taking a review down in one step, from its public page."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path

from reviews.admin.parts.account import account_of
from reviews.admin.parts.confirm import ConfirmMixin, ConfirmPage
from reviews.desk import rules
from reviews.desk.rules import EDIT_ALL, PERMISSIONS, Verb
from reviews.desk.verbs import withdrawing
from reviews.desk.verbs.locks import locked_review
from reviews.models import Review
from reviews.text import clean_characters

REASON_LENGTH = 300


class TakedownMixin(ConfirmMixin):
    """The one address at the desk that names a review by its uid: readers' pages know no other name of it."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.takedown_view)
        return [path("takedown/<uuid:uid>/", view, name="reviews_review_takedown"), *super().get_urls()]

    def takedown_view(self, request: HttpRequest, uid: UUID) -> HttpResponse:
        """On to the review's form; where it is posted to, the review is taken down first, without a public note.

        Who may not is told so whether or not there is such a review.
        """
        is_posted = request.method == "POST"
        if not request.user.has_perm(EDIT_ALL) or (
            is_posted and not request.user.has_perm(PERMISSIONS[Verb.WITHDRAW])
        ):
            raise PermissionDenied
        review = Review.objects.select_related("film", "critic").filter(uid=uid).first()
        if review is None:
            raise Http404
        if is_posted:
            self._take_down(request, review)
        return HttpResponseRedirect(self.change_url(review))

    def _take_down(self, request: HttpRequest, review: Any) -> None:
        by = account_of(request)
        # It is in a hurry: a reason that is too long is cut, and nothing else about it stands in the way.
        because = " ".join(clean_characters(request.POST.get("because", "")).split())[:REASON_LENGTH]

        def act() -> str:
            with locked_review(review) as working:
                rules.require(Verb.WITHDRAW, working, by)
                withdrawing.withdraw(review, because=because, by=by)
            return "Taken down: readers find no trace of it. It can be explained in public, or reinstated."

        message, obstacles = self.perform(request, review, ConfirmPage("Take down", "Take down", act))
        if message:
            self.message_user(request, message, messages.SUCCESS)
        for obstacle in obstacles:
            self.message_user(request, obstacle, messages.WARNING)
