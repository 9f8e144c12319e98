"""The bar over a review's public page that leads to the desk, for those who work there.

Nothing else on readers' pages knows who asks, and this looks only where somebody has been signed in.
"""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.urls import reverse

from reviews.models.public.edition import Edition


@dataclass(frozen=True)
class DeskBar:
    """``path`` leads to the review at the desk, and takes it down where it is posted to.

    That is offered where there is a ``csrf_token``, which is for this reader alone: a page with a bar is never kept.
    """

    path: str
    csrf_token: str = ""


def desk_bar_for(request: HttpRequest, edition: Edition) -> DeskBar | None:
    """The bar for whoever asks; none for readers, whose session is not even looked at."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    by = request.user
    if not by.is_staff or not by.has_perm("reviews.edit_all_copy"):
        return None
    path = reverse("admin:reviews_review_takedown", args=[edition.review_uid])
    return DeskBar(path, get_token(request) if by.has_perm("reviews.withdraw_review") else "")
