"""What a walk requests: the same of the site with what is hidden and of the site without."""

import datetime as dt
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import unquote

from django.urls import resolve

from reviews.audit.asking import DOOR, MACHINE
from reviews.audit.surfaces import NOTHING_HERE, Known, Slugs, routes
from reviews.audit.walking.known import old_addresses, some

TIME_MACHINE = "admin:desk_as_of"
VARIABLE_PART = re.compile(r"<(?:(\w+):)?\w+>")
ONE_OF = re.compile(r"\(\?P<\w+>([\w.]+)[^)]*\)")
NUMBER, ANY_UUID = "1", "00000000-0000-4000-8000-000000000001"


@dataclass(frozen=True)
class Stop:
    """An address and the route that it is of. ``is_for_all``: whether it is asked for in every way.

    ``is_old``: whether something of the site's had it once, so that it may name what is hidden today.
    """

    route: str
    address: str
    is_for_all: bool = False
    is_old: bool = False


def tour_of(
    known: Known,
    hidden: Slugs,
    moments: Sequence[dt.datetime],
    *,
    few: int,
    most: int,
    then: int,
    chance: random.Random,
) -> list[Stop]:
    """Every address of what is known, of what is hidden, of what was moved, of nothing, and of the desk; and some
    addresses (``then`` in all) as of ``moments`` (aware).

    Of each route, ``few`` addresses of what is known and of what is hidden are asked for in every way.
    """
    thoroughly = replace(
        known, slugs={noun: [*slugs[:few], slugs[-1]] for noun, slugs in known.slugs.items()}
    )
    found = {address: Stop(_route(address), address, True) for address in thoroughly.addresses(queries=True)}
    for address in known.addresses(queries=False):
        found.setdefault(address, Stop(_route(address), address))
    for address in old_addresses(most, chance):
        found.setdefault(address, Stop(_route(address), address, is_old=True))
    of_the_hidden = [*_of_the_hidden(known, hidden, few)]
    as_of_then = [
        *_of_the_time_machine(found.values(), moments, few),
        *_of_the_time_machine(of_the_hidden, moments, few),
    ]
    for stop in of_the_hidden:
        found.setdefault(stop.address, stop)
    return [
        *found.values(),
        Stop("", NOTHING_HERE, True),
        *_of_the_desk(moments[0]),
        *some(as_of_then, then, chance),
    ]


def _of_the_hidden(known: Known, hidden: Slugs, few: int) -> Iterator[Stop]:
    asked: Counter[str] = Counter()
    for noun, slugs in hidden.items():
        for slug in slugs:
            for address in known.addresses_of(noun, slug, queries=True, thorough=True):
                route = _route(address)
                asked[route] += 1
                yield Stop(route, address, asked[route] <= few)


def _of_the_desk(at: dt.datetime) -> Iterator[Stop]:
    """Its addresses, for a reader without an account. What it tells who signs in is not for readers."""
    parts = {"uuid": ANY_UUID, "moment": _spelled(at)}
    for route in routes():
        if route.is_of_the_desk:
            pattern = ONE_OF.sub(r"\1", route.pattern).translate({ord("^"): None, ord("$"): None})
            address = VARIABLE_PART.sub(lambda part: parts.get(part[1], NUMBER), pattern)
            yield Stop(_route(f"/{address}"), f"/{address}")


def _of_the_time_machine(stops: Iterable[Stop], moments: Sequence[dt.datetime], few: int) -> Iterator[Stop]:
    """Readers' addresses as of each of the moments, a few of each route. It shows no preview links."""
    asked: Counter[str] = Counter()
    for stop in stops:
        asked[stop.route] += 1
        if asked[stop.route] <= few and not stop.address.startswith(DOOR):
            for moment in moments:
                yield Stop(TIME_MACHINE, f"{MACHINE}{_spelled(moment)}{stop.address}")


def _spelled(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ").replace(".000000", "")


def _route(address: str) -> str:
    """The route that an address of a link leads to: what is quoted in it is read as the handler reads it."""
    found = resolve(unquote(address.partition("?")[0]))
    return ":".join([*found.namespaces, found.url_name or ""])
