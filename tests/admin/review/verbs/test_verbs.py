"""The verbs of a review: each page states what it will do, and does exactly that."""

import datetime as dt
import re
from typing import Any

import pytest

from reviews.admin.review.verbs.routes import PAGES
from reviews.desk.verbs import publishing
from reviews.models import Edition, Embargo, Review
from reviews.seeding.factories import MOMENT, make_edition, make_embargo, make_film, make_outlet, make_review
from tests.admin.pages import confirm, fields_of, signed_in, text_of, url
from tests.reading import Document

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now", "outlet")]

DAY = dt.timedelta(days=1)


@pytest.fixture
def outlet() -> Any:
    return make_outlet()


def reread(review: Review) -> Review:
    return Review.objects.get(pk=review.pk)


class TestRetime:
    def test_moves_what_waits(self) -> None:
        client, review = signed_in(), make_review()
        publishing.publish(review, at=MOMENT + DAY)
        address = url("retime", review)
        first = client.post(address, fields_of(client.get(address)) | {"at_0": "2025-06-09", "at_1": "09:00"})
        assert (
            "Readers see it from 9 June 2025, 09:00 (Europe/London), which is 9 June 2025, 08:00 (UTC)."
            in text_of(first)
        )
        assert Edition.objects.get().visible_from == MOMENT + DAY
        assert client.post(address, fields_of(first)).status_code == 302
        assert Edition.objects.get().visible_from == dt.datetime(2025, 6, 9, 8, tzinfo=dt.UTC)

    def test_asks_for_a_moment(self) -> None:
        review = make_review()
        publishing.publish(review, at=MOMENT + DAY)
        assert "This field is required." in text_of(confirm(signed_in(), review, "retime"))

    def test_has_nothing_to_do_where_nothing_waits(self) -> None:
        response = confirm(signed_in(), make_review(), "retime", at_0="2025-06-09", at_1="09:00")
        assert "Nothing is waiting to go up" in text_of(response)


class TestReturn:
    def test_names_the_list_in_which_the_critic_finds_it(self) -> None:
        review = make_review(status=Review.Status.IN_REVIEW)
        page = text_of(signed_in().get(url("return", review)))
        (named,) = re.findall(r"finds it under “(.*?)”", page)
        home = Document(signed_in("Critic").get("/admin/").content.decode())
        assert named in home.texts(".//h2")


class TestUnschedule:
    def test_takes_back_what_waits(self) -> None:
        review = make_review()
        publishing.publish(review, at=MOMENT + DAY)
        page = text_of(signed_in().get(url("unschedule", review)))
        assert "The edition that was to go up on 7 June 2025, 13:00 (Europe/London) does not go up." in page
        assert confirm(signed_in(), review, "unschedule").status_code == 302
        assert not Edition.objects.exists()
        assert reread(review).status == Review.Status.DRAFT

    def test_has_nothing_to_do_where_nothing_waits(self) -> None:
        assert "Nothing is waiting" in text_of(confirm(signed_in(), make_review(), "unschedule"))


class TestWithdraw:
    def test_the_page_says_what_leaves_with_it(self) -> None:
        edition = make_edition(film=make_film(title="Alone"))
        page = text_of(signed_in("Publisher").post(url("withdraw", edition.review), {"manner": "no-trace"}))
        assert f"Whoever opens {edition.get_absolute_url()} is told “not found”" in page
        assert "Behind a shared cache (a CDN) readers may see the old pages until the minute ends." in page
        assert "The page of Alone (2025) leaves with it" in page
        make_edition(film=edition.film)
        page = text_of(signed_in("Publisher").post(url("withdraw", edition.review), {"manner": "no-trace"}))
        assert "The page of Alone" not in page

    def test_under_an_embargo_says_what_readers_learn_once_it_lifts(self) -> None:
        edition = make_edition(at=MOMENT - DAY)
        make_embargo(edition.film, MOMENT + DAY)
        client, address = signed_in("Publisher"), edition.get_absolute_url()
        note = {"manner": "note", "note": "Wrong film."}
        page = text_of(client.post(url("withdraw", edition.review), note))
        assert "Readers do not see it now, because an embargo holds it." in page
        assert f"From then on {address} says that the review was withdrawn, with your note (410)" in page
        assert "leaves with it" not in page
        page = text_of(client.post(url("withdraw", edition.review), {"manner": "no-trace"}))
        assert f"Whoever opens {address} is told “not found” (404), as now." in page
        assert "shared cache" not in page
        done = confirm(client, edition.review, "withdraw", **note)
        assert "once the embargo lifts, its address says so" in text_of(client.get(done["Location"]))
        assert client.get(address).status_code == 404
        Embargo.objects.update(lifts_at=MOMENT - DAY)
        assert client.get(address).status_code == 410

    def test_is_explained_under_an_embargo_once_it_lifts(self) -> None:
        edition = make_edition(at=MOMENT - DAY)
        client = signed_in("Publisher")
        confirm(client, edition.review, "withdraw", manner="no-trace")
        make_embargo(edition.film, MOMENT + DAY)
        said = "readers see neither until it lifts"
        assert said in text_of(client.get(url("explain", edition.review)))
        done = confirm(client, edition.review, "explain", note="Wrong film.")
        assert "Readers see it once the embargo lifts." in text_of(client.get(done["Location"]))
        assert client.get(edition.get_absolute_url()).status_code == 404

    def test_and_it_does(self) -> None:
        edition = make_edition(at=MOMENT - DAY)
        withdrawn = confirm(signed_in("Publisher"), edition.review, "withdraw", manner="no-trace")
        assert withdrawn.status_code == 302
        assert not Edition.objects.public().exists()
        assert reread(edition.review).status == Review.Status.WITHDRAWN

    def test_has_nothing_to_do_where_readers_see_nothing(self) -> None:
        assert "Readers do not see this review" in text_of(
            confirm(signed_in("Publisher"), make_review(), "withdraw", manner="no-trace")
        )


class TestSubmit:
    def test_only_a_draft_is_submitted(self) -> None:
        review = make_review(status="approved")
        assert "Only a draft can be submitted." in text_of(confirm(signed_in(), review, "submit"))
        assert reread(review).status == "approved"

    def test_a_draft_that_moved_on_meanwhile_stays_where_it_is(self) -> None:
        client, review = signed_in(), make_review()
        posted = fields_of(client.get(url("submit", review)))
        confirm(signed_in(), review, "publish")
        client.post(url("submit", review), posted)
        assert reread(review).status == Review.Status.APPROVED


@pytest.mark.parametrize("verb", [*PAGES, "preview"])
def test_a_review_that_is_not_there_is_said_to_be_gone(verb: str) -> None:
    for pk in ("999999", "abc", "9" * 30):
        address = url(verb, Review(pk=1)).replace("/1/", f"/{pk}/")
        assert "doesn’t exist" in text_of(signed_in("Publisher").get(address, follow=True))


def test_a_title_is_shown_and_never_run() -> None:
    review = make_review(headline="<b>Bold</b>", slug="bold", film=make_film(title="<i>Film</i>"))
    client = signed_in()
    for verb in ("publish", "withdraw", "change", "history", "delete"):
        page = client.get(url(verb, review)).content.decode()
        assert "<b>Bold" not in page
        assert "<i>Film" not in page
    response = client.post(url("publish", review), fields_of(client.get(url("publish", review))), follow=True)
    assert "<b>Bold" not in response.content.decode()
    assert "&lt;b&gt;Bold" in response.content.decode()
