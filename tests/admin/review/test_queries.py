"""Queries and rows of a review's pages: bounded, whatever the review's size."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.test import Client, TestCase

from reviews.audit.counting import Count, counted
from reviews.desk.verbs import embargoes, publishing
from reviews.models import Edition, Embargo, Judgement, Review, Revision
from reviews.seeding.factories import MOMENT, make_aspect, make_judgement, make_outlet, make_review
from tests.admin.pages import fields_of, save, signed_in, url
from tests.desk.reading import change
from tests.public.every_page.test_queries import shape

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now", "outlet")]

DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Limit:
    """The most queries, and the most rows: for each row of the review (judgement or tag), and besides."""

    queries: int
    rows: int
    rows_each: int


FORM = Limit(20, 78, 4)
SAVE = Limit(40, 86, 6)
PAGE = Limit(17, 79, 3)
PUBLISH = Limit(67, 98, 4)
"""The head of the history's chain is locked and moved. What readers see is compared before and after, and the next
moment written, for which the row of public state and the terms of pictures are asked, too; after the commit the kept
counts are settled, which asks most where nothing has been counted before, and takes the marks from the embargoes of its
film: one statement, whether it has any."""


@pytest.fixture
def outlet() -> Any:
    ContentType.objects.get_for_model(Review)  # A process asks once, whichever page is the first.
    return make_outlet()


def filed(judgements: int) -> Review:
    review = make_review(tags=("noir", "drama") if judgements else ())
    for _ in range(judgements):
        make_judgement(review, aspect=make_aspect())
    return review


def draft(judgements: int) -> Review:
    review = filed(judgements)
    embargoes.impose(Embargo(film=review.film, lifts_at=MOMENT + 2 * DAY, zone="America/Los_Angeles"))
    return review


def pending(judgements: int) -> Review:
    review = draft(judgements)
    publishing.publish(review, at=MOMENT + DAY)
    return review


def live_with_changes(judgements: int) -> Review:
    review = filed(judgements)
    publishing.publish(review, at=MOMENT - DAY, backdated=True)
    change(review, headline="Corrected once")
    publishing.publish(review)
    change(review, headline="Changed since")
    return review


WAYS = {"draft": draft, "pending": pending, "live, with changes": live_with_changes}


@pytest.fixture(params=WAYS)
def of(request: pytest.FixtureRequest) -> Any:
    return WAYS[request.param]


def hold(count: Count, limit: Limit, size: int) -> None:
    found = Counter(map(shape, count.statements)).most_common()
    seen = "\n".join(f"{number} {sql[:200]}" for sql, number in found)
    rows = limit.rows + limit.rows_each * size
    assert (count.queries <= limit.queries, count.rows <= rows) == (True, True), (
        f"{count.queries} queries of {limit.queries}, {count.rows} rows of {rows}\n{seen}"
    )


@pytest.mark.parametrize("size", [0, 6])
class TestAReview:
    def asked(self, client: Client, method: str, *sent: Any) -> tuple[Count, Any]:
        """The queries of a request, ``on_commit`` ones included."""
        with counted() as count, TestCase.captureOnCommitCallbacks(execute=True):
            answer = getattr(client, method)(*sent)
        return count, answer

    def test_its_form(self, of: Any, size: int) -> None:
        client, review = signed_in("Publisher"), of(size)
        count, page = self.asked(client, "get", url("change", review))
        assert len(page.context["inline_admin_formsets"][0].formset.initial_forms) == size
        hold(count, FORM, size)

    @pytest.mark.parametrize("saves_before", [0, 1])
    def test_its_save(self, of: Any, size: int, saves_before: int) -> None:
        client, review = signed_in("Publisher"), of(size)
        for _ in range(saves_before):
            save(client, review, standfirst="Saved before.")
        fields = fields_of(client.get(url("change", review)))
        # Every row changes: it cites another passage.
        changed = {
            name: "no scene" if name.endswith("-evidence") and "__prefix__" not in name else value
            for name, value in fields.items()
        }
        changed |= {"body": "The camera waits, and no scene is lost.", "headline": "Another"}
        count, answer = self.asked(client, "post", url("change", review), changed)
        assert answer.status_code == 302
        assert set(Judgement.objects.filter(review=review).values_list("evidence", flat=True)) <= {"no scene"}
        assert Revision.objects.filter(review=review, what__startswith="Headline, body").exists()
        hold(count, SAVE, size)

    def test_the_page_of_publishing(self, of: Any, size: int) -> None:
        client, review = signed_in("Publisher"), of(size)
        count, page = self.asked(client, "get", url("publish", review))
        assert page.status_code == 200
        hold(count, PAGE, size)

    def test_publishing(self, of: Any, size: int) -> None:
        client, review = signed_in("Publisher"), of(size)
        address = url("publish", review)
        answers = {"kind": "nothing-wrong"} if of is live_with_changes else {}
        confirmed = fields_of(client.post(address, fields_of(client.get(address)) | answers | {"stated": ""}))
        count, answer = self.asked(client, "post", address, confirmed)
        assert answer.status_code == 302
        assert Edition.objects.get(review=review, headline=Review.objects.get(pk=review.pk).headline)
        hold(count, PUBLISH, size)
