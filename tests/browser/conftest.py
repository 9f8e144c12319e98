"""A real Chromium in front of a live server. Nothing here skips itself: without a browser these tests fail."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from playwright.sync_api import Browser, BrowserContext, Page, Request
from pytest_django.live_server_helper import LiveServer

from tests.bench.staging import stage_every_state
from tests.browser.chromium import running_chromium
from tests.browser.kept import Kept, keeping
from tests.browser.site import Desk

# The browser's driver runs an event loop in this thread, next to the test's own queries.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

Opener = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with running_chromium() as running:
        yield running


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
def open_page(browser: Browser, live_server: LiveServer) -> Iterator[Opener]:
    """Opens a page in a profile of its own; takes the options of ``browser.new_context``."""
    opened: list[BrowserContext] = []

    def opener(**options: Any) -> Page:
        usual = {"base_url": live_server.url, "viewport": {"width": 1280, "height": 900}}
        context = browser.new_context(**{**usual, "timezone_id": "Europe/London", **options})
        context.set_default_timeout(15_000)
        opened.append(context)
        return context.new_page()

    yield opener
    for context in opened:
        context.close()


@pytest.fixture
def page(open_page: Opener) -> Page:
    return open_page()


@pytest.fixture(scope="session")
def kept() -> Iterator[Kept]:
    with keeping() as kept:
        yield kept


@pytest.fixture
def demo(live_server: LiveServer, kept: Kept) -> None:
    """The demo's film, critics and reviews. Asked for after ``live_server``, so that it is gone with the test."""
    kept.stage("demo", lambda: call_command("loaddata", "ballerina", verbosity=0))


@pytest.fixture
def desk(demo: None, live_server: LiveServer, kept: Kept) -> Desk:
    """The demo's desk with a review in every state, and its superuser."""

    def stage() -> None:
        stage_every_state()
        User.objects.create_superuser("boss", password="a long passphrase")

    kept.stage("desk", stage)
    return Desk(live_server.url, User.objects.get(username="boss"))
