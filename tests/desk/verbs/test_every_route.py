"""Blocking items block every route: the verb, its page, the form's button, bulk actions, fixtures."""

import datetime as dt
import logging
from collections.abc import Callable
from typing import Any

import pytest
from django.core import serializers
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from reviews import derived
from reviews.admin.review.verbs import pages
from reviews.desk.outlook import outlook_of
from reviews.desk.permissions import PublishingError, Verb
from reviews.desk.verbs import publishing
from reviews.desk.verbs.checklist import items, obstacles
from reviews.models import Edition, Embargo, Judgement, Outlet, Review
from reviews.rules.argument import Verdict
from reviews.seeding.factories import (
    BODY,
    MOMENT,
    make_account,
    make_edition,
    make_embargo,
    make_judgement,
    make_outlet,
    make_picture,
    make_review,
)
from tests.admin.pages import confirm, fields_of, signed_in, text_of, url
from tests.desk.reading import DAY, HOUR, INSTANT, change, reread
from tests.rules.test_checklist import BLOCKING

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def take_its_address(review: Review) -> None:
    other = make_edition(slug="taken").review
    change(other, slug="moved")
    change(review, slug="taken")


BROKEN: dict[str, Callable[[Review], object]] = {
    "body": lambda review: change(review, body=""),
    "verdict": lambda review: change(review, verdict=None),
    "rating": lambda review: change(review, rating="6/5"),
    "evidence": lambda review: make_judgement(review, evidence="Nobody wrote this"),
    "pull_quote": lambda review: change(review, pull_quote="A triumph"),
    "provenance_note": lambda review: change(review, provenance="syndicated"),
    "rights": lambda review: change(review, rights_until=MOMENT),
    "address": take_its_address,
    "picture_undescribed": lambda review: change(review, hero=make_picture(alt="")),
    "picture_rights": lambda review: change(review, hero=make_picture(rights_until=MOMENT)),
}
ELSEWHERE = {"publish_at", "pull_quote_of_digest"}
"""Faults that only a fixture can have, and faults that the database refuses."""


@pytest.fixture
def outlet() -> Outlet:
    return make_outlet(wants_verdict=True)


@pytest.mark.usefixtures("outlet")
@pytest.mark.parametrize("name", BROKEN)
class TestEveryRoute:
    @pytest.fixture
    def review(self, name: str) -> Review:
        review = make_review()
        assert not obstacles(outlook_of(review))
        BROKEN[name](review)
        assert [item.name for item in items(outlook_of(review)) if item.is_blocking] == [name]
        return review

    def refused(self, review: Review) -> bool:
        return not Edition.objects.filter(review=review).exists()

    def test_the_verb_refuses(self, review: Review) -> None:
        (reason,) = obstacles(outlook_of(review))
        with pytest.raises(PublishingError) as error:
            publishing.publish(review)
        assert error.value.reasons == [reason]
        assert self.refused(review)
        assert reread(review).status == Review.Status.DRAFT

    def test_its_page_says_so_and_refuses(self, review: Review) -> None:
        (reason,) = obstacles(outlook_of(review))
        response = confirm(signed_in(), review, "publish")
        assert text_of(response).count(reason) == 1
        assert self.refused(review)

    def test_the_forms_button_refuses(self, review: Review) -> None:
        client, editor = signed_in(), make_account("Editor")
        stated = pages.publish(outlook_of(reread(review)), editor, None).stated
        asked = {"_verb": Verb.APPROVE, f"_stated_{Verb.APPROVE}": stated}
        client.post(url("change", review), fields_of(client.get(url("change", review))) | asked)
        assert self.refused(review)

    def test_approving_several_leaves_it_out(self, review: Review) -> None:
        (reason,) = obstacles(outlook_of(review))
        client, ready = signed_in(), make_review()
        chosen = {"action": "approve_chosen", "_selected_action": [review.pk, ready.pk]}
        page: Any = client.post("/admin/reviews/review/", chosen)
        assert reason in text_of(page)
        client.post("/admin/reviews/review/", fields_of(page) | chosen)
        assert Edition.objects.filter(review=ready).exists()
        assert self.refused(review)

    def test_a_correction_is_refused_too(self, name: str) -> None:
        review = make_edition(at=MOMENT - DAY).review
        BROKEN[name](review)
        (reason,) = obstacles(outlook_of(review))
        assert reason in text_of(confirm(signed_in(), review, "publish"))
        assert Edition.objects.filter(review=review).count() == 1

    def test_a_fixture_is_loaded_but_not_published(
        self,
        review: Review,
        caplog: pytest.LogCaptureFixture,
        django_capture_on_commit_callbacks: Callable[..., Any],
    ) -> None:
        review.status, review.publish_at = Review.Status.APPROVED, MOMENT
        (reason,) = obstacles(outlook_of(review), at=MOMENT)
        with caplog.at_level(logging.ERROR), django_capture_on_commit_callbacks(execute=True):
            for row in serializers.deserialize("python", serializers.serialize("python", [review])):
                row.save()
        assert reason in caplog.text
        assert self.refused(review)


