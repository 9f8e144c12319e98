"""The ``Surrogate-Key`` of public answers, where a CDN in front is asked to drop pages by it."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from reviews.rules.surrogate_keys import keys_of_page


def name_things(request: HttpRequest, response: HttpResponse) -> None:
    """Say which things an answer names: by its own address, and by the addresses in it. Nothing without a CDN."""
    if not settings.CDN_PURGE_URL:
        return
    is_text = response.headers.get("Content-Type", "").startswith(("text/", "application/"))
    content = response.content if is_text else b""
    location = response.headers.get("Location", "")
    is_there = response.status_code not in (404, 410)
    keys = keys_of_page(request.path_info, content, location=location, is_there=is_there)
    response.headers["Surrogate-Key"] = " ".join(keys)
