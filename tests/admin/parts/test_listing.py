"""The desk's lists: counted a stretch at a time, complete in every order, and read by an index."""

import datetime as dt
from typing import Any

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client

from reviews import clock
from reviews.admin.parts import listing
from reviews.desk.verbs import publishing
from reviews.models import Edition, Film, Review
from reviews.seeding.factories import MOMENT, make_critic, make_film, make_outlet, make_review
from reviews.seeding.site import make_site
from tests.admin.pages import signed_in, text_of
from tests.desk.reading import DAY
from tests.measures.plans import Work, asked, work_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

SECOND = dt.timedelta(seconds=1)
LIST = "/admin/reviews/review/"


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages of two rows, of which two are counted."""
    monkeypatch.setattr(listing, "COUNTED", 4)
    for model in (Review, Film, Edition):
        monkeypatch.setattr(admin.site._registry[model], "list_per_page", 2)


@pytest.fixture
def outlet() -> None:
    make_outlet()


@pytest.fixture(scope="class")
def reviews(kept_by_class: None) -> list[Review]:
    make_outlet()
    return various()


def changelist(address: str, client: Client | None = None) -> Any:
    answer = (client or signed_in("Publisher")).get(address)
    assert answer.status_code == 200, address
    return answer.context["cl"]


def keys(found: Any) -> list[int]:
    return [row.pk for row in found.result_list]


def walked(address: str) -> list[int]:
    """The rows of all pages, as an editor reads on."""
    found, where, client = [], address, signed_in("Publisher")
    while True:
        first = changelist(where, client)
        joined = "&" if "?" in where else "?"
        for page in first.paginator.page_range:
            found += keys(changelist(f"{where}{joined}p={page}", client))
        if not first.has_more:
            return found
        last = changelist(f"{where}{joined}p={first.paginator.num_pages}", client)
        where = address.partition("?")[0] + last.next_pages


def various() -> list[Review]:
    """Reviews that share some values and lack others."""
    films = [make_film(title=title) for title in ("The Beta", "Alpha", "Gamma")]
    critics = [make_critic(name=name) for name in ("Zoë Ang", "Ann Zed")]
    reviews = [
        make_review(
            film=films[n % 3],
            critic=critics[n % 2],
            headline=f"Headline {n % 4}",
            verdict=(None, 1, -1)[n % 3],
        )
        for n in range(11)
    ]
    for n, review in enumerate(reviews[:6]):
        publishing.publish(review, at=MOMENT + (n - 3) * DAY, backdated=True)
    return reviews


@pytest.mark.usefixtures("reviews", "short")
class TestPages:
    @pytest.mark.parametrize("order", ["", *(f"o={sign}{n}" for n in range(1, 7) for sign in ("", "-"))])
    def test_have_every_row_once_in_every_order(self, reviews: list[Review], order: str) -> None:
        found = walked(f"{LIST}?{order}" if order else LIST)
        assert len(found) == len(reviews)
        assert set(found) == {review.pk for review in reviews}

    @pytest.mark.parametrize(
        ("order", "column"),
        [
            ("1", "headline"),
            ("-1", "headline"),
            ("3", "film"),
            ("-3", "film"),
            ("4", "critic"),
            ("-4", "critic"),
        ],
    )
    def test_are_in_the_order_that_was_asked_for(self, order: str, column: str) -> None:
        names = {
            "headline": lambda review: review.headline,
            "film": lambda review: review.film.title.removeprefix("The "),
            "critic": lambda review: review.critic.sort_name,
        }
        shown = [names[column](Review.objects.get(pk=pk)) for pk in walked(f"{LIST}?o={order}")]
        assert shown == sorted(shown, reverse=order.startswith("-"))
        assert len(set(shown)) > 1

    def test_the_last_is_read_from_the_end(self, reviews: list[Review]) -> None:
        first = changelist(LIST)
        last = changelist(LIST + first.last_page)
        assert keys(last) == [reviews[1].pk, reviews[0].pk]
        assert keys(changelist(LIST + last.first_pages)) == keys(first)

    def test_a_list_that_is_counted_has_neither(self) -> None:
        found = changelist(f"{LIST}?readers=see")
        assert (found.result_count, found.has_more) == (4, False)
        assert (found.next_pages, found.last_page, found.first_pages) == ("", "", "")

    @pytest.mark.parametrize("after", ["77", "nothing", "0", "9" * 30])
    def test_those_after_a_row_that_is_gone_begin_again(self, after: str) -> None:
        answer = signed_in("Publisher").get(f"{LIST}?after={after}")
        assert (answer.status_code, answer["Location"]) == (302, f"{LIST}?e=1")

    def test_the_words_claim_no_more_than_was_counted(self) -> None:
        client = signed_in("Publisher")
        page = client.get(LIST)
        assert "More than 4 reviews" in text_of(page)
        assert "Select all" not in text_of(page)
        assert "The last of the reviews" in text_of(client.get(f"{LIST}?after=last"))
        assert "More than 4 results" in text_of(client.get(f"{LIST}?q=headline"))
        assert "4 reviews" in text_of(client.get(f"{LIST}?readers=see"))

    def test_films_are_in_the_order_of_readers_lists(self) -> None:
        titles = [Film.objects.get(pk=pk).title for pk in walked("/admin/reviews/film/?o=1")]
        assert titles == ["Alpha", "The Beta", "Gamma"]

    def test_editions_are_sorted_only_by_what_has_an_index(self) -> None:
        assert keys(changelist("/admin/reviews/edition/?o=-1")) == keys(changelist("/admin/reviews/edition/"))


@pytest.mark.usefixtures("outlet")
def test_what_readers_see_is_right_on_the_second() -> None:
    review = make_review()
    publishing.publish(review, at=MOMENT + DAY)
    seen = {}
    for moment in (MOMENT + DAY - SECOND, MOMENT + DAY):
        with clock.frozen_at(moment):
            seen[moment] = [
                name for name in ("see", "will", "not") if keys(changelist(f"{LIST}?readers={name}"))
            ]
    assert list(seen.values()) == [["will", "not"], ["see"]]


@pytest.fixture(scope="class")
def of_six_hundred(kept_by_class: None) -> None:
    make_site(600)


@pytest.mark.usefixtures("of_six_hundred")
class TestWork:
    @pytest.mark.parametrize(
        "query",
        [
            *("", "o=1", "o=-1", "o=2", "o=-2", "o=5", "o=-5", "o=6", "o=-6"),
            *("readers=see", "status__exact=approved", "verdict__exact=1", "whose=others", "after=last"),
        ],
    )
    def test_no_statement_looks_at_all_reviews(self, query: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(listing, "COUNTED", 20)
        monkeypatch.setattr(admin.site._registry[Review], "list_per_page", 10)
        for work, sql in self.works(query):
            assert work.rows < 400, f"{work.rows}\n{sql}\n{work.plan}"
            assert "TEMP B-TREE FOR ORDER" not in work.plan or "admin_log" in sql, f"{sql}\n{work.plan}"

    @pytest.mark.parametrize("query", ["o=3", "o=-3", "o=4", "o=-4"])
    def test_names_are_read_in_their_order(self, query: str) -> None:
        plans = "\n".join(work.plan for work, _ in self.works(query))
        assert "TEMP B-TREE FOR ORDER" not in plans
        assert "Sort: 600" not in plans

    def works(self, query: str) -> list[tuple[Work, str]]:
        """What the statements of a list of 600 reviews take."""
        client = signed_in("Publisher")
        if connection.vendor == "postgresql":
            # It would rather scan so small a table; whether an index can answer is the question.
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL enable_seqscan = off")
        with asked() as statements:
            assert client.get(f"{LIST}?{query}").status_code == 200
        return [(work_of(statement), statement[0]) for statement in statements]
