"""Error pages. They stand even where the database or the static files are not in order.

Most need neither; that nothing is at an address is said in the site's own frame, if it can be, and that a review was
withdrawn always is.
"""

import logging
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.translation import gettext as _

from reviews.models.public.correction import Correction
from reviews.models.public.edition import Edition
from reviews.public.addresses import moved_or_404, withdrawal_at
from reviews.public.pages.page import Page, render_page

LATEST_REVIEWS = 3
TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)

logger = logging.getLogger(__name__)

# The last resort, for when templates themselves are broken.
_BARE = """<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><title>Something went wrong</title></head>
<body><main><h1>Something went wrong</h1><p>The fault is ours. Please try again in a few minutes.</p></main></body>
</html>
"""


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: a request that makes no sense; or 413: one that is too large to be read."""
    return _error_page(413 if isinstance(exception, TOO_MUCH) else 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: a page that this reader may not see."""
    return _error_page(403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form that came without the proof that it is ours (``settings.CSRF_FAILURE_VIEW``)."""
    return _error_page(403, is_form=True)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: nothing there, whether there never was, is no more or is not yet. The same page for every address."""
    try:
        latest = Edition.objects.public().newest_first().for_cards()[:LATEST_REVIEWS]
        page = Page("", _("Nothing to see at this address"), is_error=True)
        return render_page("reviews/page_not_found.html", page, {"latest": list(latest)}, status=404)
    except Exception:  # Whatever is broken: that there is nothing can be said without it.
        logger.exception("The page that says so could not be made.")
        return _error_page(404)


def nothing_public(request: HttpRequest, slug: str) -> HttpResponse:
    """The answer where nothing public has this slug: 410 with a note, or on to where it moved. Raises Http404."""
    note = withdrawal_at(request, slug)
    return review_withdrawn(note) if note else moved_or_404(request, slug)


def review_withdrawn(note: Correction) -> HttpResponse:
    """410: a review that was withdrawn, and why. Nothing that it said is repeated."""
    page = Page("", _("This review was withdrawn"), is_error=True)
    return render_page("reviews/review_withdrawn.html", page, {"correction": note}, status=410)


def busy(typed: Sequence[tuple[str, list[str]]] = ()) -> HttpResponse:
    """503: too much at once; the same again in a moment. ``typed`` is a form that can be sent again from the page."""
    response = _error_page(503, typed=typed)
    response.headers["Retry-After"] = "2"
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """500: a fault of ours."""
    try:
        return _error_page(500)
    except Exception:  # Whatever is broken, the visitor gets a page; the log has the first fault already.
        return HttpResponse(_BARE, status=500)


def _error_page(status: int, **said: Any) -> HttpResponse:
    context = _files() | said
    return HttpResponse(render_to_string(f"{status}.html", context), status=status)


def _files() -> dict[str, Any]:
    """The addresses of stylesheets and font; none where the manifest of static files is missing or broken."""
    try:
        return {
            "stylesheets": [static("css/house.css"), static("css/lists.css")],
            "font": static("fonts/piazzolla-roman.woff2"),
        }
    except (ValueError, OSError):
        return {"stylesheets": [], "font": ""}
