"""Revisions: each save of a working review is stored; a save made from an outdated one is refused.

A review's revisions are numbered from 1, and ``Review.revision`` is the newest number. It is 0 for a review from a
fixture or an import: its first revision is taken when somebody first needs one.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from reviews import clock
from reviews.desk import history
from reviews.desk.document.documents import document_of
from reviews.desk.document.fields import label, names
from reviews.desk.document.rows import Unrestorable, as_judgements, as_review, found, judgements_in
from reviews.desk.document.snapshots import as_snapshot, from_snapshot
from reviews.desk.permissions import PublishingError
from reviews.desk.pictures.visible import pictures_seen_by
from reviews.models import Judgement, Picture, Review, Revision
from reviews.rules.document import Document
from reviews.rules.numbers import whole_number

FOUND = "First recorded version."
ELSEWHERE = "Changed elsewhere than at the desk."


class Stale(Exception):
    """The save was made from an older revision: somebody has saved since."""


def newest(review: Review) -> Revision | None:
    return Revision.objects.of(review).newest_first().first()


def document_in(revision: Revision) -> Document:
    """The document that a revision holds."""
    return from_snapshot(revision.document)


def read_from(review: Review, number: int) -> Revision | None:
    """The revision that a form was made from, by its number as posted; None if there is none."""
    return Revision.objects.of(review).filter(number=max(number, 1)).first()


def numbered(review: Review, typed: str) -> Revision | None:
    """The revision of a number in an address; None if there is none."""
    number = whole_number(typed)
    return None if number is None else Revision.objects.of(review).filter(number=number).first()


def is_older(read: int, review: Review) -> bool:
    """Whether others have saved since revision ``read``, by the review's own number; ``claim`` looks closer."""
    return max(read, 1) != max(review.revision, 1)


def settle(review: Review) -> Revision:
    """Return the newest revision; first make one if the saved review differs (a fixture or a shell wrote it).

    Call it in a transaction of its own.
    """
    with transaction.atomic():
        saved = Review.objects.select_for_update(no_key=True).get(pk=review.pk)
        last = newest(saved)
        if last is None:
            return _write(saved, _revision(saved, 1, document_of(saved), by=None, what=FOUND))
        if not _holds_what_is_saved(last, saved):
            next_one = _revision(saved, last.number + 1, document_of(saved), by=None, what=ELSEWHERE)
            return _write(saved, next_one)
        if saved.revision != last.number:  # A fixture replaced it.
            Review.objects.filter(pk=saved.pk).update(revision=last.number)
        return last


def claim(review: Review, read: int) -> Document:
    """Reserve the next revision number for a save made from revision ``read``. Returns the saved document.

    Raises Stale. The caller then writes, and calls ``record``, in the same transaction. The UPDATE itself has the
    condition: SQLite has no other protection against two saves, and on PostgreSQL the second one waits here.
    """
    numbers = [read] if read > 1 else [0, 1]
    if not Review.objects.filter(pk=review.pk, revision__in=numbers).update(revision=F("revision") + 1):
        raise Stale
    last, before = newest(review), document_of(_saved(review))
    if last is not None and (last.number != max(read, 1) or not document_in(last).same_as(before)):
        raise Stale
    return before


def record(
    review: Review,
    *,
    by: User | None,
    before: Document | None = None,
    what: str = "",
    taken: Document | None = None,
) -> Revision | None:
    """Store what was just written as the next revision. Releases the number and returns None if nothing changed.

    ``before`` is what ``claim`` returned, None for a new review. If there is no revision yet, it becomes the first.
    ``what`` says what was done (default: which fields, tags or judgements differ). ``taken`` is the document of the
    review as it is saved now, if the caller has just read both. The caller has the transaction.
    """
    last, saved = newest(review), review if taken else _saved(review)
    taken = taken or document_of(saved)
    if before is None:
        return _write(saved, _revision(saved, 1, taken, by=by, what=what or "Begun."))
    if before.same_as(taken):
        Review.objects.filter(pk=review.pk).update(revision=last.number if last else 0)
        return None
    found = [] if last else [_revision(saved, 1, before, by=None, what=FOUND)]
    number = (last.number if last else 1) + 1
    what = what or _sentence(differing(before, taken))
    return _write(saved, *found, _revision(saved, number, taken, by=by, what=what))


def differing(before: Document, after: Document) -> list[str]:
    """The labels, as editors know them, of what differs between two documents."""
    return [label(name) for name in before.differing_from(after)]


def describe(revision: Revision, *, name: str, note: str) -> None:
    """Set or clear a revision's name and note. Its content never changes."""
    revision.name, revision.note = name, note
    revision.save(update_fields=["name", "note"])


