"""A changed verdict or rating is shown on the review's page, with the earlier one and until when it was valid."""

import datetime as dt
import re
from typing import Any

import pytest

from reviews import clock
from reviews.desk.outlook import outlook_of
from reviews.desk.verbs import publishing, withdrawing
from reviews.models import Edition, Embargo, Review
from reviews.public.pages.reviews import review_page
from reviews.rules.argument import Verdict
from reviews.seeding.factories import MOMENT, make_edition, make_embargo, make_film, make_outlet
from tests.desk.reading import DAY, HOUR, change
from tests.public.every_page.test_queries import queries
from tests.reading import Document, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now", "outlet")]


@pytest.fixture
def outlet() -> object:
    return make_outlet()


def republish(review: Review, at: dt.datetime, **changes: object) -> Edition:
    with clock.frozen_at(at):
        change(review, **changes)
        return publishing.publish(review)


def told(page: Document | None = None) -> list[str]:
    """What the page says about earlier ones."""
    return (page or read("/reviews/one/")).texts(".//li[@class='earlier-verdicts__one']")


class TestEarlierVerdicts:
    @pytest.fixture
    def review(self) -> Review:
        return make_edition(slug="one", verdict=Verdict.POSITIVE, rating="★★★½", at=MOMENT - 5 * DAY).review

    def test_a_changed_verdict_is_listed_with_its_end(self, review: Review) -> None:
        republish(review, MOMENT - DAY, verdict=Verdict.MIXED)
        assert told() == ["Until 5 June 2025, 13:00 BST Verdict: positive"]

    def test_a_changed_rating_is_listed_also_for_screen_readers(self, review: Review) -> None:
        republish(review, MOMENT - DAY, rating="0/5")
        page = read("/reviews/one/")
        assert told(page) == ["Until 5 June 2025, 13:00 BST The critic’s rating: ★★★½"]
        assert page.all(".//section[@class='earlier-verdicts']//*[@aria-label='3.5 out of 5 stars']")

    def test_an_unstated_verdict_is_called_unstated(self) -> None:
        review = make_edition(slug="one", verdict=None, at=MOMENT - 5 * DAY).review
        republish(review, MOMENT - DAY, verdict=Verdict.MIXED, rating="0/5")
        until = "Until 5 June 2025, 13:00 BST"
        assert told() == [f"{until} Verdict: none stated", f"{until} The critic’s rating: none given"]

    @pytest.mark.parametrize(("verdict", "said"), [(Verdict.POSITIVE, "positive"), (None, "none stated")])
    def test_a_verdict_was_our_reading_where_the_review_is_a_digest(
        self, verdict: Verdict | None, said: str
    ) -> None:
        digest = {"provenance": "digest", "provenance_note": "What is known.", "verdict": verdict}
        review = make_edition(slug="one", at=MOMENT - 5 * DAY, **digest).review
        republish(review, MOMENT - DAY, verdict=Verdict.MIXED)
        assert told() == [f"Until 5 June 2025, 13:00 BST Our reading: {said}"]

    def test_several_are_listed_with_the_latest_first(self, review: Review) -> None:
        republish(review, MOMENT - 3 * DAY, verdict=Verdict.MIXED)
        republish(review, MOMENT - 2 * DAY, headline="Another")
        republish(review, MOMENT - DAY, verdict=Verdict.POSITIVE)
        assert told() == [
            "Until 5 June 2025, 13:00 BST Verdict: mixed",
            "Until 3 June 2025, 13:00 BST Verdict: positive",
        ]

    @pytest.mark.parametrize("changes", [{"headline": "Another"}, {"rating": "3.5/5"}])
    def test_an_unchanged_verdict_is_not_listed(self, review: Review, changes: dict[str, str]) -> None:
        republish(review, MOMENT - DAY, **changes)
        page = read("/reviews/one/")
        assert told(page) == []
        assert "What it said before" not in page.text

    def test_a_verdict_from_before_a_withdrawal_ended_with_it(self, review: Review) -> None:
        with clock.frozen_at(MOMENT - 2 * DAY):
            withdrawing.withdraw(review)
        republish(review, MOMENT - DAY, verdict=Verdict.MIXED)
        assert told() == ["Until 4 June 2025, 13:00 BST Verdict: positive"]

    def test_structured_data_has_the_last_one_only(self, review: Review) -> None:
        republish(review, MOMENT - DAY, verdict=Verdict.MIXED, rating="0/5")
        (data,) = read("/reviews/one/").structured
        assert "3.5" not in str(data)

    def test_it_takes_as_many_queries_for_many_changes_as_for_one(self, review: Review) -> None:
        none = len(queries("/reviews/one/"))
        republish(review, MOMENT - 2 * DAY, verdict=Verdict.MIXED)
        few = len(queries("/reviews/one/"))
        assert few == none + 1, "A first edition has no earlier one to ask for."
        for hours in range(4):
            republish(review, MOMENT - DAY + hours * HOUR, verdict=(hours + 1) % 2)
        assert len(told()) == 5
        assert len(queries("/reviews/one/")) == few


