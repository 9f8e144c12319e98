"""What a walk requests: the same of the site with what is hidden and of the site without."""

import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from django.urls import resolve

from reviews.audit.surfaces import NOTHING_HERE, Known, Slugs, routes
from reviews.audit.walking.known import old_addresses

VARIABLE_PART = re.compile(r"<[^>]*>")
ANYTHING = re.compile(r"\(\?P<\w+>.*$")


@dataclass(frozen=True)
class Stop:
    """An address and the route that it is of. ``is_for_all``: whether it is asked for in every way."""

    route: str
    address: str
    is_for_all: bool = False


def tour_of(known: Known, hidden: Slugs, *, few: int, most: int, chance: random.Random) -> list[Stop]:
    """Every address of what is known, of what is hidden, of what was moved, of nothing, and of the desk.

    Of each route, ``few`` addresses of what is known and of what is hidden are asked for in every way.
    """
    thoroughly = replace(
        known, slugs={noun: [*slugs[:few], slugs[-1]] for noun, slugs in known.slugs.items()}
    )
    found = {address: Stop(_route(address), address, True) for address in thoroughly.addresses(queries=True)}
    for address in [*known.addresses(queries=False), *old_addresses(most, chance)]:
        found.setdefault(address, Stop(_route(address), address))
    for stop in _of_the_hidden(known, hidden, few):
        found.setdefault(stop.address, stop)
    return [*found.values(), Stop("", NOTHING_HERE, True), *_of_the_desk()]


def _of_the_hidden(known: Known, hidden: Slugs, few: int) -> Iterator[Stop]:
    asked: Counter[str] = Counter()
    for noun, slugs in hidden.items():
        for slug in slugs:
            for address in known.addresses_of(noun, slug, queries=True, thorough=True):
                route = _route(address)
                asked[route] += 1
                yield Stop(route, address, asked[route] <= few)


def _of_the_desk() -> Iterable[Stop]:
    """Its addresses, for a reader without an account. What it tells who signs in is not for readers."""
    for route in routes():
        if route.is_of_the_desk:
            pattern = ANYTHING.sub("nothing", route.pattern)
            yield Stop(route.name, f"/{VARIABLE_PART.sub('1', pattern)}")


def _route(address: str) -> str:
    return str(resolve(address.partition("?")[0]).url_name)
