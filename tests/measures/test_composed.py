"""The instrument that compares prepared statements with composed ones."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db.models import QuerySet
from django.utils import timezone

from reviews.models import Edition, Film
from reviews.models.prepared import Prepared
from reviews.seeding.factories import MOMENT
from tests.measures.composed import Comparisons

pytestmark = pytest.mark.django_db

LATER = MOMENT + dt.timedelta(days=1)
Compose = Callable[..., QuerySet[Any, Any]]


def between(first: dt.datetime, last: dt.datetime) -> QuerySet[Edition, Edition]:
    return Edition.objects.filter(visible_from__lte=min(first, last), visible_until__gt=max(first, last))


def one_or_two(one: int, other: int) -> QuerySet[Film, Film]:
    films = Film.objects.filter(pk=one)
    return films if one == other else films | Film.objects.filter(pk=other)


def in_zone(film: int) -> QuerySet[Film, Film]:
    zone = timezone.get_current_timezone_name()
    return Film.objects.filter(pk=film).order_by("pk" if zone == "UTC" else "-pk")


@pytest.mark.parametrize(
    ("compose", "alike", "unlike"),
    [
        (between, [MOMENT, LATER], [LATER, MOMENT]),
        (one_or_two, [1, 2], [3, 3]),
        (lambda pks: Film.objects.filter(pk__in=pks), [[1, 2]], [[3, 3]]),
        (lambda pk, pks: Film.objects.filter(pk__in=[*pks, pk]), [1, [2, 3]], [4, [4, 5]]),
        (lambda pk: Film.objects.filter(pk=pk) if pk else Film.objects.filter(pk__gte=pk), [1], [0]),
    ],
    ids=["order", "equal", "twice in a list", "also in a list", "nothing"],
)
def test_what_values_decide_is_found_after_others_were_compared(
    compose: Compose, alike: list[Any], unlike: list[Any]
) -> None:
    comparisons, prepared = Comparisons(each=False), Prepared(compose)
    comparisons.make(prepared, alike)
    with pytest.raises(AssertionError, match="would be"):
        comparisons.make(prepared, unlike)


def test_so_is_what_the_time_zone_decides() -> None:
    comparisons, prepared = Comparisons(each=False), Prepared(in_zone)
    with timezone.override("UTC"):
        comparisons.make(prepared, [1])
    with timezone.override(ZoneInfo("Asia/Tokyo")), pytest.raises(AssertionError, match="would be"):
        comparisons.make(prepared, [1])


@pytest.mark.parametrize(("each", "times"), [(False, 1), (True, 3)])
def test_values_that_relate_alike_are_compared_once_or_each_time(each: bool, times: int) -> None:
    composed = []

    def compose(film: int, others: list[int]) -> QuerySet[Film, Film]:
        composed.append(film)
        return Film.objects.filter(pk__in=[film, *others])

    comparisons, prepared = Comparisons(each=each), Prepared(compose)
    prepared.sent(1, [2, 3])
    del composed[:]
    for values in ((1, [2, 3]), (7, [9, 8]), (4, [5, 6])):
        comparisons.make(prepared, values)
    assert len(composed) == times


def test_every_test_compares_what_is_sent() -> None:
    with pytest.raises(AssertionError, match="would be"):
        Prepared(between)(LATER, MOMENT)
