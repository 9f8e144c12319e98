"""Publishes a saved review as an edition, and reschedules or cancels a pending one.

Publishing replaces a pending edition. Every verb runs in one transaction under :mod:`reviews.desk.verbs.locks`, checks
:mod:`reviews.desk.permissions`, and writes its decision to :mod:`reviews.desk.history`.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from reviews import clock
from reviews.desk import history, permissions, revisions, windows
from reviews.desk.document.composition import Composition
from reviews.desk.history import HIDDEN, window_of
from reviews.desk.outlook import Outlook
from reviews.desk.permissions import PublishingError, Verb
from reviews.desk.verbs.checklist import obstacles
from reviews.desk.verbs.corrections import asked_of
from reviews.desk.verbs.locks import locked_review
from reviews.models import Correction, Edition, Embargo, Film, OldAddress, Review
from reviews.models.public.address import as_read


@dataclass(frozen=True)
class Note:
    """A correction's note to readers, for the public list."""

    kind: str
    text: str


WORDS = {
    Verb.APPROVE: "Approved",
    Verb.PUBLISH_CHANGES: "Published with changes",
    Verb.REINSTATE: "Reinstated, corrected",
}


def publish(
    review: Review,
    *,
    at: dt.datetime | None = None,
    backdated: bool = False,
    note: Note | None = None,
    nothing_was_wrong: bool = False,
    by: User | None = None,
) -> Edition:
    """Make the saved review its next edition, visible from a moment (default: now).

    ``at`` is aware; a past moment means now, except that a first edition may be ``backdated`` to its publication
    elsewhere (fixtures, imports). An embargo on the film delays it. A pending edition is replaced; the live one stays
    until the new one is visible. A change to what readers have read needs a ``note`` that says what was wrong, or
    ``nothing_was_wrong``. Raises PublishingError with the reasons, and NotAllowed if ``by`` may not.
    """
    with locked_review(review) as outlook:
        verb, intended = decided(outlook, at=at, backdated=backdated, by=by)
        if by is not None:
            kind = note.kind if note else ""
            if objection := asked_of(outlook).objection(kind=kind, nothing_was_wrong=nothing_was_wrong):
                raise PublishingError([objection])
        _choose_address(review, outlook.review, by=by)
        edition = put_up(outlook, outlook.compose(), intended)
        if note:
            Correction.objects.create(
                edition=edition, kind=note.kind, note=note.text, at=edition.visible_from
            )
        # A new edition equals the saved review.
        set_status(
            review, outlook, Review.Status.APPROVED, publish_at=intended.planned_for, has_changes=False
        )
        what = f"{WORDS[verb]}, as edition {edition.number}."
        is_fine = nothing_was_wrong and not note
        record_decision(what, edition, by=by, held_by=intended.held_by, note=note, nothing_was_wrong=is_fine)
        return edition


def retime(review: Review, at: dt.datetime, *, by: User | None = None) -> Edition:
    """Move the pending edition to another moment (a past one means now).

    Raises PublishingError if none is pending, NotAllowed if ``by`` may not.
    """
    with locked_review(review) as outlook:
        permissions.require(Verb.RETIME, outlook, by)
        pending = outlook.waiting
        has_changes = outlook.has_changes
        intended = outlook.plan(at=at, film=pending.film)
        if pending.rights_until and pending.rights_until <= intended.visible_from:
            raise PublishingError(["The rights end before it would go up then: choose an earlier moment."])
        pending.planned_for = intended.planned_for
        windows.move(pending, intended.visible_from, running=outlook.running)
        set_status(
            review,
            outlook,
            Review.Status.APPROVED,
            publish_at=pending.planned_for,
            has_changes=has_changes,
        )
        record_decision(f"Edition {pending.number} rescheduled.", pending, by=by, held_by=intended.held_by)
        return pending


def unschedule(review: Review, *, by: User | None = None) -> None:
    """Cancel the pending edition; a live one stays as it is.

    Raises PublishingError if none is pending, NotAllowed if ``by`` may not.
    """
    with locked_review(review) as outlook:
        permissions.require(Verb.CANCEL, outlook, by)
        pending, live = outlook.waiting, outlook.live
        windows.discard(pending, running=outlook.running)
        if live:
            status = Review.Status.APPROVED
        elif outlook.has_been_public:
            status = Review.Status.WITHDRAWN
        else:
            status = Review.Status.DRAFT
        set_status(
            review,
            outlook,
            status,
            publish_at=live.planned_for if live else None,
            has_changes=live is not None and bool(outlook.differences(live)),
        )
        history.record(
            f"Edition {pending.number} unscheduled: readers never saw it, and the next edition takes its number.",
            by=by,
            film=outlook.review.film,
            review=outlook.review,
            window=HIDDEN,
            edition=pending,
        )


