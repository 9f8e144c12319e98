"""What a page asks of the database: little, once, and as much for a thousand reviews as for ten."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reviews.desk import withdrawing
from reviews.models import Aspect, Credit, Critic, Edition, Film, Franchise, Person, Review, Tag
from tests.bulk import make_site

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

LIST, DETAIL, REVIEW, FEED, SITEMAP = 5, 8, 10, 4, 8
BUDGETS = {
    "/": LIST,
    "/films/": LIST,
    "/critics/": LIST,
    "/reviews/": LIST,
    "/people/": LIST,
    "/tags/": LIST,
    "/archive/": LIST,
    "/archive/2025/": LIST,
    "/archive/2025/06/": LIST,
    "/franchises/": LIST,
    "/franchises/franchise-0/": LIST,
    "/corrections/": LIST,
    "/how-we-rate/": LIST,
    "/how-we-count/": 1,
    "/about/": LIST,
    "/films/film-0/": DETAIL,
    "/films/film-1/": DETAIL,
    "/films/film-0/side-by-side/": DETAIL,
    "/side-by-side/review-0/review-3/": DETAIL,
    "/critics/critic-0/": DETAIL,
    "/reviews/review-0/": REVIEW,
    "/people/person-1/": DETAIL,
    "/tags/tag-1/": LIST,
    "/feed.xml": FEED,
    "/films/film-0/feed.xml": FEED,
    "/critics/critic-0/feed.xml": FEED,
    "/tags/tag-1/feed.xml": FEED,
    "/sitemap.xml": SITEMAP,
    "/sitemap-reviews.xml": SITEMAP,
    "/sitemap-films.xml": SITEMAP,
    "/sitemap-archive.xml": SITEMAP,
    "/sitemap-franchises.xml": SITEMAP,
    "/robots.txt": 0,
}


def shape(sql: str) -> str:
    """A statement without the values in it."""
    return re.sub(r"'[^']*'|\b\d+\b", "?", re.sub(r"IN \([^()]*\)", "IN (?)", sql))


def queries(path: str) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        assert Client().get(path).status_code == 200
    return [query["sql"] for query in captured]


def test_pages_keep_to_their_budget_at_ten_and_at_a_thousand_reviews() -> None:
    make_site(10)
    few = {path: queries(path) for path in BUDGETS}
    for model in (Edition, Review, Credit, Film, Franchise, Critic, Person, Tag, Aspect):
        model.objects.all().delete()
    make_site(1000)
    for path, budget in BUDGETS.items():
        many = queries(path)
        assert len(many) == len(few[path]), f"{path} asks more of a larger site"
        assert len(many) <= budget, (path, many)
        shapes = [shape(sql) for sql in many]
        assert len(set(shapes)) == len(shapes), f"{path} asks the same twice: {shapes}"


def test_the_ledger_asks_no_more_for_what_was_withdrawn() -> None:
    make_site(30)
    before = len(queries("/corrections/"))
    for review in Review.objects.order_by("pk")[:10]:
        withdrawing.withdraw(review, note="A quotation was wrong.")
    assert len(queries("/corrections/")) == before
    assert Client().get("/corrections/").content.count(b"A quotation was wrong.") == 10


class TestPublicPagesAreTheSameForEverybody:
    @pytest.mark.parametrize("path", BUDGETS)
    def test_no_session_is_read(self, path: str) -> None:
        make_site(10)
        response = Client().get(path)
        assert "Vary" not in response.headers
        assert not response.cookies

    def test_an_old_page_of_a_list_costs_no_more_than_the_first(self) -> None:
        make_site(60)
        cursor = re.search(rb'href="/reviews/(\?before=[^"]+)"', Client().get("/reviews/").content)
        assert cursor is not None
        assert len(queries(f"/reviews/{cursor[1].decode()}")) == len(queries("/reviews/"))
