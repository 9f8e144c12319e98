"""The preview in a browser: the page beside the form, following what is typed, and without script. The time machine."""

import time
from typing import Any, Literal

import pytest
from django.urls import reverse
from playwright.sync_api import FrameLocator, Page, expect

from reviews.models import Review, Tag
from tests.browser.conftest import Opener, watch
from tests.browser.tools import looks
from tests.browser.tools.axe import AXE, THEMES, examine_open, listed, violations
from tests.browser.tools.site import Desk
from tests.gate.night import NIGHT

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
NARROW = {"width": 1100, "height": 900}
AT_MOST = 3.5
"""Seconds that the page may take to follow, at night, when the machine has nothing else to do."""
SCROLLED = "frame => frame.contentWindow.scrollY"


def form_of(slug: str = "ballerina-scheduled") -> str:
    return reverse("admin:reviews_review_change", args=[Review.objects.get(slug=slug).pk])


def opened(page: Page, path: str, *, width: str = "") -> FrameLocator:
    """The page in the frame, after the pane was opened. To be pressed in, it is shown at the width of a phone: a
    browser's driver does not know where the parts of a page are that is drawn smaller than it is."""
    page.goto(path)
    page.get_by_role("button", name="Preview", exact=False).click()
    frame = page.frame_locator(".desk-preview__frame")
    expect(frame.get_by_role("heading", level=1)).to_be_visible()
    if width:
        # With its picture in place, so that nothing moves under the pointer.
        page.frames[1].wait_for_load_state("load")
        page.get_by_role("radio", name=width).check()
        expect(page.locator(".desk-preview--phone")).to_be_visible()
        frame.locator("body").evaluate("() => new Promise(done => setTimeout(done, 300))")
    return frame


class TestBesideTheForm:
    def test_it_follows_what_is_typed(self, desk: Desk, open_page: Opener) -> None:
        page = desk.let_in(open_page())
        complaints = watch(page, desk.address)
        frame = opened(page, form_of())
        expect(page.get_by_role("button", name="Preview beside")).to_have_attribute("aria-expanded", "true")
        began = time.monotonic()
        page.fill("#id_headline", "A headline in the making")
        page.fill("#id_body", "A *new* beginning.")
        expect(frame.get_by_role("heading", level=1)).to_have_text("A headline in the making")
        expect(frame.locator(".review__body em")).to_have_text("new")
        took = time.monotonic() - began
        assert took < AT_MOST or not NIGHT
        assert Review.objects.get(slug="ballerina-scheduled").headline != "A headline in the making"
        assert complaints.none(), complaints

    def test_it_says_what_is_left_out(self, desk: Desk, open_page: Opener) -> None:
        page = desk.let_in(open_page())
        frame = opened(page, form_of())
        page.fill("#id_rating", "11/10")
        expect(frame.locator(".desk-banner")).to_contain_text("The rating is left out.")
        page.fill("#id_rating", "7/10")
        expect(frame.locator(".desk-banner")).not_to_contain_text("left out")
        expect(frame.locator(".review")).to_contain_text("7/10")

    def test_it_stays_where_it_is_read(self, desk: Desk, open_page: Opener) -> None:
        page = desk.let_in(open_page())
        complaints = watch(page, desk.address)
        frame = opened(page, form_of())
        page.fill("#id_body", "\n\n".join(f"Paragraph {number}." for number in range(80)))
        expect(frame.get_by_text("Paragraph 79.")).to_be_attached()
        element = page.locator(".desk-preview__frame")
        element.evaluate(
            "frame => { frame.contentWindow.scrollTo(0, 900); frame.contentWindow.sameWindow = 1; }"
        )
        page.fill("#id_standfirst", "Further down, it goes on.")
        expect(frame.locator(".review__standfirst")).to_have_text("Further down, it goes on.")
        assert element.evaluate(SCROLLED) == 900
        assert element.evaluate("frame => frame.contentWindow.sameWindow") == 1, "it was loaded anew"
        assert complaints.none(), complaints

    def test_its_spoilers_stay_open(self, desk: Desk, open_page: Opener) -> None:
        page = desk.let_in(open_page())
        frame = opened(page, form_of(), width="Phone")
        page.fill("#id_body", "Before.\n\n::: spoiler\nHe dies.\n:::")
        frame.locator("main summary").click()
        page.fill("#id_body", "Well before.\n\n::: spoiler\nHe dies.\n:::")
        expect(frame.get_by_text("Well before.")).to_be_visible()
        expect(frame.get_by_text("He dies.")).to_be_visible()

    def test_its_links_open_elsewhere(self, desk: Desk, open_page: Opener) -> None:
        page = desk.let_in(open_page())
        frame = opened(page, form_of(), width="Phone")
        with page.context.expect_page() as other:
            frame.get_by_role("link", name="Films", exact=True).click()
        expect(other.value).to_have_url(f"{desk.address}/films/")
        expect(frame.get_by_role("heading", level=1)).to_contain_text("Ballerina finds its feet")
        frame.get_by_role("link", name="Lead performance").click()
        expect(frame.get_by_role("heading", level=1)).to_be_attached()
        assert "#passage-" in page.frames[1].url

    def test_a_new_review_is_there_as_soon_as_it_can_be(self, desk: Desk, open_page: Opener) -> None:
        page = desk.let_in(open_page())
        complaints = watch(page, desk.address)
        frame = opened(page, "/admin/reviews/review/add/")
        expect(frame.get_by_role("heading", level=1)).to_have_text("Not a page yet")
        page.fill("#id_headline", "Begun")
        expect(frame.locator("main")).not_to_contain_text("a headline")
        for field, words in (("film", "Ballerina"), ("critic", "Democritic")):
            page.locator(f"#id_{field} + .select2 .select2-selection").click()
            page.locator(".select2-container--open .select2-search__field").fill(words)
            page.locator(".select2-results__option", has_text=words).first.click()
        expect(frame.get_by_role("heading", level=1)).to_have_text("Begun")
        assert not Review.objects.filter(headline="Begun").exists()
        assert complaints.none(), complaints


