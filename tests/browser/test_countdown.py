"""The desk's home counts down by itself, says when something is due, and asks for nothing meanwhile."""

import datetime as dt
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from reviews import clock
from reviews.desk.verbs import publishing
from reviews.seeding.factories import make_review
from tests.browser.conftest import Opener
from tests.browser.tools.site import Desk

pytestmark = pytest.mark.browser

MOMENT = dt.datetime(2031, 3, 4, 12, 0, tzinfo=dt.UTC)
"""Long after anything that the demo holds; no browser's clock says so."""
AHEAD = dt.timedelta(hours=2, minutes=12, seconds=20)
FIRST = ".desk-next__row--first time"


@pytest.fixture
def asked() -> list[str]:
    return []


@pytest.fixture
def home(desk: Desk, open_alone: Opener, asked: list[str]) -> Iterator[Page]:
    """The home as it was served when something was to go up in two hours and twelve minutes, in a stopped browser."""
    with clock.frozen_at(MOMENT):
        publishing.publish(make_review(), at=MOMENT + AHEAD)
        make_review(status="in_review", status_since=MOMENT - dt.timedelta(seconds=20))
        page = desk.let_in(open_alone())
        page.clock.install(time="2026-01-01T00:00:00")
        page.clock.pause_at("2026-01-01T00:01:00")
        page.goto("/admin/", wait_until="networkidle")
        page.on("request", lambda request: asked.append(request.url))
        yield page


class TestCountdown:
    def test_is_told_in_the_words_that_the_page_came_with(self, home: Page) -> None:
        expect(home.locator(FIRST)).to_contain_text("in 2 h 12 min (4 March 2031, 14:12:20")

    def test_goes_on_by_itself_to_the_second_and_says_what_is_due(self, home: Page, asked: list[str]) -> None:
        for minutes, words in ((20, "in 1 h 52 min"), (60, "in 52 min 20 s"), (52, "in 20 seconds")):
            home.clock.run_for(minutes * 60_000)
            expect(home.locator(FIRST)).to_contain_text(words)
        home.clock.run_for(19_000)
        expect(home.locator(FIRST)).to_contain_text("in 1 second")
        home.clock.run_for(2_000)
        expect(home.locator(FIRST)).to_contain_text("due: reload")
        assert asked == []

    def test_leaves_alone_what_is_past(self, home: Page) -> None:
        ago = home.locator(".desk-board--queue time", has_text="submitted 20 seconds ago")
        expect(ago).to_have_count(1)
        home.clock.run_for(3 * 3600_000)
        expect(ago).to_have_count(1)

    def test_is_right_at_load_without_script(self, desk: Desk, home: Page, open_page: Opener) -> None:
        page = desk.let_in(open_page(java_script_enabled=False))
        page.goto("/admin/")
        expect(page.locator(FIRST)).to_contain_text("in 2 h 12 min")
