"""The address of a passage, opened by somebody it was sent to, with scripts off: there it is, lit up, and in view."""

from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from reviews.desk.verbs import publishing
from reviews.seeding.factories import make_aspect, make_judgement, make_outlet, make_review
from tests.browser.conftest import Opener

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
BODY = """The camera waits, and *nothing* happens for a while.

{filling}

She carries **every** scene, and the *fights* are clear. It ends where it began.

{filling}

The plot is [thin as paper](https://reel.example/plot), and nobody minds. Much of it was shot twice[^1], and it shows.

{filling}

It breaks off here.

It resumes there, as if nothing had been.

::: spoiler How it ends
{filling}

The butler *did* it, in the dark.
:::

{filling}

[^1]: So it was reported.
"""
PASSAGES = {
    "across emphasis": "carries every scene, and the fights are clear",
    "across a link": "plot is thin as paper, and nobody minds",
    "across a footnote mark": "was shot twice, and it shows",
    "across paragraphs": "breaks off here. It resumes there",
    "in a folded spoiler": "The butler did it, in the dark",
}

LOOK = """anchor => {
  const target = document.getElementById(anchor);
  const of = element => (element.dataset.passages || "").split(" ").includes(target.dataset.passage);
  const ground = element => getComputedStyle(element).backgroundColor;
  const runs = [...document.querySelectorAll("[data-passages]")];
  const boxes = runs.filter(of).map(run => run.getBoundingClientRect());
  return {
    words: runs.filter(of).map(run => run.textContent).join("|"),
    lit: [...new Set(runs.filter(of).map(ground))],
    unlit: [...new Set([...runs.filter(run => !of(run)), document.querySelector(".review__body > p")].map(ground))],
    inView: boxes.every(box => box.height > 0 && box.top >= 0 && box.bottom <= innerHeight),
    open: document.querySelector("details.spoiler").open,
  };
}"""
TRANSPARENT = "rgba(0, 0, 0, 0)"


@dataclass
class Judged:
    path: str
    anchors: dict[str, str]


@pytest.fixture
def judged(live_server: LiveServer) -> Judged:
    make_outlet()
    filling = "Nothing of this is cited by anybody. " * 60
    review = make_review(slug="judged", body=BODY.format(filling=filling))
    judgements = {
        name: make_judgement(review, aspect=make_aspect(name=name), evidence=evidence)
        for name, evidence in PASSAGES.items()
    }
    edition = publishing.publish(review)
    anchors = {name: f"passage-{judgement.uid}" for name, judgement in judgements.items()}
    return Judged(edition.get_absolute_url(), anchors)


def seen(page: Page, anchor: str) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(LOOK, anchor)
    return found


def seen_in_view(page: Page, anchor: str) -> dict[str, Any]:
    """The same once it is in view: a page scrolls when its fonts are there, which may be after it has loaded."""
    for _ in range(40):
        if (found := seen(page, anchor))["inView"]:
            break
        page.wait_for_timeout(50)
    return found


@pytest.mark.parametrize("window", [PHONE, {"width": 1280, "height": 900}], ids=["phone", "desk"])
def test_a_passage_is_lit_and_in_view_for_whoever_opens_its_address(
    window: dict[str, int], judged: Judged, open_page: Opener
) -> None:
    page = open_page(viewport=window, java_script_enabled=False)
    for name, words in PASSAGES.items():
        page.goto("about:blank")
        page.goto(f"{judged.path}#{judged.anchors[name]}")
        found = seen_in_view(page, judged.anchors[name])
        assert " ".join(found["words"].replace("|", "").split()).startswith(words.split(". ")[0]), name
        (lit,) = found["lit"]
        assert found["unlit"] == [TRANSPARENT], name
        assert lit != TRANSPARENT, name
        assert found["inView"], name
        assert found["open"] is (name == "in a folded spoiler"), name


def test_the_margins_links_are_those_addresses(judged: Judged, open_page: Opener) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(judged.path)
    assert seen(page, judged.anchors["across emphasis"])["lit"] == [TRANSPARENT]
    for name, anchor in judged.anchors.items():
        page.get_by_role("link", name=name, exact=True).click()
        assert page.url.endswith(f"{judged.path}#{anchor}")
        found = seen(page, anchor)
        assert found["lit"] != [TRANSPARENT], name
        assert found["inView"], name


def test_nothing_is_lit_by_an_address_of_nothing(judged: Judged, open_page: Opener) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(f"{judged.path}#passage-gone")
    for anchor in judged.anchors.values():
        assert seen(page, anchor)["lit"] == [TRANSPARENT]
