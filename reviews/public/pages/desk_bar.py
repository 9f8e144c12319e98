"""The bar on a review's public page that links to the desk, for users who work there.

Readers' pages otherwise do not depend on the user; this reads the session only if there is a session cookie.
"""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.urls import reverse

from reviews.models.public.edition import Edition


@dataclass(frozen=True)
class DeskBar:
    """A GET of ``path`` leads to the review at the desk, a POST takes the review down.

    The button is shown if there is a ``csrf_token``, which is for one user: so a page with a bar is never cached.
    """

    path: str
    csrf_token: str = ""


def desk_bar_for(request: HttpRequest, edition: Edition) -> DeskBar | None:
    """The bar for the user of the request; None for readers, whose session is not loaded."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    by = request.user
    if not by.is_staff or not by.has_perm("reviews.edit_all_copy"):
        return None
    path = reverse("admin:reviews_review_takedown", args=[edition.review_uid])
    return DeskBar(path, get_token(request) if by.has_perm("reviews.withdraw_review") else "")
