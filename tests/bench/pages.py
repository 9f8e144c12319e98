"""``make bench-pages``: what the demo's main pages cost a reader who comes for the first time.

Bytes, requests and shifts are the same at every run, and ``tests/browser/test_weight.py`` holds some of them to a
budget. Times are of this machine: they are for comparing, and so is their ratio to a page that is as good as empty.
"""

from statistics import median

from playwright.sync_api import Browser

from tests.bench.served import served_demo
from tests.bench.visit import WINDOWS, Visit, visit
from tests.browser.tools.chromium import running_chromium

PAGES = {"home": "/", "film": "/films/ballerina/", "review": "/reviews/ballerina-jeff-ewing/"}
EMPTY = "/robots.txt"
TIMES = 3
"""Each page is opened this often; the times are the median's."""
COLUMNS = (
    f"{'page':<8}{'width':>6}{'shift':>8}{'html':>8}{'gzip':>8}{'wire':>9}{'requests':>10}{'blocking':>10}"
    f"{'fonts':>7}{'first paint':>19}{'largest paint':>19}"
)


def main() -> None:
    with served_demo() as demo, running_chromium() as browser:
        print(
            f"Bytes: html, html as a proxy compresses it, and all over the wire then. Times: ms, × {EMPTY}\n\n{COLUMNS}"
        )
        blocking: dict[str, list[float]] = {}
        for window in WINDOWS:
            _, first, largest = _visited(browser, demo.address, EMPTY, window["width"])
            for name, path in PAGES.items():
                seen, *paints = _visited(browser, demo.address, path, window["width"])
                print(_row(name, window["width"], seen), *map(_time, paints, (first, largest)), sep="")
                for sheet in seen.blocking:
                    blocking.setdefault(sheet, []).append(seen.used.get(sheet, 0.0))
        print("\nWhat the first paint waits for:")
        for sheet, shares in blocking.items():
            print(f"  {sheet}: {_advice(len(shares), max(shares))}")


def _visited(browser: Browser, address: str, path: str, width: int) -> tuple[Visit, float, float]:
    """A visit, and the medians of its first and its largest paint."""
    window = next(window for window in WINDOWS if window["width"] == width)
    visits = [visit(browser, address, path, window) for _ in range(TIMES)]
    return visits[-1], median(v.first_paint for v in visits), median(v.largest_paint for v in visits)


def _row(name: str, width: int, seen: Visit) -> str:
    return (
        f"{name:<8}{width:>6}{seen.shift:>8.4f}{seen.html:>8,}{seen.compressed:>8,}{seen.wire:>9,}"
        f"{len(seen.requests):>10}{len(seen.blocking):>10}{len(seen.fonts):>7}"
    )


def _time(milliseconds: float, empty: float) -> str:
    return f"{milliseconds:>9,.0f} ({milliseconds / max(empty, 1):>4.1f} ×)"


def _advice(visits: int, used: float) -> str:
    """What to make of a stylesheet that holds up the first paint."""
    if visits < len(PAGES) * len(WINDOWS):
        return f"not on every page, {used:.0%} of it used: could be joined to what is on every page, if it is small"
    if used < 0.5:
        return f"on every page, {used:.0%} of it used at most: what no page here uses could go"
    return f"on every page, up to {used:.0%} of it used: it stays"


if __name__ == "__main__":
    main()
