"""The argument of a film in a real browser, scripts off: cells open and lead on, and it reads well at any width."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from reviews.desk.verbs import publishing
from reviews.models import Aspect, Critic, Film
from reviews.models.public.edition import EditionJudgement
from reviews.seeding.factories import BODY as THREE_PARAGRAPHS
from reviews.seeding.factories import make_aspect, make_critic, make_film, make_judgement, make_review
from tests.browser.conftest import Opener
from tests.browser.tools.kept import Kept

pytestmark = pytest.mark.browser

WIDTHS = (320, 360, 390, 768, 1024, 1280, 1600)
UNLIT = "rgba(0, 0, 0, 0)"
LIT = """anchor => {
  const place = document.getElementById(anchor), number = place.dataset.passage;
  const runs = [...document.querySelectorAll(`[data-passages~="${number}"]`)];
  const box = runs[0].getBoundingClientRect();
  return {
    colours: [...new Set(runs.map(run => getComputedStyle(run).backgroundColor))],
    words: runs.map(run => run.textContent).join(""),
    inView: box.bottom > 0 && box.top < innerHeight && box.height > 0,
  };
}"""


@pytest.fixture
def crowds(demo: None, kept: Kept) -> dict[int, Film]:
    """Films with three and with forty critics, every one of whom judges nine aspects, two of them this film's own."""
    kept.stage("crowds", _stage_crowds)
    return {size: Film.objects.get(slug=f"of-{size}") for size in (3, 40)}


def _stage_crowds() -> None:
    general = list(Aspect.objects.filter(film=None)[:7])
    critics = [
        make_critic(name=f"{name} {'Eriksson-Lindqvist' if n % 7 == 0 else 'Haddad'}", slug=f"crowd-{n}")
        for n, name in enumerate(["Ann", "Bob", "Cy", "Dee"] * 10)
    ]
    for size in (3, 40):
        _crowd(size, critics[:size], general)


def _crowd(size: int, critics: list[Critic], general: list[Aspect]) -> None:
    film = make_film(title=f"{size} of them", slug=f"of-{size}")
    own = [make_aspect(name=name, slug=name.lower(), film=film) for name in ("Ending", "Dog")]
    for n, critic in enumerate(critics):
        review = make_review(film=film, critic=critic, verdict=n % 5 - 2)
        for k, aspect in enumerate([*general, *own]):
            make_judgement(review, aspect=aspect, stance=(n + k) % 3 - 1)
        publishing.publish(review)


class TestCells:
    def test_every_cell_of_the_table_lands_on_its_passage_lit(self, open_page: Opener, demo: None) -> None:
        page = open_page(java_script_enabled=False)
        evidence = {
            judgement.anchor: judgement.evidence for judgement in EditionJudgement.objects.order_by("pk")
        }
        page.goto("/films/ballerina/")
        opened = []
        for cell in page.locator(".matrix button").all():
            cell.click()
            opened.append(str(page.locator(".cited:popover-open a").get_attribute("href")))
            page.keyboard.press("Escape")
        landed = {}
        for n, href in enumerate(sorted(opened)):
            if n % 10 == 0:  # By the link itself now and then, and else by where it leads.
                page.goto("/films/ballerina/")
                page.locator(".matrix button").nth(opened.index(href)).click()
                anchor = _follow(page, page.locator(".cited:popover-open a"))
                assert page.url.endswith(href)
            else:
                page.goto(href)
                anchor = href.partition("#")[2]
            landed[anchor] = page.evaluate(LIT, anchor)
        assert len(landed) == 41
        for anchor, found in landed.items():
            assert found["inView"], anchor
            assert UNLIT not in found["colours"], anchor
            assert _words(found["words"]) == _words(evidence[anchor])

    def test_the_list_of_a_phone_opens_the_same_passages(self, open_page: Opener, demo: None) -> None:
        page = open_page(java_script_enabled=False, viewport={"width": 360, "height": 740})
        page.goto("/films/ballerina/")
        buttons = page.locator(".matrix button")
        assert buttons.count() == 41
        buttons.nth(20).click()
        opened = page.locator(".cited:popover-open")
        box = opened.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360
        assert box["y"] + box["height"] <= 740
        anchor = _follow(page, opened.get_by_text("Read it where it stands"))
        assert UNLIT not in page.evaluate(LIT, anchor)["colours"]

    def test_a_passage_opens_and_closes_from_the_keyboard(self, open_page: Opener, demo: None) -> None:
        page = open_page(java_script_enabled=False)
        page.goto("/films/ballerina/")
        cell = page.locator(".matrix button").first
        cell.focus()
        page.keyboard.press("Enter")
        expect(page.locator(".cited:popover-open")).to_be_visible()
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('.cited') !== null")
        page.keyboard.press("Escape")
        expect(page.locator(".cited:popover-open")).to_have_count(0)
        expect(cell).to_be_focused()

    def test_a_passage_that_gives_something_away_is_folded_until_it_is_asked_for(
        self, open_page: Opener, demo: None
    ) -> None:
        aspect = make_aspect(name="Ending", slug="the-ending")
        review = make_review(
            film=make_film(slug="told"), body=THREE_PARAGRAPHS + "\n\n::: spoiler\nShe dies.\n:::"
        )
        make_judgement(review, aspect=aspect, evidence="She dies.")
        publishing.publish(review)
        page = open_page(java_script_enabled=False)
        page.goto("/films/told/")
        page.locator(".matrix button").click()
        expect(page.locator(".cited").get_by_text("She dies.")).to_be_hidden()
        page.locator(".cited summary").click()
        expect(page.locator(".cited").get_by_text("She dies.")).to_be_visible()
        page.get_by_text("Read it where it stands").click()
        expect(page.locator(".review__body").get_by_text("She dies.")).to_be_visible()


