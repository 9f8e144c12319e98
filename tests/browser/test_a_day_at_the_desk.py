"""A day at the desk with three people, from a submission under embargo to a withdrawal and back.

It is played with scripts and without.
"""

import datetime as dt
import urllib.error
import urllib.request
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from reviews.models import Review
from reviews.seeding.factories import (
    make_account,
    make_critic,
    make_embargo,
    make_film,
    make_outlet,
    make_review,
)
from tests.browser.conftest import Complaints, Opener, watch
from tests.browser.tools.lifting import AHEAD, Arrive

pytestmark = pytest.mark.browser

LOS_ANGELES = ZoneInfo("America/Los_Angeles")
MINUTE = dt.timedelta(minutes=1)
HEADLINE = "A small film with a long shadow"
OLD, NEW = "/reviews/a-small-film/", "/reviews/a-long-shadow/"
SURFACES = ("/", "/reviews/", OLD, "/films/the-long-shadow/", "/critics/vera-marginalia/", "/feed.xml")


@dataclass
class Answer:
    status: int
    text: str
    location: str


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: object, **kwargs: object) -> None:
        return None


def fetch(address: str) -> Answer:
    """What a reader gets, without following where it leads."""
    try:
        with urllib.request.build_opener(_Stay).open(address, timeout=10) as response:
            return Answer(response.status, response.read().decode(), "")
    except urllib.error.HTTPError as error:
        return Answer(error.code, error.read().decode(), error.headers.get("Location", ""))


def sign_in(page: Page, account: User, site: str) -> None:
    client = Client()
    client.force_login(account)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": site}])


def press(page: Page, name: str) -> None:
    """Press a button of the panel, or follow a link in it."""
    panel = page.locator(".desk-standing")
    with page.expect_navigation():
        panel.get_by_role("button", name=name).or_(panel.get_by_role("link", name=name)).click()


def confirm(page: Page) -> None:
    """Send a verb's page, read what it states, and confirm it."""
    expect(page.locator(".desk-confirm")).to_be_visible()
    for _ in range(2):
        if not page.locator(".desk-confirm").count():
            break
        with page.expect_navigation():
            page.locator(".submit-row [type=submit]").first.click()
    expect(page.locator(".messagelist .success")).to_be_visible()


@pytest.fixture(params=["with scripts", "without"])
def people(request: pytest.FixtureRequest, open_page: Opener, live_server: LiveServer) -> dict[str, Page]:
    """Three people at their desks, each in a browser of their own."""
    make_outlet(name="The Test Reel", time_zone="Europe/London")
    pages = {}
    for role in ("Critic", "Editor", "Publisher"):
        account = make_account(role, username=role.lower())
        page = open_page(java_script_enabled=request.param == "with scripts")
        sign_in(page, account, live_server.url)
        pages[role.lower()] = page
    return pages