class TestThePane:
    def test_is_as_wide_as_a_desk_or_a_phone(self, desk: Desk, open_page: Opener) -> None:
        page = desk.let_in(open_page())
        opened(page, form_of())
        width = "frame => frame.contentWindow.innerWidth"
        frame = page.locator(".desk-preview__frame")
        assert frame.evaluate(width) >= 1024
        assert frame.evaluate("frame => frame.getBoundingClientRect().width") < 700
        page.get_by_role("radio", name="Phone").check()
        assert frame.evaluate(width) == 390
        page.reload()
        expect(page.get_by_role("radio", name="Phone")).to_be_checked()

    def test_is_remembered_until_it_is_closed(self, desk: Desk, open_page: Opener) -> None:
        page = desk.let_in(open_page())
        opened(page, form_of())
        page.goto(form_of("ballerina-draft"))
        expect(page.frame_locator(".desk-preview__frame").get_by_role("heading", level=1)).to_be_visible()
        page.get_by_role("button", name="Close").click()
        expect(page.get_by_role("dialog", name="Preview")).to_be_hidden()
        expect(page.get_by_role("button", name="Preview beside")).to_be_focused()
        page.reload()
        page.wait_for_load_state("load")
        expect(page.get_by_role("dialog", name="Preview")).to_be_hidden()

    def test_takes_neither_the_focus_nor_the_place_that_one_writes_at(
        self, desk: Desk, open_page: Opener
    ) -> None:
        page = desk.let_in(open_page())
        page.goto(form_of())
        page.locator("#id_body").evaluate("field => { field.scrollIntoView(); field.focus(); }")
        top = "field => Math.round(field.getBoundingClientRect().top)"
        before = page.locator("#id_body").evaluate(top)
        page.locator("[data-preview-toggle]").evaluate("button => button.click()")
        expect(page.get_by_role("dialog", name="Preview")).to_be_visible()
        assert abs(page.locator("#id_body").evaluate(top) - before) <= 1
        expect(page.locator("#id_body")).to_be_focused()

    @pytest.mark.parametrize("window", [PHONE, NARROW], ids=["phone", "narrow"])
    def test_stands_in_place_of_the_form_where_there_is_no_room_beside(
        self, desk: Desk, open_page: Opener, window: dict[str, int]
    ) -> None:
        page = desk.let_in(open_page(viewport=window))
        complaints = watch(page, desk.address)
        opened(page, form_of())
        box = page.get_by_role("dialog", name="Preview").bounding_box()
        assert box
        assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, *window.values())
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog", name="Preview")).to_be_hidden()
        page.reload()
        page.wait_for_load_state("load")
        expect(page.get_by_role("dialog", name="Preview")).to_be_hidden()
        assert complaints.none(), complaints

    def test_makes_way_when_the_window_becomes_narrow(self, desk: Desk, open_page: Opener) -> None:
        page = desk.let_in(open_page())
        opened(page, form_of())
        page.set_viewport_size(PHONE)  # type: ignore[arg-type]
        expect(page.get_by_role("dialog", name="Preview")).to_be_hidden()
        page.set_viewport_size({"width": 1400, "height": 900})
        expect(page.get_by_role("dialog", name="Preview")).to_be_visible()

    def test_leads_to_a_page_of_what_is_typed(self, desk: Desk, open_page: Opener) -> None:
        page = desk.let_in(open_page())
        frame = opened(page, form_of())
        page.fill("#id_headline", "On a page of its own")
        expect(frame.get_by_role("heading", level=1)).to_have_text("On a page of its own")
        with page.context.expect_page() as other:
            page.get_by_role("link", name="Full page").click()
        expect(other.value.get_by_role("heading", level=1)).to_have_text("On a page of its own")

    def test_says_when_it_cannot_follow(self, desk: Desk, open_page: Opener) -> None:
        page = desk.let_in(open_page())
        frame = opened(page, form_of())
        page.route("**/preview/typed/**", lambda route: route.abort())
        page.fill("#id_headline", "Unseen")
        expect(page.locator("[data-preview-state]")).to_have_text("Not up to date: the desk does not answer.")
        page.unroute("**/preview/typed/**")
        page.fill("#id_headline", "Seen")
        expect(frame.get_by_role("heading", level=1)).to_have_text("Seen")
        expect(page.locator("[data-preview-state]")).to_have_text("")

    @pytest.mark.parametrize("window", [{"width": 1280, "height": 900}, PHONE], ids=["wide", "phone"])
    def test_axe_finds_nothing_in_it(self, desk: Desk, open_page: Opener, window: dict[str, int]) -> None:
        page = desk.let_in(open_page(viewport=window))
        opened(page, form_of())
        page.evaluate(AXE)
        found = [f"{each} · {theme.name}" for theme in THEMES for each in violations(page, theme)]
        assert not found, listed(found)


