"""Handing a draft in, and handing it back. Neither changes anything that readers see."""

from reviews.models import Review


def submit(review: Review) -> bool:
    """Hand a draft in for review; whether it was a draft still."""
    return _move(review, Review.Status.DRAFT, Review.Status.IN_REVIEW)


def hand_back(review: Review) -> bool:
    """Make a review that was handed in a draft again; whether it was in review still."""
    return _move(review, Review.Status.IN_REVIEW, Review.Status.DRAFT)


def _move(review: Review, before: str, after: str) -> bool:
    # One conditional statement: somebody else may be publishing the review in this very moment.
    moved = Review.objects.filter(pk=review.pk, status=before).update(status=after)
    review.refresh_from_db(fields=["status"])
    return bool(moved)
