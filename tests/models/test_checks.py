"""Check constraints that are validated together: what they find is what Django finds one by one."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from reviews.models import Review
from reviews.models.checks import CheckedTogether
from reviews.seeding.factories import make_review

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

CHECKS = [each for each in Review._meta.constraints if isinstance(each, models.CheckConstraint)]
BROKEN = {
    "verdict": {"verdict": 7},
    "provenance": {"provenance": "copied"},
    "both": {"verdict": 7, "provenance": "copied"},
    "a source that is no address": {"provenance": "digest", "source_name": "A", "source_url": "javascript:1"},
    "none": {},
}


def errors(review: Review, exclude: set[str]) -> dict[str, list[str]]:
    try:
        review.validate_constraints(exclude=exclude)
    except ValidationError as error:
        return error.message_dict
    return {}


@pytest.mark.parametrize("exclude", [set(), {"verdict"}, {"provenance"}], ids=str)
@pytest.mark.parametrize("fields", BROKEN.values(), ids=BROKEN)
def test_find_what_django_finds(fields: dict[str, object], exclude: set[str]) -> None:
    review = make_review()
    for name, value in fields.items():
        setattr(review, name, value)
    found = errors(review, exclude)
    assert bool(found) == bool(fields.keys() - exclude)
    with pytest.MonkeyPatch.context() as patched:
        patched.delattr(CheckedTogether, "validate_constraints")
        assert errors(review, exclude) == found


def test_are_one_query_while_they_hold() -> None:
    review = make_review()
    with CaptureQueriesContext(connection) as captured:
        assert errors(review, set()) == {}
    assert len(CHECKS) > 3
    assert sum("_check" in query["sql"] for query in captured) == 1
