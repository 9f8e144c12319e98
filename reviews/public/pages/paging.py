"""Keyset pagination: an address says where a page begins, so rows added before it move nothing.

A cursor contains the sort key and uid of the last item on the previous page, whose row need not exist any more.
"""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from operator import attrgetter
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import F, Model, Q, QuerySet, Value
from django.http import Http404, HttpRequest

from reviews import clock
from reviews.models.prepared import Prepared
from reviews.models.shared.queryset import mostly

M = TypeVar("M", bound=Model)
N = TypeVar("N", bound=Model)

PAGE_SIZE = 20

_MOMENT = "%Y%m%dT%H%M%S%fZ"
_BY_MOMENT = re.compile(r"(?P<key>[0-9]{8}T[0-9]{12}Z)-(?P<uid>[0-9a-f]{32})")
_BY_NAME = re.compile(r"(?P<uid>[0-9a-f]{32})-(?P<key>.{0,300})", re.DOTALL)
_BY_RELEASE = re.compile(r"(?P<uid>[0-9a-f]{32})-(?P<key>[0-9]{0,4}-.{0,300})", re.DOTALL)


@dataclass(frozen=True)
class Slice(Generic[M]):
    """One page of a list. ``query`` leads to it (empty if first), ``next_query`` to the next one (empty if last)."""

    items: list[M]
    query: str
    next_query: str

    def of(self, thing: Callable[[M], N]) -> "Slice[N]":
        """The same page of something that each item has."""
        return Slice([thing(item) for item in self.items], self.query, self.next_query)


class NewestPages(Generic[M]):
    """The pages of a list ordered by a moment, newest first, then by uid; by statements that are composed once.

    ``rows`` returns the list as of a moment, without what is later than another, if there is another (an index is used
    with one bound only, so the list may not have two), and takes whatever else decides which list it is.
    """

    def __init__(
        self, rows: Callable[..., QuerySet[M]], *, moment: str = "first_visible_from", uid: str = "review_uid"
    ) -> None:
        self._rows, self._moment, self._uid = rows, moment, uid
        self._prepared = cache(lambda size: Prepared(partial(self._statement, size)))

    def page(
        self, request: HttpRequest, *of: Any, until: dt.datetime | None = None, size: int = PAGE_SIZE
    ) -> Slice[M]:
        """The page that ``?before=`` asks for; with ``until`` of a list without what is later than that.

        Raises Http404 for an invalid cursor.
        """
        now = clock.now()
        at, after = _cursor(request, "before", _BY_MOMENT, _parse_moment) or (None, None)
        bounds = [bound for bound in (at, until) if bound]
        # The bound comes first, as it is never after the moment: stand-ins are in the order of the arguments.
        found = self._prepared(size)(min(*bounds, now) if bounds else None, now, at, after, *of)
        return _cut(found, request, "before", _by_moment(self._moment, self._uid), size)

    def _statement(
        self,
        size: int,
        by: dt.datetime | None,
        now: dt.datetime,
        at: dt.datetime | None,
        after: UUID | None,
        *of: Any,
    ) -> QuerySet[M]:
        rows = self._rows(now, by, *of)
        return _newest(rows, self._moment, self._uid, at, after)[: size + 1]


def _newest(
    rows: QuerySet[M], moment: str, uid: str, at: dt.datetime | None, after: UUID | None
) -> QuerySet[M]:
    """The list, without what is before a cursor in it."""
    if at is not None:
        rows = rows.filter(Q(**{f"{moment}__lt": at}) | Q(**{moment: at, f"{uid}__gt": after}))
    return rows.order_by(f"-{moment}", uid)


def _by_moment(moment: str, uid: str) -> Callable[[Any], str]:
    return _speller(moment, uid, lambda at, own: f"{at.astimezone(dt.UTC):{_MOMENT}}-{own.hex}")


class AlphabeticalPages(Generic[M]):
    """The pages of what is public of a model, in the order of a text column, by statements that are composed once."""

    def __init__(self, rows: Callable[[dt.datetime], QuerySet[M]], *, key: str) -> None:
        self._rows, self._key = rows, key
        self._prepared = cache(lambda size: Prepared(partial(self._statement, size)))

    def page(self, request: HttpRequest, *, size: int = PAGE_SIZE) -> Slice[M]:
        """The page that ``?after=`` asks for. Raises Http404 for an invalid cursor."""
        name, after = _cursor(request, "after", _BY_NAME, str) or (None, None)
        found = self._prepared(size)(clock.now(), name, after)
        return _cut(found, request, "after", _by_name(self._key), size)

    def _statement(self, size: int, now: dt.datetime, name: str | None, after: UUID | None) -> QuerySet[M]:
        return _alphabetical(self._rows(now), self._key, name, after)[: size + 1]


def _alphabetical(rows: QuerySet[M], key: str, name: str | None, after: UUID | None) -> QuerySet[M]:
    """The list, without what is before a cursor in it."""
    if name is not None:
        # The bound is for the index; of what it leaves, nearly everything is beyond the cursor.
        is_beyond = Q(**{f"{key}__gt": name}) | Q(**{key: name, "uid__gt": after})
        rows = rows.filter(mostly(is_beyond), **{f"{key}__gte": name})
    return rows.order_by(key, "uid")


def _by_name(key: str) -> Callable[[Any], str]:
    return _speller(key, "uid", lambda name, own: f"{own.hex}-{name}")


class ReleasePages(Generic[M]):
    """The pages of a list of films, the newest release first, those without a year last; within a year by title.

    ``rows`` returns the list as of a moment, and takes whatever else decides which list it is.
    """

    def __init__(self, rows: Callable[..., QuerySet[M]]) -> None:
        self._rows = rows
        self._prepared = Prepared(self._statement)

    def page(self, request: HttpRequest, *of: Any) -> Slice[M]:
        """The page that ``?after=`` asks for. Raises Http404 for an invalid cursor."""
        (year, title), after = _cursor(request, "after", _BY_RELEASE, _parse_release) or ((None, None), None)
        found = self._prepared(clock.now(), year, title, after, *of)
        return _cut(found, request, "after", _by_release, PAGE_SIZE)

    def _statement(
        self, now: dt.datetime, year: int | None, title: str | None, after: UUID | None, *of: Any
    ) -> QuerySet[M]:
        rows = self._rows(now, *of)
        if title is not None:
            # As an expression, because its stand-in is a larger number than a year may be.
            of_year = Q(release_year=None) if year is None else Q(release_year=Value(year))
            is_beyond = of_year & (Q(sort_title__gt=title) | Q(sort_title=title, uid__gt=after))
            if year is not None:
                is_beyond |= Q(release_year__lt=Value(year)) | Q(release_year=None)
            rows = rows.filter(is_beyond)
        return rows.order_by(F("release_year").desc(nulls_last=True), "sort_title", "uid")[: PAGE_SIZE + 1]


def _parse_release(text: str) -> tuple[int | None, str]:
    year, _, title = text.partition("-")
    return int(year) if year else None, title


def _by_release(film: Any) -> str:
    return f"{film.uid.hex}-{film.release_year or ''}-{film.sort_title}"


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
    items: list[M], request: HttpRequest, parameter: str, spell: Callable[[M], str], size: int
) -> Slice[M]:
    """The page, of items of which there is one more than fit if another page follows."""
    has_more = len(items) > size
    del items[size:]
    here = request.GET.get(parameter, "")
    return Slice(
        items=items,
        query=f"?{urlencode({parameter: here})}" if here else "",
        next_query=f"?{urlencode({parameter: spell(items[-1])})}" if has_more else "",
    )
