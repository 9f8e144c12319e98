"""Prepared statements: composed once, and the same as what Django composes for the same arguments.

Every test besides compares what the site sends (``tests/measures/composed.py``).
"""

import datetime as dt
import threading
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.db.models import Count, QuerySet

from reviews import clock
from reviews.audit.counting import counted
from reviews.models import Edition, Film, Review
from reviews.models.insider import Insider, insider, reading_as
from reviews.models.prepared import Prepared, filled
from reviews.seeding.factories import MOMENT, make_edition, make_embargo, make_film

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

LATER = MOMENT + dt.timedelta(days=1)


def on_film(film: int, at: dt.datetime) -> QuerySet[Edition, Edition]:
    return Edition.objects.public(at).filter(film=film).newest_first().for_cards()


class TestTheRows:
    @pytest.fixture
    def films(self) -> list[Film]:
        made = [make_film(title=f"Film {number}") for number in range(3)]
        for film in made:
            make_edition(film=film, headline=film.title)
        make_edition(film=made[0], headline="Tomorrow", at=LATER)
        return made

    def test_are_those_of_the_queryset_for_each_value(self, films: list[Film]) -> None:
        fetch = Prepared(on_film)
        for film in films:
            for at in (MOMENT, LATER, MOMENT - dt.timedelta(days=1)):
                assert fetch(film.pk, at) == list(on_film(film.pk, at))

    def test_have_what_the_queryset_fetches_with_them(self, films: list[Film]) -> None:
        fetch = Prepared(on_film)
        with counted() as count:
            (edition,) = fetch(films[1].pk, MOMENT)
            assert (edition.headline, edition.film.title, edition.critic.name) != ("", "", "")
        assert (count.queries, count.rows) == (1, 1)

    def test_may_be_values(self, films: list[Film]) -> None:
        def of(pks: list[int], at: dt.datetime) -> QuerySet[Edition, Any]:
            public = Edition.objects.public(at).filter(film__in=pks).order_by("film")
            return public.values_list("film").annotate(Count("pk"))

        fetch, pks = Prepared(of), [film.pk for film in films]
        for some in (pks, pks[:1], [], pks[1:]):
            assert fetch(some, LATER) == list(of(some, LATER))

    def test_are_found_by_uid_and_by_text_as_typed(self, films: list[Film]) -> None:
        by_uid = Prepared(lambda uid: Film.objects.filter(uid=uid))
        by_slug = Prepared(lambda slug: Film.objects.filter(slug=slug))
        assert by_uid(films[1].uid) == [films[1]]
        assert by_slug(films[2].slug) == [films[2]]
        assert by_slug(f"{films[2].slug}\x07") == list(Film.objects.filter(slug=f"{films[2].slug}\x07"))
        assert by_slug("' OR 1 = 1 --") == []

    def test_depend_on_what_is_none_or_a_boolean(self, films: list[Film]) -> None:
        def some(film: int | None, turned: bool) -> QuerySet[Film, Film]:
            found = Film.objects.all() if film is None else Film.objects.filter(pk=film)
            return found.order_by("-pk" if turned else "pk")

        fetch = Prepared(some)
        assert fetch(None, False) == films
        assert fetch(None, True) == films[::-1]
        assert fetch(films[0].pk, True) == films[:1]


class TestTheStatement:
    def test_is_composed_once(self) -> None:
        times = []

        def composed(film: int, at: dt.datetime) -> QuerySet[Edition, Edition]:
            times.append(film)
            return on_film(film, at)

        fetch = Prepared(composed)
        for number in range(5):
            fetch.sent(number, MOMENT)
        assert len(times) == 1

    def test_may_take_the_least_of_moments_that_are_given_in_their_order(self) -> None:
        def until(first: dt.datetime, last: dt.datetime) -> QuerySet[Edition, Edition]:
            return Edition.objects.filter(visible_from__lte=min(first, last), visible_until__gt=last)

        composed = until(MOMENT, LATER).query.get_compiler("default").as_sql()
        assert Prepared(until).sent(MOMENT, LATER) == (composed[0], tuple(composed[1]))

    def test_asks_no_clock(self) -> None:
        with pytest.raises(ValueError, match="clock"):
            Prepared(lambda film: Edition.objects.public().filter(film=film)).sent(1)

    def test_does_nothing_but_compare_with_its_arguments(self) -> None:
        with pytest.raises(ValueError, match="Not compared"):
            Prepared(lambda film: Film.objects.order_by("pk" if film > 3 else "-pk")).sent(1)

    @pytest.mark.parametrize("value", [1, MOMENT, UUID(int=5), "a"])
    def test_holds_each_value_where_it_was_compared(self, value: Any) -> None:
        fields = {int: "pk", dt.datetime: "first_visible_from", UUID: "uid", str: "slug"}
        prepared = Prepared(lambda given: Edition.objects.filter(**{fields[type(value)]: given}))
        composed = prepared.compose(value).query.get_compiler("default").as_sql()
        assert prepared.sent(value) == (composed[0], tuple(composed[1]))


