"""Bulk actions of the list: each review is checked and handled as on its own page."""

import hashlib
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from reviews.admin.parts import confirm
from reviews.admin.parts.account import account_of
from reviews.admin.parts.confirm import ConfirmPage
from reviews.admin.parts.pages import desk_page
from reviews.admin.review.verbs.forms import PublishForm
from reviews.admin.review.verbs.routes import page_of
from reviews.admin.review.verbs.workflow_forms import ReturnForm
from reviews.desk import permissions
from reviews.desk.document.fields import nouns
from reviews.desk.outlook import Outlook, outlooks_of
from reviews.desk.permissions import Verb
from reviews.desk.verbs.locks import locked_reviews
from reviews.models import Review

AT_ONCE = 100
"""The most reviews of a bulk action: as many as a person can check."""


@dataclass(frozen=True)
class Chosen:
    """A selected review, with what the verb would do or why it cannot."""

    review: Review
    says: list[str]
    obstacles: list[str]
    page: ConfirmPage


@admin.action(permissions=["change"], description="Submit the chosen reviews…")
def submit_chosen(desk: Any, request: HttpRequest, chosen: QuerySet[Review]) -> HttpResponse | None:
    return _together(desk, request, chosen, Verb.SUBMIT, "Submit")


@admin.action(permissions=["approve"], description="Return the chosen reviews with a note…")
def return_chosen(desk: Any, request: HttpRequest, chosen: QuerySet[Review]) -> HttpResponse | None:
    return _together(desk, request, chosen, Verb.RETURN, "Return")


@admin.action(permissions=["approve"], description="Approve the chosen reviews…")
def approve_chosen(desk: Any, request: HttpRequest, chosen: QuerySet[Review]) -> HttpResponse | None:
    return _together(desk, request, chosen, Verb.APPROVE, "Approve")


ACTIONS = (submit_chosen, return_chosen, approve_chosen)
"""The actions of the list. Each shows a page that states what would happen to every selected review."""


def _together(
    desk: Any, request: HttpRequest, chosen: QuerySet[Review], verb: Verb, label: str
) -> HttpResponse | None:
    """Show what would happen to each; or do it, if that is posted back and still true under their locks."""
    count = chosen.count()
    if count > AT_ONCE:
        desk.message_user(
            request,
            f"Nothing was done: you selected {count} reviews. Select {AT_ONCE} at most, and repeat for the rest.",
            messages.ERROR,
        )
        return None
    if missing := _missing(request, chosen):
        desk.message_user(request, missing, messages.WARNING)
    if "stated" not in request.POST:
        reviews = chosen.select_related(*nouns()).order_by("sequence")
        return _answered(desk, request, outlooks_of(reviews), verb, label)
    with locked_reviews(list(chosen.values_list("pk", flat=True))) as outlooks:
        return _answered(desk, request, outlooks, verb, label)


def _answered(
    desk: Any, request: HttpRequest, outlooks: list[Outlook], verb: Verb, label: str
) -> HttpResponse | None:
    posted = request.POST if "stated" in request.POST else None
    form = _form_of(verb, posted)
    is_answered = form is None or (form.is_bound and form.is_valid())
    each = [_look(request, outlook, verb, posted if is_answered else None) for outlook in outlooks]
    ready = [one for one in each if not one.obstacles]
    said = "\n".join(f"{one.review.pk} {one.page.stated}" for one in ready)
    stated = hashlib.sha256(said.encode()).hexdigest()[:32]
    if posted is not None and is_answered and ready and request.POST["stated"] == stated:
        _do(desk, request, ready, each)
        return None
    context = {
        "action": request.POST.get("action"),
        "label": label,
        "each": each,
        "is_ready": bool(ready),
        "form": form,
        "stated": stated,
        "is_stale": bool(posted and posted["stated"]) and is_answered,
        "media": desk.media + (form.media if form else forms.Media()),
    }
    title = f"{label} {len(outlooks)} review{'' if len(outlooks) == 1 else 's'}"
    return desk_page(desk, request, "admin/reviews/review/chosen.html", title, None, context)


def _look(request: HttpRequest, outlook: Outlook, verb: Verb, posted: Any) -> Chosen:
    page = page_of(verb, outlook, account_of(request), posted)
    found = list(page.obstacles)
    if page.form and page.form.is_bound and not page.form.is_valid():
        found += [str(error) for errors in page.form.errors.values() for error in errors]
    if verb is Verb.APPROVE and (objection := permissions.objection(verb, outlook)):
        found = [objection]
    return Chosen(outlook.review, [page.says] if page.says else list(page.statements), found, page)


def _do(desk: Any, request: HttpRequest, ready: list[Chosen], each: list[Chosen]) -> None:
    """Do it review by review: one that is refused does not stop the others."""
    left = [one for one in each if one.obstacles]
    for one in ready:
        message, obstacles = confirm.perform(desk, request, one.review, one.page)
        if obstacles:
            desk.message_user(request, f"“{one.review}”: {' '.join(obstacles)}", messages.ERROR)
        else:
            desk.message_user(request, f"“{one.review}”: {message}", messages.SUCCESS)
    if left:
        desk.message_user(
            request, f"{len(left)} of {len(each)} reviews were left as they are.", messages.WARNING
        )


def _missing(request: HttpRequest, chosen: QuerySet[Review]) -> str:
    """A sentence that says how many of the selected reviews have left the list; empty if none has."""
    if request.POST.get("select_across", "0") != "0":
        return ""
    asked = set(request.POST.getlist(ACTION_CHECKBOX_NAME))
    count = len(asked - {str(key) for key in chosen.values_list("pk", flat=True)})
    if not count:
        return ""
    are, them = ("is", "it") if count == 1 else ("are", "them")
    return f"{count} of the reviews you selected {are} no longer in this list: somebody has changed or deleted {them}."


def _form_of(verb: Verb, posted: Any) -> forms.Form | None:
    if verb is Verb.RETURN:
        return ReturnForm(posted)
    return PublishForm(posted) if verb is Verb.APPROVE else None
