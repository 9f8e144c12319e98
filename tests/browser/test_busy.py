"""While others' long texts are read: what a writer with a phone is told, and that nothing that they typed is lost."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from reviews.admin.site import turns
from reviews.models import Review
from reviews.seeding.factories import make_account, make_outlet, make_review
from tests.browser.conftest import Opener
from tests.browser.tools.axe import examine_open
from tests.browser.tools.site import Desk

pytestmark = pytest.mark.browser

LONG = 3000
TYPED = f"{'It goes on and on. ' * 80}\n\n{'And still it goes on. ' * 80}The end."
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def review(live_server: LiveServer) -> Review:
    make_outlet(time_zone="Europe/London")
    return make_review(headline="As filed", body="The camera waits.")


class TestALongText:
    def test_is_in_the_page_that_refuses_it_and_in_the_form_and_is_saved_in_the_end(
        self, open_page: Opener, live_server: LiveServer, review: Review, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        page = Desk(live_server.url, make_account("Editor")).let_in(open_page(viewport=PHONE))
        page.goto(f"/admin/reviews/review/{review.pk}/change/")
        page.locator("#id_body").fill(TYPED)
        monkeypatch.setattr(turns, "LONG", LONG)
        acquire: Callable[..., bool] = turns._places.acquire
        monkeypatch.setattr(turns._places, "acquire", lambda blocking: False)
        with page.expect_response(
            lambda answer: answer.request.method == "POST" and "change" in answer.url
        ) as told:
            page.locator("[name=_continue]").click()
        assert (told.value.status, told.value.headers["retry-after"]) == (503, "2")
        expect(page.get_by_role("heading", level=1)).to_have_text("Try again in a few seconds")
        advice = page.get_by_text("What you typed is still here: send it again.")
        expect(advice).to_be_in_viewport()
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        assert float(advice.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")) >= 16
        assert not examine_open(page, "busy")
        button = page.get_by_role("button", name="Send it again").bounding_box()
        assert button is not None
        assert button["height"] >= 44  # A finger's breadth.

        page.go_back()
        expect(page.locator("#id_body")).to_have_value(TYPED)
        page.locator("[name=_continue]").click()
        again = page.get_by_role("button", name="Send it again")
        again.click()  # Too early.
        expect(again).to_be_in_viewport()
        monkeypatch.setattr(turns._places, "acquire", acquire)
        again.click()
        expect(page.locator(".messagelist .success")).to_be_visible()
        review.refresh_from_db()
        assert review.body.replace("\r\n", "\n") == TYPED
