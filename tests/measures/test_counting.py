"""The instrument that counts queries and rows."""

import pytest
from django.db import connection

from reviews.audit.counting import counted
from reviews.models import Tag

pytestmark = pytest.mark.django_db

RAW = "SELECT * FROM reviews_tag"


@pytest.fixture(autouse=True)
def five_tags() -> None:
    Tag.objects.bulk_create([Tag(name=f"Tag {n}", slug=f"tag-{n}") for n in range(5)])


class TestRows:
    def test_of_a_list(self) -> None:
        with counted() as count:
            list(Tag.objects.all())
        assert (count.queries, count.rows) == (1, 5)

    def test_of_one_row_and_of_none(self) -> None:
        with counted() as count:
            Tag.objects.get(slug="tag-1")
            Tag.objects.filter(slug="tag-9").first()
        assert (count.queries, count.rows) == (2, 1)

    def test_of_a_number_and_of_a_question(self) -> None:
        with counted() as count:
            Tag.objects.count()
            Tag.objects.filter(slug="tag-9").exists()
        assert (count.queries, count.rows) == (2, 1)

    def test_a_piece_at_a_time(self) -> None:
        with counted() as count:
            list(Tag.objects.iterator(chunk_size=2))
        assert count.rows == 5

    def test_only_those_that_were_fetched(self) -> None:
        with counted() as count, connection.cursor() as cursor:
            cursor.execute(RAW)
            cursor.fetchmany(2)
            cursor.fetchone()
        assert count.rows == 3

    def test_of_raw_queries(self) -> None:
        with counted() as count:
            assert len(list(Tag.objects.raw(RAW))) == 5
        assert (count.queries, count.rows) == (1, 5)


class TestCounts:
    def test_one_within_another(self) -> None:
        with counted() as outer:
            Tag.objects.get(slug="tag-1")
            with counted() as inner:
                list(Tag.objects.all())
        assert (outer.queries, outer.rows) == (2, 6)
        assert (inner.queries, inner.rows) == (1, 5)

    def test_end_with_the_block(self) -> None:
        with counted() as count:
            pass
        list(Tag.objects.all())
        assert (count.queries, count.rows) == (0, 0)

    def test_keep_what_was_asked(self) -> None:
        with counted() as count:
            Tag.objects.exists()
        assert "reviews_tag" in count.statements[0]
