"""Error pages. They work even if the database or the static files do not.

Most need neither. The 404 page uses the site's layout if it can be rendered; the 410 page of a withdrawn review always
does.
"""

import logging
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.translation import gettext as _

from reviews import clock
from reviews.models.prepared import Prepared
from reviews.models.public.correction import Correction
from reviews.models.public.edition import Edition
from reviews.public.addresses import moved_or_404, withdrawal_at
from reviews.public.pages.page import Page, render_page

LATEST_REVIEWS = 3
TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)

logger = logging.getLogger(__name__)

# Used if the templates themselves fail.
_BARE = """<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><title>Something went wrong</title></head>
<body><main><h1>Something went wrong</h1><p>The fault is ours. Please try again in a few minutes.</p></main></body>
</html>
"""


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: an invalid request; or 413: a request that is too large."""
    return _error_page(413 if isinstance(exception, TOO_MUCH) else 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: a page that this user may not see."""
    return _error_page(403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form without a valid CSRF token (``settings.CSRF_FAILURE_VIEW``)."""
    return _error_page(403, is_form=True)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: the same page for every address, whether there was never anything, or not yet, or no longer."""
    try:
        page = Page("", _("Nothing to see at this address"), is_error=True)
        return render_page("reviews/page_not_found.html", page, {"latest": _latest(clock.now())}, status=404)
    except Exception:  # Whatever fails, the static page can be sent.
        logger.exception("The page that says so could not be made.")
        response = _error_page(404)
        response.headers["Cache-Control"] = "no-store"  # The next reader may see the page itself.
        return response


_latest = Prepared(lambda at: Edition.objects.public(at).newest_first().for_cards()[:LATEST_REVIEWS])


def nothing_public(request: HttpRequest, slug: str) -> HttpResponse:
    """410 if this slug's review was withdrawn with a note, else a redirect to its new address. Raises Http404."""
    note = withdrawal_at(request, slug)
    return review_withdrawn(note) if note else moved_or_404(request, slug)


def review_withdrawn(note: Correction) -> HttpResponse:
    """410: a review was withdrawn, and why. Nothing of its content is repeated."""
    page = Page("", _("This review was withdrawn"), is_error=True)
    return render_page("reviews/review_withdrawn.html", page, {"correction": note}, status=410)


def busy(typed: Sequence[tuple[str, list[str]]] = ()) -> HttpResponse:
    """503: the site is too busy; retry in a moment. ``typed`` is a form that the page offers to send again."""
    response = _error_page(503, typed=typed)
    response.headers["Retry-After"] = "2"
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """500: an error on our side."""
    try:
        return _error_page(500)
    except Exception:  # Whatever fails, the visitor gets a page. The first error is already in the log.
        return HttpResponse(_BARE, status=500)


def _error_page(status: int, **said: Any) -> HttpResponse:
    context = _files() | said
    return HttpResponse(render_to_string(f"{status}.html", context), status=status)


def _files() -> dict[str, Any]:
    """The addresses of style sheets and font; none if the manifest of static files is missing or broken."""
    try:
        return {
            "stylesheets": [static("css/site.css"), static("css/lists.css")],
            "font": static("fonts/piazzolla-roman.woff2"),
            "icon": static("img/favicon.svg"),
        }
    except (ValueError, OSError):
        return {"stylesheets": [], "font": "", "icon": ""}