class TestWithoutScript:
    def test_a_button_shows_what_is_typed_on_a_page_of_its_own(self, desk: Desk, open_page: Opener) -> None:
        page = desk.let_in(open_page(java_script_enabled=False))
        complaints = watch(page, desk.address)
        page.goto(form_of())
        expect(page.get_by_role("dialog", name="Preview")).to_be_hidden()
        page.fill("#id_headline", "Typed and not saved")
        page.fill("#id_tags", "a tag that is not there")
        with page.context.expect_page() as other:
            page.get_by_role("button", name="Preview", exact=True).click()
        shown = other.value
        expect(shown.get_by_role("heading", level=1)).to_have_text("Typed and not saved")
        expect(shown.locator(".desk-banner")).to_contain_text("This is what is typed. It is not saved")
        assert not Tag.objects.filter(name="a tag that is not there").exists()
        assert Review.objects.get(slug="ballerina-scheduled").headline != "Typed and not saved"
        assert complaints.none(), complaints

    @pytest.mark.parametrize("width", [390, 1280])
    def test_a_moment_is_typed_over_the_page(self, desk: Desk, open_page: Opener, width: int) -> None:
        scheme: Literal["light", "dark"] = "dark" if width == 390 else "light"
        window: Any = {"width": width, "height": 844}
        page = desk.let_in(open_page(java_script_enabled=False, viewport=window, color_scheme=scheme))
        complaints = watch(page, desk.address)
        page.goto(form_of())
        page.get_by_role("link", name="Preview as saved").click()
        page.get_by_label("Date").fill("2035-06-08")
        page.get_by_label("Time").fill("12:00")
        page.get_by_role("button", name="Show").click()
        banner = page.locator(".desk-banner")
        expect(banner).to_contain_text("As of 8 June 2035, 12:00")
        expect(banner).to_contain_text("Readers see edition 1 then")
        page.get_by_label("the copy, whatever is up then").check()
        page.get_by_role("button", name="Show").click()
        expect(banner).to_contain_text("The copy as it is saved.")
        assert complaints.none(), complaints


def test_the_time_machine_leads_from_the_desk_to_the_site_of_then_and_back(
    open_page: Opener, desk: Desk
) -> None:
    page = desk.let_in(open_page(viewport=looks.PHONE))
    complaints = watch(page, desk.address)
    page.goto("/admin/reviews/review/")
    page.get_by_text("More", exact=True).click()
    page.get_by_role("link", name="Time machine").click()
    page.get_by_label("Date", exact=True).fill("2025-06-07")
    page.get_by_label("Time", exact=True).fill("13:00")
    page.get_by_role("button", name="Show the site").click()
    banner = page.get_by_role("region", name="Time machine")
    expect(banner.get_by_text("The site as of 7 June 2025, 13:00 (Europe/London)")).to_be_visible()
    box = banner.bounding_box()
    assert box is not None
    # The page below it is seen without scrolling.
    assert box["height"] < looks.PHONE["height"] / 2
    banner.get_by_text("Choose another time").click()
    expect(banner.get_by_role("button", name="Show")).to_be_visible()
    assert page.evaluate(looks.CUT) == []
    found = examine_open(page, "axe")
    assert not found, listed(found)
    page.emulate_media(media="print")
    expect(banner.get_by_text("The site as of 7 June 2025")).to_be_visible()
    expect(banner.get_by_text("Live site")).to_be_hidden()
    page.emulate_media(media="screen")
    page.get_by_role("link", name="Films").first.click()
    expect(page).to_have_url(f"{desk.address}/admin/time/2025-06-07T12:00:00Z/films/")
    page.get_by_role("link", name="Live site").click()
    expect(page).to_have_url(f"{desk.address}/films/")
    assert complaints.none(), complaints
