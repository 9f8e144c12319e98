"""Signing in to save: what is sent after its writer was signed out is asked for a name, and saved all the same."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse

from reviews.admin.site.sign_in_form import SignInForm

CREDENTIALS = ("username", "password", "_sign_in", "csrfmiddlewaretoken")
WRITTEN_IN = ("reviews_review_add", "reviews_review_change")
"""The pages on which people write for so long that they may be signed out meanwhile."""

LONGEST_KEPT = 400_000
"""Characters that the page keeps: twice the longest copy. Without a limit, the site would return any amount."""


def is_left_outside(request: HttpRequest) -> bool:
    """Whether this is a form of writing that is sent by nobody who is signed in."""
    match = request.resolver_match
    return (
        request.method == "POST"
        and not request.user.is_authenticated
        and match is not None
        and match.url_name in WRITTEN_IN
    )


def sign_in_to_save(
    request: HttpRequest, context: dict[str, Any], go_on: Callable[[], HttpResponseBase]
) -> HttpResponseBase:
    """Ask who it is, with all that was typed in the page; then go on with it, as whoever that is."""
    typed = [(name, values) for name, values in request.POST.lists() if name not in CREDENTIALS]
    is_too_long = sum(len(name) + len(value) for name, values in typed for value in values) > LONGEST_KEPT
    is_answer = "_sign_in" in request.POST and not is_too_long
    form = SignInForm(request, data=request.POST if is_answer else None)
    if is_answer and form.is_valid():
        login(request, form.get_user())
        return go_on()
    answer: HttpResponse = TemplateResponse(
        request,
        "admin/sign_in_to_save.html",
        {
            **context,
            "title": "Sign in to save",
            "form": form,
            "typed": [] if is_too_long else typed,
            "is_too_long": is_too_long,
        },
        status=413 if is_too_long else 403,
    )
    return answer
