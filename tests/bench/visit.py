"""A first visit to a page: what comes over the wire, what holds up the first paint, and what moves."""

import gzip
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, Response, ViewportSize

USUAL_LEVEL = 6
"""How hard a proxy compresses, unless it is told otherwise."""

WINDOWS: tuple[ViewportSize, ...] = ({"width": 390, "height": 844}, {"width": 1280, "height": 900})

# Scrolls to the end as a reader would, so that what comes into view late has its chance to push.
SEEN = """async () => {
  const entries = type => new Promise(resolve => {
    const found = [];
    const observer = new PerformanceObserver(list => found.push(...list.getEntries()));
    observer.observe({type, buffered: true});
    setTimeout(() => { found.push(...observer.takeRecords()); observer.disconnect(); resolve(found); }, 150);
  });
  const frames = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  await document.fonts.ready;
  await frames();
  const largest = await entries("largest-contentful-paint");
  for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight) {
    scrollTo(0, y);
    await frames();
  }
  const shifts = (await entries("layout-shift")).filter(shift => !shift.hadRecentInput);
  const resources = performance.getEntriesByType("resource");
  return {
    shift: shifts.reduce((sum, shift) => sum + shift.value, 0),
    blocking: resources.filter(r => r.renderBlockingStatus === "blocking").map(r => new URL(r.name).pathname),
    first: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0,
    largest: largest.at(-1)?.startTime ?? 0,
  };
}"""


@dataclass(frozen=True)
class Visit:
    """Sizes in bytes, times in milliseconds since the visitor asked.

    The page itself is sent as it is, and ``compressed`` by whatever stands in front of us in production; ``wire`` is
    all that comes over it then, headers too.
    """

    html: int
    compressed: int
    wire: int
    requests: list[str]
    elsewhere: list[str]
    stylesheets: list[str]
    fonts: list[str]
    blocking: list[str]
    used: dict[str, float]
    shift: float
    first_paint: float
    largest_paint: float


def visit(browser: Browser, address: str, path: str, window: ViewportSize) -> Visit:
    """Open a page in a profile that knows nothing yet, and read it to its end."""
    context = browser.new_context(viewport=window)
    page = context.new_page()
    wire: dict[str, int] = {}
    responses: list[Response] = []
    sheets: dict[str, dict[str, Any]] = {}
    driver = context.new_cdp_session(page)
    driver.on(
        "Network.loadingFinished", lambda event: wire.update({event["requestId"]: event["encodedDataLength"]})
    )
    driver.on(
        "CSS.styleSheetAdded", lambda event: sheets.update({event["header"]["styleSheetId"]: event["header"]})
    )
    for command in ("Network.enable", "DOM.enable", "CSS.enable", "CSS.startRuleUsageTracking"):
        driver.send(command)
    page.on("response", lambda response: responses.append(response))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    response = page.goto(address + path, wait_until="networkidle")
    assert response is not None
    assert response.ok, path
    seen: dict[str, Any] = page.evaluate(SEEN)
    usage = driver.send("CSS.stopRuleUsageTracking")["ruleUsage"]

    def of(kind: str) -> list[str]:
        return [r.url.removeprefix(address) for r in responses if r.request.resource_type == kind]

    html = response.body()
    compressed = len(gzip.compress(html, USUAL_LEVEL))
    found = Visit(
        html=len(html),
        compressed=compressed,
        wire=sum(wire.values()) - response.request.sizes()["responseBodySize"] + compressed,
        requests=[url.removeprefix(address) for url in asked],
        elsewhere=[url for url in asked if not url.startswith((address + "/", "data:"))],
        stylesheets=of("stylesheet"),
        fonts=of("font"),
        blocking=seen["blocking"],
        used={
            header["sourceURL"].removeprefix(address): _share_used(
                sheet, len(driver.send("CSS.getStyleSheetText", {"styleSheetId": sheet})["text"]), usage
            )
            for sheet, header in sheets.items()
            if header["sourceURL"].startswith(address)
        },
        shift=seen["shift"],
        first_paint=seen["first"],
        largest_paint=seen["largest"],
    )
    context.close()
    return found


def _share_used(sheet: str, length: int, usage: list[dict[str, Any]]) -> float:
    """How much of a stylesheet's text the page has used, from 0 to 1. Rules are told of more than once, and nest."""
    used = sorted(
        (int(rule["startOffset"]), int(rule["endOffset"]))
        for rule in usage
        if rule["styleSheetId"] == sheet and rule["used"]
    )
    covered = end = 0
    for start, stop in used:
        covered += max(0, stop - max(start, end))
        end = max(end, stop)
    return covered / max(length, 1)
