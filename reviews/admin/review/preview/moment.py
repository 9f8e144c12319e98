"""A review's page as of a moment: which edition or copy to show."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F

from reviews import clock
from reviews.desk.dates import moment_in_words
from reviews.desk.document.composition import Composition, pictures_of
from reviews.desk.outlook import outlook_of
from reviews.models import Edition, EditionJudgement, Review

COPY = "copy"
"""The value of ``show`` in a URL that asks for the copy, even if readers see an edition at that moment."""


@dataclass(frozen=True)
class Then:
    """What there is to see at a moment; ``says`` explains it in sentences."""

    shown: Composition
    says: tuple[str, ...]


def seen_at(review: Review, *, copy: bool) -> Then:
    """What readers see of a review at the clock's moment (``reviews.clock``); with ``copy``, what they would see.

    Raises ratings.RatingError if the copy is to be shown and its rating is not valid.
    """
    at = clock.now()
    edition = Edition.objects.public().for_page().filter(review_uid=review.uid).newest_first().first()
    if edition and not copy:
        since = moment_in_words(edition.visible_from)
        return Then(_as_read(edition), (f"Readers see edition {edition.number} then, up since {since}.",))
    outlook = outlook_of(review)
    composition = outlook.compose()
    composition.edition.visible_from = at
    composition.edition.first_visible_from = edition.first_visible_from if edition else at
    if edition:
        number = edition.number
        return Then(
            composition,
            (f"The copy as it is saved. Readers see edition {number} then, unless this is published.",),
        )
    says = ["Readers see nothing of it then. This is the copy as it is saved, were it published."]
    if waits := outlook.pending:
        says.append(f"Edition {waits.number} goes up on {moment_in_words(waits.visible_from)}.")
    return Then(composition, tuple(says))


def _as_read(edition: Edition) -> Composition:
    judgements: Any = EditionJudgement.objects.filter(edition=edition).select_related("aspect")
    return Composition(
        edition,
        list(edition.tags.order_by("name", "uid")),
        list(judgements.order_by(F("aspect__film_id").asc(nulls_first=True), "aspect__position", "uid")),
        list(pictures_of(edition)),
    )
