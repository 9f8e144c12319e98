"""Withdrawals with a public note: readers see the film, the critic and the note, but none of the copy."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from reviews import clock
from reviews.audit.hiding.copies import gone, move, once_public, review_of
from reviews.audit.hiding.reviews import rights_ended, waiting_to_come_back, withdrawn
from reviews.audit.world import NOTE, SECRET, Placement, World
from reviews.desk.verbs import publishing, withdrawing


def withdrawn_with_a_note(world: World, place: Placement, **words: Any) -> None:
    review = once_public(world, place, **words)
    with clock.frozen_at(world.now - dt.timedelta(days=1)):
        withdrawing.withdraw(review, note=NOTE, because=f"{SECRET}.")
    gone(world, place)


def explained_later(world: World, place: Placement, **words: Any) -> None:
    review = once_public(world, place, **words)
    with clock.frozen_at(world.now - dt.timedelta(days=1)):
        withdrawing.withdraw(review)
    gone(world, place)
    with clock.frozen_at(world.now - dt.timedelta(hours=1)):
        withdrawing.explain(review, NOTE)


def told_of_and_waiting_to_come_back(world: World, place: Placement, **words: Any) -> None:
    withdrawn_with_a_note(world, place, **words)
    review = review_of(place)
    move(world, review, f"{place.secret}-next-review")
    publishing.publish(review, at=world.lift)


TOLD_LATER: dict[str, Callable[..., None]] = {
    tell.__name__: tell for tell in (explained_later, told_of_and_waiting_to_come_back)
}
TOLD: dict[str, Callable[..., None]] = {"withdrawn_with_a_note": withdrawn_with_a_note} | TOLD_LATER


GONE = (withdrawn, waiting_to_come_back, rights_ended, *TOLD.values())
"""States of once public reviews, whose preview links have ended."""
