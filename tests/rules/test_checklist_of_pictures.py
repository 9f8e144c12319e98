"""What the checklist says of pictures: what readers would miss blocks, the rest is advice, and says who may mend it."""

import datetime as dt
from typing import Any

import pytest

from reviews.rules.checklist import ChecklistItem
from reviews.rules.pictures import NamedPicture
from reviews.seeding.factories import MOMENT
from tests.rules.test_checklist import INSTANT, PERFECT, looked_at


def said(
    field: str = "body", *, visible_from: dt.datetime | None = MOMENT, **facts: Any
) -> list[ChecklistItem]:
    """The items for complete copy with a picture of which these facts are known."""
    items = looked_at(
        PERFECT | {"pictures": (NamedPicture("van", field, **facts),), "visible_from": visible_from}
    )
    return [item for item in items if item.name.startswith("picture_")]


def test_a_picture_that_lacks_nothing_adds_nothing() -> None:
    assert said() == said("hero") == []


@pytest.mark.parametrize("field", ["hero", "body"])
@pytest.mark.parametrize(
    ("facts", "name", "is_blocking", "who"),
    [
        ({"is_described": False}, "picture_undescribed", True, "in the library"),
        ({"rights_until": MOMENT}, "picture_rights", True, "ask a publisher"),
        ({"is_known": False}, "picture_unknown", False, "nothing in its place"),
        ({"is_credited": False}, "picture_credit", False, "whoever added it or an editor can"),
        ({"is_licensed": False}, "picture_licence", False, "a publisher can"),
        ({"embargo_until": MOMENT + INSTANT}, "picture_embargo", False, "from then on"),
    ],
)
def test_each_lack_is_said_at_its_field_with_who_may_mend_it(
    field: str, facts: dict[str, Any], name: str, is_blocking: bool, who: str
) -> None:
    (item,) = said(field, **facts)
    assert (item.name, item.is_blocking, item.field) == (name, is_blocking, field)
    assert "“van”" in item.sentence
    assert who in item.sentence


def test_only_in_a_text_there_are_brackets_to_describe_it_in() -> None:
    assert "between the brackets" in said("body", is_described=False)[0].sentence
    assert "brackets" not in said("hero", is_described=False)[0].sentence


def test_rights_that_last_and_an_embargo_that_is_over_by_then_are_no_lack() -> None:
    assert said(rights_until=MOMENT + INSTANT, embargo_until=MOMENT) == []


def test_without_a_moment_nothing_is_said_of_moments() -> None:
    assert said(visible_from=None, rights_until=MOMENT, embargo_until=MOMENT) == []


def test_of_an_unknown_one_nothing_else_is_said() -> None:
    assert [item.name for item in said(is_known=False, is_described=False)] == ["picture_unknown"]
