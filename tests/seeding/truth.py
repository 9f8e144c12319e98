"""What must be true of an edition that was written without the desk's verbs."""

from reviews.desk.document.composition import COMPUTED_FIELDS
from reviews.desk.document.fields import published_names
from reviews.desk.outlook import outlook_of
from reviews.models import Edition, EditionJudgement, EditionTag, Review


def assert_as_composed(review: Review, edition: Edition) -> None:
    """Fail if an edition differs from what composing the saved review would write, tags and judgements included."""
    composition = outlook_of(review).compose()
    for name in (*published_names(), *COMPUTED_FIELDS, "review_uid"):
        assert getattr(edition, name) == getattr(composition.edition, name), name
    tags = EditionTag.objects.filter(edition=edition)
    assert {row.tag for row in tags} == set(composition.tags)
    said = ("uid", "aspect_id", "stance", "evidence", "in_spoiler")
    written = EditionJudgement.objects.filter(edition=edition).order_by("pk").values_list(*said)
    assert list(written) == [
        tuple(getattr(judgement, name) for name in said) for judgement in composition.judgements
    ]
