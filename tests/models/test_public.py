"""``public()``: the condition that is only for an index changes no result, and what cannot be compared is hidden."""

import datetime as dt
from itertools import product

import pytest
from django.db import connection
from django.db.models import CheckConstraint, F, Q

from reviews.desk.document.documents import document_with
from reviews.models import Edition, Embargo, Film
from reviews.models.shared.queryset import mostly, seldom, unless
from reviews.seeding.factories import MOMENT, make_critic, make_edition, make_embargo, make_film, make_review
from reviews.seeding.rows import Batch, EditionWindow
from tests.past_checks import unchecked

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

HOURS = [dt.timedelta(hours=hours) for hours in (-2, -1, 0, 1, 2)]


def public_without_saying_so(at: dt.datetime) -> set[int]:
    """The definition from the design: the window, and the film's embargoes."""
    held = Embargo.objects.filter(covers="reviews", lifts_at__gt=at).exclude(ended_at__lte=at)
    is_open = Q(visible_until=None) | Q(visible_until__gt=at)
    rows = Edition.objects.filter(is_open, visible_from__lte=at).exclude(film__in=held.values("film"))
    return set(rows.values_list("pk", flat=True))


class TestFirstPublication:
    def test_is_never_after_its_editions_by_a_constraint(self) -> None:
        (found,) = [each for each in Edition._meta.constraints if each.name == "edition_first_comes_first"]
        assert isinstance(found, CheckConstraint)
        assert found.condition == Q(first_visible_from__lte=F("visible_from"))

    def test_changes_nothing_of_what_is_public_at_any_moment(self) -> None:
        films, critic = [make_film(), make_film()], make_critic()
        make_embargo(films[1], MOMENT + HOURS[3])
        windows = [
            (film, first, up, until)
            for film, first, up, until in product(films, HOURS, HOURS, (*HOURS, None))
            if first <= up and (until is None or up <= until)
        ]
        batch = Batch()
        for film, first, up, until in windows:
            review = make_review(into=batch, film=film, critic=critic, body="")
            window = EditionWindow(
                planned_for=MOMENT + up,
                visible_from=MOMENT + up,
                visible_until=None if until is None else MOMENT + until,
                first_visible_from=MOMENT + first,
            )
            batch.add_edition(review, document_with(review, [], []), window)
        batch.write()
        for hours in (-3, -2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2, 3):
            at = MOMENT + dt.timedelta(hours=hours)
            found = set(Edition.objects.public(at).values_list("pk", flat=True))
            assert found == public_without_saying_so(at), hours
            assert bool(found) == (hours >= -2)

    def test_hides_a_contradictory_edition_until_both_moments(self) -> None:
        edition = make_edition()
        with unchecked():
            Edition.objects.filter(pk=edition.pk).update(first_visible_from=MOMENT + HOURS[3])
        assert not Edition.objects.public().exists()
        assert Edition.objects.public(MOMENT + HOURS[3]).exists()


NULLS = [
    ("reviews_edition", "film_id"),
    ("reviews_edition", "visible_from"),
    ("reviews_edition", "first_visible_from"),
    ("reviews_embargo", "lifts_at"),
    ("reviews_embargo", "covers"),
]
"""Columns that are compared, and never NULL by their definitions. That of an end is: then there is none."""


class TestNull:
    @pytest.mark.parametrize(("table", "column"), NULLS)
    def test_hides_where_it_is_compared(self, table: str, column: str) -> None:
        edition = make_edition()
        over = {"covers": Embargo.Covers.SOCIAL} if column == "covers" else {"lifts_at": MOMENT + HOURS[0]}
        make_embargo(edition.film, MOMENT + HOURS[4])
        Embargo.objects.update(**over)
        assert list(Edition.objects.public()) == [edition]
        with connection.cursor() as cursor:
            # A table of the connection's own, without constraints, is found before the real one.
            cursor.execute(f"CREATE TEMPORARY TABLE {table} AS SELECT * FROM {table}")
            try:
                cursor.execute(f"UPDATE {table} SET {column} = NULL")
                assert list(Edition.objects.public()) == []
                assert list(Edition.objects.formerly_public(MOMENT + HOURS[4])) == []
            finally:
                cursor.execute(
                    "DROP TABLE temp." + table if connection.vendor == "sqlite" else f"DROP TABLE {table}"
                )

    def test_hides_what_is_compared_by_either_condition(self) -> None:
        make_film(title="Undated", release_year=None)
        is_old = Q(release_year__lt=2000)
        assert list(Film.objects.filter(mostly(is_old))) == []
        assert list(Film.objects.filter(mostly(Q(release_year__gte=2000)))) == []
        assert list(Film.objects.filter(seldom(is_old))) == []
        assert Film.objects.filter(unless(is_old)).count() == 1
