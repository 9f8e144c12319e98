"""Reviews that readers do not see, in every state at the desk."""

import datetime as dt
from collections.abc import Callable

from reviews import clock
from reviews.audit import ended_links
from reviews.audit.hiding.copies import (
    autosave,
    gone,
    move,
    once_public,
    rename,
    review_of,
    secret_review,
)
from reviews.audit.world import SECRET, Placement, World
from reviews.desk.verbs import publishing, withdrawing, workflow
from reviews.models import Review

Hide = Callable[[World, Placement], None]


def without_a_review(world: World, place: Placement) -> None:
    """A film, critic, person and tag without a review."""
    world.film(place.film)
    world.critic(place.critic)
    world.review("loose", film=place.film, critic=place.critic, tag=place.tag, body="").delete()


def draft(world: World, place: Placement) -> None:
    secret_review(world, place)


def in_review(world: World, place: Placement) -> None:
    """In one of these states (to keep walks small), with links of people who may no longer show it."""
    review = secret_review(world, place, status=Review.Status.IN_REVIEW)
    for how in ended_links.LOSSES:
        world.called("preview", ended_links.secret(how, place.secret))
    ended_links.send_by_those_who_left(review, world.now, SECRET, place.secret)


def approved_for_later(world: World, place: Placement) -> None:
    publishing.publish(secret_review(world, place), at=world.lift)


def approved_without_edition(world: World, place: Placement) -> None:
    secret_review(world, place, status=Review.Status.APPROVED, publish_at=world.now - dt.timedelta(days=1))


def returned_with_a_note(world: World, place: Placement) -> None:
    review = secret_review(world, place)
    workflow.submit(review)
    workflow.give_back(review, f"{SECRET}: shorten it.")


def planned_for_a_day(world: World, place: Placement) -> None:
    secret_review(world, place, planned_on=world.lift.date())
    rename(world, place)


def withdrawn(world: World, place: Placement) -> None:
    review = once_public(world, place)
    with clock.frozen_at(world.now - dt.timedelta(days=1)):
        withdrawing.withdraw(review, because=f"{SECRET}.")
    gone(world, place)
    rename(world, place)


def waiting_to_come_back(world: World, place: Placement) -> None:
    withdrawn(world, place)
    review = review_of(place)
    move(world, review, f"{place.secret}-next-review")
    publishing.publish(review, at=world.lift)


def taken_back_before_it_went_up(world: World, place: Placement) -> None:
    """Approved for later, and cancelled."""
    review = secret_review(world, place)
    publishing.publish(review, at=world.lift)
    publishing.unschedule(review)


def typed_and_not_saved(world: World, place: Placement) -> None:
    """A draft, with more of it in a form that is open in a browser."""
    autosave(world, secret_review(world, place), place.secret)


def rights_ended(world: World, place: Placement) -> None:
    review = secret_review(world, place)
    review.rights_until = world.now
    review.save()
    publishing.publish(review, at=world.now - dt.timedelta(days=3), backdated=True)
    gone(world, place)


SECRETS: dict[str, Hide] = {
    hide.__name__: hide
    for hide in (
        draft,
        in_review,
        returned_with_a_note,
        planned_for_a_day,
        approved_for_later,
        approved_without_edition,
        withdrawn,
        waiting_to_come_back,
        rights_ended,
        taken_back_before_it_went_up,
        typed_and_not_saved,
    )
}
