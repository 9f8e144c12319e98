"""Every page in a real browser: the policy holds, and nothing is asked of another host."""

import re

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.browser.conftest import watch
from tests.browser.site import Desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NO_PAGE = re.compile(r"\.xml|robots\.txt|/logout/|/jsi18n/|^/static/|\?")


def links(page: Page) -> set[str]:
    """Paths of this site that the page leads to."""
    found = page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")
    site = page.evaluate("location.origin")
    return {link.removeprefix(site).split("#")[0] for link in found if link.startswith(site)}


def walk(page: Page, start: str, inside: str) -> set[str]:
    """Visit every page below ``inside`` that can be reached from ``start``."""
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        path = waiting.pop()
        if path in seen or not path.startswith(inside) or NO_PAGE.search(path):
            continue
        seen.add(path)
        page.goto(path)
        waiting += links(page) - seen
    return seen


class TestTheReadersRoom:
    def test_no_page_breaks_the_policy_or_asks_another_host(
        self, page: Page, live_server: LiveServer, demo: None
    ) -> None:
        complaints = watch(page, live_server.url)
        seen = {path for path in walk(page, "/", "/") if not path.startswith("/admin/")}
        assert len(seen) > 40
        assert complaints.none(), complaints


class TestTheDesk:
    def test_no_page_breaks_the_policy_or_asks_another_host(
        self, page: Page, live_server: LiveServer, desk: Desk
    ) -> None:
        complaints = watch(desk.let_in(page), live_server.url)
        seen = walk(page, "/admin/", "/admin/")
        assert len(seen) > 40
        assert complaints.none(), complaints
