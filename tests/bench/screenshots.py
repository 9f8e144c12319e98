"""``make screenshots``: what readers and editors see, in a narrow and a wide window, in light and in dark."""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, ViewportSize

from tests.bench.served import ROOT, Served, served_demo
from tests.bench.visit import WINDOWS
from tests.browser.tools.chromium import running_chromium

THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
READERS = {
    "home": "/",
    "film": "/films/ballerina/",
    "review": "/reviews/ballerina-jeff-ewing/",
    "side-by-side": "/side-by-side/ballerina-adam-nayman/ballerina-eileen-jones/",
    "choose-two": "/films/ballerina/side-by-side/",
    "critic": "/critics/jeff-ewing/",
    "person": "/people/ana-de-armas/",
    "tag": "/tags/action/",
    "films": "/films/",
    "archive": "/archive/",
    "archive-month": "/archive/2025/06/",
    "franchise": "/franchises/john-wick/",
    "how-we-rate": "/how-we-rate/",
    "how-we-count": "/how-we-count/",
}
DESK = {
    "desk": "/admin/",
    "calendar": "/admin/calendar/",
    "desk-reviews": "/admin/reviews/review/",
    "desk-review": "review form",
    "desk-publish": "publish",
    "time-machine": "/admin/time/2025-06-07T12:00:00Z/films/ballerina/",
    "time-asked": "/admin/time/?at_0=2025-10-26&at_1=01:30",
}
"""Paths, or names of what is staged at the demo's desk."""


@dataclass(frozen=True)
class Screen:
    name: str
    path: str
    is_desk: bool


def screens(demo: Served, only: str) -> list[Screen]:
    """The screens whose names begin as asked."""
    paths = READERS | {name: demo.paths.get(path, path) for name, path in DESK.items()}
    return [Screen(name, path, name in DESK) for name, path in paths.items() if name.startswith(only)]


def photograph(browser: Browser, demo: Served, wanted: list[Screen], folder: Path) -> Iterator[Path]:
    """Write a picture of each whole page, by name, width and theme; readers see the site signed out."""
    for window in WINDOWS:
        for is_desk in (False, True):
            context = browser.new_context(base_url=demo.address, viewport=window, reduced_motion="reduce")
            if is_desk:
                context.add_cookies([demo.cookie])  # type: ignore[list-item]
            page = context.new_page()
            for screen in wanted:
                if screen.is_desk is not is_desk:
                    continue
                response = page.goto(screen.path, wait_until="networkidle")
                if response is None or not response.ok or "/login/" in page.url:
                    raise SystemExit(f"{screen.path} does not answer as it should.")
                _open_to_the_end(page, window)
                for theme in THEMES:
                    page.emulate_media(color_scheme=theme)
                    page.evaluate("document.getAnimations().forEach(animation => animation.finish())")
                    picture = folder / f"{screen.name}-{window['width']}-{theme}.png"
                    page.screenshot(path=picture, full_page=True)
                    yield picture
                page.set_viewport_size(window)
            context.close()


def _open_to_the_end(page: Page, window: ViewportSize) -> None:
    """Make the window as high as the page, so that what sticks to the one's edges stands at the other's."""
    for _ in range(2):  # What may be as high as the window grows with it.
        height = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({**window, "height": max(height, window["height"])})


def main() -> None:
    parser = argparse.ArgumentParser(prog="screenshots", description=__doc__)
    parser.add_argument(
        "--only", default="", metavar="NAME", help=f"of {', '.join([*READERS, *DESK])}: those that begin so"
    )
    parser.add_argument(
        "--out",
        default=ROOT / "var" / "screenshots",
        type=Path,
        metavar="DIR",
        help="where to (default: var/screenshots)",
    )
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    with served_demo() as demo, running_chromium() as browser:
        wanted = screens(demo, asked.only)
        if not wanted:
            raise SystemExit(f"No screen is called {asked.only}: choose from {', '.join([*READERS, *DESK])}.")
        taken = list(photograph(browser, demo, wanted, asked.out))
    print(f"{len(taken)} screenshots in {asked.out}")


if __name__ == "__main__":
    main()
