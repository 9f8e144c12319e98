"""The archive: years and months in the outlet's time zone, their reviews, and invalid addresses."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from reviews.desk.verbs import withdrawing
from reviews.public.reading.archive import Period, count_by_month, neighbours
from reviews.seeding.factories import MOMENT, make_edition, make_outlet, make_review
from tests.reading import Document, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

DAY = dt.timedelta(days=1)
LONDON = ZoneInfo("Europe/London")


def went_up(*moments: str, **fields: str) -> None:
    """Public reviews, one for each moment in UTC, such as ``2024-05-31 23:30``."""
    for moment in moments:
        make_edition(at=dt.datetime.fromisoformat(moment).replace(tzinfo=dt.UTC), **fields)


def index(page: Document) -> list[str]:
    """The months with a link."""
    return page.texts(".//main//ol[@class='month-index']/li/a")


class TestTheIndex:
    def test_years_are_newest_first_and_months_in_order_with_their_counts(self) -> None:
        make_outlet()
        went_up("2023-12-31 12:00", "2024-02-29 12:00", "2024-11-05 12:00", "2024-11-06 12:00")
        page = read("/archive/")
        assert page.texts(".//main//h2") == ["2024", "2023"]
        assert index(page) == ["February 1 review", "November 2 reviews", "December 1 review"]
        assert "2024 3 reviews" in page.text
        assert {"/archive/2024/", "/archive/2024/02/", "/archive/2023/12/"} <= set(page.hrefs())

    def test_a_month_is_in_the_same_place_in_every_year(self) -> None:
        make_outlet()
        went_up("2023-12-01 12:00", "2024-02-01 12:00")
        months = read("/archive/").texts(".//main//ol[@class='month-index']/li")
        assert [month.partition(" ")[0] for month in months[:12]] == [
            month.partition(" ")[0] for month in months[12:]
        ]
        assert (months[0], months[1], months[-1]) == ("January", "February 1 review", "December 1 review")

    def test_what_is_hidden_is_not_counted(self) -> None:
        make_outlet()
        went_up("2024-05-01 12:00")
        before = read("/archive/").html
        make_edition(at=MOMENT + DAY)
        make_review()
        withdrawing.withdraw(make_edition(at=MOMENT - 800 * DAY).review)
        assert read("/archive/").html == before
        read("/archive/2025/", status=404)

    def test_a_review_is_under_its_first_publication(self) -> None:
        """A correction a month later changes nothing."""
        make_outlet()
        edition = make_edition(at=MOMENT - 40 * DAY)
        withdrawing.withdraw(edition.review)
        withdrawing.reinstate(edition.review)
        assert index(read("/archive/")) == ["April 1 review"]

    @pytest.mark.parametrize("months", [1, 2, 3, 7, 30])
    def test_every_month_has_its_own_count(self, months: int) -> None:
        """For any number of months to bisect."""
        make_outlet()
        expected = []
        for number in range(months):
            year, month = divmod(2025 * 12 + 4 - number, 12)
            for _ in range(number % 3 + 1):
                went_up(f"{year}-{month + 1:02}-01 00:00", f"{year}-{month + 1:02}-28 12:00")
            expected.append((Period(year, month + 1), 2 * (number % 3 + 1)))
        found = [(counted.month, counted.reviews) for counted in count_by_month(ZoneInfo("UTC"))]
        assert found == expected[::-1]

    def test_the_reviews_lead_to_it_and_the_foot_of_every_page(self) -> None:
        page = read("/reviews/")
        assert "/archive/" in [link.get("href") for link in page.all(".//main//a")]
        assert "/archive/" in [link.get("href") for link in page.all(".//footer//a")]
        marked = read("/archive/").all(".//footer//a[@aria-current]")
        assert [link.text for link in marked] == ["Archive"]


class TestTheOutletsCalendar:
    @pytest.mark.parametrize(
        ("zone", "month"),
        [
            ("Europe/London", "/archive/2024/06/"),
            ("UTC", "/archive/2024/05/"),
            ("America/New_York", "/archive/2024/05/"),
            ("Asia/Kathmandu", "/archive/2024/06/"),
        ],
    )
    def test_half_past_eleven_on_the_last_of_may_in_utc(self, zone: str, month: str) -> None:
        make_outlet(time_zone=zone)
        went_up("2024-05-31 23:30", headline="Late")
        months = [href for href in read("/archive/").hrefs() if href.count("/") == 4 and "archive" in href]
        assert months == [month]
        assert read(month).texts(".//h3") == ["Late"]
        assert index(read("/archive/2024/")) == [f"{'June' if '06' in month else 'May'} 1 review"]
        other = "/archive/2024/05/" if "06" in month else "/archive/2024/06/"
        read(other, status=404)

    def test_a_new_year_begins_by_it_too(self) -> None:
        make_outlet(time_zone="Asia/Tokyo")
        went_up("2023-12-31 14:59", headline="Old")
        went_up("2023-12-31 15:00", headline="New")
        assert read("/archive/2023/").texts(".//h3") == ["Old"]
        assert read("/archive/2024/").texts(".//h3") == ["New"]
        assert read("/archive/2023/12/").texts(".//main//time") == ["31 December"]
        assert read("/archive/2024/01/").texts(".//main//time") == ["1 January"]

    def test_without_an_outlet_it_is_utc(self) -> None:
        went_up("2024-05-31 23:30")
        read("/archive/2024/05/")


class TestAYear:
    def test_it_holds_its_reviews_newest_first_under_their_months(self) -> None:
        make_outlet()
        went_up("2024-01-05 12:00", headline="January’s")
        went_up("2024-03-05 12:00", headline="March’s")
        went_up("2024-03-06 12:00", headline="March’s second")
        went_up("2023-12-05 12:00", headline="The year before’s")
        make_edition(headline="Hidden", at=MOMENT + DAY)
        page = read("/archive/2024/")
        assert page.texts(".//h1") == ["2024"]
        assert page.texts(".//h2") == ["March 2024", "January 2024"]
        assert page.texts(".//h3") == ["March’s second", "March’s", "January’s"]
        assert index(page) == ["January 1 review", "March 2 reviews"]
        assert "3 reviews" in page.text
        assert page.hrefs("canonical") == ["http://127.0.0.1:8000/archive/2024/"]
        assert page.texts(".//title") == ["Reviews from 2024 · The Test Reel"]

    def test_it_is_paginated(self) -> None:
        make_outlet()
        for day in range(1, 29):
            went_up(f"2024-02-{day:02} 12:00", headline=f"Of the {day}th")
        first = read("/archive/2024/")
        assert len(first.texts(".//h3")) == 20
        (following,) = [link.get("href", "") for link in first.all(".//a[@rel='next']")]
        second = read(following)
        assert second.texts(".//h3") == [f"Of the {day}th" for day in range(8, 0, -1)]
        assert second.hrefs("canonical") == [f"http://127.0.0.1:8000{following}"]
        read("/archive/2024/?before=yesterday", status=404)
        past = read(f"/archive/2024/?before=00010101T000000000000Z-{'0' * 32}")
        assert "The list ends before this page." in past.text

    def test_it_links_to_the_nearest_years_with_reviews(self) -> None:
        make_outlet()
        went_up("2012-05-01 12:00", "2019-12-31 23:59", "2021-05-01 12:00", "2025-01-01 00:00")
        page = read("/archive/2021/")
        assert beside(page) == ["/archive/2019/", "/archive/2025/"]
        assert beside(read("/archive/2012/")) == ["/archive/2019/"]
        assert beside(read("/archive/2025/")) == ["/archive/2021/"]

    def test_alone_it_links_to_no_other(self) -> None:
        went_up("2024-05-01 12:00")
        make_edition(at=MOMENT + DAY)
        make_review()
        assert read("/archive/2024/").all(".//nav[@class='neighbours']") == []


class TestAMonth:
    def test_it_holds_its_reviews_newest_first_and_leads_to_the_months_of_its_year(self) -> None:
        make_outlet()
        went_up("2024-03-05 12:00", headline="March’s")
        went_up("2024-03-06 12:00", headline="March’s second")
        went_up("2024-05-05 12:00", headline="May’s")
        page = read("/archive/2024/03/")
        assert page.texts(".//h1") == ["March 2024"]
        assert page.texts(".//h3") == ["March’s second", "March’s"]
        assert index(page) == ["March 2 reviews", "May 1 review"]
        (here,) = page.all(".//ol[@class='month-index']//a[@aria-current='page']")
        assert here.get("href") == "/archive/2024/03/"
        assert "/archive/2024/" in page.hrefs()
        assert page.meta("description") == "Reviews that first went up in March 2024, newest first."

    def test_it_links_to_the_nearest_months_with_reviews_also_across_years(self) -> None:
        make_outlet()
        went_up("2023-11-01 12:00", "2024-02-01 12:00", "2024-02-29 12:00", "2025-03-01 00:00")
        make_edition(at=MOMENT + DAY)
        withdrawing.withdraw(make_edition(at=MOMENT - 60 * DAY).review)
        assert beside(read("/archive/2024/02/")) == ["/archive/2023/11/", "/archive/2025/03/"]
        assert "Earlier November 2023 Later March 2025" in written_beside(read("/archive/2024/02/"))
        assert beside(read("/archive/2025/03/")) == ["/archive/2024/02/"]

    def test_a_neighbour_is_found_on_the_outlets_calendar(self) -> None:
        went_up("2024-05-31 23:30", "2024-06-30 23:30")
        june, july = Period(2024, 6), Period(2024, 7)
        assert neighbours(june, LONDON) == (None, july)
        assert neighbours(june, ZoneInfo("UTC")) == (Period(2024, 5), None)


class TestOtherAddresses:
    @pytest.mark.parametrize(
        "path",
        [
            "2024/04/",
            "2023/",
            "2026/",
            "2024/00/",
            "2024/13/",
            "2024/5/",
            "2024/005/",
            "2024/٠٥/",
            "0000/",
            "0000/05/",
            "0001/",
            "9998/",
            "9999/",
            "9999/12/",
            "02024/",
            "24/",
            "٢٠٢٤/",
        ],
    )
    def test_without_a_public_review_there_is_none(self, path: str) -> None:
        make_outlet(time_zone="Asia/Tokyo")
        went_up("2024-05-05 12:00")
        read("/archive/2024/05/")
        assert read(f"/archive/{path}", status=404).html == read("/archive/1999/", status=404).html

    @pytest.mark.parametrize(("year", "month"), [(1, None), (9999, 12), (0, 5), (2024, 0), (2024, 13)])
    def test_no_such_period(self, year: int, month: int | None) -> None:
        with pytest.raises(ValueError, match="The archive has no"):
            Period(year, month)


def beside(page: Document) -> list[str]:
    return [link.get("href", "") for link in page.all(".//nav[@class='neighbours']//a")]


def written_beside(page: Document) -> str:
    return " ".join(page.texts(".//nav[@class='neighbours']"))
