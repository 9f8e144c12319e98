"""The path of a manuscript: pasted, dressed and scheduled in at most twelve clicks, and no page twice."""

import datetime as dt
import re

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Frame, Page, expect
from pytest_django.live_server_helper import LiveServer

from reviews.models import Edition
from reviews.seeding.factories import make_account, make_critic, make_film, make_outlet
from tests.browser.conftest import Opener, watch
from tests.browser.test_first_publication import choose
from tests.browser.tools.site import Desk

pytestmark = pytest.mark.browser

CLICKS = 12
MANUSCRIPT = (
    "<h2>A second look</h2><p>The camera <em>waits</em>, and so does <b>she</b>.</p>"
    "<ul><li>It keeps its promises.</li><li>It keeps its secrets.</li></ul>"
    + "<p>A paragraph of it.</p>"
    * 40
)
PASTE = """html => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  data.setData("text/plain", "plain");
  document.activeElement.dispatchEvent(
    new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""
COUNT = "window.addEventListener('click', event => event.isTrusted && event.detail && window.clicked(), true)"


def test_a_manuscript_is_scheduled_in_twelve_clicks_and_no_page_twice(
    open_page: Opener, live_server: LiveServer
) -> None:
    make_outlet(time_zone="Europe/London")
    make_film(title="The Long Shadow")
    make_critic(name="Vera Marginalia")
    editor: User = make_account("Editor")
    page: Page = Desk(live_server.url, editor).let_in(open_page())
    complaints = watch(page, live_server.url)
    clicks: list[int] = []
    pages: list[str] = []
    page.expose_function("clicked", lambda: clicks.append(1))
    page.add_init_script(COUNT)

    def opened(frame: Frame) -> None:
        if frame == page.main_frame:
            pages.append(frame.url)

    page.on("framenavigated", opened)
    page.goto("/admin/")
    page.get_by_role("link", name="New review").click()
    page.locator("#id_headline").click()
    page.keyboard.type("A small film with a long shadow")
    page.locator("#id_standfirst").click()
    page.keyboard.type("It keeps its promises.")
    page.locator("#id_body").click()
    page.evaluate(PASTE, MANUSCRIPT)
    expect(page.locator("#id_body")).to_have_value(
        re.compile(re.escape("It keeps its promises.")), timeout=10_000
    )
    page.locator("#id_tags").click()
    page.keyboard.type("slow cinema, shadows")
    choose(page, "film", "The Long Shadow")
    choose(page, "critic", "Vera Marginalia")
    page.locator("#id_verdict").focus()
    page.keyboard.type("Pos")
    page.get_by_role("button", name="Save and approve…").click()

    moment = dt.datetime.now(dt.UTC) + dt.timedelta(days=40)
    page.locator("#id_at_0").focus()
    page.keyboard.type(f"{moment:%Y-%m-%d}")
    page.keyboard.press("Tab")
    page.locator("#id_at_1").focus()
    page.keyboard.type("17:00")
    button = page.get_by_role("button", name="Approve for")
    expect(button).to_have_value(re.compile(re.escape("17:00")))
    expect(page.locator(".desk-confirm__statements")).to_contain_text("17:00")
    button.click()
    expect(page.locator(".messagelist .success")).to_contain_text("Approved: readers see it from")

    edition = Edition.objects.get()
    assert edition.visible_from.date() == moment.date()
    assert "## A second look" in edition.body
    assert len(clicks) <= CLICKS, f"{len(clicks)} clicks"
    assert len(pages) == len(set(pages)), pages
    assert complaints.none(), complaints
