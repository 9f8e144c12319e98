"""The site without a mouse: Tab reaches everything in the order of the document, and shows where it is."""

import itertools
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Opener
from tests.browser.site import LOGIN, Desk, readers_pages

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Runs before the first Tab. It keeps what can be reached and how each looks at rest, and writes down every stop.
# A group of radio buttons is one stop, and an element out of sight in closed <details> is none.
WATCH = """() => {
  const look = element => {
    const style = getComputedStyle(element);
    // A border without a width takes part in every change of colour, and shows none of it.
    const borders = ["Top", "Right", "Bottom", "Left"].map(side =>
      parseFloat(style[`border${side}Width`]) ? style[`border${side}Width`] + style[`border${side}Color`] : "");
    return [style.boxShadow, ...borders].join();
  };
  const named = element => [
    element.localName,
    element.id && "#" + element.id,
    (element.ariaLabel || element.innerText || element.value || element.href || "").trim().slice(0, 40),
  ].filter(Boolean).join(" ");
  const outlined = (element, part) => {
    const style = getComputedStyle(element, part);
    const seen = part === null || style.content !== "none";
    return seen && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2
      && !/, 0\\)$|^transparent$/.test(style.outlineColor);
  };
  const groups = new Set();
  const elements = [...document.querySelectorAll(
    "a[href], area[href], button, input, select, textarea, summary, iframe, [contenteditable], [tabindex]"
  )].filter(element => {
    if (element.tabIndex < 0 || element.disabled || element.type === "hidden") return false;
    if (!element.checkVisibility({visibilityProperty: true})) return false;
    if (element.type !== "radio") return true;
    const chosen = [...document.getElementsByName(element.name)].find(
      other => other.form === element.form && other.checked);
    const group = element.form?.id + element.name;
    return chosen ? element === chosen : !groups.has(group) && groups.add(group);
  });
  const stops = [];
  // A field that took the focus by itself must not keep what stands before it from being reached.
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute("tabindex");
  const atRest = elements.map(look);
  document.addEventListener("focusin", event => {
    const element = event.target, index = elements.indexOf(element);
    document.getAnimations().forEach(animation => animation.finish());
    const box = element.getBoundingClientRect();
    stops.push({
      index,
      name: named(element),
      marked: [null, "::before", "::after"].some(part => outlined(element, part)) || look(element) !== atRest[index],
      seen: box.width > 1 && box.height > 1 && box.bottom > 0 && box.top < innerHeight
        && box.right > 0 && box.left < innerWidth,
    });
  }, true);
  window.tabStops = stops;
  return elements.map(named);
}"""


@dataclass(frozen=True)
class Journey:
    """What can be reached on a page, and where Tab stopped, from its top to past its end."""

    reachable: list[str]
    stops: list[dict[str, Any]]

    def faults(self) -> list[str]:
        """What a reader without a mouse would miss, one sentence each."""
        order = [stop["index"] for stop in self.stops if stop["index"] >= 0]
        found = [f"Tab never reaches: {name}" for i, name in enumerate(self.reachable) if i not in order]
        found += [
            f"Tab goes back from {self.reachable[earlier]} to {self.reachable[later]}"
            for earlier, later in itertools.pairwise(order)
            if later <= earlier
        ]
        found += [f"nothing shows the focus on: {stop['name']}" for stop in self.stops if not stop["marked"]]
        return found + [f"focused out of sight: {stop['name']}" for stop in self.stops if not stop["seen"]]


def travel(page: Page, path: str) -> Journey:
    """Press Tab from the top of a page until everything that can be reached had its turn."""
    page.goto(path)
    reachable: list[str] = page.evaluate(WATCH)
    assert reachable, f"{path} has nothing to reach"
    for _ in reachable:
        page.keyboard.press("Tab")
    return Journey(reachable, page.evaluate("tabStops"))


def faults(page: Page, paths: dict[str, str]) -> list[str]:
    return [f"{name}: {fault}" for name, path in paths.items() for fault in travel(page, path).faults()]


def listed(found: list[str]) -> str:
    return f"{len(found)} faults\n" + "\n".join(found)


class TestTheReadersRoom:
    def test_tab_reaches_everything_in_order_and_shows_where_it_is(self, page: Page, demo: None) -> None:
        found = faults(page, readers_pages())
        assert not found, listed(found)

    def test_the_first_stop_is_the_skip_link_which_leads_past_the_navigation(
        self, page: Page, demo: None
    ) -> None:
        found = []
        for name, path in readers_pages().items():
            page.goto(path)
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.getAttribute('href')") != "#main":
                found.append(f"{name}: the first stop is no skip link")
                continue
            box = page.locator(":focus").bounding_box()
            if not box or min(box["width"], box["height"]) < 10 or min(box["x"], box["y"]) < 0:
                found.append(f"{name}: the skip link stays out of sight")
            page.keyboard.press("Enter")
            page.keyboard.press("Tab")
            if not page.evaluate(IS_PAST_THE_HEADER):
                found.append(f"{name}: the skip link does not lead to the content")
        assert not found, listed(found)


IS_PAST_THE_HEADER = """() => {
  const place = document.querySelector("main").compareDocumentPosition(document.activeElement);
  return document.activeElement !== document.body
    && Boolean(place & (Node.DOCUMENT_POSITION_CONTAINED_BY | Node.DOCUMENT_POSITION_FOLLOWING));
}"""


class TestTheDesk:
    def test_tab_reaches_everything_in_order_and_shows_where_it_is(
        self, open_page: Opener, desk: Desk
    ) -> None:
        found = faults(open_page(reduced_motion="reduce"), {"login": LOGIN})
        found += faults(desk.let_in(open_page(reduced_motion="reduce")), desk.by_path())
        assert not found, listed(found)
