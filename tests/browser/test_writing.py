"""The body of a review as it is written: its tools, their shortcuts, and its length."""

from collections.abc import Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from reviews.text import word_count
from tests.browser.conftest import Opener
from tests.browser.tools.axe import AXE, THEMES, violations
from tests.browser.tools.site import Desk
from tests.browser.tools.writing import Body, draft

pytestmark = pytest.mark.browser


@pytest.fixture
def body(open_page: Opener, desk: Desk) -> Iterator[Body]:
    with draft(open_page, desk) as opened:
        yield opened


TOOLS = [
    ("Bold", "one ⟨two⟩ three", "one **⟨two⟩** three"),
    ("Bold", "one **⟨two⟩** three", "one ⟨two⟩ three"),
    ("Bold", "one ⟨**two**⟩ three", "one ⟨two⟩ three"),
    ("Bold", "one ⟨ two ⟩three", "one  **⟨two⟩** three"),
    ("Bold", "o⟨ne two", "**o⟨ne** two"),
    ("Bold", "**o⟨ne** two", "o⟨ne two"),
    ("Bold", "*⟨one⟩*", "***⟨one⟩***"),
    ("Bold", "⟨one\n\ntwo⟩", "⟨**one**\n\n**two**⟩"),
    ("Bold", "⟨**one**\n\n**two**⟩", "⟨one\n\ntwo⟩"),
    ("Italic", "**⟨one⟩**", "***⟨one⟩***"),
    ("Italic", "***⟨one⟩***", "**⟨one⟩**"),
    ("Italic", "⟨", "*⟨*"),
    ("Italic", "*⟨*", "⟨"),
    ("Link", "see ⟨this⟩", "see [this](⟨https://⟩)"),
    ("Link", "⟨https://a.b/⟩", "[⟨](https://a.b/)"),
    ("Link", "⟨[this](https://a.b/)⟩", "⟨this⟩"),
    ("Heading", "one\nt⟨wo", "one\n## t⟨wo"),
    ("Heading", "## t⟨wo", "### t⟨wo"),
    ("Heading", "### t⟨wo", "t⟨wo"),
    ("Bullets", "⟨one\n\ntwo⟩", "⟨- one\n\n- two⟩"),
    ("Bullets", "- o⟨ne", "o⟨ne"),
    ("Bullets", "a\n⟨", "a\n- ⟨"),
    ("Numbers", "⟨- one\n- two⟩", "⟨1. one\n2. two⟩"),
    ("Numbers", "⟨1. one\n2. two⟩", "⟨one\ntwo⟩"),
    ("Quote", "⟨one\n\ntwo⟩", "⟨> one\n>\n> two⟩"),
    ("Quote", "⟨> one\n>\n> two⟩", "⟨one\n\ntwo⟩"),
    ("Spoiler", "a\n\nt⟨he bu⟩tler\n\nb", "a\n\n::: spoiler\n⟨the butler⟩\n:::\n\nb"),
    ("Spoiler", "a\n\n::: spoiler\n⟨the butler⟩\n:::\n\nb", "a\n\n⟨the butler⟩\n\nb"),
    ("Spoiler", "⟨::: spoiler\nthe butler\n:::⟩", "⟨the butler⟩"),
    ("Footnote", "one⟨ two", "one[^1] two\n\n[^1]: ⟨"),
    ("Footnote", "one[^4] two⟨\n\n[^4]: a\n", "one[^4] two[^5]\n\n[^4]: a\n\n[^5]: ⟨"),
    ("Footnote", "one[^1] two\n\n[^1]: a⟨b", "one[^1]⟨ two\n\n[^1]: ab"),
    ("Quotation marks", "said ⟨yes⟩", "said “⟨yes⟩”"),
    ("Dash", "one⟨two", "one–⟨two"),
]
SHORTCUTS = [
    ("Control+b", "⟨one⟩", "**⟨one⟩**"),
    ("Control+i", "⟨one⟩", "*⟨one⟩*"),
    ("Control+k", "⟨one⟩", "[one](⟨https://⟩)"),
    ("Control+Alt+2", "⟨one", "## ⟨one"),
    ("Control+Shift+Digit8", "⟨one", "- ⟨one"),
    ("Control+Shift+Digit7", "⟨one", "1. ⟨one"),
    ("Control+Shift+Digit9", "⟨one", "> ⟨one"),
    ("Control+Alt+f", "one⟨", "one[^1]\n\n[^1]: ⟨"),
    ("Control+Alt+s", "⟨one", "::: spoiler\n⟨one⟩\n:::"),
]


