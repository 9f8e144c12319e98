"""The hidden states: each plants one secret in a site, under the names of its placement."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from reviews import clock
from reviews.audit import ended_links
from reviews.audit.accounts import new_account
from reviews.audit.world import NOTE, SECRET, SECRET_BODY, Placement, World, uid
from reviews.desk import addresses
from reviews.desk.verbs import embargoes, publishing, withdrawing, workflow
from reviews.models import Autosave, Edition, Embargo, Judgement, Person, Review, Tag
from reviews.models.shared.film import Franchise
from reviews.rules.argument import Stance, Verdict
from reviews.seeding.factories import make_embargo

Hide = Callable[[World, Placement], None]
Change = Callable[[World], None]


def _secret(world: World, place: Placement, **fields: Any) -> Review:
    fields = {"body": SECRET_BODY, "verdict": -2} | fields
    review = world.review(place.secret, film=place.film, critic=place.critic, tag=place.tag, **fields)
    return _sent(world, review, place.secret)


def _sent(world: World, review: Review, name: str) -> Review:
    for how in ended_links.ENDED:
        world.called("preview", ended_links.secret(how, name))
    return ended_links.send(review, world.now, SECRET, name)


def _autosave(world: World, review: Review, name: str) -> None:
    Autosave.objects.create(
        owner=new_account("Editor"),
        review=review,
        form=uid(f"form {name}"),
        window=uid(f"window {name}"),
        posted={"headline": [SECRET], "body": [SECRET_BODY]},
        seen_at=world.now,
    )


def review_of(place: Placement) -> Review:
    """The hidden review of a placement."""
    return Review.objects.get(uid=uid(f"review {place.secret}"))


def _once_public(world: World, place: Placement, **words: Any) -> Review:
    """A review that was public three days ago, under another address, and corrected a day later."""
    review = _secret(world, place, slug=f"{place.secret}-old-review", **words)
    with clock.frozen_at(world.now - dt.timedelta(days=3)):
        publishing.publish(review)
    with clock.frozen_at(world.now - dt.timedelta(days=2)):
        _move(world, review, f"{place.secret}-review")
        publishing.publish(review, note=publishing.Note("fact", f"{SECRET}, corrected."))
    return review


def _gone(world: World, place: Placement) -> None:
    """Withdrawn or without rights. Its preview link has ended, and is requested too."""
    world.called("preview", ended_links.secret("working", place.secret))


def _move(world: World, review: Review, slug: str) -> None:
    review.slug = world.called("review", slug)
    review.save()


def _rename(world: World, place: Placement) -> None:
    """Give everything hidden with the review another address, as the desk does."""
    secret = place.secret
    nouns: list[tuple[str, addresses.Noun]] = []
    if place.film == secret:
        nouns += [
            ("film", world.film(secret)),
            ("person", Person.objects.get(slug=f"{secret}-person")),
            ("franchise", Franchise.objects.get(slug=f"{secret}-series")),
        ]
    if place.critic == secret:
        nouns.append(("critic", world.critic(secret)))
    if place.tag == secret:
        nouns.append(("tag", Tag.objects.get(slug=f"{secret}-tag")))
    for kind, noun in nouns:
        old, noun.slug = noun.slug, world.called(kind, noun.slug.replace(secret, f"{secret}-new"))
        noun.save()
        addresses.keep(noun, old)


def without_a_review(world: World, place: Placement) -> None:
    """A film, critic, person and tag without a review."""
    world.film(place.film)
    world.critic(place.critic)
    world.review("loose", film=place.film, critic=place.critic, tag=place.tag, body="").delete()


def draft(world: World, place: Placement) -> None:
    _secret(world, place)


def in_review(world: World, place: Placement) -> None:
    """In one of these states (to keep walks small), with links of people who may no longer show it."""
    review = _secret(world, place, status=Review.Status.IN_REVIEW)
    for how in ended_links.LOSSES:
        world.called("preview", ended_links.secret(how, place.secret))
    ended_links.send_by_those_who_left(review, world.now, SECRET, place.secret)


def approved_for_later(world: World, place: Placement) -> None:
    publishing.publish(_secret(world, place), at=world.lift)


def approved_without_edition(world: World, place: Placement) -> None:
    _secret(world, place, status=Review.Status.APPROVED, publish_at=world.now - dt.timedelta(days=1))


def returned_with_a_note(world: World, place: Placement) -> None:
    review = _secret(world, place)
    workflow.submit(review)
    workflow.give_back(review, f"{SECRET}: shorten it.")


def planned_for_a_day(world: World, place: Placement) -> None:
    _secret(world, place, planned_on=world.lift.date())
    _rename(world, place)


def withdrawn(world: World, place: Placement) -> None:
    review = _once_public(world, place)
    with clock.frozen_at(world.now - dt.timedelta(days=1)):
        withdrawing.withdraw(review, because=f"{SECRET}.")
    _gone(world, place)
    _rename(world, place)


def waiting_to_come_back(world: World, place: Placement) -> None:
    withdrawn(world, place)
    review = review_of(place)
    _move(world, review, f"{place.secret}-next-review")
    publishing.publish(review, at=world.lift)


def taken_back_before_it_went_up(world: World, place: Placement) -> None:
    """Approved for later, and cancelled."""
    review = _secret(world, place)
    publishing.publish(review, at=world.lift)
    publishing.unschedule(review)


def typed_and_not_saved(world: World, place: Placement) -> None:
    """A draft, with more of it in a form that is open in a browser."""
    _autosave(world, _secret(world, place), place.secret)


def rights_ended(world: World, place: Placement) -> None:
    review = _secret(world, place)
    review.rights_until = world.now
    review.save()
    publishing.publish(review, at=world.now - dt.timedelta(days=3), backdated=True)
    _gone(world, place)


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


# -- Withdrawals with a public note: readers see the film, the critic and the note, but none of the copy --------


def withdrawn_with_a_note(world: World, place: Placement, **words: Any) -> None:
    review = _once_public(world, place, **words)
    with clock.frozen_at(world.now - dt.timedelta(days=1)):
        withdrawing.withdraw(review, note=NOTE, because=f"{SECRET}.")
    _gone(world, place)


def explained_later(world: World, place: Placement, **words: Any) -> None:
    review = _once_public(world, place, **words)
    with clock.frozen_at(world.now - dt.timedelta(days=1)):
        withdrawing.withdraw(review)
    _gone(world, place)
    with clock.frozen_at(world.now - dt.timedelta(hours=1)):
        withdrawing.explain(review, NOTE)


def told_of_and_waiting_to_come_back(world: World, place: Placement, **words: Any) -> None:
    withdrawn_with_a_note(world, place, **words)
    review = review_of(place)
    _move(world, review, f"{place.secret}-next-review")
    publishing.publish(review, at=world.lift)


TOLD_LATER: dict[str, Callable[..., None]] = {
    tell.__name__: tell for tell in (explained_later, told_of_and_waiting_to_come_back)
}
TOLD: dict[str, Callable[..., None]] = {"withdrawn_with_a_note": withdrawn_with_a_note} | TOLD_LATER


GONE = (withdrawn, waiting_to_come_back, rights_ended, *TOLD.values())
"""States of once public reviews, whose preview links have ended."""

# -- Embargoes, on a film of their own ------------------------------------------------------------------------


def embargoed(world: World, place: Placement) -> None:
    embargoes.impose(
        Embargo(
            uid=uid(f"embargo {place.secret}"),
            film=world.film(place.film),
            lifts_at=world.lift,
            zone="America/New_York",
        )
    )
    publishing.publish(_secret(world, place))


def embargoed_behind_the_desks_back(world: World, place: Placement) -> None:
    """The window is open; only the embargo's own condition hides the edition."""
    review = _secret(world, place)
    with clock.frozen_at(world.now - dt.timedelta(days=3)):
        publishing.publish(review)
    with clock.frozen_at(world.now - dt.timedelta(days=2)):
        publishing.publish(review, note=publishing.Note("fact", f"{SECRET}, corrected."))
    make_embargo(world.film(place.film), world.lift, uid=uid(f"embargo {place.secret}"))


