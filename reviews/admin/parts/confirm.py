"""Confirm pages: a verb says exactly what it will do, and does it only if that is still true when it is confirmed."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from reviews.admin.parts.typing import ModelAdmin
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


class ConfirmMixin(ModelAdmin):
    """Views of verbs beside the change form."""

    confirm_template = "admin/reviews/confirm.html"

    def found(self, request: HttpRequest, object_id: str, permission: str) -> Any:
        """The object a verb is about, or None where there is none. Raises PermissionDenied."""
        if not request.user.has_perm(permission):
            raise PermissionDenied
        found = self.get_object(request, object_id)
        if found is not None and not self.has_view_permission(request, found):
            raise PermissionDenied
        return found

    def missing(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Django's own answer to an object that is not there."""
        return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[attr-defined, no-any-return]

    def change_url(self, obj: Model) -> str:
        return self.verb_url("change", obj)

    def verb_url(self, route: str, obj: Model) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{route}", args=[obj.pk])

    def perform(self, request: HttpRequest, obj: Model, verb: ConfirmPage) -> tuple[str, list[str]]:
        """Do it; what to say of it, and what stood in the way after all."""
        try:
            message = verb.act()
        except PublishingError as error:
            return "", error.reasons
        except EmbargoError as error:
            return "", [str(error)]
        self.log_change(request, obj, message)
        return message, []

    def held(self, obj: Any) -> AbstractContextManager[Any]:
        """Hold the lock that the object's verbs rely on; yields the object as it is saved. Raises Gone."""
        raise NotImplementedError

    def confirm(self, request: HttpRequest, obj: Model, look: Callable[[Any], ConfirmPage]) -> HttpResponse:
        """Show a verb's page; or do it, where what the page stated is posted back and still holds.

        ``look`` makes the page of the object as it is saved. A POST is compared with a page that is made under
        the lock, so that nobody can change what it states between the comparison and the verb.
        """
        if request.method != "POST":
            return self._page_of(request, obj, look(obj))
        try:
            with self.held(obj) as fresh:
                return self._answered(request, fresh, look(fresh))
        except Gone:
            return self.missing(request, str(obj.pk))

    def _answered(self, request: HttpRequest, obj: Model, verb: ConfirmPage) -> HttpResponse:
        obstacles, is_stale = list(verb.obstacles), False
        is_valid = verb.form is None or not verb.form.is_bound or verb.form.is_valid()
        if is_valid and not obstacles and not verb.is_open:
            if verb.leads_to:
                return HttpResponseRedirect(self.verb_url(verb.leads_to, obj))
            is_stale = request.POST.get("stated") != verb.stated
            if not is_stale:
                message, obstacles = self.perform(request, obj, verb)
                if not obstacles:
                    self.message_user(request, message, messages.SUCCESS)
                    return HttpResponseRedirect(self.change_url(verb.lands_on() if verb.lands_on else obj))
        return self._page_of(request, obj, replace(verb, obstacles=obstacles), is_stale=is_stale)

    def _page_of(
        self, request: HttpRequest, obj: Model, verb: ConfirmPage, *, is_stale: bool = False
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": verb.title,
            "subtitle": None,
            "opts": self.opts,
            "original": obj,
            "change_url": self.change_url(obj),
            "media": self.media + (verb.form.media if verb.form else forms.Media()),
            "verb": verb,
            "statements": [] if verb.is_open else list(verb.statements),
            "obstacles": list(verb.obstacles),
            "is_stale": is_stale,
        }
        return TemplateResponse(request, self.confirm_template, context)
