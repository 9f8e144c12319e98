"""An embargo's clocks in a browser: the reader's own is filled in, where it reads differently from those there."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from reviews.models import Film, Outlet
from reviews.seeding.factories import make_embargo
from tests.browser.conftest import Opener, watch
from tests.browser.tools.site import Desk

pytestmark = pytest.mark.browser

LIFTS = dt.datetime(2035, 7, 4, 22, 30, tzinfo=dt.UTC)


@pytest.fixture
def path(desk: Desk) -> str:
    Outlet.objects.update(time_zone="Europe/London")
    film = Film.objects.all()[0]
    embargo = make_embargo(film, LIFTS, zone="America/Los_Angeles")
    return reverse("admin:reviews_embargo_change", args=[embargo.pk])


def test_a_reader_elsewhere_sees_the_moment_on_their_own_clock(
    desk: Desk, path: str, open_page: Opener
) -> None:
    page = desk.let_in(open_page(timezone_id="Asia/Kolkata"))
    complaints = watch(page, desk.address)
    page.goto(path)
    yours = page.locator("[data-yours]")
    expect(yours).to_be_visible()
    expect(yours).to_have_text(re.compile(r"You\s+Asia/Calcutta\s+Thu 5 July 2035, 04:00\s+UTC\+5:30"))
    assert complaints.none(), complaints


def test_a_reader_at_the_desk_is_named_beside_its_clock(desk: Desk, path: str, open_page: Opener) -> None:
    page = desk.let_in(open_page(timezone_id="Europe/London"))
    page.goto(path)
    expect(page.locator(".desk-clocks__line", has_text="Desk")).to_contain_text("Desk, you")
    expect(page.locator("[data-yours]")).to_be_hidden()


def test_without_script_the_other_clocks_stand_alone(desk: Desk, path: str, open_page: Opener) -> None:
    page = desk.let_in(open_page(java_script_enabled=False))
    page.goto(path)
    expect(page.locator(".desk-clocks__line:visible")).to_have_count(3)


def test_an_ambiguous_time_is_answered_by_keyboard_alone(desk: Desk, path: str, open_page: Opener) -> None:
    page = desk.let_in(open_page(java_script_enabled=False))
    complaints = watch(page, desk.address)
    page.goto(path.replace("/change/", "/move/"))
    page.fill("[name=lifts_at_0]", "2035-11-04")
    page.fill("[name=lifts_at_1]", "01:30")
    page.fill("#id_because", "They wrote.")
    page.press("#id_because", "Enter")
    expect(page.get_by_role("group", name="The clocks in America/Los_Angeles go back")).to_be_visible()
    page.focus("[name=lifts_at_1]")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.get_by_role("radio", name="first time round: PDT (UTC−7)")).to_be_checked()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".desk-confirm__statements")).to_contain_text(
        "4 November 2035, 01:30 PST (America/Los_Angeles)"
    )
    assert complaints.none(), complaints
