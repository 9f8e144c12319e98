"""The page of a review's preview links: made, shown once, listed and revoked."""

import datetime as dt
import re
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reviews import clock
from reviews.desk import preview_links, revisions
from reviews.models import HistoryEntry, PreviewLink, Review, Revision
from reviews.seeding.factories import make_account, make_outlet, make_review
from tests.admin.pages import fields_of, signed_in, text_of, url
from tests.desk.reading import DAY, HOUR, change, reread
from tests.reading import written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.fixture(autouse=True)
def outlet() -> None:
    make_outlet(time_zone="Europe/London")


@pytest.fixture
def editor() -> Client:
    return signed_in(first_name="Pauline", last_name="Kael")


def ask(client: Client, review: Review, *, query: str = "", **typed: str) -> Any:
    """Fill in the form and send it."""
    address = url("links", review) + query
    return client.post(address, fields_of(client.get(address)) | typed)


def tree_of(response: Any) -> Element:
    tree: Element = html5lib.parse(response.content.decode(), namespaceHTMLElements=False)
    return tree


def address_in(response: Any) -> str:
    """The URL that the page shows for copying; empty if none."""
    fields = [field for field in tree_of(response).iter("input") if field.get("id") == "link-address"]
    return fields[0].get("value", "") if fields else ""


def rows_of(response: Any) -> list[str]:
    return [written(item) for item in tree_of(response).iter("li") if item.get("class") == "desk-links__link"]


def path_in(response: Any) -> str:
    return address_in(response).removeprefix("http://127.0.0.1:8000")


class TestMaking:
    def test_shows_the_whole_address_once_in_a_field_to_copy(self, editor: Client) -> None:
        review = make_review(headline="Not yet")
        response = ask(editor, review, for_whom="the fact checker")
        assert re.fullmatch(r"http://127\.0\.0\.1:8000/preview/[A-Za-z0-9_-]{43}/", address_in(response))
        assert "it cannot be shown again" in text_of(response)
        assert "no-store" in response.headers["Cache-Control"]
        assert "Not yet" in text_of(Client().get(path_in(response)))
        again = editor.get(url("links", review))
        assert address_in(again) == ""
        assert path_in(response).split("/")[2] not in again.content.decode()

    def test_takes_the_host_from_the_settings_and_not_from_the_request(self, settings: Any) -> None:
        settings.SITE_URL, settings.ALLOWED_HOSTS = "https://reel.example", ["*"]
        client, review = signed_in(), make_review()
        address = url("links", review)
        response = client.post(address, fields_of(client.get(address)), headers={"host": "evil.example"})
        assert address_in(response).startswith("https://reel.example/preview/")

    def test_gives_72_hours_by_default(self, editor: Client, now: dt.datetime) -> None:
        ask(editor, make_review())
        link = PreviewLink.objects.get()
        assert (link.expires_at, link.revision, link.for_whom) == (now + dt.timedelta(hours=72), None, "")
        assert link.made_by_name == "Pauline Kael"

    @pytest.mark.parametrize(("works", "hours"), [("24", 24), ("72", 72), ("168", 168)])
    def test_gives_the_hours_that_are_chosen(
        self, works: str, hours: int, editor: Client, now: dt.datetime
    ) -> None:
        ask(editor, make_review(), works=works)
        assert PreviewLink.objects.get().expires_at == now + dt.timedelta(hours=hours)

    def test_rounds_the_expiry_up_to_a_minute(self, editor: Client, now: dt.datetime) -> None:
        with clock.frozen_at(now + dt.timedelta(seconds=1)):
            ask(editor, make_review())
        assert PreviewLink.objects.get().expires_at == now + dt.timedelta(hours=72, minutes=1)

    def test_takes_a_moment_in_the_outlets_zone(self, editor: Client) -> None:
        ask(editor, make_review(), works="until", until_0="2025-06-10", until_1="18:30")
        assert PreviewLink.objects.get().expires_at == dt.datetime(2025, 6, 10, 17, 30, tzinfo=dt.UTC)

    @pytest.mark.parametrize(
        ("typed", "says"),
        [
            ({"works": "until"}, "Type the day and the time until which it works."),
            ({"works": "until", "until_0": "2025-06-06", "until_1": "13:00"}, "That moment has passed"),
            ({"works": "until", "until_0": "2025-07-06", "until_1": "13:01"}, "at most 30 days"),
            (
                {"works": "72", "until_0": "2025-06-10", "until_1": "12:00"},
                "Choose above that it works until this moment",
            ),
            ({"works": "9999"}, "not one of the available choices"),
            ({"works": ""}, "required"),
            ({"shows": "live"}, "not one of the available choices"),
            ({"for_whom": "x" * 101}, "at most 100 characters"),
        ],
    )
    def test_explains_an_error_and_makes_no_link(
        self, typed: dict[str, str], says: str, editor: Client
    ) -> None:
        response = ask(editor, make_review(), **typed)
        assert response.status_code == 200
        assert says in text_of(response)
        assert address_in(response) == ""
        assert not PreviewLink.objects.exists()

    def test_asks_about_a_time_that_occurs_twice(self, editor: Client) -> None:
        with clock.frozen_at(dt.datetime(2025, 10, 20, tzinfo=dt.UTC)):
            response = ask(editor, make_review(), works="until", until_0="2025-10-26", until_1="01:30")
        assert "01:30 comes twice" in text_of(response)
        assert not PreviewLink.objects.exists()

    def test_does_not_change_the_review(self, editor: Client) -> None:
        review = make_review()
        before = Review.objects.filter(pk=review.pk).values().get()
        ask(editor, review)
        assert Review.objects.filter(pk=review.pk).values().get() == before


