"""The desk's calendar: a month as a table, a day as a list, and invalid addresses."""

import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reviews import clock
from reviews.admin.site.calendar import IN_A_MONTH
from reviews.models import Outlet
from reviews.seeding.factories import (
    MOMENT,
    make_account,
    make_critic,
    make_embargo,
    make_film,
    make_outlet,
    make_review,
)
from tests.admin.pages import signed_in, text_of, url
from tests.admin.site.boards import critics_client, links
from tests.desk.planning.agendas import live, never_going_up, stage_one_of_each, waiting
from tests.desk.reading import DAY, HOUR
from tests.reading import Document, written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now", "outlet")]

CALENDAR = "/admin/calendar/"
PRESENT = "There is no such month in this calendar: this is the present one."
QUERIES = {"Critic": 10, "Editor": 10}
UNLIKE = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"')


@pytest.fixture
def outlet() -> None:
    make_outlet()


def calendar(client: Client, **query: str) -> Document:
    response = client.get(CALENDAR, query)
    assert response.status_code == 200
    return Document(response.content.decode())


def day_of(page: Document, day: str) -> str:
    """The text of a day in the table."""
    (found,) = [cell for cell in page.all(".//td") if cell.find(f".//time[@datetime='{day}']") is not None]
    return written(found)


class TestAMonth:
    def test_is_a_table_of_weeks_from_monday(self) -> None:
        page = calendar(signed_in(), month="2025-05")
        assert page.texts(".//h1") == ["May 2025"]
        assert page.texts(".//th") == [
            "Monday",
            "Tuesday",
            "Wednesday",
            "Thursday",
            "Friday",
            "Saturday",
            "Sunday",
        ]
        assert {cell.get("scope") for cell in page.all(".//th")} == {"col"}
        weeks = [[written(cell) for cell in row.findall("td")] for row in page.all(".//tbody/tr")]
        assert {len(week) for week in weeks} == {7}
        assert weeks[0] == [
            "",
            "",
            "",
            "Thursday 1 May1",
            "Friday 2 May2",
            "Saturday 3 May3",
            "Sunday 4 May4",
        ]
        assert weeks[-1][5:] == ["Saturday 31 May31", ""]

    def test_is_the_present_one_where_none_is_named(self) -> None:
        page = calendar(signed_in())
        assert page.texts(".//h1") == ["June 2025"]
        assert PRESENT not in page.text
        today = [written(cell) for cell in page.all(".//td[@aria-current='date']")]
        assert [words.split("6 Today")[0] for words in today] == ["Friday 6 June"]

    def test_is_the_outlets_present_one(self) -> None:
        Outlet.objects.update(time_zone="Pacific/Kiritimati")
        with clock.frozen_at(dt.datetime(2025, 6, 30, 10, tzinfo=dt.UTC)):
            assert calendar(signed_in()).texts(".//h1") == ["July 2025"]

    def test_leads_to_the_one_before_and_the_one_after(self) -> None:
        found = links(calendar(signed_in(), month="2025-01").root)
        assert found["December 2024"] == f"{CALENDAR}?month=2024-12"
        assert found["February 2025"] == f"{CALENDAR}?month=2025-02"
        assert found["This month"] == CALENDAR
        assert "This month" not in links(calendar(signed_in()).root)

    def test_goes_no_further_than_the_calendar(self) -> None:
        assert "December 1899" not in links(calendar(signed_in(), month="1900-01").root)
        assert "January 2101" not in links(calendar(signed_in(), month="2100-12").root)

    @pytest.mark.parametrize(
        "month",
        [
            "abc",
            "9999-99",
            "2025-00",
            "2025-13",
            "0000-01",
            "1899-12",
            "2101-01",
            "2025-6",
            "２０２５-06",
            "2025-06-01",
        ],
    )
    def test_that_is_none_is_the_present_one_and_the_page_says_so(self, month: str) -> None:
        page = calendar(signed_in(), month=month)
        assert page.texts(".//h1") == ["June 2025"]
        assert PRESENT in page.text

    def test_that_is_empty_says_what_will_be_in_it(self) -> None:
        assert "Nothing this month." in calendar(signed_in()).text
        make_review(planned_on=MOMENT.date())
        assert "Nothing this month." not in calendar(signed_in()).text


