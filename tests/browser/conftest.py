"""A real Chromium in front of a live server. Nothing here skips itself: without a browser these tests fail."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from django.contrib.auth.models import User
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.management import call_command
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from playwright.sync_api import Browser, Page, Request
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from tests.bench.staging import stage_every_state
from tests.browser.tools.chromium import running_chromium
from tests.browser.tools.kept import Kept, keeping
from tests.browser.tools.lifting import Arrive, arriving
from tests.browser.tools.profiles import Profiles
from tests.browser.tools.site import Desk

# The browser's driver runs an event loop in this thread, next to the test's own queries.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

Opener = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # The longest first: who comes to an end before others takes over what they have not begun.
    items.sort(key=lambda item: "/test_sweep.py" not in item.nodeid)


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


@pytest.fixture(scope="session")
def profiles(browser: Browser, live_server: LiveServer) -> Iterator[Profiles]:
    lent = Profiles(browser, live_server.url)
    yield lent
    lent.close()


@pytest.fixture
def open_page(transactional_db: None, profiles: Profiles) -> Iterator[Opener]:
    """Opens a page in a profile that nothing else uses; takes the options of ``browser.new_context``."""
    yield lambda **options: profiles.lend(**options).new_page()
    profiles.take_back()


@pytest.fixture
def open_alone(transactional_db: None, browser: Browser, live_server: LiveServer) -> Iterator[Opener]:
    """The same in a profile that is closed after the test, for what leaves its mark on one: a stopped clock."""
    own = Profiles(browser, live_server.url)
    yield lambda **options: own.lend(**options).new_page()
    own.take_back()
    own.close()


@pytest.fixture
def arrive() -> Iterator[Arrive]:
    with arriving() as arrive:
        yield arrive


@pytest.fixture
def page(open_page: Opener) -> Page:
    return open_page()


@pytest.fixture(scope="session")
def kept() -> Iterator[Kept]:
    with keeping() as kept:
        yield kept


@pytest.fixture
def transactional_db(django_db_setup: None, django_db_blocker: DjangoDbBlocker, kept: Kept) -> Iterator[None]:
    """An empty database for each test that has a live server, in place of the plugin's own (which empties it)."""
    with django_db_blocker.unblock():
        kept.empty()
        yield
        kept.empty()  # Other tests of this worker begin with nothing.


@pytest.fixture(scope="session", autouse=True)
def static_files_last() -> Iterator[None]:
    """As in production, a browser asks once for a style or script: there each has an address of its own."""
    serve = StaticFilesHandler.serve

    def lasting(handler: StaticFilesHandler, request: HttpRequest) -> HttpResponseBase:
        response: HttpResponseBase = serve(handler, request)
        response.headers["Cache-Control"] = "max-age=86400"
        return response

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(StaticFilesHandler, "serve", lasting)
        yield


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
