"""Desk users and their copy, for tests of the lists."""

import datetime as dt
from typing import Any

from django.contrib.auth.models import User

from reviews.desk.verbs import embargoes, publishing, workflow
from reviews.models import Critic, Edition, Embargo, Review
from reviews.seeding.factories import MOMENT, make_account, make_critic, make_film, make_review
from tests.desk.reading import DAY, HOUR, change


def somebody_who_writes(role: str = "Critic", **overrides: Any) -> tuple[User, Critic]:
    """An account and the byline under which it writes."""
    account = make_account(role)
    return account, make_critic(user=account, **overrides)


def in_review(*, since: dt.datetime = MOMENT, **fields: Any) -> Review:
    """Copy submitted at a moment."""
    return make_review(status=Review.Status.IN_REVIEW, status_since=since, **fields)


def returned(note: str, *, by: User | None = None, **fields: Any) -> Review:
    """Copy that somebody returned with a note."""
    review = make_review(**fields)
    workflow.submit(review)
    workflow.give_back(review, note, by=by)
    return review


def waiting(at: dt.datetime = MOMENT + DAY, **fields: Any) -> Edition:
    """An edition that goes up at a moment."""
    return publishing.publish(make_review(**fields), at=at)


def live(since: dt.datetime = MOMENT - 30 * DAY, **fields: Any) -> Review:
    """A review that readers see."""
    review = make_review(**fields)
    publishing.publish(review, at=since, backdated=True)
    return Review.objects.get(pk=review.pk)


def changed(review: Review) -> Review:
    """A live review with unpublished changes."""
    change(review, headline=f"{review.headline}, corrected")
    Review.objects.filter(pk=review.pk).update(has_changes=True)
    return review


def never_going_up(**fields: Any) -> Edition:
    """An edition whose rights end before a later embargo lifts."""
    edition = waiting(MOMENT + HOUR, rights_until=MOMENT + DAY, **fields)
    embargoes.impose(
        Embargo(film=edition.film, covers="reviews", zone="Europe/Paris", lifts_at=MOMENT + 2 * DAY)
    )
    return Edition.objects.get(pk=edition.pk)


def stage_one_of_each(**fields: Any) -> None:
    """A row for every list, all with the given fields, such as the critic."""
    make_review(**fields, planned_on=MOMENT.date())
    in_review(**fields)
    returned("Shorter.", **fields)
    waiting(**fields)
    never_going_up(**fields)
    live(MOMENT - HOUR, **fields)
    changed(live(**fields))
    publishing.publish(changed(live(**fields)), at=MOMENT + DAY)
    held = make_film()
    embargoes.impose(Embargo(film=held, zone="America/Los_Angeles", lifts_at=MOMENT + 3 * HOUR))
    make_review(**fields | {"film": held})
