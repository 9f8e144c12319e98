"""A preview link from the desk to somebody outside and back: made, copied, opened, pinned, expired, revoked."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from reviews import clock
from reviews.desk import preview_links
from reviews.desk.verbs import embargoes
from reviews.models import Embargo, PreviewLink, Review
from tests.browser.conftest import Opener, watch
from tests.browser.tools.axe import AXE, THEMES, examine, listed, violations
from tests.browser.tools.keyboard import travel
from tests.browser.tools.looks import CUT, ENLARGED, PHONE
from tests.browser.tools.site import Desk, pinned_link

pytestmark = pytest.mark.browser

FILED = "Ballerina finds its feet when it stops explaining them"
ADDRESS = "Its address, to send"


@pytest.fixture
def review(desk: Desk, settings: Any, live_server: LiveServer) -> Review:
    settings.SITE_URL = live_server.url
    return Review.objects.get(slug="ballerina-scheduled")


@pytest.fixture
def links(review: Review) -> str:
    """The path of the page of the review's links."""
    return reverse("admin:reviews_review_links", args=[review.pk])


def make(editor: Page, links: str, **chosen: str) -> str:
    """Make a link on its page, and read its address there."""
    editor.goto(links)
    for choice in chosen.values():
        editor.get_by_label(choice).check()
    editor.get_by_role("button", name="Make the link").click()
    return editor.get_by_label(ADDRESS).input_value()


def status(page: Page, address: str) -> int:
    answer = page.goto(address)
    assert answer is not None
    return answer.status


class TestAVisitor:
    @pytest.mark.parametrize("scripts", [True, False], ids=["with script", "without script"])
    def test_reads_what_they_were_sent_until_it_is_revoked(
        self, scripts: bool, open_page: Opener, desk: Desk, review: Review, links: str
    ) -> None:
        editor = desk.let_in(open_page(java_script_enabled=scripts))
        outsider = open_page(java_script_enabled=scripts)
        complaints = [watch(page, desk.address) for page in (editor, outsider)]
        editor.goto(reverse("admin:reviews_review_change", args=[review.pk]))
        editor.get_by_role("link", name="Preview links").click()
        editor.get_by_label("For whom").fill("the fact checker")
        editor.get_by_role("button", name="Make the link").click()
        address = editor.get_by_label(ADDRESS).input_value()
        assert status(outsider, address) == 200
        expect(outsider.get_by_role("heading", level=1)).to_have_text(FILED)
        expect(outsider.get_by_text("Preview: not for publication")).to_be_visible()
        assert outsider.context.cookies() == []
        editor.goto(links)
        expect(editor.get_by_label(ADDRESS)).to_have_count(0)
        expect(editor.get_by_text("Once, on")).to_be_visible()
        assert all(each.none() for each in complaints), complaints
        editor.get_by_role("button", name="Revoke the link for the fact checker").click()
        expect(editor.get_by_text("Revoked: whoever opens the link now finds nothing.")).to_be_visible()
        assert status(outsider, address) == 404
        expect(outsider.get_by_text("Nothing to see at this address")).to_be_visible()

    def test_reads_the_pinned_revision_and_nothing_later(
        self, open_page: Opener, desk: Desk, review: Review, links: str
    ) -> None:
        editor, outsider = desk.let_in(open_page()), open_page()
        pinned = make(editor, links, shows="the copy as it is saved now")
        current = make(editor, links)
        editor.goto(reverse("admin:reviews_review_change", args=[review.pk]))
        editor.get_by_label("Headline:").fill("Another headline")
        editor.get_by_role("button", name="Save", exact=True).click()
        for address, headline in ((pinned, FILED), (current, "Another headline")):
            assert status(outsider, address) == 200
            expect(outsider.get_by_role("heading", level=1)).to_have_text(headline)
        outsider.goto(pinned)
        expect(outsider.get_by_text("This is revision 1, as saved on")).to_be_visible()

    def test_finds_nothing_once_the_link_has_expired_even_if_the_review_is_live(
        self, open_page: Opener, desk: Desk, links: str
    ) -> None:
        address = make(desk.let_in(open_page()), links)
        expires_at = PreviewLink.objects.get().expires_at
        outsider = open_page()
        with clock.frozen_at(expires_at - dt.timedelta(seconds=1)):
            assert status(outsider, address) == 200
        with clock.frozen_at(expires_at):
            assert status(outsider, address) == 404
            expect(outsider.get_by_role("heading", level=1)).to_have_text("Nothing to see at this address")
        with clock.frozen_at(expires_at + dt.timedelta(days=1)):
            assert status(outsider, address) == 404
            assert status(outsider, reverse("review_detail", args=["ballerina-scheduled"])) == 200

    def test_sends_no_referrer_to_other_sites(
        self, open_page: Opener, desk: Desk, review: Review, links: str
    ) -> None:
        review.body = "[Elsewhere](https://elsewhere.example/) they say otherwise."
        review.save()
        outsider = open_page()
        told: list[str | None] = []

        def answer(route: Any) -> None:
            told.append(route.request.headers.get("referer"))
            route.fulfill(body="Elsewhere.")

        outsider.context.route("https://elsewhere.example/**", answer)
        address = make(desk.let_in(open_page()), links)
        for link in ("Elsewhere", "Corrections"):
            outsider.goto(address)
            with outsider.expect_request(lambda request: request.is_navigation_request()) as asked:
                outsider.get_by_role("link", name=link, exact=True).click()
            assert "referer" not in asked.value.all_headers()
        assert told == [None]


