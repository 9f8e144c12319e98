"""What is known of a review's pictures when its checklist is made, and to whom."""

from typing import Any

import pytest

from reviews.admin.review.saving.autosave import flags
from reviews.desk.outlook import outlook_of
from reviews.desk.permissions import PublishingError
from reviews.desk.verbs import publishing
from reviews.desk.verbs.checklist import blocking_of, items
from reviews.models import Review
from reviews.seeding.factories import (
    MOMENT,
    make_account,
    make_outlet,
    make_picture,
    make_review,
)
from tests.desk.reading import DAY, reread

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

COMPLETE: dict[str, Any] = {"alt": "A van", "credit": "Photo: Ines Rey", "licence": "press"}


def said(review: Review, **wanted: Any) -> list[tuple[str, str]]:
    """The rules that pictures break, and the fields."""
    found = items(outlook_of(reread(review)), **wanted)
    return [(item.name, item.field) for item in found if item.name.startswith("picture_")]


def with_picture(alt: str = "", /, **facts: Any) -> Review:
    make_picture(**{"name": "van"} | COMPLETE | facts)
    return make_review(body=f"The camera waits.\n\n![{alt}](picture:van)")


def test_a_complete_picture_is_no_item() -> None:
    assert said(with_picture()) == []
    assert said(make_review(hero=make_picture(**COMPLETE))) == []


def test_it_is_described_by_the_text_by_itself_or_as_decorative() -> None:
    assert said(with_picture("A van", alt="")) == []
    assert said(make_review(hero=make_picture(**COMPLETE | {"alt": "", "is_decorative": True}))) == []


@pytest.mark.parametrize(
    ("facts", "rule"),
    [
        ({"alt": " "}, "picture_undescribed"),
        ({"credit": ""}, "picture_credit"),
        ({"licence": ""}, "picture_licence"),
        ({"rights_until": MOMENT}, "picture_rights"),
        ({"embargo_until": MOMENT + DAY}, "picture_embargo"),
    ],
)
def test_what_it_lacks_is_said_of_the_body_and_of_the_head(facts: dict[str, Any], rule: str) -> None:
    assert said(with_picture(**facts)) == [(rule, "body")]
    assert said(make_review(hero=make_picture(**COMPLETE | facts))) == [(rule, "hero")]


@pytest.mark.parametrize("licence", ["ours", "free"])
def test_nobody_need_be_credited_for_ours_and_for_what_is_free(licence: str) -> None:
    assert said(with_picture(credit="", licence=licence)) == []


def test_terms_are_asked_of_the_moment_that_is_planned() -> None:
    review = with_picture(rights_until=MOMENT + DAY, embargo_until=MOMENT + DAY / 2)
    assert said(review) == [("picture_embargo", "body")]
    assert said(review, at=MOMENT + DAY / 2) == []
    assert said(review, at=MOMENT + DAY) == [("picture_rights", "body")]


def test_one_that_blocks_stops_every_verb_that_publishes() -> None:
    review = with_picture(alt="")
    with pytest.raises(PublishingError, match="no alternative text"):
        publishing.publish(review)
    found = blocking_of({review: None}, make_outlet())
    assert [item.name for item in found[review.pk]] == ["picture_undescribed"]


def test_one_that_a_critic_may_not_see_is_to_them_none() -> None:
    by = make_account("Critic")
    review = with_picture(alt="", credit="")
    unknown = make_review(body="The camera waits.\n\n![](picture:nobody)")
    assert said(review, by=by) == said(unknown, by=by) == [("picture_unknown", "body")]
    assert ("picture_undescribed", "body") in said(review, by=make_account("Editor"))


def test_while_it_is_typed_the_form_names_what_is_not_in_the_library() -> None:
    by = make_account("Critic")
    make_picture(name="hidden")
    make_picture(name="own", added_by=by)
    body = "![](picture:own)\n\n![](picture:hidden)\n\n![](picture:nobody)"
    warnings = flags({"body": [body]}, by)
    assert list(warnings) == ["body"]
    assert "“hidden”, “nobody”" in warnings["body"]
    assert flags({"body": ["![](picture:own)"]}, by) == {}
    assert "hidden" not in flags({"body": [body]}, make_account("Editor"))["body"]