def settle(film: Film, *, by: User | None = None, because: str = "") -> list[Edition]:
    """Reschedule the film's pending editions by its current embargoes. Returns those that moved.

    The caller holds the film's lock and has just written the change (:mod:`reviews.desk.verbs.embargoes`).
    """
    embargo = windows.holding_embargo(film)
    pending = Edition.objects.filter(film=film, visible_from__gt=clock.now()).select_related("review")
    moments = {
        edition: max(clock.now(), windows.held(edition.planned_for, embargo))
        for edition in pending.order_by("pk")
    }
    moved = windows.move_all(
        {edition: moment for edition, moment in moments.items() if moment != edition.visible_from}
    )
    history.record_all(
        history.entry(
            f"Edition {edition.number} moved with the film’s embargo.",
            by=by,
            film=film,
            review=edition.review,
            because=because,
            window=window_of(edition),
            edition=edition,
        )
        for edition in moved
    )
    return moved


# -- Shared with other modules of the desk --------------------------------------------------------------------


def decided(
    outlook: Outlook, *, at: dt.datetime | None, backdated: bool, by: User | None
) -> tuple[Verb, windows.Plan]:
    """Which verb publishing is, and what it would do; a correction's note aside. Raises as ``publish`` does."""
    verb = permissions.publishing_verb(outlook)
    permissions.require(verb, outlook, by)
    if backdated and outlook.has_been_public:
        raise PublishingError(["The review has been public, so its next edition cannot be backdated."])
    intended = outlook.plan(at=at, backdated=backdated)
    if reasons := obstacles(outlook, at=intended.planned_for):
        raise PublishingError(reasons)
    return verb, intended


def put_up(outlook: Outlook, composition: Composition, intended: windows.Plan) -> Edition:
    """Save a composition as the review's next edition and replace a pending one. The caller holds the lock."""
    edition, running, first = composition.edition, outlook.running, outlook.opened[-1:]
    edition.number = 1 + max((each.number for each in outlook.editions if each != outlook.pending), default=0)
    edition.planned_for = intended.planned_for
    if outlook.pending:
        running = windows.discard(outlook.pending, running=running)
    windows.place(
        edition,
        intended.visible_from,
        first_visible_from=first[0].first_visible_from if first else None,
        running=running,
    )
    _keep_old_address(outlook, edition)
    return composition.save()


def record_decision(
    what: str,
    edition: Edition,
    *,
    by: User | None,
    held_by: Embargo | None = None,
    note: Note | None = None,
    nothing_was_wrong: bool = False,
) -> None:
    """Record in the history when an edition is visible, and why."""
    history.record(
        what, **decision(edition, by=by, held_by=held_by, note=note, nothing_was_wrong=nothing_was_wrong)
    )


def decision(
    edition: Edition,
    *,
    by: User | None,
    held_by: Embargo | None = None,
    note: Note | None = None,
    nothing_was_wrong: bool = False,
) -> history.EntryParts:
    """The parts of that entry."""
    because = []
    if held_by:
        because.append("An embargo on reviews of the film holds it until then.")
    if edition.rights_until and edition.visible_until == edition.rights_until:
        because.append("The rights end then.")
    if note:
        because.append(f"Told to readers: {note.text}")
    if nothing_was_wrong:
        because.append("Nothing that readers have read was wrong.")
    return {
        "by": by,
        "film": edition.film,
        "review": edition.review,
        "because": " ".join(because),
        "window": window_of(edition),
        "edition": edition,
    }


def set_status(
    review: Review, outlook: Outlook, status: str, *, publish_at: dt.datetime | None, has_changes: bool
) -> None:
    """Set only the status, in the row and in the caller's instance.

    ``has_changes`` says whether what is saved differs from the newest edition.
    """
    working = outlook.review
    fields = status_fields(working, status, publish_at=publish_at, has_changes=has_changes)
    Review.objects.filter(pk=working.pk).update(**fields)
    for name, value in fields.items():
        setattr(review, name, value)


def status_fields(
    working: Review, status: str, *, publish_at: dt.datetime | None, has_changes: bool
) -> dict[str, Any]:
    """The columns of a status, and their values."""
    return {
        "status": status,
        "publish_at": publish_at,
        "status_since": working.status_since if status == working.status else clock.now(),
        "has_changes": has_changes,
    }


def _choose_address(review: Review, working: Review, *, by: User | None) -> None:
    """Give a review without an address one made from the headline, as a revision. Raises PublishingError."""
    if working.has_address:
        return
    before = revisions.claim(working, revisions.settle(working).number)
    slug = working.address_to_be
    try:
        with transaction.atomic():
            Review.objects.filter(pk=working.pk).update(slug=slug)
    except IntegrityError:
        raise PublishingError([f"The address “{slug}” belongs to another review: choose another."]) from None
    written = revisions.record(working, by=by, before=before, what="Address made from the headline.")
    for each in (review, working):
        each.slug, each.revision = slug, written.number if written else each.revision


def _keep_old_address(outlook: Outlook, edition: Edition) -> None:
    """Redirect every former public address of the review to the current one."""
    for slug in {each.slug for each in outlook.opened} - {edition.slug}:
        path = as_read(Edition(slug=slug).get_absolute_url())
        OldAddress.objects.get_or_create(
            path=path, defaults={"kind": OldAddress.Kind.REVIEW, "target_uid": outlook.review.uid}
        )
