"""The verbs of a review: their URLs, from the form's buttons or from confirm pages."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern

from reviews.admin.parts import confirm
from reviews.admin.parts.account import account_of
from reviews.admin.parts.confirm import ActionPages, ConfirmPage
from reviews.admin.parts.messages import MessagesMixin
from reviews.admin.parts.pages import desk_url
from reviews.admin.review.verbs import pages
from reviews.admin.review.verbs.actions import DIRECT, ROUTES, Action, actions_of
from reviews.desk.outlook import Outlook, outlook_of
from reviews.desk.permissions import PERMISSIONS, Verb
from reviews.desk.verbs.locks import looked_at
from reviews.models import Review

PageOf = Callable[[Outlook, User, Any], ConfirmPage]
"""Makes a verb's page from a review's outlook, the user and the posted data (None for a GET)."""

PAGES: dict[str, tuple[Verb, PageOf]] = {
    "submit": (Verb.SUBMIT, pages.submit),
    "take_back": (Verb.TAKE_BACK, pages.take_back),
    "return": (Verb.RETURN, pages.give_back),
    "publish": (Verb.APPROVE, pages.publish),
    "retime": (Verb.RETIME, pages.retime),
    "unschedule": (Verb.CANCEL, pages.unschedule),
    "withdraw": (Verb.WITHDRAW, pages.withdraw),
    "explain": (Verb.EXPLAIN, pages.explain),
    "reinstate": (Verb.REINSTATE, pages.reinstate),
}
"""Route to the verb whose permission it needs, and its page."""


class VerbPages(ActionPages):
    """Submit, take back, return, approve and publish, re-time, cancel, withdraw, explain, reinstate."""

    def urls(self) -> list[URLPattern]:
        return [
            self.at(f"<path:object_id>/{route.replace('_', '-')}/", route, self._view_of(route))
            for route in PAGES
        ]

    def _view_of(self, route: str) -> Callable[..., HttpResponse]:
        verb, page = PAGES[route]

        def view(request: HttpRequest, object_id: str) -> HttpResponse:
            review = self.found(request, object_id, PERMISSIONS[verb])
            if review is None:
                return self.missing(request, object_id)
            posted = request.POST if request.method == "POST" else None
            return self.confirm(request, review, lambda outlook: page(outlook, account_of(request), posted))

        return view

    def seen(self, obj: Review) -> Outlook:
        return outlook_of(obj)

    def held(self, obj: Review) -> AbstractContextManager[Outlook]:
        return looked_at(obj)

    def object_in(self, seen: Outlook) -> Review:
        return seen.review


class VerbsMixin(MessagesMixin):
    """A form with buttons that save it and go on with a verb."""

    def verb_actions(self, request: HttpRequest, outlook: Outlook) -> list[Action]:
        """The actions of the panel."""
        by = account_of(request)
        return actions_of(outlook, by, lambda verb: page_of(verb, outlook, by))

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        """After a first save that a verb's button asked for: show the verb's page."""
        response = super().response_add(request, obj, post_url_continue)
        name = request.POST.get("_verb", "")
        return HttpResponseRedirect(desk_url(ROUTES[Verb(name)], obj)) if name in DIRECT else response

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """After a save that a verb's button asked for: do it, if what the button said still holds; or show its page."""
        name = request.POST.get("_verb", "")
        if name not in DIRECT:
            return super().response_change(request, obj)
        with looked_at(obj) as outlook:
            review, page = outlook.review, page_of(Verb(name), outlook, account_of(request))
            if request.POST.get(f"_stated_{name}") == page.stated and not list(page.obstacles):
                message, obstacles = confirm.perform(self, request, review, page)
                if not obstacles:
                    self.message_user(request, message, messages.SUCCESS)
                    return HttpResponseRedirect(desk_url("change", review))
                for obstacle in obstacles:
                    self.message_user(request, obstacle, messages.ERROR)
        self.message_user(request, self.once_saved(request, obj, is_new=False), messages.SUCCESS)
        return HttpResponseRedirect(desk_url(ROUTES[Verb(name)], review))


def page_of(verb: Verb, outlook: Outlook, by: User, posted: Any = None) -> ConfirmPage:
    """A verb's page for a user who only opens it."""
    _, page = PAGES[ROUTES[verb]]
    return page(outlook, by, posted)
