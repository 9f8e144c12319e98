"""The instrument that finds sorts and scans in plans."""

import pytest
from django.db import connection

from reviews.models import Edition, Film
from reviews.seeding.site import make_site
from tests.measures.limits import LIMITS, faults_of
from tests.measures.plans import asked

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_site() -> None:
    make_site(20)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Of so few rows it would scan every table.
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")


def faults(rows: object) -> list[tuple[str, int, int]]:
    with asked() as statements:
        list(rows)  # type: ignore[call-overload]
    (statement,) = statements
    return [(fault.what.partition(" ")[0], fault.least, fault.most) for fault in faults_of(statement)]


SORT = ("USE" if connection.vendor == "sqlite" else "Sort", LIMITS[0], LIMITS[-1])


class TestFaults:
    def test_a_sort_by_what_no_index_holds(self) -> None:
        assert SORT in faults(Edition.objects.order_by("headline")[:7])

    def test_a_scan_for_what_no_index_holds(self) -> None:
        assert faults(Edition.objects.order_by().filter(headline="Headline 1").values("pk"))

    def test_a_scan_under_another_name(self) -> None:
        headlines = Edition.objects.order_by().values("headline")
        assert faults(Edition.objects.filter(film=1, standfirst__in=headlines).values("pk"))


class TestNone:
    def test_of_the_newest_in_the_order_of_their_index(self) -> None:
        assert faults(Edition.objects.newest_first().values("pk")[:7]) == []

    def test_of_the_editions_of_a_film_however_sorted(self) -> None:
        assert faults(Edition.objects.filter(film=Film.objects.all()[0]).order_by("headline")) == []

    def test_of_what_is_not_an_edition(self) -> None:
        assert faults(Film.objects.order_by("runtime_minutes")[:7]) == []


def test_a_fault_at_some_limits_only_says_at_which(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        f"tests.measures.limits._seen_in_{connection.vendor}",
        lambda sql, params: {"a sort"} if sql.endswith(("LIMIT 9", "LIMIT 10")) else set(),
    )
    assert faults(Edition.objects.order_by("headline")[:40]) == [("a", 9, 10)]
