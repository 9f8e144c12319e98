"""Keyset pagination: an address says where a page begins, so rows added before it move nothing.

A cursor contains the sort key and uid of the last item on the previous page, whose row need not exist any more.
"""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.http import Http404, HttpRequest

M = TypeVar("M", bound=Model)
N = TypeVar("N", bound=Model)

PAGE_SIZE = 20

_MOMENT = "%Y%m%dT%H%M%S%fZ"
_BY_MOMENT = re.compile(r"(?P<key>[0-9]{8}T[0-9]{12}Z)-(?P<uid>[0-9a-f]{32})")
_BY_NAME = re.compile(r"(?P<uid>[0-9a-f]{32})-(?P<key>.{0,300})", re.DOTALL)


@dataclass(frozen=True)
class Slice(Generic[M]):
    """One page of a list. ``query`` leads to it (empty if first), ``next_query`` to the next one (empty if last)."""

    items: list[M]
    query: str
    next_query: str

    def of(self, thing: Callable[[M], N]) -> "Slice[N]":
        """The same page of something that each item has."""
        return Slice([thing(item) for item in self.items], self.query, self.next_query)


def newest_slice(
    rows: Callable[[dt.datetime | None], QuerySet[M]],
    request: HttpRequest,
    *,
    moment: str = "first_visible_from",
    uid: str = "review_uid",
    size: int = PAGE_SIZE,
) -> Slice[M]:
    """The page that ``?before=`` asks for, of a list ordered by a moment, newest first, then by uid.

    ``rows`` returns the list, without what is later than a moment if it is given one: an index is used with one bound
    only, so the list may not have two.

    Raises Http404 for an invalid cursor.
    """
    cursor = _cursor(request, "before", _BY_MOMENT, _parse_moment)
    at, after = cursor or (None, None)
    queryset = rows(at)
    if cursor:
        queryset = queryset.filter(Q(**{f"{moment}__lt": at}) | Q(**{moment: at, f"{uid}__gt": after}))
    spell = _speller(moment, uid, lambda at, own: f"{at.astimezone(dt.UTC):{_MOMENT}}-{own.hex}")
    return _cut(queryset.order_by(f"-{moment}", uid), request, "before", spell, size)


def alphabetical_slice(
    queryset: QuerySet[M], request: HttpRequest, *, key: str, size: int = PAGE_SIZE
) -> Slice[M]:
    """The page that ``?after=`` asks for, of a list ordered by a text column, then by uid.

    Raises Http404 for an invalid cursor.
    """
    cursor = _cursor(request, "after", _BY_NAME, str)
    if cursor:
        name, after = cursor
        queryset = queryset.filter(
            Q(**{f"{key}__gt": name}) | Q(**{key: name, "uid__gt": after}), **{f"{key}__gte": name}
        )
    spell = _speller(key, "uid", lambda name, own: f"{own.hex}-{name}")
    return _cut(queryset.order_by(key, "uid"), request, "after", spell, size)


def _cursor(
    request: HttpRequest, parameter: str, pattern: re.Pattern[str], parse: Callable[[str], Any]
) -> tuple[Any, UUID] | None:
    if parameter not in request.GET:
        return None
    found = pattern.fullmatch(request.GET[parameter])
    if found is None:
        raise Http404
    return parse(found["key"]), UUID(found["uid"])


def _parse_moment(text: str) -> dt.datetime:
    try:
        return dt.datetime.strptime(text, _MOMENT).replace(tzinfo=dt.UTC)
    except ValueError as error:
        raise Http404 from error


def _speller(key: str, uid: str, spell: Callable[[Any, UUID], str]) -> Callable[[M], str]:
    values = attrgetter(key.replace("__", "."), uid)
    return lambda item: spell(*values(item))


def _cut(
    queryset: QuerySet[M], request: HttpRequest, parameter: str, spell: Callable[[M], str], size: int
) -> Slice[M]:
    items = list(queryset[: size + 1])
    has_more = len(items) > size
    del items[size:]
    here = request.GET.get(parameter, "")
    return Slice(
        items=items,
        query=f"?{urlencode({parameter: here})}" if here else "",
        next_query=f"?{urlencode({parameter: spell(items[-1])})}" if has_more else "",
    )
