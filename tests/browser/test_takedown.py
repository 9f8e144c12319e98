"""A review that must come down: in one step from its public page, and what readers find there then."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from reviews.desk.verbs import withdrawing
from reviews.models import Review
from tests.browser.conftest import Opener, watch
from tests.browser.tools.axe import examine, listed
from tests.browser.tools.looks import CUT, ENLARGED, PHONE
from tests.browser.tools.site import EXAMPLES, Desk

pytestmark = pytest.mark.browser


@pytest.fixture
def path(demo: None) -> str:
    return reverse("review_detail", args=[EXAMPLES["review_detail"]])


class TestTheBar:
    def test_takes_the_review_down_at_once_without_script(
        self, open_page: Opener, page: Page, desk: Desk, path: str
    ) -> None:
        publisher = desk.let_in(open_page(java_script_enabled=False))
        complaints = watch(publisher, desk.address)
        publisher.goto(path)
        publisher.get_by_label("Take it down now").fill("A lawyer rang.")
        publisher.get_by_role("button", name="Take down").click()
        expect(publisher.get_by_text("Taken down: readers find no trace of it.")).to_be_visible()
        expect(publisher.get_by_role("link", name="Explain in public…")).to_be_visible()
        expect(publisher.get_by_role("link", name="Reinstate…")).to_be_visible()
        assert complaints.none(), complaints
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 404

    def test_leads_to_the_review_at_the_desk(self, open_page: Opener, desk: Desk, path: str) -> None:
        editor = desk.let_in(open_page())
        editor.goto(path)
        editor.get_by_role("link", name="Open the review").click()
        review = Review.objects.get(slug=EXAMPLES["review_detail"])
        expect(editor).to_have_url(desk.address + reverse("admin:reviews_review_change", args=[review.pk]))

    @pytest.mark.parametrize("window", [ENLARGED, PHONE], ids=["enlarged", "phone"])
    def test_fits_a_narrow_window(
        self, window: dict[str, int], open_page: Opener, desk: Desk, path: str
    ) -> None:
        publisher = desk.let_in(open_page(viewport=window))
        publisher.goto(path)
        expect(publisher.get_by_role("button", name="Take down")).to_be_visible()
        assert publisher.evaluate(CUT) == []

    def test_axe_finds_nothing_on_it(self, open_page: Opener, desk: Desk, path: str) -> None:
        found = examine(desk.let_in(open_page()), [path])
        assert not found, listed(found)


class TestWhatIsGone:
    def test_says_so_and_why_in_every_theme_and_on_a_phone(self, open_page: Opener, path: str) -> None:
        review = Review.objects.get(slug=EXAMPLES["review_detail"])
        withdrawing.withdraw(review, note="A quotation was not what the director said.")
        reader = open_page(viewport=PHONE)
        answer = reader.goto(path)
        assert answer is not None
        assert answer.status == 410
        expect(reader.get_by_text("A quotation was not what the director said.")).to_be_visible()
        assert reader.evaluate(CUT) == []
        found = examine(reader, [path, reverse("correction_list")])
        assert not found, listed(found)
