"""Rows written in bulk: an edition is built in one place, whoever writes it."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from reviews.audit.counting import counted
from reviews.desk.document.documents import document_with
from reviews.models import Edition, EditionJudgement, EditionTag, Judgement, Review, ReviewTag
from reviews.seeding.factories import MOMENT, make_critic, make_film, make_judgement, make_review, make_tag
from reviews.seeding.rows import IN_ORDER, Batch, EditionWindow

ROOT = Path(__file__).parents[2]
COMPOSITION = "reviews/desk/document/composition.py"
BUILT = {"Edition": "review", "EditionTag": "edition", "EditionJudgement": "edition"}
"""Models, and the field without which none of their rows can be saved."""


def builds(tree: ast.AST) -> Iterator[int]:
    """The lines that build what can be saved as a row of an edition."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=model), keywords=fields) if model in BUILT:
                if BUILT[model] in {field.arg for field in fields}:
                    yield node.lineno
            case ast.Attribute(
                value=ast.Attribute(value=ast.Name(id=model), attr="objects"), attr="create" | "bulk_create"
            ) if model in BUILT:
                yield node.lineno


def test_the_rows_of_an_edition_are_built_where_the_desk_composes_it() -> None:
    found = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "reviews").rglob("*.py")
        if "migrations" not in path.parts and any(builds(ast.parse(path.read_text())))
    }
    assert found == {COMPOSITION}


@pytest.mark.parametrize(
    "line",
    [
        "Edition(review=review, number=1)",
        "EditionTag(edition=edition, tag=tag)",
        "Edition.objects.bulk_create(rows)",
        "EditionJudgement.objects.create(**row)",
    ],
)
def test_this_is_found(line: str) -> None:
    assert any(builds(ast.parse(line)))


@pytest.mark.django_db
@pytest.mark.usefixtures("now")
class TestABatch:
    def test_is_written_in_the_order_of_references_and_in_as_many_queries_for_many(self) -> None:
        written(1)
        few, many = written(2), written(20)
        assert few == many
        assert Edition.objects.public().count() == 23
        assert EditionTag.objects.count() == ReviewTag.objects.count() == 23
        assert EditionJudgement.objects.count() == Judgement.objects.count() == 23

    def test_counts_from_the_window_when_a_review_first_went_up(self) -> None:
        batch = Batch()
        review = make_review(into=batch)
        later = EditionWindow(MOMENT, MOMENT, first_visible_from=MOMENT.replace(year=2024))
        for number, window in enumerate((EditionWindow(MOMENT, MOMENT, MOMENT), later), 1):
            batch.add_edition(review, document_with(review, [], []), window, number=number)
        batch.write()
        assert [edition.first_visible_from.year for edition in Edition.objects.order_by("number")] == [
            2025,
            2024,
        ]

    def test_holds_every_model_after_those_that_it_refers_to(self) -> None:
        for place, model in enumerate(IN_ORDER):
            named = {field.related_model for field in model._meta.concrete_fields if field.is_relation}
            assert not named & set(IN_ORDER[place + 1 :]), model


def written(reviews: int) -> int:
    """How many queries writing so many public reviews takes."""
    batch = Batch()
    film, critic = make_film(into=batch), make_critic(into=batch)
    tag = make_tag(f"Tag {reviews}", into=batch, slug=f"tag-{reviews}")
    for _ in range(reviews):
        review = make_review(into=batch, film=film, critic=critic, status=Review.Status.APPROVED)
        document = document_with(review, [tag], [make_judgement(review, into=batch)])
        batch.add(ReviewTag(content_object=review, tag=tag))
        batch.add_edition(review, document, EditionWindow.since(MOMENT))
    with counted() as count:
        batch.write()
    return count.queries
