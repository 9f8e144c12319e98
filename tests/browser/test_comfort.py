"""Readers who enlarge, print, hold still, or do without styles and scripts lose nothing."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Opener
from tests.browser.site import Desk, readers_pages

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 390, "height": 844}
ENLARGED = {"width": 320, "height": 256}
"""A window of 1280 by 1024 at 400 %, as WCAG 1.4.10 counts."""
CHOSEN = 32
"""What a reader who doubles the browser's own size can read, in pixels; what is larger already may grow less."""
USUAL = {"fontSizes": {"standard": 16, "fixed": 13}}
DOUBLED = {"fontSizes": {"standard": CHOSEN, "fixed": 26}}
"""The sizes that a browser starts with, and those of a reader who has doubled them."""
A4 = 718
"""The width of a printed page inside the browser's own margins, in CSS pixels."""

# Elements that stick out of the window, and those that cut what is in them. What scrolls inside a container of its
# own does neither, nor does what is kept for screen readers: in a box of one pixel, or indented out of a button's.
CUT = """() => {
  const named = element => [element.localName, element.id && "#" + element.id,
    (element.innerText || "").trim().replace(/\\s+/g, " ").slice(0, 40)].filter(Boolean).join(" ");
  const scrolls = element => element && (
    /auto|scroll/.test(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
  const kept = element => element && (
    element.clientWidth === 1 || /rect|inset/.test(getComputedStyle(element).clip + getComputedStyle(element).clipPath)
    || kept(element.parentElement));
  const room = document.documentElement.clientWidth;
  const found = [];
  if (document.scrollingElement.scrollWidth > room) found.push("the page scrolls sideways");
  for (const element of document.body.querySelectorAll("*")) {
    // A drawing may end where its frame does.
    if (!element.checkVisibility({visibilityProperty: true}) || kept(element) || element.ownerSVGElement) continue;
    const box = element.getBoundingClientRect();
    if (box.width && box.right > room + 1 && !scrolls(element.parentElement))
      found.push(`${named(element)} sticks out by ${Math.round(box.right - room)}px`);
    if (/hidden|clip/.test(getComputedStyle(element).overflowX) && element.scrollWidth > element.clientWidth + 1
        && !element.matches("input, select") && Math.abs(parseFloat(getComputedStyle(element).textIndent)) < 99)
      found.push(`${named(element)} cuts ${element.scrollWidth - element.clientWidth}px`);
  }
  return found;
}"""


def on(page: Page, paths: dict[str, str], look: Callable[[Page], list[str]]) -> list[str]:
    """What is found on each of these pages."""
    found = []
    for name, path in paths.items():
        page.goto(path)
        found += [f"{name}: {fault}" for fault in look(page)]
    return found


def evaluated(script: str) -> Callable[[Page], list[str]]:
    return lambda page: list(page.evaluate(script))


def listed(found: list[str]) -> str:
    return f"{len(found)} faults\n" + "\n".join(found)


class TestNarrowWindows:
    @pytest.mark.parametrize("window", [ENLARGED, PHONE], ids=["enlarged", "phone"])
    def test_no_public_page_scrolls_sideways(
        self, open_page: Opener, demo: None, window: dict[str, int]
    ) -> None:
        found = on(open_page(viewport=window), readers_pages(), evaluated(CUT))
        assert not found, listed(found)

    def test_no_page_of_the_desk_scrolls_sideways_on_a_phone(self, open_page: Opener, desk: Desk) -> None:
        found = on(desk.let_in(open_page(viewport=PHONE)), desk.by_path(), evaluated(CUT))
        assert not found, listed(found)


SIZES = """() => [...document.querySelectorAll("main :is(h1, h2, h3, p, li, dt, dd)")].map(element =>
  [element.localName, parseFloat(getComputedStyle(element).fontSize)])"""


class TestLargeText:
    def test_text_doubles_with_the_browsers_own_size_and_nothing_is_cut(self, page: Page, demo: None) -> None:
        def look(page: Page) -> list[str]:
            driver.send("Page.setFontSizes", USUAL)
            before = page.evaluate(SIZES)
            driver.send("Page.setFontSizes", DOUBLED)
            small = {
                f"{tag} grows from {a}px to {b}px only"
                for (tag, a), (_, b) in zip(before, page.evaluate(SIZES), strict=True)
                if b < min(1.95 * a, CHOSEN)
            }
            cut: list[str] = page.evaluate(CUT)
            return [*sorted(small), *cut]

        driver = page.context.new_cdp_session(page)
        found = on(page, readers_pages(), look)
        assert not found, listed(found)


