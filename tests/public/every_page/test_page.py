"""A page reads the site as of one moment."""

import datetime as dt
import time

from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from reviews import clock
from reviews.public.pages.page import public_page

MOMENT = dt.datetime(2025, 6, 6, tzinfo=dt.UTC)


def moments(request: HttpRequest) -> HttpResponse:
    first = clock.now()
    time.sleep(0.002)
    return HttpResponse(f"{first}\n{clock.now()}")


def seen() -> list[str]:
    """The two moments at which one request reads the clock."""
    return public_page(moments)(RequestFactory().get("/")).content.decode().splitlines()


class TestOneMoment:
    def test_the_clock_is_frozen_during_a_request(self) -> None:
        first, second = seen()
        assert first == second

    def test_the_clock_runs_between_requests(self) -> None:
        assert seen() != seen()

    def test_it_is_the_moment_that_the_site_is_read_as_of(self) -> None:
        with clock.reading_at(MOMENT):
            assert seen() == [str(MOMENT), str(MOMENT)]
