"""The number of queries of bulk actions, counted at two sizes."""

import datetime as dt
import re
from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reviews.desk.verbs import embargoes, publishing
from reviews.models import Correction, Edition, Embargo, HistoryEntry
from reviews.seeding.factories import (
    MOMENT,
    make_aspect,
    make_embargo,
    make_film,
    make_judgement,
    make_outlet,
    make_review,
)
from tests.admin.pages import fields_of, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

DAY = dt.timedelta(days=1)
LIST = "/admin/reviews/review/"
FOR_EACH = 7
"""Queries for each approved review: two for a savepoint and five writes; the history is written once for all."""


class TestApprovedTogether:
    def asked(self, count: int) -> tuple[list[str], list[str]]:
        """The queries of the page, and those of approving so many reviews, each of another film."""
        aspect = make_aspect()
        reviews = [make_review(tags=(f"tag-{number}",)) for number in range(count)]
        for review in reviews:
            make_judgement(review, aspect=aspect)
        make_embargo(reviews[0].film, MOMENT + DAY)
        keys = {"_selected_action": [str(review.pk) for review in reviews]}
        client = signed_in()
        with CaptureQueriesContext(connection) as looking:
            page = client.post(LIST, {"action": "approve_chosen", **keys})
        confirmed = fields_of(page) | keys
        with CaptureQueriesContext(connection) as doing:
            assert client.post(LIST, confirmed).status_code == 302
        assert Edition.objects.filter(review__in=reviews).count() == count
        assert Edition.objects.get(review=reviews[0]).visible_from == MOMENT + DAY
        return sql_of(looking), sql_of(doing)

    def test_many_ask_as_much_as_few_before_and_little_more_after(self) -> None:
        make_outlet()
        (looked, did), (looked_at_more, did_more) = self.asked(2), self.asked(7)
        assert len(looked_at_more) - len(looked) == 0, more(looked, looked_at_more)
        assert (len(did_more) - len(did)) / 5 <= FOR_EACH, more(did, did_more)


class TestAnEmbargo:
    @pytest.mark.parametrize("is_live", [True, False])
    def test_asks_as_much_of_many_reviews_as_of_few(self, is_live: bool) -> None:
        asked = []
        for count in (2, 9):
            film = make_film()
            for _ in range(count):
                at = MOMENT - DAY if is_live else MOMENT + DAY
                publishing.publish(make_review(film=film), at=at, backdated=is_live)
            embargo = Embargo(film=film, lifts_at=MOMENT + 3 * DAY, zone="UTC")
            with CaptureQueriesContext(connection) as captured:
                embargoes.impose(embargo)
                moved, _ = embargoes.move(embargo, MOMENT + 5 * DAY, because="They wrote.")
                embargoes.lift(moved, because="They wrote again.")
            asked.append(len(captured))
            told = HistoryEntry.objects.filter(
                film_uid=film.uid, edition_number=1, because__contains="mbargo"
            )
            assert told.count() == count * 3
        assert asked[0] == asked[1]

    def test_moves_a_correction_with_its_edition_and_the_end_of_the_one_before(self) -> None:
        film = make_film()
        reviews = [make_review(film=film), make_review(film=film)]
        for number, review in enumerate(reviews):
            publishing.publish(review, at=MOMENT - DAY, backdated=True)
            note = publishing.Note("fact", "It was 2024.")
            publishing.publish(review, at=MOMENT + (number + 1) * DAY, note=note)
        embargoes.impose(Embargo(film=film, lifts_at=MOMENT + 4 * DAY, zone="UTC"))
        first = Edition.objects.filter(film=film, number=1)
        second = Edition.objects.filter(film=film, number=2)
        assert set(second.values_list("visible_from", "first_visible_from")) == {
            (MOMENT + 4 * DAY, MOMENT - DAY)
        }
        assert set(first.values_list("visible_until", flat=True)) == {MOMENT + 4 * DAY}
        assert set(Correction.objects.values_list("at", flat=True)) == {MOMENT + 4 * DAY}


def sql_of(captured: CaptureQueriesContext) -> list[str]:
    return [query["sql"] for query in captured.captured_queries]


def more(few: list[str], many: list[str]) -> str:
    """The queries that occur more often, and how many more."""
    found = Counter(map(shape, many)) - Counter(map(shape, few))
    return "\n".join(f"{number} {sql[:230]}" for sql, number in found.most_common())


def shape(sql: str) -> str:
    """A query without its parameters."""
    return re.sub(r"'[^']*'|\b\d+\b|s\d+_x\d+", "?", re.sub(r"IN \([^)]*\)", "IN (?)", sql))
