"""Revisions: each save of a working review is kept, and a save that was made from an older one is refused.

A review's revisions are numbered from 1, and ``Review.revision`` is the newest number: 0 where none was ever taken (a
fixture, an import), which is what its first one holds.
"""

from collections.abc import Collection, Iterable

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from reviews import clock
from reviews.desk import history
from reviews.desk.document.snapshots import (
    FIELDS,
    Snapshot,
    Unrestorable,
    as_review,
    aspects_of,
    judgements_in,
    snapshot,
    tags_in,
)
from reviews.desk.rules import PublishingError
from reviews.models import Judgement, Review, Revision

FOUND = "As it was found."
ELSEWHERE = "Changed elsewhere than at the desk."


class Stale(Exception):
    """A save that was made from an older revision than the newest: somebody has saved since."""


def newest(review: Review) -> Revision | None:
    return Revision.objects.of(review).newest_first().first()


def read_from(review: Review, number: int) -> Revision | None:
    """The revision that a form read, by the number it was given; None where there is no such revision."""
    return Revision.objects.of(review).filter(number=max(number, 1)).first()


def has_moved_on(review: Review, read: int) -> bool:
    """Whether a save that was made from revision ``read`` would write over what somebody has written since."""
    last = newest(review)
    return last is not None and (last.number != max(read, 1) or not _holds_what_is_saved(last, review))


def settle(review: Review) -> Revision:
    """Make sure that the newest revision is what is saved, whichever way that was written: that revision.

    To be called in a transaction of its own: what was written elsewhere is then a revision like any other.
    """
    with transaction.atomic():
        saved = Review.objects.select_for_update(no_key=True).get(pk=review.pk)
        last = newest(saved)
        if last is None:
            return _write(saved, 1, snapshot(saved), by=None, what=FOUND)
        if not _holds_what_is_saved(last, saved):
            return _write(saved, last.number + 1, snapshot(saved), by=None, what=ELSEWHERE)
        if saved.revision != last.number:  # A fixture was loaded over it.
            Review.objects.filter(pk=saved.pk).update(revision=last.number)
        return last


def claim(review: Review, read: int) -> Snapshot:
    """Take the turn to write the next revision, for a save that was made from revision ``read``; what is saved now.

    Raises Stale. The caller holds the transaction in which it then writes and calls ``record``. The condition is the
    UPDATE's own: on SQLite nothing else keeps two saves apart, and on PostgreSQL the second waits here for the first.
    """
    numbers = [read] if read > 1 else [0, 1]
    if not Review.objects.filter(pk=review.pk, revision__in=numbers).update(revision=F("revision") + 1):
        raise Stale
    saved = Review.objects.get(pk=review.pk)
    last, before = newest(saved), snapshot(saved)
    if last is not None and (
        last.number != max(read, 1) or not Snapshot.from_json(last.document).same_as(before)
    ):
        raise Stale
    return before


def record(
    review: Review, *, by: User | None, before: Snapshot | None = None, what: str = ""
) -> Revision | None:
    """Keep what has just been written as the next revision; None, and the turn given back, where nothing changed.

    ``before`` is what was saved when the turn was taken, and None of a new review: it is the first revision where there
    is none. ``what`` says what was done; empty: which fields, tags or judgements differ. The caller holds the
    transaction.
    """
    last, taken = newest(review), snapshot(Review.objects.get(pk=review.pk))
    if before is None:
        return _write(review, 1, taken, by=by, what=what or "Begun.")
    if before.same_as(taken):
        Review.objects.filter(pk=review.pk).update(revision=last.number if last else 0)
        return None
    last = last or _write(review, 1, before, by=None, what=FOUND)
    return _write(review, last.number + 1, taken, by=by, what=what or _sentence(differing(before, taken)))


