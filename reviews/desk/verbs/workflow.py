"""Submitting and returning copy. None of it changes anything for readers."""

from django.contrib.auth.models import User

from reviews.desk import history, permissions
from reviews.desk.permissions import PublishingError, Verb
from reviews.desk.verbs.locks import locked_review
from reviews.desk.verbs.publishing import set_status
from reviews.models import Review
from reviews.text import clean_characters


def submit(review: Review, *, by: User | None = None) -> None:
    """Submit a draft for review.

    Raises PublishingError if it is not a draft any more, NotAllowed if ``by`` may not.
    """
    _move(Verb.SUBMIT, review, Review.Status.IN_REVIEW, "Submitted for review.", by=by)


def take_back(review: Review, *, by: User | None = None) -> None:
    """Make a submitted review a draft again. Raises as ``submit`` does."""
    _move(Verb.TAKE_BACK, review, Review.Status.DRAFT, "Taken back to a draft.", by=by)


def give_back(review: Review, note: str, *, by: User | None = None) -> None:
    """Return a submitted review to its writer, with a note on what to change. Raises as ``submit`` does."""
    note = clean_characters(note).strip()
    if not note:
        raise PublishingError(["Say what to change: the note goes back with the review."])
    _move(Verb.RETURN, review, Review.Status.RETURNED, "Returned.", by=by, because=note)


def _move(verb: Verb, review: Review, status: str, what: str, *, by: User | None, because: str = "") -> None:
    with locked_review(review) as outlook:
        permissions.require(verb, outlook, by)
        working = outlook.review
        set_status(review, outlook, status, publish_at=working.publish_at, has_changes=outlook.has_changes)
        history.record(what, by=by, film=working.film, review=working, because=because)
