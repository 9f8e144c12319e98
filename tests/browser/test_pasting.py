"""What is pasted into the body of a review: Markdown where it can be, and never less than its plain words."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import Opener
from tests.browser.tools.site import Desk
from tests.browser.tools.writing import Body, draft

pytestmark = pytest.mark.browser

CLIPBOARDS = Path(__file__).parents[1] / "data" / "paste"
PASTE = "**/admin/reviews/review/paste/"
AS_PLAIN = "Pasted as plain text"
AS_MARKDOWN = "Pasted as Markdown"


@pytest.fixture
def body(open_page: Opener, desk: Desk) -> Iterator[Body]:
    with draft(open_page, desk) as opened:
        yield opened


def clipboard(program: str) -> tuple[str, str]:
    """What a program puts on the clipboard, and the Markdown that becomes of it."""
    html, markdown = ((CLIPBOARDS / f"{program}.{kind}").read_text() for kind in ("htm", "md"))
    return html, markdown.rstrip("\n")


class TestPasting:
    def test_becomes_markdown(self, body: Body) -> None:
        for program in ("word", "docs", "article"):
            html, markdown = clipboard(program)
            body.holds("⟨")
            body.paste(html, "the plain words")
            expect(body.field, program).to_have_value(markdown)
            body.says(AS_MARKDOWN)
            for _ in range(3 if "[^1]" in markdown else 2):
                body.page.keyboard.press("Control+z")
            assert body.field.input_value() == "", program

    def test_undone_once_leaves_the_plain_words(self, body: Body) -> None:
        body.holds("one ⟨gone⟩ three")
        body.paste("<i>two</i>", "two")
        expect(body.field).to_have_value("one *two* three")
        assert body.reads() == "one *two*⟨ three"
        body.page.keyboard.press("Control+z")
        assert body.field.input_value() == "one two three"
        body.page.keyboard.press("Control+z")
        assert body.field.input_value() == "one gone three"

    def test_blocks_stand_apart_and_footnotes_go_to_the_end_with_numbers_of_their_own(
        self, body: Body
    ) -> None:
        body.holds("one⟨ two[^3]\n\n[^3]: three")
        html = "<ul><li>a<a href='#_ftn1'>[1]</a></li></ul><p><a name=_ftn1 href='#_ftnref1'>[1]</a> b</p>"
        body.paste(html, "a[1]\nb")
        expect(body.field).to_have_value("one\n\n- a[^4]\n\n two[^3]\n\n[^3]: three\n\n[^4]: b")

    def test_of_plain_words_asks_nobody(self, body: Body) -> None:
        asked: list[Route] = []
        body.page.route(PASTE, lambda route: asked.append(route))
        for html, plain in (
            ("", "*as typed*"),
            ("<span>as it is</span>", "as it is"),
            ("<p>3 * 4</p>", "3 * 4"),
        ):
            body.holds("⟨")
            body.paste(html, plain)
            assert body.field.input_value() == plain
        assert asked == []

    def test_as_plain_text_stays_plain(self, body: Body) -> None:
        body.holds("⟨")
        # What a browser sends for Ctrl+Shift+V; pressed for real it would paste this machine's clipboard.
        body.field.evaluate("""field => field.dispatchEvent(new KeyboardEvent("keydown",
            {code: "KeyV", ctrlKey: true, shiftKey: true, bubbles: true}))""")
        asked: list[Route] = []
        body.page.route(PASTE, lambda route: asked.append(route))
        body.paste("<b>word</b>", "word")
        assert body.field.input_value() == "word"
        assert asked == []


class TestPastingThatFails:
    def test_leaves_the_plain_words(self, body: Body) -> None:
        statuses = [200, 403, 413, 500, 0]

        def answer(route: Route) -> None:
            if statuses[0]:
                route.fulfill(status=statuses[0], body="<h1>Not this</h1>", content_type="text/html")
            else:
                route.abort()

        body.page.route(PASTE, answer)
        while statuses:
            body.holds("one ⟨")
            with body.page.expect_request(PASTE):
                body.paste("<b>two</b>", "two\r\nthree")
            body.says(AS_PLAIN)
            assert body.reads() == "one two\nthree⟨", statuses[0]
            body.unsays()
            statuses.pop(0)
        body.complaints.console.clear()
        body.complaints.failed.clear()

    def test_is_not_tried_with_more_than_the_desk_takes(self, body: Body) -> None:
        sent: list[Route] = []
        body.page.route(PASTE, lambda route: sent.append(route))
        body.holds("⟨")
        body.paste(f"<b>{'long ' * 450_000}</b>", "long")
        body.says(AS_PLAIN)
        assert body.field.input_value() == "long"
        assert sent == []


class TestTypingMeanwhile:
    @pytest.fixture
    def held(self, body: Body) -> list[Route]:
        """The questions that wait for an answer."""
        waiting: list[Route] = []
        body.page.route(PASTE, lambda route: waiting.append(route))
        body.holds("one ⟨")
        body.paste("<b>two</b>", "two")
        body.page.wait_for_timeout(100)
        assert body.field.input_value() == "one two"
        return waiting

    def test_goes_on_and_the_caret_stays_with_it(self, body: Body, held: list[Route]) -> None:
        body.page.keyboard.type(" three")
        body.page.keyboard.press("Home")
        body.page.keyboard.type("so ")
        held[0].continue_()
        expect(body.field).to_have_value("so one **two** three")
        assert body.reads() == "so ⟨one **two** three"
        body.page.keyboard.type("far ")
        assert body.field.input_value() == "so far one **two** three"

    def test_in_what_was_pasted_wins(self, body: Body, held: list[Route]) -> None:
        body.page.keyboard.press("ArrowLeft")
        body.page.keyboard.type("r")
        held[0].continue_()
        body.says(AS_PLAIN)
        assert body.reads() == "one twr⟨o"

    def test_in_another_field_is_left_alone(self, body: Body, held: list[Route]) -> None:
        headline = body.page.locator("#id_headline")
        headline.focus()
        body.field.evaluate("field => field.addEventListener('input', () => { window.isHeard = true; })")
        held[0].continue_()
        expect(body.field).to_have_value("one **two**")
        expect(headline).to_be_focused()
        assert body.page.evaluate("window.isHeard")