def _follow(page: Page, link: Locator) -> str:
    """Follow a link to a passage, and wait until its page is there; the passage's anchor."""
    link.click()
    page.wait_for_url(re.compile("#passage-"))
    return page.url.partition("#")[2]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


class TestEveryWidth:
    @pytest.mark.parametrize("size", [3, 40])
    def test_nothing_scrolls_sideways_and_one_of_table_and_list_is_there(
        self, open_page: Opener, crowds: dict[int, Film], size: int
    ) -> None:
        page = open_page()
        page.goto(f"/films/of-{size}/")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, width
            shown = [part for part in (".matrix", ".by-aspect") if page.locator(part).is_visible()]
            assert shown == ([".by-aspect"] if size == 40 and width < 1280 else [".matrix"]), width
            assert _overflowing(page) == [], width

    def test_the_cells_of_forty_columns_are_large_enough_to_be_hit(
        self, open_page: Opener, crowds: dict[int, Film]
    ) -> None:
        page = open_page()
        page.goto("/films/of-40/")
        sizes = page.eval_on_selector_all(
            ".matrix button", "all => all.map(b => b.getBoundingClientRect()).map(b => [b.width, b.height])"
        )
        assert len(sizes) == 40 * 9
        assert min(min(size) for size in sizes) >= 24

    def test_printed_it_is_a_table_of_words_and_opens_nothing(self, open_page: Opener, demo: None) -> None:
        page = open_page(viewport={"width": 700, "height": 1000})
        page.goto("/films/ballerina/")
        page.emulate_media(media="print")
        expect(page.locator(".matrix thead")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 700
        assert _overflowing(page) == []

    def test_printed_forty_critics_are_a_list_by_aspect_with_every_name(
        self, open_page: Opener, crowds: dict[int, Film]
    ) -> None:
        page = open_page(viewport={"width": 700, "height": 1000})
        page.goto("/films/of-40/")
        name = page.locator(".by-aspect details button").first
        expect(name).to_be_hidden()
        page.emulate_media(media="print")
        expect(page.locator(".matrix")).to_be_hidden()
        assert name.evaluate(
            "name => name.checkVisibility({contentVisibilityAuto: true}) && name.offsetHeight > 0"
        )
        assert page.evaluate("document.documentElement.scrollWidth") <= 700

    def test_in_forced_colours_signs_and_words_stay_and_the_lone_voice_is_outlined(
        self, open_page: Opener, demo: None
    ) -> None:
        page = open_page()
        page.emulate_media(forced_colors="active")
        page.goto("/films/ballerina/")
        lone = page.locator(".matrix .is-lone")
        assert lone.count() == 2
        for n in range(2):
            style = lone.nth(n).evaluate("cell => getComputedStyle(cell).outlineStyle")
            assert style == "solid"
        sign = page.locator(".matrix td .sign").first
        ink = page.evaluate("getComputedStyle(document.body).color")
        assert sign.evaluate("sign => getComputedStyle(sign).color") == ink


def _overflowing(page: Page) -> list[str]:
    """Cells whose content runs over their neighbours, but for what is for the ear alone."""
    found: list[str] = page.eval_on_selector_all(
        ".matrix th, .matrix td",
        """cells => cells.filter(cell => [...cell.querySelectorAll("a, span, svg")].some(part =>
             getComputedStyle(part).clipPath === "none" && part.getClientRects().length &&
             part.getBoundingClientRect().right > cell.getBoundingClientRect().right + 1
           )).map(cell => cell.textContent.trim())""",
    )
    return found


class TestWhoListens:
    """What the accessibility tree says, which screen readers read out."""

    def test_every_cell_stands_in_a_row_and_a_column_with_a_name(self, open_page: Opener, demo: None) -> None:
        page = open_page()
        page.goto("/films/ballerina/")
        rows = _table(page)
        assert len(rows) == 14
        heads = [(role, name) for role, name in rows[0]]
        assert [role for role, _ in heads] == ["columnheader"] * 6
        assert [name for _, name in heads[1:]] == [
            "Adam Nayman pan",
            "LatestBuz mixed",
            "Jeff Ewing positive",
            "Unattributed positive",
            "Eileen Jones rave",
        ]
        said = {cells[0][1]: [name for _, name in cells[1:]] for cells in rows[1:]}
        for cells in rows[1:]:
            assert [role for role, _ in cells] == ["rowheader"] + ["cell"] * 5
        assert said["Lead performance"] == ["criticism alone", "praise", "praise", "praise", "praise"]
        assert said["Music"] == ["silent", "praise", "silent", "silent", "silent"]

    def test_on_a_phone_each_row_names_its_aspect_and_each_cell_its_critic(
        self, open_page: Opener, demo: None
    ) -> None:
        page = open_page(viewport={"width": 360, "height": 740})
        page.goto("/films/ballerina/")
        rows = _table(page)
        assert len(rows) == 13
        assert sum(len(cells) - 1 for cells in rows) == 41
        assert rows[0] == [
            ("rowheader", "Lead performance"),
            ("cell", "criticism alone Adam Nayman"),
            ("cell", "praise LatestBuz"),
            ("cell", "praise Jeff Ewing"),
            ("cell", "praise Unattributed"),
            ("cell", "praise Eileen Jones"),
        ]

    def test_with_forty_critics_a_cell_is_still_spoken_as_a_word(
        self, open_page: Opener, crowds: dict[int, Film]
    ) -> None:
        page = open_page()
        page.goto("/films/of-40/")
        rows = _table(page)
        assert len(rows[0]) == 41
        assert {name for cells in rows[1:] for _, name in cells[1:]} <= {
            "praise",
            "mixed",
            "criticism",
            "silent",
            *(f"{stance} alone" for stance in ("praise", "mixed", "criticism")),
        }


def _table(page: Page) -> list[list[tuple[str, str]]]:
    """The rows of the matrix as the accessibility tree holds them: role and name of each cell."""
    session = page.context.new_cdp_session(page)
    nodes = {node["nodeId"]: node for node in session.send("Accessibility.getFullAXTree")["nodes"]}

    def role(node: dict[str, Any]) -> str:
        return str(node.get("role", {}).get("value", ""))

    def below(node: dict[str, Any], wanted: set[str]) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        for child in (nodes[key] for key in node.get("childIds", []) if key in nodes):
            found += [child] if role(child) in wanted else below(child, wanted)
        return found

    def spoken(node: dict[str, Any]) -> str:
        texts = below(node, {"StaticText"})
        return " ".join(" ".join(str(text["name"]["value"]) for text in texts).split())

    [table] = [node for node in nodes.values() if role(node) == "table"]
    cells = {"columnheader", "rowheader", "cell", "gridcell"}
    return [[(role(cell), spoken(cell)) for cell in below(row, cells)] for row in below(table, {"row"})]
