"""What is typed comes back: from a killed tab, a lost session, a silent desk; and two people's saves go together."""

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from reviews.desk.verbs import publishing
from reviews.models import Autosave, Review
from reviews.seeding.factories import make_account, make_judgement, make_outlet, make_review
from tests.browser.conftest import Opener, watch
from tests.browser.tools.axe import examine, examine_open, listed
from tests.browser.tools.site import Desk

pytestmark = pytest.mark.browser

SENTENCE = "And then, in the middle of a sen"


@pytest.fixture
def review(live_server: LiveServer) -> Review:
    make_outlet(time_zone="Europe/London")
    return make_review(headline="As filed", body="The camera waits.\n\nThe script does less.")


def editor(open_page: Opener, live_server: LiveServer, name: str, **options: object) -> Page:
    """Somebody at their desk, in a browser of their own."""
    account = User.objects.filter(username=name).first() or make_account(
        "Editor", username=name, first_name=name.capitalize()
    )
    return Desk(live_server.url, account).let_in(open_page(**options))


def form_of(review: Review) -> str:
    return f"/admin/reviews/review/{review.pk}/change/"


def kept(page: Page) -> None:
    expect(page.locator("[data-state]")).to_contain_text("Kept at", timeout=10_000)


def type_on(page: Page, text: str) -> None:
    page.locator("#id_body").press("Control+End")
    page.locator("#id_body").press_sequentially(text)


class TestAKilledTab:
    def test_gives_the_sentence_back(
        self, open_page: Opener, live_server: LiveServer, review: Review
    ) -> None:
        page = editor(open_page, live_server, "pauline")
        complaints = watch(page, live_server.url)
        page.goto(form_of(review))
        type_on(page, SENTENCE)
        kept(page)
        page.close(run_before_unload=False)

        again = editor(open_page, live_server, "pauline")
        again.goto(form_of(review))
        expect(again.locator("#id_body")).not_to_have_value(f"{review.body}{SENTENCE}")
        expect(again.locator(".desk-autosave__offer")).to_contain_text("It changes: body.")
        again.get_by_role("link", name="Go on with it").click()
        expect(again.locator("#id_body")).to_have_value(f"{review.body}{SENTENCE}")
        type_on(again, "tence, it went on.")
        again.locator("[name=_continue]").click()
        expect(again.locator(".messagelist .success")).to_be_visible()
        review.refresh_from_db()
        assert review.body.endswith("in the middle of a sentence, it went on.")
        assert not Autosave.objects.typed().exists()
        assert complaints.none(), complaints

    def test_gives_back_what_was_typed_in_the_last_second(
        self, open_page: Opener, live_server: LiveServer, review: Review
    ) -> None:
        page = editor(open_page, live_server, "pauline")
        page.goto(form_of(review), wait_until="networkidle")
        type_on(page, SENTENCE)
        page.goto("/admin/")  # At once, as by a slip of the finger.
        page.goto(form_of(review))
        page.get_by_role("link", name="Go on with it").click()
        expect(page.locator("#id_body")).to_have_value(f"{review.body}{SENTENCE}")

    def test_gives_back_a_review_that_was_never_saved(
        self, open_page: Opener, live_server: LiveServer, review: Review
    ) -> None:
        page = editor(open_page, live_server, "pauline")
        page.goto("/admin/reviews/review/add/")
        page.fill("#id_headline", "Begun on a train")
        page.fill("#id_body", SENTENCE)
        kept(page)
        page.close(run_before_unload=False)
        again = editor(open_page, live_server, "pauline")
        again.goto("/admin/reviews/review/add/")
        expect(again.locator(".desk-autosave__offer")).to_contain_text("Begun on a train")
        again.get_by_role("link", name="Go on with it").click()
        expect(again.locator("#id_body")).to_have_value(SENTENCE)


