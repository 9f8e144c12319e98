"""Confirm pages: a page states what an action will do; the action runs only if that is still true when confirmed."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from reviews.admin.parts.pages import DeskPage, desk_page, desk_url
from reviews.desk.document.comparison import FieldChange
from reviews.desk.permissions import PublishingError
from reviews.desk.verbs.embargoes import EmbargoError
from reviews.desk.verbs.locks import Gone


@dataclass(frozen=True)
class ConfirmPage:
    """One confirm page.

    ``statements`` say what will happen, ``obstacles`` why it cannot (one sentence each). ``act`` does it and returns
    the success message; it may raise PublishingError or EmbargoError. ``version`` identifies whatever else the page
    showed. Afterwards the user is redirected to the page ``lands_at`` of the object that ``lands_on`` returns (default:
    the same). ``comparison`` is what it changes, before and after (default: for readers). ``is_open``: the form still
    lacks what is needed to state what will happen. ``says`` is the sentence beside a button that acts at once;
    ``leads_to`` names another verb's page to redirect to, if the answers ask for it.
    """

    title: str
    button: str
    act: Callable[[], str]
    statements: Iterable[str] = ()
    obstacles: Iterable[str] = ()
    form: forms.Form | None = None
    version: str = ""
    lands_on: Callable[[], Model] | None = None
    lands_at: str = "change"
    is_open: bool = False
    is_destructive: bool = False
    obstacle_heading: str = "This stands in the way"
    comparison: Sequence[FieldChange] = ()
    comparison_heading: str = "What readers see, before and after"
    says: str = ""
    leads_to: str = ""

    @property
    def stated(self) -> str:
        """A digest of all that the page states."""
        return hashlib.sha256("\n".join([*self.statements, self.version]).encode()).hexdigest()[:32]


class ActionPages(DeskPage):
    """Pages that do something with an object once the user confirms what the page states."""

    def seen(self, obj: Any) -> Any:
        """What the page is made from on a GET; by default the object."""
        return obj

    def held(self, obj: Any) -> AbstractContextManager[Any]:
        """Take the lock that the actions need; yields the same as ``seen``, as saved now. Raises Gone."""
        raise NotImplementedError

    def object_in(self, seen: Any) -> Model:
        """The object in what the page is made from."""
        return cast(Model, seen)

    def confirm(self, request: HttpRequest, obj: Model, look: Callable[[Any], ConfirmPage]) -> HttpResponse:
        """Show a confirm page; or do what it states, if that is posted back and still true.

        ``look`` makes the page from ``seen``. A POST is compared with a page that is made under the lock, so that
        nobody can change what it states between the comparison and the action.
        """
        if request.method != "POST":
            return self._page_of(request, obj, look(self.seen(obj)))
        try:
            with self.held(obj) as seen:
                return self._answered(request, self.object_in(seen), look(seen))
        except Gone:
            return self.missing(request, str(obj.pk))

    def _answered(self, request: HttpRequest, obj: Model, page: ConfirmPage) -> HttpResponse:
        obstacles, is_stale = list(page.obstacles), False
        is_valid = page.form is None or not page.form.is_bound or page.form.is_valid()
        if is_valid and not obstacles and not page.is_open:
            if page.leads_to:
                return HttpResponseRedirect(desk_url(page.leads_to, obj))
            is_stale = request.POST.get("stated") != page.stated
            if not is_stale:
                message, obstacles = perform(self.desk, request, obj, page)
                if not obstacles:
                    self.desk.message_user(request, message, messages.SUCCESS)
                    return HttpResponseRedirect(
                        desk_url(page.lands_at, page.lands_on() if page.lands_on else obj)
                    )
        return self._page_of(request, obj, replace(page, obstacles=obstacles), is_stale=is_stale)

    def _page_of(
        self, request: HttpRequest, obj: Model, page: ConfirmPage, *, is_stale: bool = False
    ) -> HttpResponse:
        context = {
            "media": self.desk.media + (page.form.media if page.form else forms.Media()),
            "verb": page,
            "statements": [] if page.is_open else list(page.statements),
            "obstacles": list(page.obstacles),
            "is_stale": is_stale,
        }
        return desk_page(self.desk, request, "admin/reviews/confirm.html", page.title, obj, context)


def perform(desk: Any, request: HttpRequest, obj: Model, page: ConfirmPage) -> tuple[str, list[str]]:
    """Do what a page states. Returns the message, and the reasons if it failed."""
    try:
        message = page.act()
    except PublishingError as error:
        return "", error.reasons
    except EmbargoError as error:
        return "", [str(error)]
    desk.log_change(request, obj, message)
    return message, []