EMBARGOES: dict[str, Hide] = {hide.__name__: hide for hide in (embargoed, embargoed_behind_the_desks_back)}


# -- Changes to a review that is public ------------------------------------------------------------------------


def _rewrite(world: World) -> Review:
    review = Review.objects.get(uid=uid(f"review {world.public}"))
    if ended_links.secret("expired", world.public) not in world.slugs_of("preview"):
        _sent(world, review, world.public)
    review.headline = SECRET
    review.slug = world.called("review", f"{world.hidden}-review")
    review.standfirst = SECRET
    review.body = SECRET_BODY
    review.verdict = Verdict.PAN
    review.rating = "1/5"
    review.critic = world.critic(world.hidden)
    review.save()
    review.tags.set([world.tag(world.hidden).name])
    Judgement.objects.filter(review=review).update(stance=Stance.CRITICISM, evidence="the fights are clear")
    return review


def changed_but_unpublished(world: World) -> None:
    _rewrite(world)


def typed_into_it_and_not_saved(world: World) -> None:
    _autosave(world, Review.objects.get(uid=uid(f"review {world.public}")), world.public)


def superseded_text(world: World) -> None:
    """What the other review said before its correction."""
    Edition.objects.filter(review__uid=uid(f"review {world.other}"), number=1).update(
        headline=SECRET,
        standfirst=SECRET,
        body=SECRET_BODY,
        body_html=f"<p>{SECRET}</p>",
        body_text=SECRET_BODY,
        excerpt=SECRET,
    )


def correction_for_later(world: World) -> None:
    publishing.publish(_rewrite(world), at=world.lift, note=publishing.Note("fact", SECRET))


def reinstated(world: World) -> None:
    """The public review was withdrawn with a note and reinstated."""
    review = Review.objects.get(uid=uid(f"review {world.public}"))
    with clock.frozen_at(world.now - dt.timedelta(days=3)):
        withdrawing.withdraw(review, note=NOTE)
    with clock.frozen_at(world.now - dt.timedelta(days=2)):
        withdrawing.reinstate(review)


CHANGES: dict[str, Change] = {
    change.__name__: change
    for change in (
        changed_but_unpublished,
        correction_for_later,
        typed_into_it_and_not_saved,
        superseded_text,
    )
}
