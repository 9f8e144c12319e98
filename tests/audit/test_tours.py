"""What a walk asks for: each address belongs to the route that it leads to, whatever is quoted in it."""

import datetime as dt
import random
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from reviews.audit.surfaces import routes
from reviews.audit.walking.tours import TIME_MACHINE, Stop, tour_of
from tests.leaks.leaks import NOW
from tests.leaks.walk import KNOWN

pytestmark = pytest.mark.django_db

MOMENTS = (NOW, NOW + dt.timedelta(days=2, microseconds=1))


def tour(hidden: Mapping[str, Sequence[str]], *, film: str = "public-film", then: int = 1000) -> list[Stop]:
    known = replace(KNOWN, slugs={**KNOWN.slugs, "film": (film, "no-such-film")})
    return tour_of(known, hidden, MOMENTS, few=1, most=5, then=then, chance=random.Random(1))


def test_every_route_has_an_address_that_leads_to_it() -> None:
    assert {stop.route for stop in tour({"review": ["hidden"]})} >= {route.name for route in routes()}


def test_a_slug_outside_of_ascii_is_of_its_route() -> None:
    stops = tour({"film": ["ukryty-żółw"]}, film="żółw")
    quoted = ("/films/%C5%BC%C3%B3%C5%82w/", "/films/ukryty-%C5%BC%C3%B3%C5%82w/")
    assert [stop.route for stop in stops if stop.address in quoted] == ["film_detail"] * 2


def test_the_time_machine_is_asked_for_what_is_known_and_for_what_is_hidden_as_of_each_moment() -> None:
    asked = [stop.address for stop in tour({"film": ["hidden-film"]}) if stop.route == TIME_MACHINE]
    for moment in ("2025-06-06T12:00:00Z", "2025-06-08T12:00:00.000001Z"):
        for page in ("/", "/films/public-film/", "/films/hidden-film/", "/feed.xml"):
            assert f"/admin/time/{moment}{page}" in asked
    assert not any("/preview/" in address for address in asked)


def test_of_the_time_machine_only_so_much_is_asked() -> None:
    asked = [stop for stop in tour({"film": ["hidden-film"]}, then=7) if stop.route == TIME_MACHINE]
    # One more is the desk's own, for a reader without an account.
    assert len(asked) == 7 + 1
