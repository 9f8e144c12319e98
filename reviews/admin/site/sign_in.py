"""Signing in to save: a form that is posted after its writer was signed out is saved once they sign in."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse

from reviews.admin.site.sign_in_form import SignInForm

CREDENTIALS = ("username", "password", "_sign_in", "csrfmiddlewaretoken")
WRITTEN_IN = ("reviews_review_add", "reviews_review_change")
"""The pages on which people write long enough to be signed out meanwhile."""

LONGEST_KEPT = 400_000
"""The most characters that the page returns: twice the longest copy."""


def is_left_outside(request: HttpRequest) -> bool:
    """Whether this is a POST of a writing form without a signed-in user."""
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
    """Ask for name and password, with all that was typed in the page; then save it as that user."""
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
