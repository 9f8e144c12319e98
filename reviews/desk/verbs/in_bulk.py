"""Publishes many reviews: the rules, rows and history of ``publishing.publish``, written for all of them at once.

For archives and fixtures. The rules are asked, and the rows made, by the same functions.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User

from reviews.desk import history, windows
from reviews.desk.document.composition import Composition, save_all
from reviews.desk.outlook import Outlook
from reviews.desk.permissions import PublishingError
from reviews.desk.public_state import changes
from reviews.desk.verbs.locks import Gone, locked_reviews
from reviews.desk.verbs.publishing import WORDS, decided, decision, publish, status_fields
from reviews.models import Review

AT_ONCE = 200
"""Reviews of one transaction: as many bodies are in memory, and so long others wait for a lock."""


def publish_all(
    moments: Mapping[Review, dt.datetime | None], *, backdated: bool = False, by: User | None = None
) -> dict[Review, list[str]]:
    """Publish each review from its moment (aware; None: now) as ``publish`` does. Returns the reasons of those refused.

    One that is refused stops no other. Those that have an edition or no address yet are published one by one. Every
    ``AT_ONCE`` of them are a transaction, unless the caller holds one.
    """
    refused: dict[Review, list[str]] = {}
    for chosen in _in_parts(list(moments)):
        refused |= _publish({review: moments[review] for review in chosen}, backdated=backdated, by=by)
    return refused


def _in_parts(reviews: list[Review]) -> list[list[Review]]:
    return [reviews[start : start + AT_ONCE] for start in range(0, len(reviews), AT_ONCE)]


def _publish(
    moments: Mapping[Review, dt.datetime | None], *, backdated: bool, by: User | None
) -> dict[Review, list[str]]:
    refused: dict[Review, list[str]] = {}
    asked = {review.pk: review for review in moments}
    first: list[tuple[Review, Outlook, windows.Plan, Composition, str]] = []
    with locked_reviews(list(asked)) as outlooks:
        found = {outlook.review.pk for outlook in outlooks}
        refused |= {review: Gone().reasons for review in moments if review.pk not in found}
        for outlook in outlooks:
            review = asked[outlook.review.pk]
            at = moments[review]
            try:
                if outlook.editions or not outlook.review.has_address:
                    publish(review, at=at, backdated=backdated, by=by)
                    continue
                verb, intended = decided(outlook, at=at, backdated=backdated, by=by)
                first.append((review, outlook, intended, outlook.compose(), WORDS[verb]))
            except PublishingError as error:
                refused[review] = error.reasons
        _write_first(first, by=by)
    return refused


def _write_first(
    first: list[tuple[Review, Outlook, windows.Plan, Composition, str]], *, by: User | None
) -> None:
    """Write first editions, their windows, statuses and history. The caller holds the locks."""
    if not first:
        return
    # Bulk writes send no signals.
    changes.current().about_to_schedule()
    entries = []
    status: dict[str, Any] = {}
    for review, outlook, intended, composition, word in first:
        edition = composition.edition
        edition.number, edition.planned_for = 1, intended.planned_for
        windows.place(edition, intended.visible_from, first_visible_from=None, running=[])
        status = status_fields(
            outlook.review, Review.Status.APPROVED, publish_at=intended.planned_for, has_changes=False
        )
        for name, value in status.items():
            setattr(review, name, value)
            setattr(outlook.review, name, value)
        what = f"{word}, as edition {edition.number}."
        entries.append(history.entry(what, **decision(edition, by=by, held_by=intended.held_by)))
    save_all([composition for _, _, _, composition, _ in first])
    _update([outlook.review for _, outlook, *_ in first], list(status))
    history.record_all(entries)


def _update(reviews: list[Review], names: list[str]) -> None:
    """Write these columns: one that all reviews have the same value of, without telling them apart."""
    values = {name: {getattr(review, name) for review in reviews} for name in names}
    same = {name: found.pop() for name, found in values.items() if len(found) == 1}
    if same:
        Review.objects.filter(pk__in=[review.pk for review in reviews]).update(**same)
    if others := [name for name in names if name not in same]:
        Review.objects.bulk_update(reviews, others)
