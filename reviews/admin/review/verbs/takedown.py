"""Taking a review down in one step, from its public page."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern

from reviews.admin.parts import confirm
from reviews.admin.parts.account import account_of
from reviews.admin.parts.confirm import ConfirmPage
from reviews.admin.parts.pages import DeskPage, desk_url
from reviews.desk import permissions
from reviews.desk.permissions import EDIT_ALL, PERMISSIONS, Verb
from reviews.desk.verbs import withdrawing
from reviews.desk.verbs.locks import looked_at
from reviews.models import Review
from reviews.text import one_line

REASON_LENGTH = 300


class TakedownPage(DeskPage):
    """The only desk address with a review's uid: public pages do not know its key."""

    def urls(self) -> list[URLPattern]:
        return [self.at("takedown/<uuid:uid>/", "takedown", self.takedown)]

    def takedown(self, request: HttpRequest, uid: UUID) -> HttpResponse:
        """Redirect to the review's form; a POST first takes the review down, without a public note.

        A user without permission gets the same response whether or not the review exists.
        """
        is_posted = request.method == "POST"
        if not request.user.has_perm(EDIT_ALL) or (
            is_posted and not request.user.has_perm(PERMISSIONS[Verb.WITHDRAW])
        ):
            raise PermissionDenied
        review = Review.objects.with_nouns().filter(uid=uid).first()
        if review is None:
            raise Http404
        if is_posted:
            self._take_down(request, review)
        return HttpResponseRedirect(desk_url("change", review))

    def _take_down(self, request: HttpRequest, review: Any) -> None:
        by = account_of(request)
        # Urgent: a reason that is too long is cut instead of refused.
        because = " ".join(one_line(request.POST.get("because", "")).split())[:REASON_LENGTH]

        def act() -> str:
            with looked_at(review) as outlook:
                permissions.require(Verb.WITHDRAW, outlook, by)
                withdrawing.withdraw(review, because=because, by=by)
            return "Taken down: readers find no trace of it. It can be explained in public, or reinstated."

        page = ConfirmPage("Take down", "Take down", act)
        message, obstacles = confirm.perform(self.desk, request, review, page)
        if message:
            self.desk.message_user(request, message, messages.SUCCESS)
        for obstacle in obstacles:
            self.desk.message_user(request, obstacle, messages.WARNING)
