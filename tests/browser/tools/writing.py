"""The body of a review's form, and what a writer does with it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.urls import reverse
from playwright.sync_api import Page, expect

from reviews.models import Review
from tests.browser.conftest import Complaints, Opener, watch
from tests.browser.tools.site import Desk

# As a browser pastes: first whoever listens is asked, and what nobody takes is typed in as plain text.
PASTED = """([html, plain]) => {
  const clipboardData = new DataTransfer();
  if (html) clipboardData.setData("text/html", html);
  clipboardData.setData("text/plain", plain);
  const event = new ClipboardEvent("paste", {clipboardData, bubbles: true, cancelable: true});
  if (document.activeElement.dispatchEvent(event)) document.execCommand("insertText", false, plain);
}"""


class Body:
    """The field, and what a writer does with it."""

    def __init__(self, page: Page, complaints: Complaints) -> None:
        self.page = page
        self.complaints = complaints
        self.field = page.locator("#id_body")

    def holds(self, marked: str) -> None:
        """Make it hold this, with the selection between ``⟨`` and ``⟩``, or the caret at ``⟨``."""
        start = marked.index("⟨")
        end = marked.index("⟩") - 1 if "⟩" in marked else start
        self.field.fill(marked.replace("⟨", "").replace("⟩", ""))
        self.field.evaluate("(field, [start, end]) => field.setSelectionRange(start, end)", [start, end])

    def reads(self) -> str:
        """What it holds, in the same spelling."""
        value, start, end = self.field.evaluate("f => [f.value, f.selectionStart, f.selectionEnd]")
        return f"{value[:start]}⟨{value[start:end]}{'⟩' if end > start else ''}{value[end:]}"

    def press(self, button: str) -> None:
        self.page.get_by_role("toolbar").get_by_role("button", name=button, exact=True).click()

    def paste(self, html: str, plain: str) -> None:
        self.field.focus()
        self.page.evaluate(PASTED, [html, plain])

    def says(self, words: str) -> None:
        expect(self.page.locator("#writing [role=status]")).to_contain_text(words)

    def unsays(self) -> None:
        """Take away what was said, so that the next time it is news."""
        self.page.locator("#writing [role=status]").evaluate("status => { status.textContent = ''; }")


@contextmanager
def draft(open_page: Opener, desk: Desk) -> Iterator[Body]:
    """The body of a draft; whatever the browser complained of in the end is an error."""
    page = desk.let_in(open_page())
    complaints = watch(page, desk.address)
    page.goto(reverse("admin:reviews_review_change", args=[Review.objects.get(slug="ballerina-draft").pk]))
    yield Body(page, complaints)
    assert complaints.none(), complaints
