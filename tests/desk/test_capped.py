"""Lists with a maximum length and a count, several of them read in one query."""

import pytest
from django.db.models import QuerySet
from django.db.models.functions import Length

from reviews.audit.counting import counted
from reviews.desk import capped
from reviews.desk.capped import Listed, by_list, first_of, listed, together
from reviews.models import Review
from reviews.seeding.factories import make_review

pytestmark = pytest.mark.django_db


def read(*named: tuple[str, QuerySet[Review]]) -> dict[str, Listed[Review]]:
    shown = Review.objects.all()
    rows = by_list(together(*(first_of(shown, name, reviews) for name, reviews in named)))
    return {name: listed(rows, name) for name, _ in named}


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(capped, "CAP", 2)
    monkeypatch.setattr(capped, "COUNTED", 3)


@pytest.mark.usefixtures("short")
class TestAList:
    @pytest.mark.parametrize(
        ("there", "total", "more", "goes_on"),
        [(0, 0, 0, False), (2, 2, 0, False), (3, 3, 1, False), (4, 3, 1, True), (9, 3, 1, True)],
    )
    def test_is_counted_no_further_than_its_bound(
        self, there: int, total: int, more: int, goes_on: bool
    ) -> None:
        for _ in range(there):
            make_review()
        found = read(("all", Review.objects.order_by("sequence")))["all"].map(str)
        assert (found.total, found.more, found.goes_on) == (total, more, goes_on)

    def test_each_has_its_own_order_and_count(self) -> None:
        for headline in ("b", "ccc", "aa"):
            make_review(headline=headline)
        reviews = Review.objects.all()
        found = read(
            ("down", reviews.order_by("-headline")),
            ("long", reviews.order_by(Length("headline").desc())),
            ("none", reviews.none()),
            ("up", reviews.order_by("headline").exclude(headline="b")),
        )
        assert {name: [str(row) for row in each.rows] for name, each in found.items()} == {
            "down": ["ccc", "b"],
            "long": ["ccc", "aa"],
            "none": [],
            "up": ["aa", "ccc"],
        }
        assert [each.total for each in found.values()] == [3, 3, 0, 2]

    def test_all_are_read_in_one_query(self) -> None:
        make_review()
        reviews = Review.objects.order_by("sequence")
        with counted() as count:
            read(("one", reviews), ("other", reviews))
        assert count.queries == 1
