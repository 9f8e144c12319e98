"""A real Chromium in front of a live server. Nothing here skips itself: without a browser these tests fail."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, Page, Request, sync_playwright
from pytest_django.live_server_helper import LiveServer

# The browser's driver runs an event loop in this thread, next to the test's own queries.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.fail("No Chromium on this machine. On Debian: apt-get install chromium")
    with sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield running
        running.close()


@dataclass
class Complaints:
    """What a browser had to complain about, and where it tried to go."""

    console: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def none(self) -> bool:
        return not (self.console or self.elsewhere or self.failed)


def watch(page: Page, site: str) -> Complaints:
    """Collect a page's console errors, violations of the policy, failed responses and requests to other hosts."""
    complaints = Complaints()

    def requested(request: Request) -> None:
        if not request.url.startswith((site, "data:", "blob:")):
            complaints.elsewhere.append(request.url)

    page.on("request", requested)
    page.on(
        "console",
        lambda message: (
            complaints.console.append(message.text) if message.type in ("error", "warning") else None
        ),
    )
    page.on("pageerror", lambda error: complaints.console.append(str(error)))
    page.on(
        "response",
        lambda response: (
            complaints.failed.append(f"{response.status} {response.url}") if response.status >= 400 else None
        ),
    )
    return complaints


@pytest.fixture
def page(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    context = browser.new_context(
        base_url=live_server.url, viewport={"width": 1280, "height": 900}, timezone_id="Europe/London"
    )
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()
