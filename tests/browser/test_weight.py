"""What a first visit costs a reader of the demo, served as in production. Counted in bytes: a clock would waver."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.bench.served import Served, served_demo
from tests.bench.visit import WINDOWS, Visit, visit

pytestmark = pytest.mark.browser

PAGES = {"film": "/films/ballerina/", "review": "/reviews/ballerina-jeff-ewing/"}
MOST_HTML = {"film": 64 * 1024, "review": 30 * 1024}
"""A film's page holds the passage behind every judgement; compressed it is a fifth of that."""
MOST_OVER_THE_WIRE = 110 * 1024
MOST_STYLESHEETS = 2
MOST_SHIFT = 0.005


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with served_demo() as running:
        yield running


@pytest.fixture(
    scope="module",
    params=[(page, window["width"]) for page in PAGES for window in WINDOWS],
    ids="{0[0]}-{0[1]}".format,
)
def visited(request: pytest.FixtureRequest, browser: Browser, served: Served) -> tuple[str, Visit]:
    page, width = request.param
    window = next(window for window in WINDOWS if window["width"] == width)
    return page, visit(browser, served.address, PAGES[page], window)


class TestAFirstVisit:
    def test_the_page_itself_is_small_before_compression(self, visited: tuple[str, Visit]) -> None:
        page, seen = visited
        assert 0 < seen.html <= MOST_HTML[page]

    def test_everything_over_the_wire_is_within_the_budget(self, visited: tuple[str, Visit]) -> None:
        _, seen = visited
        # The stylesheets come on top of the page: a sum without them has counted the wrong thing.
        assert seen.compressed < seen.wire <= MOST_OVER_THE_WIRE, seen.requests

    def test_it_asks_for_few_stylesheets_and_nothing_of_another_host(
        self, visited: tuple[str, Visit]
    ) -> None:
        _, seen = visited
        assert 1 <= len(seen.stylesheets) <= MOST_STYLESHEETS, seen.stylesheets
        assert seen.elsewhere == []

    def test_nothing_moves_while_it_loads_and_is_read(self, visited: tuple[str, Visit]) -> None:
        _, seen = visited
        assert seen.shift < MOST_SHIFT