class TestWhatItShows:
    def test_the_working_copy(self, editor: Client) -> None:
        review = make_review(headline="As filed")
        path = path_in(ask(editor, review))
        change(review, headline="As edited")
        assert "As edited" in text_of(Client().get(path))

    def test_the_revision_saved_now(self, editor: Client) -> None:
        review = make_review(headline="As filed")
        path = path_in(ask(editor, review, shows="as-it-stands"))
        change(reread(review), headline="As edited")
        assert "As filed" in text_of(Client().get(path))

    def test_the_last_state_also_if_a_fixture_was_loaded(self, editor: Client) -> None:
        review = make_review(headline="Read")
        revisions.settle(review)
        change(reread(review), headline="Loaded over it")
        path = path_in(ask(editor, review, shows="as-it-stands"))
        assert "Loaded over it" in text_of(Client().get(path))

    def test_the_revision_that_the_address_names(self, editor: Client) -> None:
        review = make_review(headline="First")
        revisions.settle(review)
        change(reread(review), headline="Second")
        revisions.settle(review)
        response = editor.get(url("links", review) + "?revision=1")
        assert "revision 1, saved on 6 June 2025, 13:00 (Europe/London)" in text_of(response)
        path = path_in(ask(editor, review, query="?revision=1"))
        assert PreviewLink.objects.get().revision == Revision.objects.get(number=1)
        assert "First" in text_of(Client().get(path))

    @pytest.mark.parametrize("number", ["2", "0", "-1", "x", "9" * 30, "¹"])
    def test_the_working_copy_for_an_unknown_revision(self, number: str, editor: Client) -> None:
        other, review = make_review(), make_review()
        for each in (other, review):
            revisions.settle(each)
        change(reread(other), headline="Other")
        revisions.settle(other)
        address = f"{url('links', review)}?revision={number}"
        assert fields_of(editor.get(address))["shows"] == "as-it-is"
        editor.post(address, fields_of(editor.get(address)) | {"shows": "chosen"})
        assert not PreviewLink.objects.exists()


