"""The queries of a page: few, none twice, and as many for a thousand reviews as for ten."""

import random
import re

import pytest
from django.test import Client
from django.urls import resolve

from reviews.audit.counting import Count, counted
from reviews.desk.verbs import withdrawing
from reviews.models import Aspect, Credit, Critic, Edition, Film, Franchise, Person, Review, Tag
from reviews.public.machines import sitemaps
from reviews.seeding.site import make_site
from tests.leaks.walk import ROUTES
from tests.public.every_page.budgets import A_FILE, BUDGETS, NOT_FOUND, allowed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def shape(sql: str) -> str:
    """A statement without the values in it."""
    return re.sub(r"'[^']*'|\b\d+\b", "?", re.sub(r"IN \([^()]*\)", "IN (?)", sql))


def ask(path: str, status: int = 200) -> Count:
    with counted() as count:
        assert Client().get(path).status_code == status, path
    return count


def queries(path: str) -> list[str]:
    return ask(path).statements


def empty() -> None:
    for model in (Edition, Review, Credit, Film, Franchise, Critic, Person, Tag, Aspect):
        model.objects.all().delete()


def asked() -> dict[str, Count]:
    found = {path: ask(path) for path in BUDGETS}
    return found | {path: ask(path, 404) for path in NOT_FOUND}


def test_every_public_route_has_a_budget() -> None:
    routes = {
        resolve(path.partition("?")[0]).url_name for path in (*BUDGETS, *NOT_FOUND) if path != "/nothing/"
    }
    assert routes == ROUTES, "Give the new route a budget in tests/public/every_page/budgets.py."


def test_pages_keep_to_their_budget_at_ten_and_at_a_thousand_reviews(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "CHUNK", 4 * A_FILE)
    monkeypatch.setattr(sitemaps, "MOST_IN_A_FILE", A_FILE)
    # How many rows of a sitemap are looked at depends on random uids.
    monkeypatch.setattr("os.urandom", random.Random("the same uids each time").randbytes)
    make_site(10)
    few = asked()
    empty()
    make_site(1000)
    many = asked()
    for path in (*BUDGETS, *NOT_FOUND):
        budget = allowed(path)
        assert many[path].queries == few[path].queries, f"{path} asks more of a larger site"
        assert many[path].queries <= budget.queries, (path, many[path].statements)
        shapes = [shape(sql) for sql in many[path].statements]
        assert len(set(shapes)) == len(shapes), f"{path} asks the same twice: {shapes}"
        assert few[path].rows <= budget.rows, (path, few[path].rows)
        assert many[path].rows <= budget.rows, f"{path} fetches {many[path].rows} rows"
    cheaper = {
        path: (many[path].queries, most)
        for path in many
        for most in [max(few[path].rows, many[path].rows)]
        if (many[path].queries, most) != (allowed(path).queries, allowed(path).rows)
    }
    assert not cheaper, f"These cost less now, so lower their budgets (queries, rows): {cheaper}"


def test_a_review_and_a_critic_fetch_as_many_rows_on_a_large_site() -> None:
    found = []
    # Of 26 films and of 40: a critic is compared on no more than 25.
    for reviews in (130, 200):
        make_site(reviews)
        count = {"/reviews/review-0/": ask("/reviews/review-0/").rows}
        # One critic has written everything: for the first film every third review.
        Edition.objects.update(critic=Critic.objects.get(slug="critic-0"))
        found.append(count | {"/critics/critic-0/": ask("/critics/critic-0/").rows})
        empty()
    assert found[0] == found[1]


def test_the_ledger_takes_no_more_queries_for_withdrawals() -> None:
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
        assert response.headers["Vary"] == "Accept-Encoding"
        assert not response.cookies

    def test_an_old_page_of_a_list_costs_no_more_than_the_first(self) -> None:
        make_site(60)
        cursor = re.search(rb'href="/reviews/(\?before=[^"]+)"', Client().get("/reviews/").content)
        assert cursor is not None
        assert len(queries(f"/reviews/{cursor[1].decode()}")) == len(queries("/reviews/"))
