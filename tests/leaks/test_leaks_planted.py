"""Tests of the leak walk: public code is broken on purpose, and the walk must fail and name the leak."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client

from reviews.audit import asking, hiding
from reviews.audit.asking import SiteAnswer
from reviews.audit.hiding import review_of
from reviews.audit.planting import planted
from reviews.audit.world import Placement, World
from reviews.desk.verbs import publishing
from reviews.models import Edition
from tests.leaks import leaks
from tests.leaks.breakages import BREAKAGES, Breakage, Patch, amend, queries, rows, writes
from tests.leaks.planting import ORDERS, Leak, Plain, compare
from tests.leaks.walk import make_readers

pytestmark = pytest.mark.django_db

ALONE, SHARED = leaks.PLACEMENTS[:2]
STATES = [
    *planted({"draft": hiding.draft, "withdrawn": hiding.withdrawn}, [ALONE, SHARED]),
    *planted({"approved_for_later": hiding.approved_for_later}, [SHARED]),
    *planted({"in_review": hiding.in_review}, [SHARED]),
    *planted({"in_the_database_alone": hiding.embargoed_in_the_database_alone}, [ALONE]),
]


@pytest.fixture
def readers() -> dict[str, Client]:
    return make_readers()


class TestALeak:
    @pytest.mark.parametrize("breakage", BREAKAGES, ids=lambda breakage: breakage.breaks.__name__)
    def test_is_seen_and_what_leaks_is_named(
        self, breakage: Breakage, readers: dict[str, Client], monkeypatch: Patch
    ) -> None:
        breakage.breaks(monkeypatch)
        with pytest.raises(Leak) as caught:
            compare(STATES, ORDERS[1], readers, plain=Plain(), only=[breakage.address])
        assert breakage.shows in caught.value.found[breakage.way, breakage.address]
        [state] = caught.value.states
        assert state in STATES
        assert str(caught.value).startswith(f"{state}: betrayed at")

    @pytest.mark.parametrize(("breakage", "only"), [(queries, "queries"), (rows, "rows")])
    def test_in_what_an_answer_took_is_seen_where_nothing_else_differs(
        self, breakage: Callable[[Patch], None], only: str, readers: dict[str, Client], monkeypatch: Patch
    ) -> None:
        breakage(monkeypatch)
        with pytest.raises(Leak) as caught:
            compare(STATES[-2:], ORDERS[0], readers, plain=Plain(), only=["/"])
        differs = caught.value.found["GET", "/"]
        assert next(name for name in SiteAnswer._fields if name in differs) == only
        assert ("body" in differs, "status" in differs, "headers" in differs) == (False, False, False)

    def test_on_postgresql_alone_is_seen_there(self, readers: dict[str, Client], monkeypatch: Patch) -> None:
        """PostgreSQL lists reviews without a rating first in descending order, SQLite last."""
        best = Edition.objects.order_by("-rating_score", "slug")
        amend(monkeypatch, "home", writes(lambda: best.values_list("headline", flat=True)[0]))

        def walk() -> object:
            return compare(STATES, ORDERS[1], readers, plain=Plain(), only=["/"])

        if connection.vendor == "postgresql":
            with pytest.raises(Leak):
                walk()
        else:
            assert walk()


class TestTheWalk:
    """It fails and names the state if something leaks, and fails if nothing was planted."""

    SOME = planted({"draft": hiding.draft, "withdrawn": hiding.withdrawn}, leaks.PLACEMENTS[:2])
    FEED = ("/feed.xml", "/reviews/", "/films/public-film/")

    @pytest.mark.parametrize("order", ORDERS)
    @pytest.mark.parametrize("position", [0, 2, 4])
    def test_names_one_that_is_public(self, position: int, order: str, readers: dict[str, Client]) -> None:
        def published(world: World, place: Placement) -> None:
            hiding.draft(world, place)
            publishing.publish(review_of(place))

        [public] = planted({"published": published}, [ALONE])
        states = [*self.SOME[:position], public, *self.SOME[position:]]
        with pytest.raises(Leak, match=r"published on a film, critic and tag of its own: betrayed") as caught:
            compare(states, order, readers, only=self.FEED)
        assert caught.value.states == [public]

    def test_finds_nothing_among_those_that_are_hidden(self, readers: dict[str, Client]) -> None:
        assert compare(self.SOME, ORDERS[1], readers, only=self.FEED)

    def test_fails_where_nothing_was_planted(self, readers: dict[str, Client]) -> None:
        nothing = planted({"nothing": lambda world, place: None}, [ALONE])
        with pytest.raises(AssertionError, match="nothing was planted"):
            compare(nothing, ORDERS[1], readers, only=self.FEED)

    def test_compares_what_an_answer_took(self) -> None:
        answer = SiteAnswer(404, {}, b"", 5, 3)
        assert asking.differences({("GET", "/"): answer}, {("GET", "/"): answer}) == {}
        for other, what in (
            (answer._replace(queries=6), "queries 5 is 6"),
            (answer._replace(rows=4), "rows 3 is 4"),
            (answer._replace(status=410), "status 404 is 410"),
            (answer._replace(headers={"ETag": "x"}), "headers ETag"),
            (answer._replace(body=b" "), "body"),
        ):
            assert asking.differences({("GET", "/"): answer}, {("GET", "/"): other}) == {("GET", "/"): what}
