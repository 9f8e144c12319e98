"""Addresses of the time machine: a moment, and then the path of a readers' page."""

import datetime as dt

from django.urls import register_converter, reverse

from reviews.desk.dates import FIRST_YEAR, LAST_YEAR

_TO_THE_SECOND, _EXACT = "%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%dT%H:%M:%S.%fZ"


class MomentConverter:
    """A moment in UTC, spelled in one way: ``2025-06-06T12:00:00Z``, with six more digits if it has microseconds."""

    regex = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{6})?Z"

    def to_python(self, value: str) -> dt.datetime:
        spelled = _EXACT if "." in value else _TO_THE_SECOND
        moment = dt.datetime.strptime(value, spelled).replace(tzinfo=dt.UTC)
        if not FIRST_YEAR <= moment.year <= LAST_YEAR or self.to_url(moment) != value:
            raise ValueError
        return moment

    def to_url(self, value: dt.datetime) -> str:
        moment = value.astimezone(dt.UTC)
        return moment.strftime(_EXACT if moment.microsecond else _TO_THE_SECOND)


class PageConverter:
    """The rest of an address: the path of a readers' page without its first slash; empty for the front page."""

    regex = ".*"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(MomentConverter, "moment")
register_converter(PageConverter, "page")


def prefix_of(at: dt.datetime) -> str:
    """What comes before a readers' path, to read it as of a moment: ``/admin/time/2025-06-06T12:00:00Z``."""
    return reverse("admin:desk_as_of", args=[at, ""]).removesuffix("/")


def as_of(at: dt.datetime, path: str) -> str:
    """The address of a readers' page, which may have a query, as of a moment."""
    return prefix_of(at) + path