class TestADeskThatDoesNotAnswer:
    def test_is_tried_again_until_it_does(
        self, open_page: Opener, live_server: LiveServer, review: Review
    ) -> None:
        page = editor(open_page, live_server, "pauline")
        page.goto(form_of(review), wait_until="networkidle")

        def silent(route: Route) -> None:
            route.abort()

        page.route("**/autosave/", silent)
        type_on(page, SENTENCE)
        expect(page.locator("[data-trouble]")).to_contain_text("the desk does not answer", timeout=10_000)
        page.unroute("**/autosave/", silent)
        kept(page)
        expect(page.locator("[data-trouble]")).to_be_empty()

    def test_because_the_session_is_over_says_so_and_goes_on_after_signing_in(
        self, open_page: Opener, live_server: LiveServer, review: Review
    ) -> None:
        page = editor(open_page, live_server, "pauline")
        page.goto(form_of(review), wait_until="networkidle")
        Session.objects.all().delete()
        type_on(page, SENTENCE)
        expect(page.locator("[data-trouble]")).to_contain_text("You are signed out", timeout=10_000)
        Desk(live_server.url, User.objects.get(username="pauline")).let_in(page)
        kept(page)
        expect(page.locator("[data-trouble]")).to_be_empty()

    def test_because_the_session_is_over_saves_once_a_name_is_given(
        self, open_page: Opener, live_server: LiveServer, review: Review
    ) -> None:
        page = editor(open_page, live_server, "pauline", java_script_enabled=False)
        account = User.objects.get(username="pauline")
        account.set_password("a long passphrase")
        account.save()
        Desk(live_server.url, account).let_in(page)
        page.goto(form_of(review))
        page.fill("#id_headline", "Typed for an hour")
        Session.objects.all().delete()
        page.locator("[name=_continue]").click()
        page.fill("#id_username", "pauline")
        page.fill("#id_password", "a long passphrase")
        page.get_by_role("button", name="Sign in and save").click()
        expect(page.locator(".messagelist .success")).to_contain_text("is saved")
        review.refresh_from_db()
        assert review.headline == "Typed for an hour"

    def test_because_the_session_is_over_saves_after_signing_in_in_another_window(
        self, open_page: Opener, live_server: LiveServer, review: Review
    ) -> None:
        page = editor(open_page, live_server, "pauline")
        account = User.objects.get(username="pauline")
        account.set_password("a long passphrase")
        account.save()
        Desk(live_server.url, account).let_in(page)
        page.goto(f"/admin/reviews/film/{review.film_id}/change/")
        Session.objects.all().delete()
        other = page.context.new_page()
        other.goto(f"{live_server.url}/admin/login/")
        other.fill("#id_username", "pauline")
        other.fill("#id_password", "a long passphrase")
        other.locator("[type=submit]").click()
        expect(other.locator("#user-tools")).to_be_visible()
        other.close()
        page.fill("#id_synopsis", "Typed for an hour")
        page.locator("[name=_continue]").click()
        expect(page.locator(".messagelist .success")).to_contain_text("is saved")
        review.film.refresh_from_db()
        assert review.film.synopsis == "Typed for an hour"


