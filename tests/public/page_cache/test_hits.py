"""A page that is kept: what a hit costs, what it says, and until when it is served."""

import datetime as dt
import gzip
from typing import Any

import brotli
import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reviews import clock
from reviews.desk.verbs import embargoes, publishing, withdrawing
from reviews.models import Embargo, PublicState
from reviews.models.public import state
from reviews.public.page_cache import keeping
from reviews.seeding.factories import (
    MOMENT,
    make_account,
    make_critic,
    make_edition,
    make_film,
    make_outlet,
    make_review,
)
from reviews.urls import urlpatterns

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now", "pages_are_kept")]

PAGE = "/reviews/public/"
HOUR = dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every request reads the row, as after two tenths of a second."""
    monkeypatch.setattr(state, "KNOWN_FOR", 0)


@pytest.fixture(autouse=True)
def site(now: dt.datetime) -> None:
    PublicState.objects.ensure()
    make_outlet()
    make_edition(slug="public", headline="Seen by all")


def queries(path: str, **headers: str) -> tuple[int, Any]:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        response = Client().get(path, headers=headers)
    return len(asked), response


class TestAHit:
    @pytest.mark.parametrize("path", ["/", PAGE, "/reviews/", "/feed.xml", "/sitemap.xml", "/robots.txt"])
    def test_asks_for_the_row_alone(self, path: str) -> None:
        cold, first = queries(path)
        warm, second = queries(path)
        assert (first.content, first.headers["ETag"]) == (second.content, second.headers["ETag"])
        assert warm == 1 < cold or path == "/robots.txt"

    def test_asks_for_nothing_while_the_row_is_known(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(state, "KNOWN_FOR", 60)
        queries(PAGE)
        assert queries(PAGE)[0] == 0

    def test_is_the_same_answer_in_every_header(self) -> None:
        first, second = (Client().get(PAGE).headers for _ in range(2))
        different = {name for name in {*first, *second} if first.get(name) != second.get(name)}
        assert different == {"X-Request-ID"}

    def test_is_not_for_whoever_is_signed_in(self) -> None:
        Client().get(PAGE)
        client = Client()
        client.force_login(make_account("Publisher"))
        response = client.get(PAGE)
        assert b"csrfmiddlewaretoken" in response.content
        assert b"csrfmiddlewaretoken" not in Client().get(PAGE).content

    def test_is_none_of_a_file_and_nobody_is_looked_up_for_one(self) -> None:
        assert queries("/static/no-such-file.css", Cookie=f"sessionid={'x' * 32}")[1].status_code == 404
        client = Client(headers={"Cookie": f"sessionid={'x' * 32}"})
        with CaptureQueriesContext(connection) as asked:
            client.get("/static/no-such-file.css")
        assert "django_session" not in str(asked.captured_queries)

    def test_is_passed_by_where_the_site_is_read_as_of_another_moment(self) -> None:
        Client().get(PAGE)
        with clock.reading_at(MOMENT - 1000 * 24 * HOUR):
            assert Client().get(PAGE).status_code == 404
        assert Client().get(PAGE).status_code == 200

    def test_of_an_address_where_nothing_is_shares_one_page(self) -> None:
        nothing = Client().get("/no/such/address/")
        assert queries("/nor/this/one/")[0] == 1
        assert Client().get("/reviews/never/").content == nothing.content
        assert queries("/reviews/never/")[0] == 1


class TestWhatReadersSeeNow:
    """After any verb the next answer is what an empty cache would give."""

    def test_an_edition_that_goes_up_at_once(self) -> None:
        assert Client().get("/reviews/new/").status_code == 404
        publishing.publish(make_review(slug="new"))
        assert Client().get("/reviews/new/").status_code == 200

    def test_one_that_is_taken_down(self) -> None:
        review = make_review(slug="new")
        publishing.publish(review, at=MOMENT - HOUR, backdated=True)
        assert Client().get("/reviews/new/").status_code == 200
        withdrawing.withdraw(review)
        assert Client().get("/reviews/new/").status_code == 404
        withdrawing.explain(review, "It was wrong.")
        assert Client().get("/reviews/new/").status_code == 410

    def test_one_that_an_embargo_hides(self) -> None:
        review = make_review(slug="new")
        publishing.publish(review)
        assert Client().get("/reviews/new/").status_code == 200
        embargoes.impose(Embargo(film=review.film, lifts_at=MOMENT + HOUR, zone="UTC"))
        assert Client().get("/reviews/new/").status_code == 404
        with clock.frozen_at(MOMENT + HOUR):
            assert Client().get("/reviews/new/").status_code == 200

    def test_one_that_was_scheduled_after_the_page_was_kept(self) -> None:
        home = Client().get("/").content
        publishing.publish(make_review(slug="new", headline="At last"), at=MOMENT + HOUR)
        with clock.frozen_at(MOMENT + HOUR - dt.timedelta(microseconds=1)):
            assert Client().get("/").content == home
            assert queries("/")[0] == 1
        with clock.frozen_at(MOMENT + HOUR):
            assert b"At last" in Client().get("/").content

    def test_one_whose_moment_was_moved(self) -> None:
        review = make_review(slug="new")
        publishing.publish(review, at=MOMENT + 2 * HOUR)
        assert Client().get("/reviews/new/").status_code == 404
        publishing.retime(review, MOMENT + HOUR)
        with clock.frozen_at(MOMENT + HOUR):
            assert Client().get("/reviews/new/").status_code == 200

    def test_two_in_turn(self) -> None:
        for number in (1, 2):
            publishing.publish(make_review(slug=f"new-{number}"), at=MOMENT + number * HOUR)
        Client().get("/reviews/new-1/"), Client().get("/reviews/new-2/")
        for number in (1, 2):
            with clock.frozen_at(MOMENT + number * HOUR):
                seen = [Client().get(f"/reviews/new-{each}/").status_code for each in (1, 2)]
            assert seen == [200, 200 if number == 2 else 404]

    def test_a_clock_that_is_put_back_shows_nothing_of_the_future(self) -> None:
        publishing.publish(make_review(slug="new"), at=MOMENT + HOUR)
        with clock.frozen_at(MOMENT + HOUR):
            assert Client().get("/reviews/new/").status_code == 200
        assert Client().get("/reviews/new/").status_code == 404


class TestConditional:
    @pytest.mark.parametrize("path", ["/", PAGE, "/feed.xml", "/sitemap.xml", "/robots.txt"])
    @pytest.mark.parametrize("said", ["{}", "W/{}", '"x", {}', '"x" ,W/{}', "*"])
    def test_who_has_it_is_told_so(self, path: str, said: str) -> None:
        full = Client().get(path)
        response = Client().get(path, headers={"If-None-Match": said.format(full.headers["ETag"])})
        assert (response.status_code, response.content) == (304, b"")
        for name in ("ETag", "Cache-Control", "Vary", "Content-Security-Policy"):
            assert response.headers[name] == full.headers[name]
        assert not {"Content-Type", "Content-Length", "Content-Encoding"} & {*response.headers}

    @pytest.mark.parametrize("said", ['"x"', "", "x", '"', ","])
    def test_who_has_something_else_gets_it(self, said: str) -> None:
        assert Client().get(PAGE, headers={"If-None-Match": said}).status_code == 200

    def test_an_error_is_always_told_in_full(self) -> None:
        response = Client().get("/no/", headers={"If-None-Match": "*"})
        assert (response.status_code, "ETag" in response.headers) == (404, False)

    def test_a_range_is_not_answered(self) -> None:
        response = Client().get(PAGE, headers={"Range": "bytes=0-10"})
        assert (response.status_code, "Accept-Ranges" in response.headers) == (200, False)

    def test_a_head_says_the_same_without_the_body(self) -> None:
        for _ in range(2):
            head, full = Client().head(PAGE), Client().get(PAGE)
            assert (head.content, head.headers["Content-Length"]) == (b"", str(len(full.content)))
            assert head.headers["ETag"] == full.headers["ETag"]


class TestEncodings:
    READ = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}

    @pytest.mark.parametrize(
        ("accepted", "given"),
        [
            ("gzip, deflate, br, zstd", "br"),
            ("gzip, deflate", "gzip"),
            ("br;q=0.5, gzip", "gzip"),
            ("*", "br"),
            ("BR", "br"),
            ("br;q=0, *", "gzip"),
            ("identity, br;q=0", ""),
            ("", ""),
            ("br;q=0", ""),
            ("br;q=x", ""),
            ("gzip;q=0.000", ""),
            ("identity;q=0", ""),
            ("deflate, identity;q=0", ""),
            ("*;q=0", ""),
        ],
    )
    def test_the_smallest_of_what_the_client_likes_best(self, accepted: str, given: str) -> None:
        plain = Client().get(PAGE).content
        for _ in range(2):
            response = Client().get(PAGE, headers={"Accept-Encoding": accepted})
            assert response.headers.get("Content-Encoding", "") == given
            assert self.READ[given](response.content) == plain
            assert response.headers["Vary"] == "Accept-Encoding"
            assert response.headers["Content-Length"] == str(len(response.content))

    def test_only_the_smallest_is_kept_until_another_is_asked_for_again(self) -> None:
        weights = []
        for _ in range(3):
            Client().get(PAGE)
            weights.append(keeping.KEEPER.weight)
        body = len(Client().get(PAGE).content)
        assert weights[0] < body
        assert weights[1] < weights[2] < weights[0] + 2 * body

    def test_each_has_a_validator_of_its_own(self) -> None:
        tags = {Client().get(PAGE, headers={"Accept-Encoding": each}).headers["ETag"] for each in self.READ}
        assert len(tags) == 3


def slow(patch: pytest.MonkeyPatch) -> HttpResponse:
    """A response that takes a while to make."""
    patch.setattr(clock, "_frozen_at", MOMENT + dt.timedelta(seconds=61))
    return HttpResponse("Made.")


class TestLifetimes:
    @pytest.mark.parametrize(
        ("second", "microsecond", "left"),
        [(0, 0, 60), (0, 1, 59), (30, 0, 30), (58, 999_999, 1), (59, 0, 0), (59, 1, 0), (59, 999_999, 0)],
    )
    def test_end_on_the_whole_minute_for_caches_that_are_shared(
        self, second: int, microsecond: int, left: int
    ) -> None:
        Client().get(PAGE)
        with clock.frozen_at(MOMENT.replace(second=second, microsecond=microsecond)):
            said = Client().get(PAGE).headers["Cache-Control"]
        assert said == f"max-age=0, must-revalidate, s-maxage={left}"

    @pytest.mark.parametrize("kept", [True, False])
    def test_end_with_the_minute_in_which_the_page_was_begun(self, kept: bool, settings: Any) -> None:
        """One that was begun before the minute's end and sent after it may be wrong already."""
        settings.PAGE_CACHE = kept
        with clock.frozen_at(MOMENT.replace(second=58)), pytest.MonkeyPatch.context() as patch:
            route = next(each for each in urlpatterns if each.name == "about")
            patch.setattr(route, "callback", lambda request: slow(patch))
            said = Client().get("/about/").headers["Cache-Control"]
        assert said.endswith("s-maxage=0")

    @pytest.mark.parametrize("kept", [True, False])
    def test_are_the_same_whether_or_not_pages_are_kept(self, kept: bool, settings: Any) -> None:
        expected = Client().get(PAGE)
        settings.PAGE_CACHE = kept
        response = Client().get(PAGE, headers={"If-None-Match": "*"})
        assert response.status_code == 304
        assert response.headers["ETag"] == expected.headers["ETag"]
        assert response.headers["Cache-Control"] == expected.headers["Cache-Control"]


def test_what_waits_changes_nothing_of_any_answer() -> None:
    """Not even whether it is answered from what is kept."""
    before = Client().get("/")
    row = PublicState.objects.get()
    film, critic = make_film(slug="hidden"), make_critic(slug="hidden")
    review = make_review(film=film, critic=critic, slug="hidden")
    embargo = Embargo(film=film, lifts_at=MOMENT + HOUR, zone="UTC")
    embargoes.impose(embargo)
    publishing.publish(review, at=MOMENT + HOUR)
    publishing.retime(review, MOMENT + 2 * HOUR)
    embargo, _ = embargoes.move(embargo, MOMENT + 3 * HOUR, because="Asked to.")
    embargoes.lift(embargo, because="Asked to.")
    publishing.unschedule(review)
    after = PublicState.objects.get()
    assert (after.stamp, after.schedule == row.schedule) == (row.stamp, False)
    asked, response = queries("/")
    assert asked == 1
    assert {**response.headers, "X-Request-ID": ""} == {**before.headers, "X-Request-ID": ""}
