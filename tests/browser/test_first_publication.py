"""From an empty desk to a review that goes up by itself, as an editor does it in a browser."""

import datetime as dt
import urllib.error
import urllib.request
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from reviews.seeding.factories import make_account, make_aspect, make_outlet
from tests.browser.conftest import watch
from tests.browser.tools.lifting import AHEAD, Arrive

pytestmark = pytest.mark.browser

LONDON = ZoneInfo("Europe/London")
HEADLINE = "A small film with a long shadow"
BODY = "The film waits.\n\nThe lead is *steady* throughout, and the fights are clear.\n\nThe plot is thin."
SURFACES = {
    "/": HEADLINE,
    "/reviews/": HEADLINE,
    "/reviews/a-small-film/": HEADLINE,
    "/films/": "The Long Shadow",
    "/films/the-long-shadow/": HEADLINE,
    "/films/the-long-shadow/feed.xml": HEADLINE,
    "/critics/": "Vera Marginalia",
    "/critics/vera-marginalia/": HEADLINE,
    "/critics/vera-marginalia/feed.xml": HEADLINE,
    "/people/": "Otto Lens",
    "/people/otto-lens/": "The Long Shadow",
    "/tags/": "slow cinema",
    "/tags/slow-cinema/": HEADLINE,
    "/tags/slow-cinema/feed.xml": HEADLINE,
    "/feed.xml": HEADLINE,
    "/sitemap-reviews.xml": "a-small-film",
    "/sitemap-films.xml": "the-long-shadow",
}


def fetch(address: str) -> str:
    """What a reader gets, an error page included."""
    try:
        with urllib.request.urlopen(address, timeout=10) as response:
            return str(response.read().decode())
    except urllib.error.HTTPError as error:
        return str(error.read().decode())


def choose(page: Page, field: str, words: str) -> None:
    """Pick from an autocomplete field what the typed words find."""
    page.locator(f"#id_{field} + .select2 .select2-selection").click()
    page.locator(".select2-container--open .select2-search__field").fill(words)
    page.locator(".select2-results__option", has_text=words).first.click()


def save(page: Page) -> None:
    page.locator("[name=_save]").click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def test_an_editor_publishes_a_first_review_for_a_moment_and_it_goes_up_by_itself(
    page: Page, live_server: LiveServer, arrive: Arrive
) -> None:
    make_outlet(name="The Test Reel", time_zone="Europe/London")
    make_aspect(name="Lead performance", slug="lead-performance")
    editor = make_account("Editor", username="editor")
    editor.set_password("a long passphrase")
    editor.save()
    complaints = watch(page, live_server.url)

    page.goto("/admin/")
    page.fill("#id_username", "editor")
    page.fill("#id_password", "a long passphrase")
    page.locator("[type=submit]").click()

    page.goto("/admin/reviews/person/add/")
    page.fill("#id_name", "Otto Lens")
    page.fill("#id_slug", "otto-lens")
    save(page)

    page.goto("/admin/reviews/film/add/")
    page.fill("#id_title", "The Long Shadow")
    page.fill("#id_slug", "the-long-shadow")
    page.fill("#id_release_year", "2025")
    if not page.locator("#id_credits-0-job").count():
        page.locator("#credits-group .add-row a").click()
    choose(page, "credits-0-person", "Otto Lens")
    page.select_option("#id_credits-0-job", "director")
    save(page)

    page.goto("/admin/reviews/critic/add/")
    page.fill("#id_name", "Vera Marginalia")
    page.fill("#id_slug", "vera-marginalia")
    save(page)

    page.goto("/admin/reviews/review/add/")
    choose(page, "film", "The Long Shadow")
    choose(page, "critic", "Vera Marginalia")
    page.fill("#id_headline", HEADLINE)
    page.fill("#id_slug", "a-small-film")
    page.fill("#id_standfirst", "It keeps its promises.")
    page.fill("#id_body", BODY)
    page.fill("#id_tags", "slow cinema, shadows")
    page.select_option("#id_verdict", "1")
    page.fill("#id_rating", "3.5/5")
    prefix = page.locator("[id$='-TOTAL_FORMS']").first.get_attribute("id") or ""
    prefix = prefix.removeprefix("id_").removesuffix("-TOTAL_FORMS")
    if not page.locator(f"#id_{prefix}-0-evidence").count():
        page.locator(f"#{prefix}-group .add-row a").click()
    choose(page, f"{prefix}-0-aspect", "Lead performance")
    page.select_option(f"#id_{prefix}-0-stance", "1")
    page.fill(f"#id_{prefix}-0-evidence", "The lead is steady throughout")
    page.locator("[name=_continue]").click()
    expect(page.locator(".messagelist .success")).to_be_visible()

    page.get_by_role("link", name="Approve for a time…").click()
    moment = (dt.datetime.now(LONDON) + AHEAD).replace(microsecond=0)
    page.fill("#id_at_0", moment.strftime("%Y-%m-%d"))
    page.fill("#id_at_1", moment.strftime("%H:%M:%S"))
    page.locator(".submit-row [type=submit]").click()
    expect(page.locator(".desk-confirm__statements")).to_contain_text("Europe/London")
    page.locator(".submit-row [type=submit]").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert complaints.none(), complaints

    for path, words in SURFACES.items():
        assert words not in fetch(live_server.url + path), f"{path} shows it before its moment"
    assert dt.datetime.now(LONDON) < moment, "The desk and reading took too long for this test."

    arrive(moment)
    for path, words in SURFACES.items():
        assert words in fetch(live_server.url + path), f"{path} does not show it after its moment"
    page.goto("/reviews/a-small-film/")
    expect(page.get_by_role("heading", level=1)).to_have_text(HEADLINE)
    expect(page.locator("[id^=passage-]")).to_have_count(1)
