"""Readers who enlarge, print, hold still, or do without styles and scripts lose nothing: a look at the open page each.

Every look says what is wrong, one line each, and leaves the page as it was, but for ``unstyled``.
"""

from typing import cast

from playwright.sync_api import Error, Page, ViewportSize

DESKTOP: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
ENLARGED: ViewportSize = {"width": 320, "height": 256}
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


def evaluated(page: Page, script: str) -> list[str]:
    return cast(list[str], page.evaluate(script))


def in_windows(page: Page, *windows: ViewportSize) -> list[str]:
    """What is cut or scrolls sideways in narrower windows."""
    found = []
    for window in windows:
        page.set_viewport_size(window)
        found += [f"{fault} at {window['width']}px" for fault in evaluated(page, CUT)]
    page.set_viewport_size(DESKTOP)
    return found


SIZES = """() => [...document.querySelectorAll("main :is(h1, h2, h3, p, li, dt, dd)")].map(element =>
  [element.localName, parseFloat(getComputedStyle(element).fontSize)])"""


def doubled(page: Page) -> list[str]:
    """What does not grow with the browser's own size of text, or is cut then."""
    driver = page.context.new_cdp_session(page)
    driver.send("Page.setFontSizes", USUAL)
    before = page.evaluate(SIZES)
    driver.send("Page.setFontSizes", DOUBLED)
    small = {
        f"{tag} grows from {a}px to {b}px only"
        for (tag, a), (_, b) in zip(before, page.evaluate(SIZES), strict=True)
        if b < min(1.95 * a, CHOSEN)
    }
    cut = evaluated(page, CUT)
    driver.send("Page.setFontSizes", USUAL)
    driver.detach()
    return [*sorted(small), *(f"{fault} with text twice as large" for fault in cut)]


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


def on_paper(page: Page) -> list[str]:
    page.set_viewport_size({"width": A4, "height": 1000})
    page.emulate_media(media="print")
    found = evaluated(page, ON_PAPER) + [f"{fault} on paper" for fault in evaluated(page, CUT)]
    page.emulate_media(media="screen")
    page.set_viewport_size(DESKTOP)
    return found


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


def moving(page: Page) -> list[str]:
    """What moves though the reader asked for stillness."""
    page.emulate_media(reduced_motion="reduce")
    found = evaluated(page, MOVING)
    page.emulate_media(reduced_motion="no-preference")
    return found


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


def unstyled(page: Page) -> list[str]:
    """What is out of order or hidden without styles, which do not come back."""
    return evaluated(page, UNSTYLED)


SCRIPTS = """() => [...document.querySelectorAll("script:not([type='application/ld+json'])")].map(
  script => `has a script: ${script.src || script.textContent.slice(0, 40)}`)"""


def pictured(page: Page) -> bytes:
    """A screenshot of the whole page.

    A second attempt follows where Chromium cannot take one: its graphics process has just been restarted.
    """
    try:
        return page.screenshot(full_page=True)
    except Error as refusal:
        if "Unable to capture screenshot" not in str(refusal):
            raise
        return page.screenshot(full_page=True)