class TestEntries:
    def test_have_a_shape_a_word_a_time_and_a_link_to_the_form(self) -> None:
        fields: dict[str, Any] = {"film": make_film(title="Ida"), "critic": make_critic(name="Vera")}
        planned = make_review(planned_on=dt.date(2025, 6, 20), **fields)
        waits = waiting(dt.datetime(2025, 6, 21, 16, 30, tzinfo=dt.UTC), **fields)
        up = live(dt.datetime(2025, 6, 2, 23, 15, tzinfo=dt.UTC), **fields)
        page = calendar(signed_in())
        for day, words, review in (
            ("2025-06-20", "Planned Ida (2025) Vera", planned),
            ("2025-06-21", "Goes up 17:30 Ida (2025) Vera", waits.review),
            ("2025-06-03", "Up 00:15 Ida (2025) Vera", up),
        ):
            assert words in day_of(page, day)
            assert links(page.root)[words] == url("change", review)
        assert {use.get("href") for use in page.all(".//td//{*}use")} == {
            "#sign-planned",
            "#sign-waiting",
            "#sign-live",
        }

    def test_of_embargoes_lead_to_them_whoever_may_open_them(self) -> None:
        client, critic = critics_client()
        film = make_film(title="Ida")
        make_review(film=film, critic=critic)
        embargo = make_embargo(film, MOMENT + DAY)
        make_embargo(film, MOMENT + 2 * HOUR, covers="social")
        make_embargo(film, MOMENT - DAY)
        words = "Embargo lifts 13:00 Ida (2025)"
        assert links(calendar(signed_in()).root)[words] == url("change", embargo)
        page = calendar(client)
        assert words not in links(page.root)
        assert words in day_of(page, "2025-06-07")
        assert "Social media embargo lifts 15:00" in day_of(page, "2025-06-06")
        assert "Embargo lifted 13:00" in day_of(page, "2025-06-05")

    def test_that_never_come_true_say_so(self) -> None:
        never_going_up()
        assert "Never goes up 13:00" in day_of(calendar(signed_in()), "2025-06-08")

    def test_beyond_what_a_day_has_room_for_stand_on_its_own_page(self) -> None:
        for n in range(IN_A_MONTH + 2):
            waiting(MOMENT + HOUR, film=make_film(title=f"Waits {n}"))
        page = calendar(signed_in())
        assert day_of(page, "2025-06-06").count("Goes up") == IN_A_MONTH
        more = links(page.root)["And 2 more on Friday 6 June"]
        day = Document(signed_in().get(more).content.decode())
        assert day.texts(".//h1") == ["Friday 6 June 2025"]
        assert day.text.count("Goes up") == IN_A_MONTH + 2
        assert links(day.root)["June 2025"] == f"{CALENDAR}?month=2025-06"

    @pytest.mark.parametrize("day", ["2025-06-31", "2025-02-29", "9999-01-01", "abc", "2025-06"])
    def test_of_no_day_are_those_of_the_present_month(self, day: str) -> None:
        page = calendar(signed_in(), day=day)
        assert page.texts(".//h1") == ["June 2025"]
        assert PRESENT in page.text


class TestWhoMayLook:
    def test_is_whoever_may_see_reviews(self) -> None:
        client = Client()
        assert client.get(CALENDAR).status_code == 302
        client.force_login(make_account("", is_staff=True))
        assert client.get(CALENDAR).status_code == 403
        assert "Calendar" not in links(Document(client.get("/admin/").content.decode()).root)

    def test_every_page_of_theirs_leads_there(self) -> None:
        client, _ = critics_client()
        for one in (client, signed_in()):
            for path in ("/admin/", "/admin/reviews/film/"):
                assert links(Document(one.get(path).content.decode()).root)["Calendar"] == CALENDAR

    def test_a_critic_finds_the_same_to_the_byte_whatever_others_have(self) -> None:
        client, critic = critics_client()
        film = make_film()
        make_embargo(film, MOMENT + DAY)
        make_review(film=film, critic=critic)
        stage_one_of_each(critic=critic)
        queries: list[dict[str, str]] = [{}, {"month": "2025-05"}, {"day": "2025-06-06"}]
        before = [UNLIKE.sub(b"", client.get(CALENDAR, query).content) for query in queries]
        stage_one_of_each()
        make_embargo(make_film(), MOMENT + DAY)
        make_review(film=film, planned_on=MOMENT.date())
        assert [UNLIKE.sub(b"", client.get(CALENDAR, query).content) for query in queries] == before

    def test_nobody_writes_there(self) -> None:
        assert signed_in().post(CALENDAR).status_code == 405


class TestQueries:
    @pytest.mark.parametrize("role", QUERIES)
    def test_are_as_many_for_twelve_of_each(self, role: str) -> None:
        client, critic = critics_client(role=role)
        counted = []
        for more in (1, 12):
            for _ in range(more):
                stage_one_of_each(critic=critic)
            with CaptureQueriesContext(connection) as queries:
                assert "Goes up" in text_of(client.get(CALENDAR))
            counted.append(len(queries))
        assert counted == [QUERIES[role]] * 2