def test_a_review_is_written_held_lifted_corrected_moved_withdrawn_and_brought_back(
    people: dict[str, Page], live_server: LiveServer, arrive: Arrive
) -> None:
    critic, editor, publisher = people["critic"], people["editor"], people["publisher"]
    complaints: list[Complaints] = [watch(page, live_server.url) for page in people.values()]
    site = live_server.url
    film = make_film(title="The Long Shadow", slug="the-long-shadow")
    vera = make_critic(
        name="Vera Marginalia", slug="vera-marginalia", user=User.objects.get(username="critic")
    )
    review = make_review(film=film, critic=vera, headline=HEADLINE, slug="a-small-film", rating="3/5")
    form = f"/admin/reviews/review/{review.pk}/change/"
    far_away = dt.datetime.now(dt.UTC).replace(microsecond=0) + dt.timedelta(hours=5)
    make_embargo(film, far_away, zone="America/Los_Angeles", agreed_with="Studio")

    # The critic hands it in, the editor gives it back, the critic mends it.
    critic.goto(form)
    press(critic, "Submit for review")
    expect(critic.locator(".messagelist .success")).to_contain_text("Submitted for review.")
    editor.goto("/admin/")
    editor.get_by_role("link", name=HEADLINE).first.click()
    press(editor, "Return with a note…")
    editor.fill("#id_note", "Say who made it.")
    confirm(editor)
    critic.goto("/admin/")
    expect(critic.locator("main, #content").first).to_contain_text("Say who made it.")
    critic.get_by_role("link", name=HEADLINE).first.click()
    expect(critic.locator(".desk-returned")).to_contain_text("editor returned it:")
    critic.fill("#id_standfirst", "Otto Lens keeps his promises.")
    press(critic, "Submit for review")
    expect(critic.locator(".messagelist .success")).to_contain_text("Submitted for review.")

    # The editor approves it under the embargo.
    editor.goto(form)
    expect(editor.locator(".desk-actions")).to_contain_text("when the embargo lifts; in 4 h 5")
    press(editor, "Approve now")
    expect(editor.locator(".messagelist .success")).to_contain_text("Approved: readers see it from")
    assert fetch(site + OLD).status == 404

    # The publisher moves the embargo, and sees what moves before it does.
    publisher.goto("/admin/reviews/embargo/")
    publisher.get_by_role("link", name="The Long Shadow").first.click()
    publisher.get_by_role("link", name="Move…").click()
    moment = dt.datetime.now(LOS_ANGELES).replace(microsecond=0) + AHEAD
    publisher.fill("[name=lifts_at_0]", moment.strftime("%Y-%m-%d"))
    publisher.fill("[name=lifts_at_1]", moment.strftime("%H:%M:%S"))
    publisher.fill("#id_because", "The studio brought it forward by telephone.")
    publisher.locator(".submit-row [type=submit]").click()
    stated = publisher.locator(".desk-confirm__statements")
    expect(stated).to_contain_text(f"“{HEADLINE}” goes up on")
    expect(stated).to_contain_text("it was to go up on")
    confirm(publisher)

    # The lift comes on the second.
    for path in SURFACES:
        assert HEADLINE not in fetch(site + path).text, f"{path} shows it before its moment"
    assert dt.datetime.now(LOS_ANGELES) < moment, "Reading took too long for this test."
    arrive(moment)
    for path in SURFACES:
        assert HEADLINE in fetch(site + path).text, f"{path} does not show it after its moment"

    # The editor corrects the verdict: readers are told.
    arrive(moment + MINUTE, later=True)
    editor.goto(form)
    editor.select_option("#id_verdict", "0")
    editor.locator("[name=_continue]").click()
    press(editor, "Publish the changes…")
    expect(editor.locator(".desk-confirm")).to_contain_text("(goes: positive) (comes: mixed)")
    editor.locator(".submit-row [type=submit]").first.click()
    expect(editor.locator(".desk-confirm .errorlist").first).to_be_visible()
    editor.check("[name=kind][value=verdict]")
    editor.fill("#id_note", "We had called it positive; it is mixed.")
    confirm(editor)
    for path in ("/corrections/", OLD):
        assert "We had called it positive; it is mixed." in fetch(site + path).text
    assert "What it said before" in fetch(site + OLD).text

    # A new address: the old one leads on.
    arrive(moment + 2 * MINUTE, later=True)
    editor.goto(form)
    editor.fill("#id_slug", "a-long-shadow")
    editor.locator("[name=_continue]").click()
    press(editor, "Publish the changes…")
    confirm(editor)
    assert (fetch(site + OLD).status, fetch(site + OLD).location) == (301, NEW)
    assert fetch(site + NEW).status == 200

    # The publisher withdraws it with a note, and brings it back.
    arrive(moment + 3 * MINUTE, later=True)
    publisher.goto(form)
    press(publisher, "Withdraw…")
    publisher.check("[name=manner][value=note]")
    publisher.fill("#id_note", "A quotation in it was not checked.")
    confirm(publisher)
    for path in (NEW, OLD):
        gone = fetch(site + path)
        assert (gone.status, HEADLINE in gone.text) == (410, False)
        assert "A quotation in it was not checked." in gone.text
    assert "A quotation in it was not checked." in fetch(site + "/corrections/").text
    assert HEADLINE not in fetch(site + "/").text
    arrive(moment + 4 * MINUTE, later=True)
    publisher.goto(form)
    press(publisher, "Reinstate…")
    publisher.check("[name=what][value=as-it-was]")
    confirm(publisher)
    assert HEADLINE in fetch(site + NEW).text
    assert (fetch(site + OLD).status, fetch(site + OLD).location) == (301, NEW)

    assert all(each.none() for each in complaints), complaints
    assert Review.objects.get().status == Review.Status.APPROVED