class TestTheRest:
    def test_no_rule_is_left_out(self) -> None:
        assert BROKEN.keys() | ELSEWHERE == set(BLOCKING)

    def test_a_fixture_that_names_no_moment_is_reported(self) -> None:
        review = make_review()
        change(review, status=Review.Status.APPROVED, publish_at=None)
        assert "Nobody has said when it goes up" in " ".join(derived.publish_all_loaded([review]))
        assert not Edition.objects.exists()

    def test_it_goes_up_once_somebody_chooses_one(self) -> None:
        review = make_review()
        change(review, status=Review.Status.APPROVED, publish_at=None)
        publishing.publish(review)
        assert Edition.objects.public().get().review == review

    def test_half_a_moment_is_refused_on_the_page(self) -> None:
        make_outlet()
        response = confirm(signed_in(), make_review(), "publish", at_0="2025-06-07", at_1="")
        assert response.status_code == 200
        assert not Edition.objects.exists()

    def test_a_digest_with_a_pull_quote_cannot_even_be_saved(self) -> None:
        review = make_review(provenance="digest", provenance_note="Of the Post.")
        with pytest.raises(IntegrityError), transaction.atomic():
            change(review, pull_quote="The camera waits.")


def mostly(usual: Any, *others: Any) -> st.SearchStrategy[Any]:
    """The usual value in three of four cases, so that many generated reviews can be published."""
    return st.integers(0, 3).flatmap(lambda one: st.sampled_from(others) if one == 3 else st.just(usual))


CASES = st.fixed_dictionaries(
    {
        "fields": st.fixed_dictionaries(
            {
                "body": mostly(BODY, "", "The camera waits."),
                "verdict": mostly(0, None, *Verdict),
                "rating": mostly("0/5", "", "B+", "★★★★★", "6/5"),
                "provenance": mostly("original", "syndicated", "digest"),
                "provenance_note": st.sampled_from(["", "From the Post."]),
                "pull_quote": mostly("The camera waits.", "", "A triumph"),
                "rights_until": mostly(None, MOMENT, MOMENT + HOUR, MOMENT + DAY),
                "slug": mostly("free", "taken"),
            }
        ),
        "evidence": st.lists(st.sampled_from(["The camera waits.", "the fights are clear"]), max_size=2),
        "rules": st.fixed_dictionaries(
            {"wants_verdict": st.booleans(), "star_scale": st.sampled_from([4, 5])}
        ),
        "at": st.none() | st.sampled_from([MOMENT, MOMENT + HOUR, MOMENT + DAY - INSTANT]),
        "lifts_at": st.none() | st.sampled_from([MOMENT - HOUR, MOMENT + HOUR, MOMENT + DAY]),
    }
)


class TestAnyCopy:
    def test_goes_up_exactly_where_nothing_blocks(self) -> None:
        went_up: list[bool] = []

        @given(CASES)
        def tried(case: dict[str, Any]) -> None:
            with transaction.atomic():
                went_up.append(self.goes_up(**case))
                transaction.set_rollback(True)

        tried()
        few = len(went_up) // 12
        assert few < went_up.count(True) < len(went_up) - few

    def goes_up(
        self,
        fields: dict[str, Any],
        evidence: list[str],
        rules: dict[str, Any],
        at: dt.datetime | None,
        lifts_at: dt.datetime | None,
    ) -> bool:
        """Whether such copy is published; must be true exactly if the checklist does not block it."""
        if fields["provenance"] == "digest":
            fields["pull_quote"] = ""  # A database constraint.
        make_outlet(**rules)
        change(make_edition(slug="taken", verdict=Verdict.PAN).review, slug="moved")
        review = make_review(**fields)
        for passage in evidence:
            make_judgement(review, evidence=passage)
        if lifts_at:
            make_embargo(review.film, lifts_at)
        blocking = [item.sentence for item in items(outlook_of(review), at=at) if item.is_blocking]
        if not blocking:
            self.holds(publishing.publish(review, at=at))
            return True
        with pytest.raises(PublishingError) as error:
            publishing.publish(review, at=at)
        assert error.value.reasons == blocking
        assert not Edition.objects.filter(review=review).exists()
        return False

    def holds(self, edition: Edition) -> None:
        """What must be true of any published review, independent of the checklist."""
        outlet = Outlet.objects.get()
        assert edition.body_text
        assert edition.verdict is not None or not outlet.wants_verdict
        assert edition.provenance == "original" or edition.provenance_note
        assert all(
            row.evidence in edition.body_text for row in Judgement.objects.filter(review=edition.review)
        )
        assert edition.pull_quote in edition.body_text
        assert edition.rights_until is None or edition.rights_until > edition.visible_from
        assert not Embargo.objects.filter(film=edition.film, lifts_at__gt=edition.visible_from).exists()
        assert edition.slug == "free"
