"""The site without a mouse: Tab reaches everything in the order of the document, and shows where it is."""

import itertools
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

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
    """Open a page and travel through it."""
    page.goto(path)
    return through(page)


def through(page: Page) -> Journey:
    """Press Tab from the top of the open page until everything that can be reached had its turn."""
    reachable: list[str] = page.evaluate(WATCH)
    assert reachable, f"{page.url} has nothing to reach"
    for _ in reachable:
        page.keyboard.press("Tab")
    return Journey(reachable, page.evaluate("tabStops"))


IS_PAST_THE_HEADER = """() => {
  const place = document.querySelector("main").compareDocumentPosition(document.activeElement);
  return document.activeElement !== document.body
    && Boolean(place & (Node.DOCUMENT_POSITION_CONTAINED_BY | Node.DOCUMENT_POSITION_FOLLOWING));
}"""


def skipping(page: Page) -> list[str]:
    """What is wrong with the first stop of the page that has just been opened: a link past the navigation."""
    page.keyboard.press("Tab")
    if page.evaluate("document.activeElement.getAttribute('href')") != "#main":
        return ["the first stop is no skip link"]
    found = []
    box = page.locator(":focus").bounding_box()
    if not box or min(box["width"], box["height"]) < 10 or min(box["x"], box["y"]) < 0:
        found.append("the skip link stays out of sight")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    if not page.evaluate(IS_PAST_THE_HEADER):
        found.append("the skip link does not lead to the content")
    return found
