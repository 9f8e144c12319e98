"""Handing copy in, back and on. None of it changes anything that readers see."""

from django.contrib.auth.models import User
from django.db import transaction

from reviews import clock
from reviews.desk import history, rules
from reviews.desk.publishing import PublishingError
from reviews.desk.rules import Verb
from reviews.models import Review
from reviews.text import clean_characters

SOMEBODY_WAS_FASTER = "Somebody else was faster: reload the page to see where it stands."


def submit(review: Review, *, by: User | None = None) -> None:
    """Hand a draft in for review.

    Raises PublishingError where it is none any more, NotAllowed where ``by`` may not.
    """
    _move(Verb.SUBMIT, review, Review.Status.IN_REVIEW, "Submitted for review.", by=by)


def take_back(review: Review, *, by: User | None = None) -> None:
    """Make what was handed in a draft again. Raises as ``submit`` does."""
    _move(Verb.TAKE_BACK, review, Review.Status.DRAFT, "Taken back to a draft.", by=by)


def give_back(review: Review, note: str, *, by: User | None = None) -> None:
    """Return what was handed in to its writer, with a note that says what to change. Raises as ``submit`` does."""
    note = clean_characters(note).strip()
    if not note:
        raise PublishingError(["Say what to change: the note goes back with the review."])
    _move(Verb.RETURN, review, Review.Status.RETURNED, "Returned.", by=by, because=note)


def _move(verb: Verb, review: Review, status: str, what: str, *, by: User | None, because: str = "") -> None:
    before = rules.WITH_THEIR_WRITER if verb is Verb.SUBMIT else (Review.Status.IN_REVIEW,)
    with transaction.atomic():
        # One conditional statement: somebody else may be approving the review in this very moment.
        moved = Review.objects.filter(pk=review.pk, status__in=before).update(
            status=status, status_since=clock.now()
        )
        if not moved:
            raise PublishingError([SOMEBODY_WAS_FASTER])
        saved = Review.objects.select_related("film", "critic").get(pk=review.pk)
        rules.require(verb, saved, by)
        history.record(what, by=by, film=saved.film, review=saved, because=because)
    review.status, review.status_since = saved.status, saved.status_since
