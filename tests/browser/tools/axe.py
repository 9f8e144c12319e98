"""What axe finds on a page, theme by theme: nothing of WCAG 2.2 AA, and none of its best practices broken."""

from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Literal

from playwright.sync_api import Page

from tests.gate.night import in_turn

AXE = (files("axe_playwright_python") / "axe.min.js").read_text()
STANDARDS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
SETTLE = "document.getAnimations().forEach(animation => animation.finish())"
"""Where colours fade into a new theme, axe would measure one half-way."""


@dataclass(frozen=True)
class Theme:
    name: str
    scheme: Literal["light", "dark"]
    forced: Literal["active", "none"] = "none"
    without: tuple[str, ...] = ()


THEMES = in_turn(
    (
        Theme("light", "light"),
        Theme("dark", "dark"),
        # Here the browser paints text in the reader's own colours, while axe goes on reading the author's
        # (-webkit-text-fill-color, which no browser forces): its contrasts are of colours that nobody sees.
        Theme("forced colours", "light", "active", without=("color-contrast",)),
    )
)
"""One a commit, by turns; all of them at night."""


def violations(page: Page, theme: Theme) -> list[str]:
    """What axe finds on the open page, one line an element. Its source goes round the policy, past the page."""
    page.emulate_media(color_scheme=theme.scheme, forced_colors=theme.forced, reduced_motion="reduce")
    page.evaluate(SETTLE)
    # The stylesheets come with the page: axe need not fetch them again.
    options: dict[str, Any] = {
        "runOnly": STANDARDS,
        "rules": {rule: {"enabled": False} for rule in theme.without},
        "resultTypes": ["violations"],
        "preload": False,
    }
    found: dict[str, Any] = page.evaluate("options => axe.run(options)", options)
    assert len(found["passes"]) > 5, "axe looked at nothing"
    return [
        f"{rule['id']} · {' '.join(map(str, node['target']))} · {summary(node)}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


def summary(node: dict[str, Any]) -> str:
    return " ".join(str(node["failureSummary"]).split())


def examine(page: Page, paths: Iterable[str]) -> list[str]:
    """What axe finds on each of the pages: page · rule · target · summary · the themes it is so in."""
    found = []
    for path in paths:
        page.goto(path)
        found += examine_open(page, path)
    return found


def examine_open(page: Page, name: str) -> list[str]:
    """The same of the page that is open, which is then as it was: light, and free to move."""
    found: dict[str, list[str]] = {}
    page.evaluate(AXE)
    for theme in THEMES:
        for violation in violations(page, theme):
            found.setdefault(f"{name} · {violation}", []).append(theme.name)
    page.emulate_media(color_scheme="light", forced_colors="none", reduced_motion="no-preference")
    return [f"{violation} · {', '.join(themes)}" for violation, themes in found.items()]


def listed(found: list[str]) -> str:
    return f"{len(found)} faults\n" + "\n".join(found)
