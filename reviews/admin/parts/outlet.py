"""The outlet of a request, for the desk's pages."""

from django.http import HttpRequest

from reviews.models import Outlet


def outlet_of(request: HttpRequest) -> Outlet:
    """The outlet, read once for a request. Verbs read it again under their lock."""
    found: Outlet | None = getattr(request, "_outlet", None)
    if found is None:
        found = Outlet.objects.current()
        request._outlet = found  # type: ignore[attr-defined]
    return found
