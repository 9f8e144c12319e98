"""Two reviews side by side in a real browser, scripts off: on a phone and a wide sheet, by eye, by ear and on paper."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from reviews.desk.verbs import publishing
from reviews.models import EditionJudgement
from reviews.rules.argument import Stance
from reviews.seeding.factories import make_aspect, make_critic, make_film, make_judgement, make_review
from tests.browser.conftest import Opener
from tests.browser.tools.axe import examine, listed
from tests.browser.tools.looks import A4, CUT

pytestmark = pytest.mark.browser

PAIR = "/side-by-side/ballerina-adam-nayman/ballerina-eileen-jones/"
CHOOSING = "/films/ballerina/side-by-side/"
WIDTHS = (320, 390, 768, 960, 1280)
PHONE, WIDE = 390, 1280
UNLIT = "rgba(0, 0, 0, 0)"
LIT = """anchor => {
  const number = document.getElementById(anchor).dataset.passage;
  const runs = [...document.querySelectorAll(`[data-passages~="${number}"]`)];
  const box = runs[0].getBoundingClientRect();
  return {
    colours: runs.map(run => getComputedStyle(run).backgroundColor),
    words: runs.map(run => run.textContent).join(""),
    inView: box.bottom > 0 && box.top < innerHeight,
  };
}"""
BODY = """The camera waits[^1], and see [the lead](#fn-1).

## Of the fights

The fights are clear.

| round | won by |
|---|---|
| one | nobody |

::: spoiler How it ends
The butler did it[^2].
:::

[^1]: For an hour.

[^2]: In the pantry."""


def opened(open_page: Opener, path: str, width: int, **options: Any) -> Page:
    page = open_page(java_script_enabled=False, viewport={"width": width, "height": 800}, **options)
    page.goto(path)
    return page


def spoken(page: Page) -> dict[str, str]:
    """What Chromium tells a screen reader under each name of a group: everything inside, in order."""
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")
    nodes = {node["nodeId"]: node for node in tree["nodes"]}

    def words(node: dict[str, Any]) -> str:
        own = node["name"]["value"] if node.get("role", {}).get("value") == "StaticText" else ""
        return " ".join([own, *(words(nodes[child]) for child in node.get("childIds", ()) if child in nodes)])

    return {
        node["name"]["value"]: " ".join(words(node).split())
        for node in nodes.values()
        if not node["ignored"] and node["role"]["value"] == "group" and node.get("name", {}).get("value")
    }


@pytest.fixture
def originals(demo: None) -> str:
    """The pair of two reviews of our own, whose bodies have the same footnotes, tables and folds."""
    film, aspect = make_film(slug="long"), make_aspect(name="Ending")
    for slug, verdict, stance in (("first", 2, 1), ("second", -2, -1)):
        critic = make_critic(name=f"The {slug.title()} Critic-Of-Some-Considerable Length", slug=slug)
        review = make_review(slug=slug, film=film, critic=critic, body=BODY, verdict=verdict, rating="3/5")
        make_judgement(review, aspect=aspect, stance=stance, evidence="The butler did it")
        publishing.publish(review)
    return "/side-by-side/first/second/"


class TestAtEveryWidth:
    def test_nothing_scrolls_sideways_and_nothing_is_cut(self, open_page: Opener, originals: str) -> None:
        page = open_page(java_script_enabled=False)
        for path in (PAIR, originals, CHOOSING, f"{CHOOSING}?one=ballerina-latestbuz&other=never"):
            page.goto(path)
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 800})
                assert page.evaluate(CUT) == [], (path, width)

    def test_every_stance_is_told_with_its_critic_and_its_aspect(self, open_page: Opener, demo: None) -> None:
        held = EditionJudgement.objects.filter(
            edition__slug__in=["ballerina-adam-nayman", "ballerina-eileen-jones"]
        ).select_related("aspect", "edition__critic")
        assert len(held) == 15
        page = opened(open_page, PAIR, WIDE)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            said = spoken(page)
            folded = {name.lower(): words for name, words in said.items()}
            for judgement in held:
                name = f"{judgement.edition.critic.name} on {judgement.aspect.name}".lower()
                assert Stance(judgement.stance).label.lower() in folded[name].split(), (name, width)
                assert " ".join(judgement.evidence.split()) in folded[name], width
            assert sum("silent" in words.split() for words in said.values()) == len(said) - len(held), width

    def test_on_a_wide_sheet_two_stand_side_by_side_and_on_a_phone_one_after_the_other(
        self, open_page: Opener, demo: None
    ) -> None:
        page = opened(open_page, PAIR, PHONE)
        for width, is_beside in ((PHONE, False), (320, False), (WIDE, True), (960, True)):
            page.set_viewport_size({"width": width, "height": 800})
            for what in (".beside-side", ".is-opposed .held", ".in-full__one"):
                one, other = (page.locator(what).nth(n).bounding_box() for n in (0, 1))
                assert one is not None
                assert other is not None
                assert (one["y"] == other["y"] and one["x"] + one["width"] <= other["x"] + 1) is is_beside
                assert (one["y"] + one["height"] <= other["y"]) is not is_beside
            who = page.locator(".is-opposed .held__who").first
            assert (
                who.evaluate("it => it.clientWidth > 1 || it.getClientRects()[0].width > 2")
            ) is not is_beside

    def test_on_a_wide_sheet_the_names_stay_in_sight_and_cover_no_focus(
        self, open_page: Opener, demo: None
    ) -> None:
        page = opened(open_page, PAIR, WIDE)
        links = page.locator(".held__way a")
        links.last.focus()
        names = page.locator(".contests__names")
        for n in reversed(range(links.count())):
            page.keyboard.press("Shift+Tab")
            bar, focused = names.bounding_box(), page.locator(":focus").bounding_box()
            assert bar is not None
            assert focused is not None
            assert focused["y"] >= bar["y"] + bar["height"] or n == 0, n
        page.locator(".contest").last.scroll_into_view_if_needed()
        expect(names).to_be_in_viewport()


class TestWaysOn:
    @pytest.mark.parametrize("width", [PHONE, WIDE])
    def test_every_passage_is_found_lit_in_its_review(
        self, open_page: Opener, demo: None, width: int
    ) -> None:
        page = opened(open_page, PAIR, width)
        evidence = {judgement.anchor: judgement.evidence for judgement in EditionJudgement.objects.all()}
        ways = page.locator(".held__way a")
        hrefs = [str(way.get_attribute("href")) for way in ways.all()]
        assert len(hrefs) == 15
        for n, href in enumerate(sorted(hrefs)):
            if n % 5 == 0:  # By the link itself now and then, and else by where it leads.
                page.goto(PAIR)
                ways.nth(hrefs.index(href)).click()
                page.wait_for_url(f"**{href}")
            else:
                page.goto(href)
            anchor = href.partition("#")[2]
            found = page.evaluate(LIT, anchor)
            assert found["inView"], anchor
            assert UNLIT not in found["colours"], anchor
            assert found["words"].split() == evidence[anchor].split()

    @pytest.mark.parametrize("width", [PHONE, WIDE])
    def test_from_the_head_to_either_text(self, open_page: Opener, demo: None, width: int) -> None:
        page = opened(open_page, PAIR, width)
        for name, words in (("Eileen Jones", "she wants the sequels"), ("Adam Nayman", "Six paragraphs")):
            page.get_by_role("link", name=f"Read our digest of {name} in full").click()
            article = page.locator("article:target")
            expect(article).to_be_in_viewport()
            expect(article).to_contain_text(words)
            expect(article.get_by_text("Our digest of")).to_have_count(1)

    def test_from_a_film_to_its_sharpest_disagreement(self, open_page: Opener, demo: None) -> None:
        page = opened(open_page, "/films/ballerina/", PHONE)
        page.get_by_role("link", name="Eileen Jones and Adam Nayman, side by side").click()
        assert page.url.endswith(PAIR)
        expect(page.get_by_role("heading", level=1)).to_have_text(
            "Eileen Jones and Adam Nayman on Ballerina (2025)"
        )
        expect(page.locator(".beside-head__line")).to_have_text(
            "Opposed on lead performance, action and story; rave against pan."
        )


class TestTwoBodiesOfOneMake:
    def test_a_footnote_leads_to_its_own_body_and_back(self, open_page: Opener, originals: str) -> None:
        page = opened(open_page, originals, WIDE)
        for n in (0, 1):
            article = page.locator(".in-full__one").nth(n)
            mark = article.locator("a[role=doc-noteref]").first
            mark.click()
            expect(article.locator("li:target")).to_be_in_viewport()
            expect(article.locator("li:target")).to_contain_text("For an hour.")
            article.locator("li:target a[role=doc-backlink]").click()
            expect(article.locator("a[role=doc-noteref]:target")).to_be_in_viewport()

    def test_what_would_give_something_away_opens_when_it_is_asked(
        self, open_page: Opener, originals: str
    ) -> None:
        page = opened(open_page, originals, PHONE)
        assert "butler" not in page.locator("main").inner_text()
        fold = page.locator(".held details").first
        fold.locator("summary").click()
        expect(fold.locator("blockquote")).to_have_text("“The butler did it”")

    def test_axe_finds_nothing(self, page: Page, originals: str) -> None:
        found = examine(page, [originals, f"{CHOOSING}?one=never&other=never"])
        assert not found, listed(found)


class TestChoosing:
    def test_two_are_chosen_and_read(self, open_page: Opener, demo: None) -> None:
        page = opened(open_page, CHOOSING, PHONE)
        page.get_by_label("One review").select_option("Jeff Ewing: positive")
        page.get_by_label("The other").select_option("LatestBuz: mixed")
        page.get_by_role("button", name="Read them side by side").click()
        assert page.url.endswith("/side-by-side/ballerina-jeff-ewing/ballerina-latestbuz/")

    def test_the_same_twice_is_told_where_it_can_be_put_right(self, open_page: Opener, demo: None) -> None:
        page = opened(open_page, CHOOSING, PHONE)
        page.get_by_label("One review").select_option("LatestBuz: mixed")
        page.get_by_label("The other").select_option("LatestBuz: mixed")
        page.get_by_role("button", name="Read them side by side").click()
        other = page.get_by_label("The other")
        expect(other).to_have_accessible_description(
            "That is the same review twice. Choose another one here."
        )
        expect(other).to_have_value("ballerina-latestbuz")
        other.select_option("Adam Nayman: pan")
        page.get_by_role("button", name="Read them side by side").click()
        assert page.url.endswith("/side-by-side/ballerina-adam-nayman/ballerina-latestbuz/")


class TestOtherWaysOfSeeing:
    def test_without_colours_of_ours_signs_and_words_are_there(self, open_page: Opener, demo: None) -> None:
        page = opened(open_page, PAIR, WIDE, forced_colors="active")
        colours = page.eval_on_selector_all(
            ".held__stance .sign", "signs => signs.map(sign => getComputedStyle(sign).fill)"
        )
        text = page.evaluate("getComputedStyle(document.body).color")
        assert len(colours) == 15
        assert set(colours) == {text}

    def test_on_paper_each_stance_has_its_name_and_nothing_only_a_screen_can_use(
        self, open_page: Opener, originals: str
    ) -> None:
        page = opened(open_page, originals, A4)
        page.emulate_media(media="print")
        assert page.evaluate(CUT) == []
        for name in page.locator(".held__who").all():
            expect(name).to_be_visible()
        for only in (".held__way", ".beside-side__way", ".beside-foot", ".contests__names"):
            expect(page.locator(only).first).to_be_hidden()
