"""Short helpers: what readers see, and saves as the desk makes them."""

import datetime as dt

from django.db import transaction

from reviews.desk import preview_links, revisions
from reviews.models import Edition, PreviewLink, Review
from reviews.seeding.factories import make_review

HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)
INSTANT = dt.timedelta(microseconds=1)


def texts(at: dt.datetime | None = None) -> list[str]:
    """The headlines of the editions that are public at a moment."""
    return [edition.headline for edition in Edition.objects.public(at).newest_first()]


def reread(review: Review) -> Review:
    return Review.objects.get(pk=review.pk)


def change(review: Review, **fields: object) -> None:
    """Save changes to the working copy, as an editor does."""
    for name, value in fields.items():
        setattr(review, name, value)
    review.save()


def is_refused(review: Review, read: int) -> bool:
    """Whether a save that was made from revision ``read`` is refused because somebody has saved since."""
    try:
        with transaction.atomic():
            revisions.claim(review, read)
            transaction.set_rollback(True)
    except revisions.Stale:
        return True
    return False


def make_link(review: Review | None = None, **wanted: object) -> tuple[PreviewLink, str]:
    """A preview link, by default to a review of its own, and its secret."""
    return preview_links.make(review or make_review(), by=None, **wanted)  # type: ignore[arg-type]