class TestCopying:
    def test_puts_the_address_on_the_clipboard(self, open_page: Opener, desk: Desk, links: str) -> None:
        editor = desk.let_in(open_page(permissions=["clipboard-read", "clipboard-write"]))
        address = make(editor, links)
        editor.get_by_role("button", name="Copy").click()
        expect(editor.get_by_text("Copied")).to_be_visible()
        assert editor.evaluate("navigator.clipboard.readText()") == address

    def test_is_not_offered_without_script(self, open_page: Opener, desk: Desk, links: str) -> None:
        editor = desk.let_in(open_page(java_script_enabled=False))
        make(editor, links)
        expect(editor.get_by_role("button", name="Copy")).to_have_count(0)
        expect(editor.get_by_label(ADDRESS)).to_be_visible()

    def test_and_revoking_need_no_mouse(self, open_page: Opener, desk: Desk, links: str) -> None:
        editor = desk.let_in(open_page())
        address = make(editor, links)
        for _ in range(60):
            editor.keyboard.press("Tab")
            if "Revoke" in editor.evaluate("document.activeElement.innerText"):
                break
        editor.keyboard.press("Enter")
        expect(editor.get_by_text("Revoked: whoever opens")).to_be_visible()
        assert status(open_page(), address) == 404


class TestThePages:
    @pytest.fixture
    def outside(self, review: Review) -> list[str]:
        """The paths of a page under an embargo, of one as it is now, and of one that cannot be shown."""
        lifts_at = clock.now() + dt.timedelta(days=2)
        held = Review.objects.get(slug="ballerina-draft")
        embargoes.impose(Embargo(film=held.film, lifts_at=lifts_at, zone="America/Los_Angeles"))
        broken = Review.objects.get(slug="submitted")
        broken.rating = "11/10"
        broken.save()
        secrets = [pinned_link(held.slug)]
        secrets += [preview_links.make(each, by=None)[1] for each in (review, broken)]
        return [reverse("preview_link", args=[secret]) for secret in secrets]

    def test_axe_finds_nothing_on_a_sent_page(self, page: Page, outside: list[str]) -> None:
        found = examine(page, outside)
        assert not found, listed(found)

    @pytest.mark.parametrize("window", [ENLARGED, PHONE], ids=["enlarged", "phone"])
    def test_a_sent_page_fits_a_narrow_window(
        self, window: dict[str, int], open_page: Opener, outside: list[str]
    ) -> None:
        outsider = open_page(viewport=window)
        for path in outside:
            outsider.goto(path)
            expect(outsider.get_by_text("Preview: not for publication")).to_be_visible()
            assert outsider.evaluate(CUT) == []

    def test_tab_reaches_everything_on_a_sent_page(self, page: Page, outside: list[str]) -> None:
        assert [fault for path in outside for fault in travel(page, path).faults()] == []

    @pytest.mark.parametrize("window", [PHONE, {"width": 1280, "height": 900}], ids=["phone", "desktop"])
    def test_axe_finds_nothing_on_the_desks_page_with_a_new_link_and_with_errors(
        self, window: dict[str, int], open_page: Opener, desk: Desk, links: str
    ) -> None:
        editor = desk.let_in(open_page(viewport=window))
        make(editor, links)
        editor.goto(links)
        editor.get_by_role("button", name="Revoke").click()
        for choice, then in (("72 hours", "Copy it now"), ("until a moment", "Type the day and the time")):
            editor.goto(links)
            editor.get_by_label(choice).check()
            editor.get_by_role("button", name="Make the link").click()
            expect(editor.get_by_text(then)).to_be_visible()
            assert editor.evaluate(CUT) == []
            editor.evaluate(AXE)
            assert [fault for theme in THEMES for fault in violations(editor, theme)] == []