class TestTwoEditors:
    @pytest.mark.parametrize("scripts", [True, False])
    def test_collide_and_merge(
        self, open_page: Opener, live_server: LiveServer, review: Review, scripts: bool
    ) -> None:
        pauline = editor(open_page, live_server, "pauline", java_script_enabled=scripts)
        ruth = editor(open_page, live_server, "ruth", java_script_enabled=scripts)
        complaints = [watch(page, live_server.url) for page in (pauline, ruth)]
        for page in (pauline, ruth):
            page.goto(form_of(review))
        if scripts:
            expect(ruth.locator("[data-company]")).to_contain_text("Pauline has this review open.")
        ruth.fill("#id_body", "The camera hurries.\n\nThe script does less.")
        ruth.fill("#id_standfirst", "Hers.")
        ruth.locator("[name=_continue]").click()
        expect(ruth.locator(".messagelist .success")).to_be_visible()

        pauline.fill("#id_body", "The camera dawdles.\n\nThe script does less, and says more.")
        if scripts:
            expect(pauline.locator("[data-newer]")).to_contain_text("Ruth saved this review", timeout=10_000)
        pauline.locator("[name=_continue]").click()
        expect(pauline.locator(".desk-merge")).to_contain_text("Ruth saved this review on")
        pauline.get_by_role("button", name="Save both together").click()
        expect(pauline.locator(".errornote")).to_be_visible()
        pauline.get_by_label("Both, theirs first").check()
        pauline.get_by_role("button", name="Save both together").click()
        expect(pauline.locator(".messagelist .success")).to_be_visible()
        review.refresh_from_db()
        assert review.standfirst == "Hers."
        for words in ("hurries", "dawdles", "and says more"):
            assert words in review.body
        assert all(each.none() for each in complaints), complaints


@pytest.mark.parametrize("scripts", [True, False])
def test_enter_in_a_line_of_the_form_saves_and_does_no_more(
    open_page: Opener, live_server: LiveServer, review: Review, scripts: bool
) -> None:
    page = editor(open_page, live_server, "pauline", java_script_enabled=scripts)
    page.goto(form_of(review))
    expect(page.get_by_role("button", name="Approve now")).to_be_visible()
    page.locator("#id_rating").fill("4/5")
    page.locator("#id_rating").press("Enter")
    expect(page.locator(".messagelist .success")).to_contain_text("is saved")
    review.refresh_from_db()
    assert (review.rating, review.status) == ("4/5", Review.Status.DRAFT)


def test_a_new_review_begins_at_its_headline(open_page: Opener, live_server: LiveServer) -> None:
    page = editor(open_page, live_server, "pauline")
    page.goto("/admin/reviews/review/add/")
    expect(page.locator("#id_headline")).to_be_focused()


def test_a_cited_passage_that_is_cut_is_flagged_and_put_back(
    open_page: Opener, live_server: LiveServer, review: Review
) -> None:
    make_judgement(review, evidence="The script does less.")
    page = editor(open_page, live_server, "pauline")
    page.goto(form_of(review), wait_until="networkidle")
    page.fill("#id_body", "The camera waits.")
    expect(page.locator(".field-evidence .desk-flag")).to_contain_text(
        "not stand in the body", timeout=10_000
    )
    page.fill("#id_body", "The camera waits.\n\nThe script does less.")
    expect(page.locator(".desk-flag")).to_have_count(0, timeout=10_000)


def test_axe_finds_nothing_on_the_pages_that_keep_compare_and_merge(
    open_page: Opener, live_server: LiveServer, review: Review
) -> None:
    publishing.publish(review)
    page = editor(open_page, live_server, "pauline")
    page.goto(form_of(review), wait_until="networkidle")
    page.fill("#id_body", "The camera hurries.")
    kept(page)
    other = editor(open_page, live_server, "ruth")
    other.goto(form_of(review))
    other.fill("#id_body", "The camera dawdles.\n\nMore.")
    other.fill("#id_headline", "Hers")
    other.locator("[name=_continue]").click()
    expect(other.locator(".messagelist .success")).to_be_visible()
    row = Autosave.objects.typed().get()
    desk = f"/admin/reviews/review/{review.pk}"
    kept_page = f"/admin/reviews/review/kept/{row.form}/"
    paths = [
        form_of(review),  # With an offer.
        f"{desk}/revisions/",
        f"{desk}/compare/?from=1&to=2",
        f"{desk}/restore/?revision=1",
        f"{desk}/describe/?revision=1",
        kept_page,
    ]
    found = examine(page, paths)
    page.get_by_role("button", name="Bring both together").click()
    expect(page.locator(".desk-merge")).to_be_visible()
    found += examine_open(page, "the merge")
    assert not found, listed(found)
