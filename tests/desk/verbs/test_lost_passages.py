"""A correction that removes a passage from a live review: no judgement stays without its evidence."""

import pytest

from reviews.desk.permissions import PublishingError
from reviews.desk.verbs import publishing
from reviews.models import Edition, EditionJudgement, Judgement, Review
from reviews.seeding.factories import make_aspect, make_judgement, make_review
from tests.desk.reading import change

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

WITH, WITHOUT = "The lead is steady. The fights are clear.", "The lead is steady. The rest is noise."
SENTENCE = "The evidence for “Action” does not stand in the body: choose a passage that does."
NOTE = publishing.Note("fact", "The fights were not clear at all.")


@pytest.fixture
def judgement() -> Judgement:
    """A judgement of a live review, whose working copy has lost the passage since."""
    review = make_review(body=WITH)
    made = make_judgement(review, aspect=make_aspect(name="Action"), evidence="The fights are clear.")
    publishing.publish(review)
    change(review, body=WITHOUT)
    return made


def read() -> tuple[str, list[str]]:
    """What readers read: the body, and the evidence of its judgements."""
    edition = Edition.objects.public().get()
    return edition.body, [each.evidence for each in EditionJudgement.objects.filter(edition=edition)]


def refused(review: Review) -> list[str]:
    with pytest.raises(PublishingError) as found:
        publishing.publish(review, note=NOTE)
    return found.value.reasons


class TestACorrectionThatTakesAPassageOut:
    def test_is_refused_and_changes_nothing_that_readers_read(self, judgement: Judgement) -> None:
        assert refused(judgement.review) == [SENTENCE]
        assert read() == (WITH, ["The fights are clear."])

    def test_goes_up_once_the_judgement_cites_another_passage(self, judgement: Judgement) -> None:
        assert refused(judgement.review) == [SENTENCE]
        Judgement.objects.update(evidence="The rest is noise.")
        publishing.publish(judgement.review, note=NOTE)
        assert read() == (WITHOUT, ["The rest is noise."])

    def test_goes_up_once_the_judgement_is_deleted(self, judgement: Judgement) -> None:
        assert refused(judgement.review) == [SENTENCE]
        Judgement.objects.all().delete()
        publishing.publish(judgement.review, note=NOTE)
        assert read() == (WITHOUT, [])

    def test_is_refused_as_well_where_it_would_go_up_later(self, judgement: Judgement) -> None:
        review = judgement.review
        with pytest.raises(PublishingError, match="does not stand in the body"):
            publishing.publish(review, at=Edition.objects.get().visible_from.replace(year=2026), note=NOTE)
        assert read() == (WITH, ["The fights are clear."])
