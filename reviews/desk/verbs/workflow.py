"""Handing copy in, back and on. None of it changes anything that readers see."""

from django.contrib.auth.models import User

from reviews.desk import history, rules
from reviews.desk.rules import PublishingError, Verb
from reviews.desk.verbs.locks import locked_review
from reviews.desk.verbs.publishing import set_status
from reviews.models import Review
from reviews.text import clean_characters


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
    with locked_review(review) as outlook:
        rules.require(verb, outlook, by)
        working = outlook.review
        set_status(review, outlook, status, publish_at=working.publish_at, has_changes=outlook.has_changes)
        history.record(what, by=by, film=working.film, review=working, because=because)
