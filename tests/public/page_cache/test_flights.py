"""Many who ask for a page that is not kept: one makes it, the others wait for it, but not for long."""

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client

from reviews.models import PublicState
from reviews.public.page_cache import flights, forget
from reviews.public.page_cache.keeping import KEEPER
from reviews.public.page_cache.middleware import PageCacheMiddleware
from reviews.urls import urlpatterns

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("pages_are_kept")]

View = Callable[[HttpRequest], HttpResponse]
MANY = 12


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Callable[[View], list[int]]:
    """Put a view at an address, and count how often it is asked."""

    def put(view: View) -> list[int]:
        PublicState.objects.ensure()
        served: list[int] = []

        def counting(request: HttpRequest) -> HttpResponse:
            served.append(1)
            return view(request)

        route = next(each for each in urlpatterns if each.name == "about")
        monkeypatch.setattr(route, "callback", counting)
        return served

    return put


def all_at_once(number: int = MANY) -> list[int]:
    statuses, ready = [], threading.Barrier(number)

    def ask() -> None:
        ready.wait()
        try:
            statuses.append(Client(raise_request_exception=False).get("/about/").status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    return statuses


def slow(seconds: float = 0.2) -> HttpResponse:
    time.sleep(seconds)
    return HttpResponse("Made.")


def test_one_makes_it_for_all(made: Callable[[View], list[int]]) -> None:
    served = made(lambda request: slow())
    assert (all_at_once(), len(served)) == ([200] * MANY, 1)


def test_who_dies_is_replaced(made: Callable[[View], list[int]]) -> None:
    def die_at_first(request: HttpRequest) -> HttpResponse:
        if len(served) == 1:
            time.sleep(0.1)
            raise KeyError
        return slow(0.1)

    served = made(die_at_first)
    assert (sorted(all_at_once()), len(served)) == ([200] * (MANY - 1) + [500], 2)


def test_who_dies_beyond_the_view_is_replaced_at_once(
    made: Callable[[View], list[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    served, make = made(lambda request: slow(0)), PageCacheMiddleware._kept
    died: list[int] = []

    def die_at_first(*asked: Any) -> Any:
        if not died:
            died.append(1)
            time.sleep(0.1)
            raise KeyError
        return make(*asked)

    monkeypatch.setattr(PageCacheMiddleware, "_kept", die_at_first)
    begun = time.monotonic()
    assert (sorted(all_at_once(4)), len(served)) == ([200] * 3 + [500], 1)
    assert time.monotonic() - begun < flights.LONGEST_WAIT


def test_nobody_waits_longer_than_that(
    made: Callable[[View], list[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flights, "LONGEST_WAIT", 0.2)
    served = made(lambda request: slow(1))
    begun = time.monotonic()
    assert all_at_once(4) == [200] * 4
    assert (len(served), time.monotonic() - begun < 1.9) == (4, True)


def test_what_is_for_one_visitor_is_made_for_each_at_once(made: Callable[[View], list[int]]) -> None:
    def personal(request: HttpRequest) -> HttpResponse:
        response = slow(0.3)
        response.headers["Cache-Control"] = "private"
        return response

    served = made(personal)
    begun = time.monotonic()
    assert (all_at_once(4), len(served)) == ([200] * 4, 4)
    assert time.monotonic() - begun < 1.1


def test_what_changed_while_it_was_made_is_made_again(made: Callable[[View], list[int]]) -> None:
    def change_meanwhile(request: HttpRequest) -> HttpResponse:
        if len(served) == 1:
            with transaction.atomic():
                PublicState.objects.move(is_seen=True)
        return slow(0.1)

    served = made(change_meanwhile)
    all_at_once(3)
    Client().get("/about/")
    assert len(served) == 2
    forget()


def test_what_changed_while_it_was_made_takes_no_room(made: Callable[[View], list[int]]) -> None:
    def change(request: HttpRequest) -> HttpResponse:
        with transaction.atomic():
            PublicState.objects.move(is_seen=True)
        return HttpResponse("Made.")

    made(change)
    Client().get("/about/")
    assert len(KEEPER._pages) == 0