def differing(before: Snapshot, after: Snapshot) -> list[str]:
    """Names of what two snapshots say differently, as editors read them."""
    return [
        str(Review._meta.get_field(name).verbose_name) if name in FIELDS else name  # type: ignore[union-attr]
        for name in before.differing_from(after)
    ]


def describe(revision: Revision, *, name: str, note: str) -> None:
    """Give a revision a name and a note, or take them away. What it holds never changes."""
    revision.name, revision.note = name, note
    revision.save(update_fields=["name", "note"])


# -- Bringing one back -------------------------------------------------------------------------------------------


def hindrances(review: Review, revision: Revision, *, names: Collection[str] = FIELDS) -> list[str]:
    """Why the revision cannot be brought back now: one sentence each."""
    try:
        candidate = as_review(_restorable(review, revision, names), review)
        candidate.full_clean(exclude=["status", "uid"], validate_unique=True)
        for row in judgements_in(Snapshot.from_json(revision.document), review):
            row.clean_fields(exclude=["review", "aspect", "uid", "evidence"])
    except Unrestorable as error:
        return [str(error)]
    except ValidationError as error:
        return list(dict.fromkeys(error.messages))
    return []


def left_behind(revision: Revision) -> list[str]:
    """What cannot come back with the revision because it is no more: one sentence each."""
    taken = Snapshot.from_json(revision.document)
    missing = len({row.aspect for row in taken.judgements} - set(aspects_of(taken)))
    if not missing:
        return []
    judgements = "A judgement" if missing == 1 else f"{missing} judgements"
    return [f"{judgements} cannot come back: the aspect is no more."]


def restore(
    review: Review, revision: Revision, *, read: int, by: User | None, names: Collection[str] = FIELDS
) -> Revision | None:
    """Make what a revision holds the working review again, as a new revision: fields, tags, judgements.

    ``read`` is the newest revision that whoever restores has seen; ``names`` are the fields that they may write: the
    others stay. None where nothing changed. Readers see no difference. Raises Stale, and PublishingError with what
    stands in the way.
    """
    with transaction.atomic():
        before = claim(review, read)
        if reasons := hindrances(review, revision, names=names):
            raise PublishingError(reasons)
        working = Review.objects.select_related("film").get(pk=review.pk)
        _apply(_restorable(working, revision, names), working)
        written = record(working, by=by, before=before, what=f"Restored revision {revision.number}.")
        if written:
            history.record(
                f"Restored revision {revision.number}, as revision {written.number}.",
                by=by,
                film=Review.objects.select_related("film").get(pk=review.pk).film,
                review=working,
            )
        return written


def _holds_what_is_saved(revision: Revision, review: Review) -> bool:
    return Snapshot.from_json(revision.document).same_as(snapshot(review))


def _restorable(review: Review, revision: Revision, names: Iterable[str]) -> Snapshot:
    kept = [name for name in FIELDS if name not in names]
    return Snapshot.from_json(revision.document).keeping(kept, of=snapshot(review))


def _apply(taken: Snapshot, review: Review) -> None:
    restored = as_review(taken, review)
    for name in FIELDS:
        setattr(review, name, getattr(restored, name))
    review.save(update_fields=FIELDS)
    tags = tags_in(taken)
    for tag in tags:
        if tag._state.adding:
            tag.save()
    review.tags.set(tags)
    judgements = judgements_in(taken, review)
    Judgement.objects.filter(review=review).delete()
    Judgement.objects.bulk_create(judgements)


def _write(review: Review, number: int, taken: Snapshot, *, by: User | None, what: str) -> Revision:
    Review.objects.filter(pk=review.pk).update(revision=number)
    return Revision.objects.create(
        review=review,
        number=number,
        at=clock.now(),
        by=by,
        by_name=history.name_of(by),
        what=what,
        document=taken.as_json(),
    )


def _sentence(labels: Iterable[str]) -> str:
    words = ", ".join(labels)
    return f"{words[0].upper()}{words[1:]}." if words else ""
