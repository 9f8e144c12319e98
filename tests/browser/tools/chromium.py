"""The Chromium of this machine, for the tests and for what `make` measures and photographs."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--process-per-site",  # A process for every page would have to read every style and script again.
]


class NoChromiumError(Exception):
    """There is no browser to drive; says how to get one."""


@contextmanager
def running_chromium() -> Iterator[Browser]:
    """A browser without a window. Raises NoChromiumError."""
    chromium = next(filter(None, map(shutil.which, NAMES)), None)
    if chromium is None:
        raise NoChromiumError("No Chromium on this machine. On Debian: apt-get install chromium")
    with sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield running
        running.close()