# A source that a review leads to is of no use on paper unless its address is printed beside it.
ON_PAPER = """() => {
  const found = [...document.querySelectorAll("nav, a[href='#main']")].filter(element => element.checkVisibility())
    .map(element => `${element.localName} ${element.ariaLabel || element.innerText} is printed`);
  for (const link of document.querySelectorAll("article:has(h1) a[href^='http']")) {
    const printed = link.innerText + getComputedStyle(link, "::after").content;
    if (link.host !== location.host && link.checkVisibility() && !printed.includes(link.getAttribute("href")))
      found.push(`the address of “${link.innerText.trim()}” is not printed`);
  }
  if (!document.querySelector("h1").checkVisibility()) found.push("the heading is not printed");
  return found;
}"""


class TestPaper:
    def test_navigation_stays_off_it_addresses_are_on_it_and_nothing_is_cut(
        self, open_page: Opener, demo: None
    ) -> None:
        page = open_page(viewport={"width": A4, "height": 1000})
        page.emulate_media(media="print")
        found = on(page, readers_pages(), lambda page: page.evaluate(ON_PAPER) + page.evaluate(CUT))
        assert not found, listed(found)


MOVING = """() => {
  const lasts = times => times.split(",").some(time => parseFloat(time) > 0.01);
  const found = document.getAnimations().map(animation => `an animation runs: ${animation.animationName || ""}`);
  for (const element of document.querySelectorAll("*"))
    for (const part of [null, "::before", "::after"]) {
      const style = getComputedStyle(element, part);
      if (lasts(style.transitionDuration)) found.push(`${element.localName} ${part || ""} fades`);
      if (style.animationName !== "none" && lasts(style.animationDuration))
        found.push(`${element.localName} ${part || ""} moves`);
      if (style.scrollBehavior === "smooth") found.push(`${element.localName} scrolls by itself`);
    }
  return [...new Set(found)];
}"""


class TestStillness:
    def test_nothing_moves_for_readers_who_ask_for_it(self, open_page: Opener, demo: None) -> None:
        found = on(open_page(reduced_motion="reduce"), readers_pages(), evaluated(MOVING))
        assert not found, listed(found)

    def test_nor_on_the_main_pages_of_the_desk(self, open_page: Opener, desk: Desk) -> None:
        found = on(desk.let_in(open_page(reduced_motion="reduce")), desk.main_pages(), evaluated(MOVING))
        assert not found, listed(found)


UNSTYLED = """() => {
  document.querySelectorAll("link[rel=stylesheet], style").forEach(sheet => sheet.remove());
  const order = {
    "the skip link": "a[href='#main']", "the site's name": "header a[href='/']", "the navigation": "header nav a",
    "the heading": "main h1", "the footer": "body > footer",
  };
  const found = [], tops = [];
  for (const [name, selector] of Object.entries(order)) {
    const box = document.querySelector(selector)?.getBoundingClientRect();
    if (!box?.height) found.push(`${name} is missing`);
    else if (tops.length && box.top <= tops.at(-1)) found.push(`${name} comes too early`);
    if (box?.height) tops.push(box.top);
  }
  let level = 0;
  const headings = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")];
  if (headings.filter(heading => heading.localName === "h1").length !== 1) found.push("there is not one first heading");
  for (const heading of headings) {
    const next = Number(heading.localName[1]);
    if (next > level + 1) found.push(`“${heading.innerText}” skips a level, from ${level} to ${next}`);
    level = next;
  }
  // What is folded can be unfolded, and what opens over the page has a button that opens it.
  const folded = "details:not([open]) *, [popover]:not(:popover-open), [popover]:not(:popover-open) *";
  const opener = id => document.querySelector(`button[popovertarget="${id}"]:not([popovertargetaction])`);
  for (const { id } of document.querySelectorAll("[popover]")) if (!opener(id)) found.push(`nothing opens ${id}`);
  for (const element of document.body.querySelectorAll(`:not(script, option, ${folded})`))
    if (element.textContent.trim() && !element.checkVisibility({visibilityProperty: true}))
      found.push(`hidden: ${element.localName} “${element.textContent.trim().slice(0, 40)}”`);
  return found;
}"""


class TestWithoutStyles:
    def test_every_page_reads_in_order_and_hides_nothing(self, page: Page, demo: None) -> None:
        found = on(page, readers_pages(), evaluated(UNSTYLED))
        assert not found, listed(found)


SCRIPTS = """() => [...document.querySelectorAll("script:not([type='application/ld+json'])")].map(
  script => `has a script: ${script.src || script.textContent.slice(0, 40)}`)"""


class TestWithoutScripts:
    def test_no_public_page_has_one_and_every_page_looks_the_same(
        self, open_page: Opener, demo: None
    ) -> None:
        pictures: dict[str, Any] = {}

        def look(page: Page) -> list[str]:
            pictures[page.url] = page.screenshot(full_page=True)
            found: list[str] = page.evaluate(SCRIPTS)
            return found

        def compare(page: Page) -> list[str]:
            return [] if page.screenshot(full_page=True) == pictures[page.url] else ["looks different"]

        found = on(open_page(), readers_pages(), look)
        found += on(open_page(java_script_enabled=False), readers_pages(), compare)
        assert not found, listed(found)
