"""A page of the time machine: who may, what the banner says, how it answers, and that it changes and keeps nothing."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from reviews import clock
from reviews.desk import preview_links
from reviews.desk.verbs import embargoes, publishing, withdrawing
from reviews.models import Embargo, PreviewLink
from reviews.public.fragment_cache import FRAGMENTS
from reviews.public.page_cache.keeping import KEEPER
from reviews.seeding.factories import MOMENT, make_account, make_film, make_outlet, make_review
from tests.admin.pages import answers_of, signed_in, text_of
from tests.admin.time.reading import root
from tests.desk.reading import DAY, HOUR, INSTANT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.fixture(autouse=True)
def _outlet() -> None:
    make_outlet()


@contextmanager
def statements() -> Iterator[list[str]]:
    sent: list[str] = []

    def watch(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        sent.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(watch):
        yield sent


def scheduled() -> str:
    """The path of a review that goes live in a day."""
    review = make_review(headline="Tomorrow's")
    publishing.publish(review, at=MOMENT + DAY)
    return f"/reviews/{review.slug}/"


class TestAnEditor:
    def test_reads_what_will_be_public(self) -> None:
        path, editor = scheduled(), signed_in("Editor")
        assert editor.get(root(MOMENT + DAY - INSTANT) + path).status_code == 404
        page = editor.get(root(MOMENT + DAY) + path)
        assert page.status_code == 200
        assert "Tomorrow's" in text_of(page)
        assert "Tomorrow's" in text_of(editor.get(root(MOMENT + DAY) + "/"))
        assert Client().get(path).status_code == 404

    def test_reads_what_was_public_though_it_was_withdrawn(self) -> None:
        review = make_review(headline="Yesterday's")
        with clock.frozen_at(MOMENT - DAY):
            publishing.publish(review)
        withdrawing.withdraw(review)
        path, editor = f"/reviews/{review.slug}/", signed_in("Editor")
        assert editor.get(root(MOMENT - HOUR) + path).status_code == 200
        assert editor.get(root(MOMENT) + path).status_code == 404

    def test_reads_what_was_public_before_an_embargo_was_agreed(self) -> None:
        review = make_review()
        with clock.frozen_at(MOMENT - 2 * DAY):
            publishing.publish(review)
        with clock.frozen_at(MOMENT - DAY):
            embargoes.impose(Embargo(film=review.film, lifts_at=MOMENT + DAY, zone="UTC"))
        path, editor = f"/reviews/{review.slug}/", signed_in("Editor")
        found = {
            at: editor.get(root(at) + path).status_code
            for at in (MOMENT - DAY - INSTANT, MOMENT - DAY, MOMENT, MOMENT + DAY)
        }
        assert list(found.values()) == [200, 404, 404, 200]

    def test_of_whom_an_embargo_is_kept_reads_as_if_it_had_always_been(self) -> None:
        """The custom role of somebody who sees all copy and no embargo would learn when one was agreed."""
        review = make_review()
        with clock.frozen_at(MOMENT - 2 * DAY):
            publishing.publish(review)
        embargoes.impose(Embargo(film=review.film, lifts_at=MOMENT + DAY, zone="UTC"))
        critic = make_account("Critic")
        review.critic.user = critic
        review.critic.save()
        client = Client()
        client.force_login(critic)
        assert client.get(root(MOMENT - DAY) + f"/reviews/{review.slug}/").status_code == 404
        assert client.get(root(MOMENT + DAY) + f"/reviews/{review.slug}/").status_code == 200


class TestTheBanner:
    def test_says_the_moment_in_the_outlets_zone_and_how_far_it_is(self) -> None:
        said = text_of(signed_in("Editor").get(root(MOMENT + 3 * DAY) + "/"))
        assert "The site as of 9 June 2025, 13:00 (Europe/London): in 3 days." in said
        assert "as they are recorded today" in said
        assert "if nothing is changed at the desk until then" in said
        past = text_of(signed_in("Editor").get(root(MOMENT - 2 * HOUR) + "/"))
        assert "6 June 2025, 11:00 (Europe/London): 2 h ago." in past
        assert "what was live then by its publication date" in past
        assert "Embargoes agreed later are ignored." in past

    @pytest.mark.parametrize(
        ("role", "at", "said"),
        [
            ("Editor", MOMENT + DAY, "if nothing is changed at the desk until then"),
            ("Editor", MOMENT - DAY, "Embargoes agreed later are ignored."),
            ("Critic", MOMENT + DAY, "everybody else’s as readers see them now."),
            ("Critic", MOMENT - DAY, "as readers see them now, if they were published by then."),
        ],
    )
    def test_says_what_is_shown_without_being_opened(self, role: str, at: dt.datetime, said: str) -> None:
        html = signed_in(role).get(root(at) + "/").content.decode()
        assert said in html[html.index("desk-banner__says") : html.index("<details")]

    def test_leads_to_the_moments_before_and_after_at_which_the_site_changes(self) -> None:
        scheduled()
        with clock.frozen_at(MOMENT - DAY):
            publishing.publish(make_review())
        html = signed_in("Editor").get(root(MOMENT) + "/films/").content.decode()
        assert f'href="{root(MOMENT - DAY)}/films/"' in html
        assert f'href="{root(MOMENT + DAY)}/films/"' in html
        assert 'href="/films/">Live site' in html

    @pytest.mark.parametrize("path", ["/", "/no/such/page/"])
    def test_is_on_every_page_and_not_in_a_feed(self, path: str) -> None:
        editor = signed_in("Editor")
        assert "Time machine" in text_of(editor.get(root(MOMENT) + path))
        assert b"Time machine" not in editor.get(root(MOMENT) + "/feed.xml").content


class TestTheAnswer:
    @pytest.mark.parametrize("path", ["/", "/feed.xml", "/sitemap.xml", "/robots.txt", "/nothing/", "/films"])
    def test_is_kept_nowhere_and_found_by_nobody(self, path: str) -> None:
        answer = signed_in("Editor").get(root(MOMENT + DAY) + path)
        assert {"private", "no-store"} <= set(answer.headers["Cache-Control"].split(", "))
        assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert "ETag" not in answer.headers
        assert "script-src" not in answer.headers["Content-Security-Policy"]

    def test_leads_on_from_an_address_without_its_slash(self) -> None:
        answer = signed_in("Editor").get(root(MOMENT) + "/films?after=x")
        assert (answer.status_code, answer.headers["Location"]) == (301, root(MOMENT) + "/films/?after=x")

    def test_names_no_canonical_address_and_no_structured_data(self) -> None:
        page = signed_in("Editor").get(root(MOMENT + DAY) + scheduled()).content.decode()
        assert not any(word in page for word in ("canonical", "ld+json", "og:url"))

    @pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
    def test_is_to_a_get_only(self, method: str) -> None:
        for path in (root(MOMENT) + "/", "/admin/time/"):
            assert getattr(signed_in("Editor"), method)(path).status_code == 405

    @pytest.mark.parametrize(
        "moment",
        ["2025-06-31T12:00:00Z", "1899-12-31T23:59:59Z", "2101-01-01T00:00:00Z", "2025-06-06T12:00Z", "now"],
    )
    def test_knows_no_other_spelling_of_a_moment(self, moment: str) -> None:
        assert signed_in("Editor").get(f"/admin/time/{moment}/").status_code == 404

    @pytest.mark.parametrize("year", [1900, 2100])
    def test_is_there_at_the_ends_of_time(self, year: int) -> None:
        make = make_review()
        publishing.publish(make)
        editor = signed_in("Editor")
        for path in ("/", "/archive/", "/sitemap-archive.xml"):
            assert editor.get(root(dt.datetime(year, 6, 1, tzinfo=dt.UTC)) + path).status_code == 200


class TestNothingIsChanged:
    def test_no_statement_writes(self) -> None:
        path = scheduled()
        with clock.frozen_at(MOMENT - DAY):
            publishing.publish(make_review(film=make_film(slug="a-film")))
        for client in (signed_in("Editor"), signed_in("Critic")):
            for at in (MOMENT - HOUR, MOMENT + 2 * DAY):
                for address in (path, "/", "/films/a-film/", "/feed.xml", "/sitemap.xml", "/nothing/"):
                    for ask in (client.get, client.head)[: 1 + (address == "/")]:
                        with statements() as sent:
                            ask(root(at) + address)
                        assert {sql.split()[0] for sql in sent} == {"SELECT"}, sent
            with statements() as sent:
                client.get("/admin/time/?at=2025-06-08T12:00")
            assert {sql.split()[0] for sql in sent} == {"SELECT"}

    def test_a_preview_link_is_not_opened(self) -> None:
        link, secret = preview_links.make(make_review(), by=make_account("Editor"))
        assert signed_in("Editor").get(f"{root(MOMENT)}/preview/{secret}/").status_code == 404
        assert PreviewLink.objects.get(pk=link.pk).opened == 0

    def test_nothing_is_kept_or_taken_from_what_is_kept(self, pages_are_kept: None) -> None:
        path, editor = scheduled(), signed_in("Editor")
        Client().get("/")
        pieces, pages = len(FRAGMENTS), KEEPER.weight
        assert "Tomorrow's" in text_of(editor.get(root(MOMENT + DAY) + "/"))
        assert editor.get(root(MOMENT + DAY) + path).status_code == 200
        assert (len(FRAGMENTS), KEEPER.weight) == (pieces, pages)
        assert "Tomorrow's" not in text_of(Client().get("/"))
        with clock.frozen_at(MOMENT + DAY):
            assert root(MOMENT) not in Client().get("/").content.decode()


class TestAskingForAMoment:
    def asked(self, **query: str) -> Any:
        return signed_in("Editor").get("/admin/time/", query)

    def test_leads_to_the_page_as_of_then(self) -> None:
        answer = self.asked(at_0="2025-06-08", at_1="12:00", to="/films/?after=x")
        assert answer.headers["Location"] == f"{root(MOMENT + 2 * DAY - HOUR)}/films/?after=x"

    def test_says_how_a_date_and_a_time_are_written(self) -> None:
        assert "Write dates as 2025-06-06 and times as 13:00, in Europe/London." in text_of(self.asked())

    def test_begins_with_the_minute_that_it_is(self) -> None:
        with clock.frozen_at(MOMENT + dt.timedelta(minutes=5, seconds=42)):
            assert 'value="13:05"' in self.asked().content.decode()

    def test_says_what_is_of_then_to_those_who_see_only_their_own_copy(self) -> None:
        said = "Your own reviews are shown as of then, everybody else’s as readers see them now."
        assert said in text_of(signed_in("Critic").get("/admin/time/"))
        assert said not in text_of(self.asked())

    def test_says_of_what_the_date_and_the_time_are(self) -> None:
        page = text_of(self.asked())
        assert "The site as of: Date Time" in page

    def test_bad_input_is_answered_and_kept(self) -> None:
        page = self.asked(at_0="2025-06-31", at_1="noon", to="/films/")
        assert page.status_code == 200
        assert "Enter a valid date" in text_of(page)
        html = page.content.decode()
        assert all(f'value="{typed}"' in html for typed in ("2025-06-31", "noon", "/films/"))

    @pytest.mark.parametrize(("day", "time"), [("2025-10-26", "01:30"), ("2025-03-30", "01:30")])
    def test_a_time_that_the_clocks_repeat_or_skip_is_asked_about(self, day: str, time: str) -> None:
        page = self.asked(at_0=day, at_1=time, to="/")
        assert "Which do you mean?" in text_of(page)
        answers = page_answers(page)
        assert len(answers) == 2
        led = {self.asked(at_0=day, at_1=time, at_meant=each, to="/").headers["Location"] for each in answers}
        assert len(led) == 2

    @pytest.mark.parametrize("to", ["//evil.example/", "https://evil.example/", "/\\evil.example", "films/"])
    def test_leads_nowhere_else(self, to: str) -> None:
        location = self.asked(at="2025-06-06T13:00", to=to).headers["Location"]
        assert location == f"{root(MOMENT)}/"


def page_answers(page: Any) -> list[str]:
    found = answers_of(page)
    return [each for each in found if each]