class TestTheList:
    def test_says_for_whom_what_until_when_and_how_often_opened(
        self, editor: Client, now: dt.datetime
    ) -> None:
        review = make_review()
        path = path_in(ask(editor, review, for_whom="the fact checker", shows="as-it-stands"))
        with clock.frozen_at(now + HOUR):
            Client().get(path)
            assert rows_of(editor.get(url("links", review))) == [
                "the fact checker "
                "Works, expires in 2 days 23 h (9 June 2025, 13:00 (Europe/London)) "
                "Shows Revision 1, saved on 6 June 2025, 13:00 "
                "Works until 9 June 2025, 13:00 "
                "Opened Once, on 6 June 2025, 14:00 "
                "Made by Pauline Kael, on 6 June 2025, 13:00 "
                "Revoke the link for the fact checker"
            ]
            Client().get(path)
        assert "Opened 2 times, last on 6 June 2025, 14:00" in rows_of(editor.get(url("links", review)))[0]

    def test_marks_ended_links_by_word_and_shape(self, editor: Client, now: dt.datetime) -> None:
        review = make_review()
        for whom, days in (("expired", 1), ("revoked", 2), ("valid", 3)):
            preview_links.make(review, by=None, for_whom=whom, expires_at=now + days * DAY)
        preview_links.revoke(PreviewLink.objects.get(for_whom="revoked"), by=None)
        with clock.frozen_at(now + DAY):
            response = editor.get(url("links", review))
        valid, *ended = rows_of(response)
        assert valid.startswith("valid Works, expires in 2 days")
        assert ended[0].startswith("revoked Revoked 1 day ago")
        assert ended[1].startswith("expired Expired now")
        assert all("Made until" in row and "Revoke the" not in row for row in ended)
        page = response.content.decode()
        for name in ("live", "withdrawn", "hidden"):
            assert f'href="#sign-{name}"' in page

    def test_names_no_link_of_another_review(self, editor: Client) -> None:
        preview_links.make(make_review(), by=None, for_whom="somebody else")
        response = editor.get(url("links", make_review()))
        assert rows_of(response) == []
        assert "None: without an account, nobody" in text_of(response)

    def test_escapes_typed_text(self, editor: Client) -> None:
        response = ask(editor, make_review(), for_whom="<script>alert(1)</script>")
        assert "<script>alert" not in response.content.decode()

    def test_takes_the_same_queries_for_many_links_as_for_one(self, now: dt.datetime) -> None:
        client, review = signed_in(), make_review()

        def asked() -> int:
            with CaptureQueriesContext(connection) as captured:
                assert client.get(url("links", review)).status_code == 200
            assert not [query for query in captured if '"document"' in query["sql"]]
            return len(captured)

        def send(number: int) -> None:
            revisions.settle(review)
            for days in (1, 3):
                for _ in range(number):
                    preview_links.make(
                        review, by=None, revision=revisions.newest(review), expires_at=now + days * DAY
                    )

        send(1)
        with clock.frozen_at(now + 2 * DAY):
            few = asked()
        send(40)
        with clock.frozen_at(now + 2 * DAY):
            assert asked() == few <= 10
            shown = rows_of(client.get(url("links", review)))
        assert len(shown) == 41 + 20


class TestRevoking:
    def test_ends_the_link_at_the_press_of_its_button(self, editor: Client) -> None:
        review = make_review()
        path = path_in(ask(editor, review))
        other = path_in(ask(editor, review))
        link = PreviewLink.objects.order_by("sequence").first()
        assert link is not None
        response = editor.post(url("links", review), {"revoke": str(link.uid)}, follow=True)
        assert "Revoked: whoever opens the link now finds nothing." in text_of(response)
        assert [Client().get(each).status_code for each in (path, other)] == [404, 200]
        *_made, revoked = HistoryEntry.objects.of_review(review.uid).oldest_first()
        assert revoked.what.endswith("was revoked.")
        assert revoked.by_name == "Pauline Kael"

    @pytest.mark.parametrize("uid", ["", "x", "00000000-0000-0000-0000-000000000000"])
    def test_of_an_unknown_link_says_so(self, uid: str, editor: Client) -> None:
        response = editor.post(url("links", make_review()), {"revoke": uid}, follow=True)
        assert "There is no such link any more." in text_of(response)

    def test_needs_a_post_on_the_reviews_own_page(self, editor: Client) -> None:
        link, secret = preview_links.make(make_review(), by=None)
        editor.post(url("links", make_review()), {"revoke": str(link.uid)})
        editor.get(url("links", link.review), {"revoke": str(link.uid)})
        assert preview_links.found_by(secret)

    def test_needs_a_csrf_token(self) -> None:
        link, secret = preview_links.make(make_review(), by=None)
        client = Client(enforce_csrf_checks=True)
        client.force_login(make_account("Editor"))
        for posted in ({"revoke": str(link.uid)}, {"shows": "as-it-is", "works": "72"}):
            assert client.post(url("links", link.review), posted).status_code == 403
        assert preview_links.found_by(secret)
        assert PreviewLink.objects.count() == 1