class TestTools:
    def test_each_writes_its_sign_and_takes_it_back(self, body: Body) -> None:
        found = {}
        for tool, before, after in TOOLS:
            body.holds(before)
            body.press(tool)
            if (reads := body.reads()) != after:
                found[tool, before] = reads
        assert found == {}

    def test_shortcuts_do_the_same_and_are_told(self, body: Body) -> None:
        found = {}
        for keys, before, after in SHORTCUTS:
            body.holds(before)
            body.page.keyboard.press(keys)
            if (reads := body.reads()) != after:
                found[keys] = reads
        assert found == {}
        bold = body.page.get_by_role("button", name="Bold", exact=True)
        expect(bold).to_have_attribute("aria-keyshortcuts", "Control+B")
        expect(bold).to_have_attribute("title", "Ctrl+B")

    def test_other_keys_are_none(self, body: Body) -> None:
        for keys in ("Control+Alt+b", "Control+Shift+i", "Control+2", "Alt+k"):
            body.holds("⟨one⟩")
            body.page.keyboard.press(keys)
            assert body.field.input_value() == "one", keys

    def test_can_be_undone_and_are_heard_of(self, body: Body) -> None:
        body.page.evaluate("""() => {
            window.heard = 0;
            document.getElementById("id_body").addEventListener("input", () => { window.heard += 1; });
        }""")
        for tool, before in (
            ("Bold", "⟨one⟩"),
            ("Bullets", "⟨one\ntwo⟩"),
            ("Spoiler", "⟨one"),
            ("Link", "⟨one⟩"),
        ):
            body.holds(before)
            plain = body.field.input_value()
            heard = body.page.evaluate("heard")
            body.press(tool)
            assert body.page.evaluate("heard") > heard, tool
            assert body.field.input_value() != plain
            body.page.keyboard.press("Control+z")
            assert body.field.input_value() == plain, tool
            body.page.keyboard.press("Control+Shift+z")
            assert body.field.input_value() != plain, tool

    def test_a_footnote_is_undone_mark_first(self, body: Body) -> None:
        body.holds("one⟨ two")
        body.press("Footnote")
        body.page.keyboard.type("said")
        assert body.field.input_value() == "one[^1] two\n\n[^1]: said"
        for _ in range(3):
            body.page.keyboard.press("Control+z")
        assert body.field.input_value() == "one two"

    def test_leave_tab_and_escape_alone(self, body: Body) -> None:
        body.holds("one⟨")
        body.page.keyboard.press("Escape")
        expect(body.field).to_be_focused()
        body.page.keyboard.press("Tab")
        expect(body.field).not_to_be_focused()
        assert body.field.input_value() == "one"


class TestToolbar:
    def test_is_one_stop_with_arrows_inside(self, body: Body) -> None:
        page = body.page
        body.field.focus()
        page.keyboard.press("Shift+Tab")
        expect(page.locator(":focus")).to_have_text("Heading")
        for key, name in (
            ("ArrowRight", "Bold"),
            ("End", "–"),
            ("ArrowRight", "Heading"),
            ("ArrowLeft", "–"),
        ):
            page.keyboard.press(key)
            expect(page.locator(":focus")).to_have_text(name)
        page.keyboard.press("Home")
        page.keyboard.press("ArrowRight")
        assert page.locator(".desk-tools [tabindex='0']").all_inner_texts() == ["Bold"]
        body.field.evaluate("field => field.setSelectionRange(0, 3)")
        page.keyboard.press("Enter")
        expect(body.field).to_be_focused()
        assert body.field.input_value().startswith("**")

    def test_says_what_it_is_and_of_what(self, body: Body) -> None:
        bar = body.page.get_by_role("toolbar")
        expect(bar).to_have_attribute("aria-controls", "id_body")
        expect(bar).to_have_accessible_name("Markdown")
        assert bar.locator("[aria-pressed]").count() == 0

    def test_comes_without_moving_the_field(self, body: Body) -> None:
        top = "document.querySelector('#id_body').getBoundingClientRect().top"
        after = body.page.evaluate(top)
        assert body.page.evaluate(f"document.querySelector('.desk-tools').remove(), {top}") == after

    def test_keeps_axe_content(self, body: Body) -> None:
        body.page.evaluate(AXE)
        for theme in THEMES:
            assert violations(body.page, theme) == []

    def test_is_on_one_line_of_a_phone(self, body: Body) -> None:
        body.page.set_viewport_size({"width": 390, "height": 844})
        tops = "[...document.querySelectorAll('.desk-tools button')].map(each => each.offsetTop)"
        assert len(set(body.page.evaluate(tops))) == 1
        assert body.page.evaluate("document.scrollingElement.scrollWidth") <= 390

    def test_is_not_there_without_script(self, open_page: Opener, desk: Desk) -> None:
        page = desk.let_in(open_page(java_script_enabled=False))
        page.goto(reverse("admin:reviews_review_add"))
        expect(page.locator("#id_body")).to_be_visible()
        expect(page.locator(".desk-aids__length")).to_have_text("0 words")
        assert page.get_by_role("toolbar").count() == 0


SAMPLES = [
    "",
    "one",
    "*One* **two** three-four don't — 3.5 …",
    "# One\n\n- two\n- three\n\n1. four\n2. five\n\n> six\n>\n> seven",
    "One[^1] two [^1] three[^x].\n\n[^1]: four five\n\n    six\n\n[^x]: seven\n\n[^9]: nobody",
    "One [^7] two",
    "::: spoiler The end\nOne two\n:::\n\n::: spoiler\nthree\n:::",
    "A [link here](https://a.b/c) and <https://a.b/d> and ![a picture](https://a.b/e.png) and [ref][r].\n\n[r]: https://a.b/",
    "| one | two |\n|---|:-:|\n| three | four |\n\na|b",
    "```python\none two\n```\n\n`three four` 5 \\* 6",
    "AT&amp;T &mdash; one&nbsp;two",
    "電影很好看。「東京」で tokyo ภาพยนตร์ Кино и немцы",
    "word " * 595,
    "word " * 357,
]


class TestLength:
    def test_is_counted_as_the_server_counts(self, body: Body) -> None:
        line = body.page.locator(".desk-aids__length")
        for sample in SAMPLES:
            body.field.fill("something else")
            body.field.fill(sample)
            count = word_count(sample)
            said = f"{count} word{'' if count == 1 else 's'}"
            if count:
                minutes = max(1, round(count / 238))
                said += f", {minutes} minute{'' if minutes == 1 else 's'} to read"
            expect(line, sample).to_have_text(said)