# -- Restoring ---------------------------------------------------------------------------------------------------


def target(
    revision: Revision, saved: Document, *, by: User | None = None, keeping: Collection[str] = ()
) -> Document:
    """The document after restoring a revision over ``saved``, with the fields in ``keeping`` unchanged.

    Without a picture that ``by`` may not see, unless it is the one that is saved. Raises Unrestorable.
    """
    document = document_in(revision).completed(by=saved).keeping(keeping, of=saved)
    if _loses_hero(document, saved, by):
        document = replace(document, fields={**document.fields, "hero": None})
    return found(document)


def _loses_hero(document: Document, saved: Document, by: User | None) -> bool:
    """Whether a restore leaves out the picture of a document: it is no more, or no longer among those of ``by``."""
    hero = document.fields.get("hero")
    if hero in (None, saved.fields["hero"]):
        return False
    seen = pictures_seen_by(by) if by else Picture.objects.all()
    return not seen.filter(uid=hero.uid).exists()


def hindrances(review: Review, revision: Revision, *, keeping: Collection[str] = ()) -> list[str]:
    """Why the revision cannot be restored now: one sentence each."""
    try:
        return _errors(target(revision, document_of(review), keeping=keeping), review)
    except Unrestorable as error:
        return [str(error)]


def left_behind(revision: Revision, saved: Document, *, by: User | None = None) -> list[str]:
    """What the revision names that is no more (for ``by``) and is not restored over ``saved``: one sentence each."""
    document = document_in(revision)
    said = []
    if _loses_hero(document, saved, by):
        said.append("The picture at its head cannot come back: it is no more.")
    if missing := len(document.judgements) - len(judgements_in(document)):
        judgements = "A judgement" if missing == 1 else f"{missing} judgements"
        said.append(f"{judgements} cannot come back: the aspect is no more.")
    return said


def restore(
    review: Review, revision: Revision, *, read: int, by: User | None, keeping: Collection[str] = ()
) -> Revision | None:
    """Restore a revision's fields, tags and judgements to the working review, as a new revision.

    ``read`` is the newest revision that the user has seen; ``keeping`` names the fields that they may not write.
    Returns None if nothing changed. Raises Stale, and PublishingError with the reasons.
    """
    with transaction.atomic():
        before = claim(review, read)
        working = _saved(review)
        try:
            document = target(revision, before, by=by, keeping=keeping)
        except Unrestorable as error:
            raise PublishingError([str(error)]) from error
        if errors := _errors(document, working):
            raise PublishingError(errors)
        _apply(document, working)
        written = record(working, by=by, before=before, what=f"Restored revision {revision.number}.")
        if written:
            history.record(
                f"Restored revision {revision.number}, as revision {written.number}.",
                by=by,
                film=working.film,
                review=working,
            )
        return written


def _saved(review: Review) -> Review:
    """The review as it is saved, with film and critic: a document names both."""
    return Review.objects.with_nouns().get(pk=review.pk)


def _holds_what_is_saved(revision: Revision, review: Review) -> bool:
    return document_in(revision).same_as(document_of(review))


def _errors(document: Document, review: Review) -> list[str]:
    """Validation errors of a review with this document: one sentence each."""
    try:
        as_review(document, review).full_clean(exclude=["status", "uid"], validate_unique=True)
        for row in as_judgements(document, review):
            row.clean_fields(exclude=["review", "aspect", "uid", "evidence"])
    except ValidationError as error:
        return list(dict.fromkeys(error.messages))
    return []


def _apply(document: Document, review: Review) -> None:
    restored = as_review(document, review)
    for name in names():
        setattr(review, name, getattr(restored, name))
    review.save(update_fields=names())
    tags = [tag.row for tag in document.tags]
    for tag in tags:
        if tag._state.adding:
            tag.save()
    review.tags.set(tags)
    Judgement.objects.filter(review=review).delete()
    Judgement.objects.bulk_create(as_judgements(document, review))


def _revision(review: Review, number: int, document: Document, *, by: User | None, what: str) -> Revision:
    return Revision(
        review=review,
        number=number,
        at=clock.now(),
        by=by,
        by_name=history.name_of(by),
        what=what,
        document=as_snapshot(document),
    )


def _write(saved: Review, *revisions: Revision) -> Revision:
    """Save revisions of a review that has just been read, the newest last: that one."""
    newest_one = revisions[-1]
    if saved.revision != newest_one.number:
        Review.objects.filter(pk=saved.pk).update(revision=newest_one.number)
    Revision.objects.bulk_create(revisions)
    return newest_one


def _sentence(labels: Iterable[str]) -> str:
    words = ", ".join(labels)
    return f"{words[0].upper()}{words[1:]}." if words else ""
