"""Profiles of a browser, lent to one test after another: what a profile has fetched already is not fetched again."""

from typing import Any

from playwright.sync_api import Browser, BrowserContext

USUAL = {"viewport": {"width": 1280, "height": 900}, "timezone_id": "Europe/London"}


class Profiles:
    """Profiles by their options. What comes back holds no cookie, permission, route or stored word of its last test."""

    def __init__(self, browser: Browser, site: str) -> None:
        self.browser = browser
        self.site = site
        self._free: dict[str, list[BrowserContext]] = {}
        self._lent: list[tuple[str, BrowserContext]] = []

    def lend(self, **options: Any) -> BrowserContext:
        """A profile that nobody has; of a kind of its own, where an option asks for anything but usual."""
        wanted = {**USUAL, "base_url": self.site, **options}
        kind = repr(sorted(wanted.items()))
        free = self._free.setdefault(kind, [])
        context = free.pop() if free else self.browser.new_context(**wanted)
        context.set_default_timeout(15_000)
        self._lent.append((kind, context))
        return context

    def take_back(self) -> None:
        """All that are lent. One that has no page left to clear it from is not lent again."""
        for kind, context in self._lent:
            if context.pages and self._cleared(context):
                self._free[kind].append(context)
            else:
                context.close()
        self._lent.clear()

    def _cleared(self, context: BrowserContext) -> bool:
        first = context.pages[0]
        if first.is_closed() or first.url.startswith("chrome-error:"):
            return False
        driver = context.new_cdp_session(first)
        driver.send("Storage.clearDataForOrigin", {"origin": self.site, "storageTypes": "all"})
        context.unroute_all()
        context.clear_cookies()
        context.clear_permissions()
        for page in context.pages:
            page.close()
        return True

    def close(self) -> None:
        for free in self._free.values():
            for context in free:
                context.close()