class TestAListOfAnyLength:
    def test_keeps_its_keys_and_gets_others_that_no_row_has(self) -> None:
        for length in (1, 15, 16, 17, 100, 1024):
            keys = list(range(1, length + 1))
            whole = filled(keys)
            assert whole[:length] == keys
            assert len(set(whole)) == len(whole)
            assert all(key < 0 for key in whole[length:])

    def test_is_of_few_lengths(self) -> None:
        assert {len(filled([1] * length)) for length in range(101)} == {0, 16, 32, 64, 128}


class TestWhatIsKept:
    def test_is_text_and_one_reader_of_the_same_columns(self) -> None:
        """The trees of conditions took forty megabytes after a thousand pages."""
        fetch = Prepared(lambda pks: Film.objects.filter(pk__in=pks))
        for length in range(1, 5):
            fetch([*range(length)])
        (reader,) = fetch._readers
        assert not {"where", "alias_map", "combined_queries"} & {
            *vars(reader._query),
            *vars(reader._compiler),
        }

    def test_is_a_reader_for_each_choice_of_columns(self) -> None:
        film = make_film()
        fetch = Prepared(
            lambda short, pk: (Film.objects.only("title") if short else Film.objects).filter(pk=pk)
        )
        (short,), (whole,) = fetch(True, film.pk), fetch(False, film.pk)
        assert (len(short.get_deferred_fields()) > 0, whole.get_deferred_fields()) == (True, set())


@pytest.fixture
def threads() -> Iterator[list[threading.Thread]]:
    started: list[threading.Thread] = []
    yield started
    for thread in started:
        thread.join()


def test_each_kind_of_eyes_has_a_statement_of_its_own() -> None:
    """Composed once for readers, and once for all who see everything; each time for anybody else at the desk."""
    eyes: list[Insider | None] = []

    def composed(at: dt.datetime) -> QuerySet[Any, Any]:
        eyes.append(insider())
        return Edition.objects.public(at).values_list("slug", flat=True)

    live, held = make_edition(slug="live"), make_edition(slug="held")
    make_embargo(held.film, LATER, agreed_at=MOMENT)
    fetch = Prepared(composed)
    everything, nothing = (
        Insider(None, MOMENT),
        Insider(Review.objects.filter(pk=0).values_list("pk", flat=True), MOMENT),
    )
    before = MOMENT - dt.timedelta(hours=1)
    for row in (live, held):
        Edition.objects.filter(pk=row.pk).update(visible_from=before, first_visible_from=before)
    for _ in range(2):
        assert fetch(before) == ["live"]
        with reading_as(everything):
            assert sorted(fetch(before)) == ["held", "live"]
        with reading_as(nothing):
            assert fetch(before) == ["live"]
    assert [each.sees_everything for each in eyes if each].count(True) == 1
    assert eyes.count(nothing) == 2


@pytest.mark.django_db(transaction=True)
def test_threads_ask_at_once_each_on_its_own_connection(threads: list[threading.Thread]) -> None:
    films = [make_film(title=f"Film {number}") for number in range(4)]
    fetch = Prepared(lambda film: Film.objects.filter(pk=film))
    wrong: list[Any] = []

    def ask(film: Film) -> None:
        for _ in range(50):
            found = fetch(film.pk)
            if found != [film] or found[0].title != film.title:
                wrong.append(found)
        connection.close()

    for film in films:
        threads.append(threading.Thread(target=ask, args=[film]))
        threads[-1].start()
    for thread in threads:
        thread.join()
    assert not wrong
    assert clock.now() == MOMENT
