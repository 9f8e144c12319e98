"""Profiles of a browser, lent to one test after another: what a profile has fetched and compiled stays with it.

A small page stays open in each, and keeps the process of the site's pages alive: opening one takes half the time then.
"""

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

USUAL = {"viewport": {"width": 1280, "height": 900}, "timezone_id": "Europe/London"}
SMALL = "/static/img/favicon.svg"


@dataclass
class Profile:
    """A profile, and the page that stays open in it."""

    context: BrowserContext
    parked: Page

    def clear(self, site: str) -> None:
        """Leave no page, cookie, permission, route or stored word of the last test."""
        for page in self.context.pages:
            if page != self.parked:
                page.close()
        driver = self.context.new_cdp_session(self.parked)
        driver.send("Storage.clearDataForOrigin", {"origin": site, "storageTypes": "all"})
        driver.detach()
        self.context.unroute_all()
        self.context.clear_cookies()
        self.context.clear_permissions()


class Profiles:
    """Profiles by their options. A test that asks twice for the same gets two."""

    def __init__(self, browser: Browser, site: str) -> None:
        self.browser = browser
        self.site = site
        self._free: dict[str, list[Profile]] = {}
        self._lent: list[tuple[str, Profile]] = []

    def lend(self, **options: Any) -> BrowserContext:
        """A profile that nobody has; of a kind of its own, where an option asks for anything but the usual."""
        wanted = {**USUAL, "base_url": self.site, **options}
        kind = repr(sorted(wanted.items()))
        free = self._free.setdefault(kind, [])
        profile = free.pop() if free else self._made(wanted)
        self._lent.append((kind, profile))
        return profile.context

    def _made(self, wanted: dict[str, Any]) -> Profile:
        context = self.browser.new_context(**wanted)
        context.set_default_timeout(15_000)
        parked = context.new_page()
        parked.goto(SMALL)
        return Profile(context, parked)

    def take_back(self) -> None:
        for kind, profile in self._lent:
            profile.clear(self.site)
            if "permissions" in kind:  # They have gone, and only a new one can be given any.
                profile.context.close()
            else:
                self._free[kind].append(profile)
        self._lent.clear()

    def close(self) -> None:
        for profile in [profile for free in self._free.values() for profile in free]:
            profile.context.close()
