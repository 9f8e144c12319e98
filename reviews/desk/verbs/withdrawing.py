"""Withdrawing a review, with or without a public note, and reinstating it."""

from django.contrib.auth.models import User

from reviews import clock
from reviews.desk import history, permissions, preview_link_validity, windows
from reviews.desk.document.composition import copy_of
from reviews.desk.history import HIDDEN
from reviews.desk.outlook import with_text
from reviews.desk.permissions import PublishingError, Verb
from reviews.desk.verbs.locks import locked_review
from reviews.desk.verbs.publishing import put_up, record_decision, set_status
from reviews.models import Correction, Edition, Review
from reviews.text import clean_characters


def withdraw(review: Review, *, note: str = "", because: str = "", by: User | None = None) -> None:
    """End the live edition now, take back a pending one, and end every preview link.

    With a ``note`` the list of corrections shows it and the review's addresses answer 410 Gone; without one they answer
    404. ``because`` is for the desk only. Raises PublishingError if there is neither edition, or if readers see nothing
    that a note would explain; NotAllowed if ``by`` may not.
    """
    note = clean_characters(note).strip()
    with locked_review(review) as outlook:
        live, pending, working = outlook.live, outlook.pending, outlook.review
        permissions.require(Verb.CANCEL if pending and not live else Verb.WITHDRAW, outlook, by)
        preview_link_validity.end_with_withdrawal(working, by=by)
        if pending:
            windows.discard(pending, running=outlook.running)
        if live:
            windows.close(live)
        has_been_public = outlook.has_been_public
        if note:
            if live is None or not has_been_public:
                raise PublishingError(
                    ["Readers do not see this review: clear the note, which would tell of it."]
                )
            _tell(live, note)
        status = Review.Status.WITHDRAWN if has_been_public else Review.Status.DRAFT
        set_status(review, outlook, status, publish_at=None, has_changes=False)
        history.record(
            "Withdrawn, with a public note." if note else "Withdrawn, leaving no trace.",
            by=by,
            film=working.film,
            review=working,
            because="\n".join(
                part for part in (because.strip(), f"Told to readers: {note}" if note else "") if part
            ),
            window=HIDDEN,
        )


def explain(review: Review, note: str, *, by: User | None = None) -> None:
    """Add a public note to a withdrawal without one. Raises as ``withdraw`` does."""
    note = clean_characters(note).strip()
    with locked_review(review) as outlook:
        permissions.require(Verb.EXPLAIN, outlook, by)
        last = outlook.seen_last
        if not note:
            raise PublishingError(["Say to readers why the review was withdrawn."])
        if Correction.objects.filter(edition=last, kind=Correction.Kind.WITHDRAWAL).exists():
            raise PublishingError(["Readers are told already why it was withdrawn."])
        _tell(last, note)
        history.record(
            "The withdrawal explained in public.",
            by=by,
            film=outlook.review.film,
            review=outlook.review,
            because=f"Told to readers: {note}",
        )


def reinstate(review: Review, *, by: User | None = None) -> Edition:
    """Publish again what readers saw last, without later changes. Embargoes still apply.

    (To reinstate a corrected review, publish it.) Raises PublishingError if the review is not withdrawn or its rights
    have ended; NotAllowed if ``by`` may not.
    """
    with locked_review(review) as outlook:
        permissions.require(Verb.REINSTATE, outlook, by)
        last = outlook.seen_last
        intended = outlook.plan(film=last.film)
        if last.rights_until and last.rights_until <= intended.visible_from:
            raise PublishingError(["The rights in what readers saw have ended: correct it and publish that."])
        edition = put_up(outlook, copy_of(with_text(last)), intended)
        set_status(
            review,
            outlook,
            Review.Status.APPROVED,
            publish_at=intended.planned_for,
            has_changes=bool(outlook.differences(last)),
        )
        record_decision(
            f"Reinstated as it was, as edition {edition.number}.", edition, by=by, held_by=intended.held_by
        )
        return edition


def _tell(edition: Edition, note: str) -> None:
    Correction.objects.create(edition=edition, kind=Correction.Kind.WITHDRAWAL, note=note, at=clock.now())
