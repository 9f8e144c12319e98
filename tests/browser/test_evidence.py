"""Evidence in a browser: picked from a selection of the body, and flagged when it is cut."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from reviews.models import Review
from tests.browser.conftest import Complaints, Opener, watch
from tests.browser.tools.axe import AXE, THEMES, listed, violations
from tests.browser.tools.site import Desk

pytestmark = pytest.mark.browser

PASSAGE = "they are *clear*, and each"
READ = "they are clear, and each"
FLAG = "This does not stand in the body any more."
SELECT = """(field, words) => {
  const start = field.value.indexOf(words);
  field.focus();
  field.setSelectionRange(start, start + words.length);
}"""


@pytest.fixture
def form(desk: Desk, open_page: Opener) -> Any:
    """The form of a draft without judgements; whatever the browser complained of in the end is an error."""
    page = desk.let_in(open_page())
    complaints = watch(page, desk.address)
    page.goto(path_of("ballerina-draft"))
    page.wait_for_load_state("load")
    yield page
    assert complaints.none(), complaints


def path_of(slug: str) -> str:
    return reverse("admin:reviews_review_change", args=[Review.objects.get(slug=slug).pk])


def select(page: Page, words: str) -> None:
    page.locator("#id_body").evaluate(SELECT, words)
    expect(page.get_by_role("group", name="The selected passage")).to_be_visible()


class TestUseAsEvidence:
    def test_cites_the_passage_in_a_row_of_its_own_and_saves(self, form: Page) -> None:
        select(form, PASSAGE)
        form.get_by_role("button", name="Use as evidence").click()
        expect(form.locator("#id_judgements-0-evidence")).to_have_value(READ)
        expect(form.locator("#judgements-0 .field-aspect .select2-selection")).to_be_focused()
        expect(form.locator("#evidence-offer")).to_have_text("Cited: choose the aspect and the stance.")
        form.keyboard.press("Enter")
        form.locator(".select2-container--open .select2-search__field").fill("Story")
        form.locator(".select2-results__option", has_text="Story").first.click()
        form.select_option("#id_judgements-0-stance", "1")
        form.locator("[name=_continue]").click()
        expect(form.locator(".messagelist .success")).to_be_visible()
        expect(form.locator("#id_judgements-0-evidence")).to_have_value(READ)

    def test_fills_a_row_that_has_none_and_else_another(self, form: Page) -> None:
        form.locator("#judgements-group .add-row a").click()
        form.select_option("#id_judgements-0-stance", "0")
        for row, words in enumerate(("The first hour", "The plot is a corridor")):
            select(form, words)
            form.get_by_role("button", name="Use as evidence").click()
            expect(form.locator(f"#id_judgements-{row}-evidence")).to_have_value(words)
        expect(form.locator("#id_judgements-0-stance")).to_have_value("0")

    def test_is_reached_by_the_keyboard(self, form: Page) -> None:
        select(form, PASSAGE)
        expect(form.locator("#evidence-offer")).to_contain_text("evidence (Ctrl+Alt+E)")
        form.keyboard.press("Tab")
        expect(form.get_by_role("button", name="Use as evidence")).to_be_focused()
        expect(form.get_by_role("button", name="Use as evidence")).to_have_attribute("title", "Ctrl+Alt+E")
        form.locator("#id_body").evaluate(SELECT, PASSAGE)
        form.keyboard.press("Control+Alt+e")
        expect(form.locator("#id_judgements-0-evidence")).to_have_value(READ)

    def test_takes_whole_words(self, form: Page) -> None:
        select(form, "Armas carries every scen")
        form.get_by_role("button", name="Use as evidence").click()
        expect(form.locator("#id_judgements-0-evidence")).to_have_value("Armas carries every scene")

    def test_says_where_there_is_nothing_to_cite(self, form: Page) -> None:
        select(form, "## ")
        expect(form.get_by_role("group", name="The selected passage")).to_be_visible()
        form.get_by_role("button", name="Use as evidence").click()
        expect(form.locator("#evidence [data-said]")).to_contain_text("No words that readers see")
        expect(form.locator("#judgements-group tr.form-row:not(.empty-form)")).to_have_count(0)

    def test_says_what_is_too_long(self, form: Page) -> None:
        form.fill("#id_body", "word " * 300)
        select(form, "word " * 300)
        form.get_by_role("button", name="Use as evidence").click()
        expect(form.locator("#evidence [data-said]")).to_contain_text("select 1000 characters at most")

    def test_is_offered_for_a_selection_alone(self, form: Page) -> None:
        tools = form.get_by_role("group", name="The selected passage")
        expect(tools).to_be_hidden()
        select(form, PASSAGE)
        form.keyboard.press("ArrowRight")
        expect(tools).to_be_hidden()

    def test_moves_nothing_when_it_comes(self, form: Page) -> None:
        heading = form.locator("#judgements-heading")
        form.locator("#id_body").focus()
        before = heading.bounding_box()
        select(form, PASSAGE)
        assert heading.bounding_box() == before


class TestUseAsPullQuote:
    def test_fills_the_field_and_can_be_undone(self, form: Page) -> None:
        form.fill("#id_pull_quote", "The plot is a corridor")
        select(form, PASSAGE)
        form.get_by_role("button", name="Use as pull quote").click()
        expect(form.locator("#id_pull_quote")).to_have_value(READ)
        expect(form.locator("#evidence [data-said]")).to_contain_text(
            f"This is the pull quote now: “{READ}”."
        )
        form.get_by_role("button", name="Bring back what it was").click()
        expect(form.locator("#id_pull_quote")).to_have_value("The plot is a corridor")
        expect(form.locator("#evidence [data-said]")).to_have_text("The pull quote is as it was.")
        expect(form.locator("#id_body")).to_be_focused()

    def test_says_that_it_gives_a_spoiler_away(self, form: Page) -> None:
        form.fill("#id_body", "Before.\n\n::: spoiler\nHe dies.\n:::")
        select(form, "He dies.")
        form.keyboard.press("Control+Alt+p")
        expect(form.locator("#id_pull_quote")).to_have_value("He dies.")
        expect(form.locator("#evidence [data-said]")).to_contain_text("It gives away what a spoiler hides.")

    def test_is_not_offered_for_a_digest_which_says_why(self, form: Page) -> None:
        form.select_option("#id_provenance", "digest")
        select(form, PASSAGE)
        expect(form.get_by_role("button", name="Use as pull quote")).to_be_hidden()
        expect(
            form.get_by_text("A digest is our words, so it has no pull quote.", exact=True)
        ).to_be_visible()
        form.keyboard.press("Control+Alt+p")
        expect(form.locator("#id_pull_quote")).to_have_value("")
        expect(form.get_by_role("button", name="Use as evidence")).to_be_visible()


class TestWhatIsCut:
    def test_is_flagged_at_once_and_no_more_once_it_is_back(self, form: Page) -> None:
        body = form.locator("#id_body").input_value()
        for button in ("Use as pull quote", "Use as evidence"):
            select(form, PASSAGE)
            form.get_by_role("button", name=button).click()
            expect(form.locator("#id_pull_quote")).to_have_value(READ)
        expect(form.locator("#id_judgements-0-evidence")).to_have_value(READ)
        form.fill("#id_body", body.replace("*clear*", "dim"))
        for field in ("id_judgements-0-evidence", "id_pull_quote"):
            expect(form.locator(f"#{field} + .desk-flag")).to_have_text(FLAG)
            expect(form.locator(f"#{field}")).to_have_attribute(
                "aria-describedby", f"flag-{field.removeprefix('id_')}"
            )
        form.fill("#id_body", body)
        expect(form.locator(".desk-flag")).to_have_count(0)


class TestEverybody:
    def test_without_script_nothing_of_it_shows(self, desk: Desk, open_page: Opener) -> None:
        page = desk.let_in(open_page(java_script_enabled=False))
        page.goto(path_of("ballerina-draft"))
        expect(page.get_by_text("Use as evidence")).to_be_hidden()

    @pytest.mark.parametrize("width", [390, 1280])
    def test_axe_finds_nothing_in_it(self, desk: Desk, open_page: Opener, width: int) -> None:
        page = desk.let_in(open_page(viewport={"width": width, "height": 844}))
        complaints: Complaints = watch(page, desk.address)
        page.goto(path_of("ballerina-draft"))
        page.wait_for_load_state("load")
        select(page, PASSAGE)
        page.get_by_role("button", name="Use as pull quote").click()
        expect(page.locator("[data-undo]")).to_be_visible()
        assert page.evaluate("document.scrollingElement.scrollWidth") <= width
        page.evaluate(AXE)
        found = [f"{each} · {theme.name}" for theme in THEMES for each in violations(page, theme)]
        assert not found, listed(found)
        assert complaints.none(), complaints


class TestWhatARowLacks:
    def test_is_framed_alike_in_every_kind_of_field(self, form: Page) -> None:
        select(form, PASSAGE)
        form.get_by_role("button", name="Use as evidence").click()
        form.locator("[name=_continue]").click()
        stance = form.locator("#id_judgements-0-stance")
        aspect = form.locator("#judgements-0 .field-aspect .select2-selection")
        expect(form.locator("#judgements-0 .errorlist")).to_have_count(2)
        frames = [each.evaluate("field => getComputedStyle(field).border") for each in (stance, aspect)]
        assert frames[0] == frames[1]
        assert frames[0].startswith("2px solid")
