"""What stands in the way of publishing a review."""

from reviews import ratings, text
from reviews.desk.composition import judgements_of
from reviews.models import Edition, OldAddress, Outlet, Review
from reviews.models.address import as_read
from reviews.models.content import Provenance


def obstacles(review: Review) -> list[str]:
    """One sentence for each thing that must be put right before the saved review can be published."""
    found = []
    if not text.plain_text(review.body).strip():
        found.append("The review has no body: write one.")
    try:
        ratings.parse(review.rating, star_scale=Outlet.objects.current().star_scale)
    except ratings.RatingError as error:
        found.append(str(error))
    if review.provenance == Provenance.DIGEST and review.pull_quote:
        found.append("A digest is our words, so it has no pull quote: clear the pull quote.")
    elif review.pull_quote and not text.find_passage(review.body, review.pull_quote):
        found.append("The pull quote does not stand in the body: quote it word for word.")
    if review.provenance != Provenance.ORIGINAL and not review.provenance_note:
        found.append("Say in the provenance note where this comes from.")
    judgements = judgements_of(review)
    passages = text.find_passages(review.body, [judgement.evidence for judgement in judgements])
    found += [
        f"The evidence for “{judgement.aspect}” does not stand in the body: choose a passage that does."
        for judgement, passage in zip(judgements, passages, strict=True)
        if passage is None
    ]
    if _address_is_taken(review):
        found.append(f"The address “{review.slug}” belongs to another review: choose another.")
    return found


def _address_is_taken(review: Review) -> bool:
    """Whether the address is, was or will be another review's: a reader must never land on the wrong one."""
    path = as_read(Edition(slug=review.slug).get_absolute_url())
    return (
        Edition.objects.filter(slug=review.slug).exclude(review=review).exists()
        or OldAddress.objects.filter(path=path).exclude(target_uid=review.uid).exists()
    )
