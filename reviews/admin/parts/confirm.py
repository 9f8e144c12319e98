"""Confirm pages: a verb says exactly what it will do, and does it only if that is still true when it is confirmed."""

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
from reviews.desk.rules import PublishingError
from reviews.desk.verbs.embargoes import EmbargoError
from reviews.desk.verbs.locks import Gone


@dataclass(frozen=True)
class ConfirmPage:
    """One confirm page.

    ``statements`` say what will happen, ``obstacles`` what stands in the way (one sentence each). ``act`` does it
    and gives the message that says so; it may raise PublishingError or EmbargoError. ``version`` is
    whatever else the person has read and agrees to; ``lands_on`` gives the object to go on with (default: the same).
    ``comparison`` is what it changes, before and after (default: for readers).
    Where ``is_open`` the form has not said enough to state what will happen. ``says`` is the one sentence beside a
    button that does it at once; ``leads_to`` names another verb's page, where the answers ask for that instead.
    """

    title: str
    button: str
    act: Callable[[], str]
    statements: Iterable[str] = ()
    obstacles: Iterable[str] = ()
    form: forms.Form | None = None
    version: str = ""
    lands_on: Callable[[], Model] | None = None
    is_open: bool = False
    is_destructive: bool = False
    obstacle_heading: str = "This stands in the way"
    comparison: Sequence[FieldChange] = ()
    comparison_heading: str = "What readers see, before and after"
    says: str = ""
    leads_to: str = ""

    @property
    def stated(self) -> str:
        """A short name for all that the page states."""
        return hashlib.sha256("\n".join([*self.statements, self.version]).encode()).hexdigest()[:32]


class ActionPages(DeskPage):
    """Pages on which something is done with an object, once what the page states is confirmed."""

    def seen(self, obj: Any) -> Any:
        """What a page is made of that is only opened; by default the object."""
        return obj

    def held(self, obj: Any) -> AbstractContextManager[Any]:
        """Hold the lock that the actions rely on; yields the same, as it is saved now. Raises Gone."""
        raise NotImplementedError

    def object_in(self, seen: Any) -> Model:
        """The object in what a page is made of."""
        return cast(Model, seen)

    def confirm(self, request: HttpRequest, obj: Model, look: Callable[[Any], ConfirmPage]) -> HttpResponse:
        """Show a confirm page; or do what it states, where that is posted back and still holds.

        ``look`` makes the page of what is saved (``seen``). A POST is compared with a page that is made under the lock,
        so that nobody can change what it states between the comparison and the action.
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
                    return HttpResponseRedirect(desk_url("change", page.lands_on() if page.lands_on else obj))
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
    """Do what a page states; what to say of it, and what stood in the way after all."""
    try:
        message = page.act()
    except PublishingError as error:
        return "", error.reasons
    except EmbargoError as error:
        return "", [str(error)]
    desk.log_change(request, obj, message)
    return message, []
