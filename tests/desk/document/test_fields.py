"""The table of fields: complete, in step with the models, and the only place where the desk lists a review's fields."""

from pathlib import Path

import pytest

from reviews.admin.review import form_parts
from reviews.desk.document.fields import (
    FIELDS,
    JUDGEMENT_FIELDS,
    RecordPart,
    in_record,
    names,
    published_names,
)
from reviews.models import Edition, EditionJudgement, Judgement
from reviews.models.content import JudgementContent, ReviewContent

ROOM = Path(__file__).parents[3] / "reviews"
WITHOUT_A_RULE = ("headline_is_ours", "disclosure", "source_name", "source_url")
"""Fields that are written, kept and shown, and that no rule of the desk is about."""


def test_holds_every_field_that_a_review_shares_with_its_editions() -> None:
    shared = [field.name for field in ReviewContent._meta.fields]
    assert published_names() == [*shared, "slug"]
    assert names() == [*shared, "slug", "planned_on"]
    assert set(names()) == set(FIELDS)


def test_holds_every_field_of_a_judgement() -> None:
    assert ["aspect", *JUDGEMENT_FIELDS] == [field.name for field in JudgementContent._meta.fields]
    for model in (Judgement, EditionJudgement):
        assert set(JUDGEMENT_FIELDS) <= {field.name for field in model._meta.concrete_fields}


def test_gives_each_field_one_place_on_the_form_and_on_the_page_of_an_edition() -> None:
    on_the_form = [name for _, part in form_parts.fieldsets([], is_ours=True) for name in part["fields"]]
    assert sorted(on_the_form) == sorted([*FIELDS, "tags"])
    recorded = [name for part in RecordPart for name in in_record(part)]
    assert sorted(recorded) == sorted(published_names())
    assert set(recorded) <= {field.name for field in Edition._meta.concrete_fields}


@pytest.mark.parametrize("name", WITHOUT_A_RULE)
def test_is_the_only_place_at_the_desk_that_spells_a_field_without_a_rule(name: str) -> None:
    desk = [path for part in ("desk", "admin", "rules") for path in (ROOM / part).rglob("*.py")]
    spelling = [path.relative_to(ROOM).as_posix() for path in desk if name in path.read_text()]
    assert spelling == ["desk/document/fields.py"]
