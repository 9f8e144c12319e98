"""The outlet, as the pages of the desk are headed."""

from django.http import HttpRequest

from reviews.models import Outlet


def outlet_of(request: HttpRequest) -> Outlet:
    """The outlet as it was when a request came, read once. What a verb decides by is read under its lock instead."""
    found: Outlet | None = getattr(request, "_outlet", None)
    if found is None:
        found = Outlet.objects.current()
        request._outlet = found  # type: ignore[attr-defined]
    return found
