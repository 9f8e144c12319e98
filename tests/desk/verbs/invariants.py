"""Invariants of a review's editions after any sequence of verbs."""

import datetime as dt
import itertools

from reviews import clock
from reviews.desk import windows
from reviews.desk.outlook import outlook_of
from reviews.models import Edition, EditionTag, HistoryEntry, Review


def assert_consistent(review: Review, *, is_settled: bool = True) -> None:
    """Fail if windows overlap, numbers have gaps, or the status does not match the windows.

    ``is_settled``: every embargo was made through the desk, which has rescheduled pending editions.
    """
    review = Review.objects.get(pk=review.pk)
    editions = list(Edition.objects.filter(review=review).order_by("number"))
    assert [edition.number for edition in editions] == list(range(1, len(editions) + 1))
    for earlier, later in itertools.pairwise(editions):
        assert earlier.visible_until is not None
        assert earlier.visible_until <= later.visible_from
        assert earlier.first_visible_from <= later.first_visible_from
    now = clock.now()
    pending = [edition for edition in editions if edition.visible_from > now]
    assert pending in ([], editions[-1:])
    embargo = windows.holding_embargo(review.film)
    for edition in editions:
        assert edition.review_uid == review.uid
        for tag in EditionTag.objects.filter(edition=edition):
            assert tag.first_visible_from == edition.first_visible_from
            assert tag.review_uid == review.uid
        assert edition.visible_until is None or edition.visible_until >= edition.visible_from
        assert edition.planned_for <= edition.visible_from
        if edition in pending and embargo and is_settled:
            assert edition.visible_from >= embargo.lifts_at
    live = outlook_of(review).live
    if review.status == Review.Status.APPROVED:
        assert editions
        assert review.publish_at == editions[-1].planned_for
    else:
        assert not pending
        assert live is None
        assert review.publish_at is None
    if review.status == Review.Status.WITHDRAWN:
        assert outlook_of(review).has_been_public


def assert_history_agrees(review: Review) -> None:
    """Fail if at any moment the recorded decisions and the windows differ in what readers see."""
    decided: dict[int, HistoryEntry] = {}
    for entry in HistoryEntry.objects.of_review(review.uid).exclude(decides_uid=None).oldest_first():
        if entry.edition_number is None:
            decided.clear()
        else:
            decided[entry.edition_number] = entry
    decisions = [(entry.visible_from, entry.visible_until) for entry in decided.values()]
    now = clock.now()
    moments = {now, now + dt.timedelta(days=400)} | {each for pair in decisions for each in pair if each}
    for moment in sorted(each for each in moments if each >= now):
        seen = Edition.objects.public(moment).filter(review=review).first()
        said = [number for number, entry in decided.items() if _covers(entry, moment)]
        assert (seen.number if seen else None) == max(said, default=None), (moment, said)


def _covers(entry: HistoryEntry, moment: dt.datetime) -> bool:
    begins, ends = entry.visible_from, entry.visible_until
    return begins is not None and begins <= moment and (ends is None or moment < ends)
