"""What it costs to decide about many reviews at once: counted at two sizes."""

import datetime as dt
import re
from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reviews.desk import embargoes, publishing
from reviews.models import Correction, Edition, Embargo, HistoryEntry
from tests.admin.pages import fields_of, signed_in
from tests.factories import MOMENT, make_aspect, make_film, make_judgement, make_outlet, make_review

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

DAY = dt.timedelta(days=1)
LIST = "/admin/reviews/review/"
FOR_EACH = 8
"""At most so many queries for each review that is approved: those that write it, above all."""


def approved(count: int) -> list[str]:
    """The queries of approving so many reviews together, each of a film of its own."""
    aspect = make_aspect()
    reviews = [make_review(tags=(f"tag-{number}",)) for number in range(count)]
    for review in reviews:
        make_judgement(review, aspect=aspect)
    keys = {"_selected_action": [str(review.pk) for review in reviews]}
    client = signed_in()
    page = client.post(LIST, {"action": "approve_chosen", **keys})
    confirmed = fields_of(page) | keys
    with CaptureQueriesContext(connection) as captured:
        assert client.post(LIST, confirmed).status_code == 302
    assert Edition.objects.filter(review__in=reviews).count() == count
    return [query["sql"] for query in captured.captured_queries]


def test_of_many_approved_together() -> None:
    make_outlet()
    few, many = approved(2), approved(7)
    more = Counter(map(shape, many)) - Counter(map(shape, few))
    assert (len(many) - len(few)) / 5 <= FOR_EACH, "\n".join(
        f"{n} {sql[:230]}" for sql, n in more.most_common()
    )


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


def shape(sql: str) -> str:
    """A query without what it asks for."""
    return re.sub(r"'[^']*'|\b\d+\b|s\d+_x\d+", "?", re.sub(r"IN \([^)]*\)", "IN (?)", sql))
