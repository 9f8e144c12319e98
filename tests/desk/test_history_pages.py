"""History entries visible to a user, and pagination over them."""

import datetime as dt

import pytest
from pytest_django import DjangoAssertNumQueries

from reviews import clock
from reviews.desk import history, history_pages
from reviews.desk.history import HIDDEN, HistoryLine, Window, lines
from reviews.models import Edition, HistoryEntry, Review
from reviews.seeding.factories import make_account, make_embargo, make_film, make_review
from tests.desk.reading import DAY, HOUR

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


class TestALongHistory:
    def write(self, *moments: dt.datetime, window: Window | None = None) -> None:
        review = Review.objects.first() or make_review()
        for number, moment in enumerate(moments):
            with clock.reading_at(moment):
                history.record(str(number), by=None, film=review.film, review=review, window=window)

    def read(self, length: int) -> list[list[HistoryLine]]:
        """Every page, the newest first."""
        stretch = history_pages.stretch(HistoryEntry.objects.all(), length=length)
        stretches = [stretch.lines]
        while stretch.older:
            stretch = history_pages.stretch(HistoryEntry.objects.all(), before=stretch.older, length=length)
            stretches.append(stretch.lines)
        return stretches

    @pytest.mark.parametrize("length", [1, 2, 3, 5, 6, 100])
    def test_is_the_same_in_stretches_as_in_one(self, length: int, now: dt.datetime) -> None:
        review = make_review()
        steps: list[tuple[int, Window | None, int | None]] = [
            (9, Window(now - 8 * HOUR), 1),
            (8, None, None),
            (7, Window(now - 3 * HOUR, now - 2 * HOUR), 2),
            (6, None, None),
            (6, Window(now - 4 * HOUR), 3),
            (4, Window(now - 1 * HOUR), 3),
            (3, HIDDEN, None),
            (1, Window(now - 1 * HOUR, now), 4),
        ]
        for hours, window, number in steps:
            edition = Edition(number=number) if number else None
            with clock.reading_at(now - hours * HOUR):
                history.record("x", by=None, film=review.film, review=review, window=window, edition=edition)
        whole = lines(HistoryEntry.objects.oldest_first(), now)
        assert len(whole) > len(steps)
        stretches = self.read(length)
        assert [line for stretch in stretches for line in stretch] == whole[::-1]

    def test_does_not_part_what_was_done_at_one_moment(self, now: dt.datetime) -> None:
        self.write(now - DAY, now - HOUR, now - HOUR, now - HOUR)
        assert [len(stretch) for stretch in self.read(2)] == [3, 1]

    def test_takes_the_same_queries_however_long(
        self, now: dt.datetime, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        self.write(*(now - number * HOUR for number in range(30)), window=Window(now + DAY))
        for length in (5, 25):
            with django_assert_num_queries(4):
                history_pages.stretch(HistoryEntry.objects.all(), length=length)


def test_a_film_is_read_by_each_as_far_as_they_may(now: dt.datetime) -> None:
    critic, editor = make_account("Critic"), make_account("Editor")
    film = make_film()
    mine = make_review(film=film)
    mine.critic.user = critic
    mine.critic.save()
    theirs = make_review(film=film)
    make_embargo(make_film(), now + DAY)
    for what, review, embargo in (
        ("the film", None, None),
        ("mine", mine, None),
        ("theirs", theirs, None),
        ("the embargo", None, make_embargo(film, now + DAY)),
    ):
        window = Window(now + DAY) if embargo else None
        history.record(what, by=None, film=film, review=review, embargo=embargo, window=window)
    history.record("another film", by=None, film=make_film())
    theirs.delete()

    def read(by: object) -> set[str]:
        return set(history_pages.of_film(film, by=by).values_list("what", flat=True))  # type: ignore[arg-type]

    assert read(critic) == {"the film", "mine"}
    assert read(editor) == {"the film", "mine", "theirs", "the embargo"}
    assert read(make_account("")) == {"the film"}