class TestNeverMoreThanReadersSaw:
    @pytest.fixture
    def review(self) -> Review:
        return make_edition(slug="one", verdict=Verdict.POSITIVE, at=MOMENT - 5 * DAY).review

    def test_a_pending_change_is_not_listed(self, review: Review) -> None:
        change(review, verdict=Verdict.MIXED)
        publishing.publish(review, at=MOMENT + DAY)
        assert told() == []
        with clock.frozen_at(MOMENT + DAY):
            assert told() == ["Until 7 June 2025, 13:00 BST Verdict: positive"]

    def test_a_change_that_was_replaced_before_its_moment_is_not_listed(self, review: Review) -> None:
        with clock.frozen_at(MOMENT - DAY):
            change(review, verdict=Verdict.PAN)
            publishing.publish(review, at=MOMENT + DAY)
        republish(review, MOMENT - HOUR, verdict=Verdict.POSITIVE)
        assert told() == []

    def test_a_change_replaced_at_the_same_moment_is_not_listed(self, review: Review) -> None:
        republish(review, MOMENT - DAY, verdict=Verdict.PAN)
        republish(review, MOMENT - DAY, verdict=Verdict.POSITIVE)
        assert told() == []

    def test_an_unpublished_change_is_not_listed(self, review: Review) -> None:
        change(review, verdict=Verdict.PAN)
        assert told() == []

    @pytest.mark.parametrize(
        ("ends", "ended", "is_told"),
        [
            (DAY, None, True),
            (2 * DAY, None, True),
            (4 * DAY - HOUR, None, True),
            (4 * DAY, None, False),
            (4 * DAY + HOUR, None, False),
            (4 * DAY + HOUR, 3 * DAY, True),
            (4 * DAY + HOUR, 4 * DAY, False),
        ],
    )
    def test_a_verdict_always_under_embargo_is_not_listed(
        self, ends: dt.timedelta, ended: dt.timedelta | None, is_told: bool
    ) -> None:
        """The first edition's window is four days; ends and ended count from its beginning."""
        begins = MOMENT - 5 * DAY
        film = make_film()
        review = make_edition(slug="two", film=film, verdict=Verdict.POSITIVE, at=begins).review
        republish(review, begins + 4 * DAY, verdict=Verdict.MIXED)
        lifted: dict[str, Any] = {"ended_at": begins + ended, "ended_because": "Early."} if ended else {}
        make_embargo(film, begins + ends, **lifted)
        page = read("/reviews/two/")
        assert bool(told(page)) is is_told
        seen = Edition.objects.formerly_public()
        moments = [begins + hours * HOUR for hours in range(4 * 24)]
        was_public = any(
            Edition.objects.public(at).filter(review=review, number=1).exists() for at in moments
        )
        assert was_public is is_told is seen.filter(review=review).exists()

    def test_an_embargo_on_social_media_or_on_another_film_hides_nothing(self, review: Review) -> None:
        republish(review, MOMENT - DAY, verdict=Verdict.MIXED)
        make_embargo(review.film, MOMENT + DAY, covers=Embargo.Covers.SOCIAL)
        make_embargo(make_film(), MOMENT + DAY)
        assert len(told()) == 1

    def test_an_embargo_on_the_reviews_earlier_film_counts(self) -> None:
        """The first edition was about a film whose embargo outlasts it; the second is about another film."""
        held = make_film()
        review = make_edition(slug="two", film=held, verdict=Verdict.POSITIVE, at=MOMENT - 5 * DAY).review
        make_embargo(held, MOMENT + DAY)
        republish(review, MOMENT - DAY, verdict=Verdict.MIXED, film=make_film())
        assert told(read("/reviews/two/")) == []

    def test_another_critics_review_has_its_own_history(self, review: Review) -> None:
        other = make_edition(slug="two", film=review.film, verdict=Verdict.PAN, at=MOMENT - 2 * DAY).review
        republish(other, MOMENT - DAY, verdict=Verdict.MIXED)
        assert told() == []
        assert len(told(read("/reviews/two/"))) == 1


def test_a_preview_lists_what_readers_have_seen() -> None:
    review = make_edition(slug="one", verdict=Verdict.POSITIVE, at=MOMENT - 5 * DAY).review
    republish(review, MOMENT - DAY, verdict=Verdict.MIXED)
    draft = outlook_of(review).compose()
    response = review_page(draft.edition, tags=draft.tags, judgements=draft.judgements, is_preview=True)
    assert told(Document(response.content.decode())) == ["Until 5 June 2025, 13:00 BST Verdict: positive"]


def test_a_preview_of_a_withdrawn_review_lists_it_too() -> None:
    review = make_edition(slug="one", verdict=Verdict.POSITIVE, at=MOMENT - 5 * DAY).review
    republish(review, MOMENT - DAY, verdict=Verdict.MIXED)
    withdrawing.withdraw(review)
    draft = outlook_of(review).compose()
    draft.edition.visible_from = draft.edition.first_visible_from = MOMENT
    response = review_page(draft.edition, tags=draft.tags, judgements=draft.judgements, is_preview=True)
    assert told(Document(response.content.decode())) == ["Until 5 June 2025, 13:00 BST Verdict: positive"]


def test_a_withdrawn_review_lists_nothing() -> None:
    review = make_edition(slug="one", verdict=Verdict.POSITIVE, at=MOMENT - 5 * DAY).review
    republish(review, MOMENT - DAY, verdict=Verdict.MIXED)
    withdrawing.withdraw(review)
    assert not re.search("positive|mixed", read("/reviews/one/", 404).text)
