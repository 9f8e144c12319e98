"""Hidden reviews as the states begin with them: links, unsaved text, a past in public, another address."""

import datetime as dt
from typing import Any

from reviews import clock
from reviews.audit import ended_links
from reviews.audit.accounts import new_account
from reviews.audit.world import SECRET, SECRET_BODY, Placement, World, uid
from reviews.desk import addresses
from reviews.desk.verbs import publishing
from reviews.models import Autosave, Person, Review, Tag
from reviews.models.shared.film import Franchise


def secret_review(world: World, place: Placement, **fields: Any) -> Review:
    """A draft with links, under the names of its placement."""
    fields = {"body": SECRET_BODY, "verdict": -2} | fields
    review = world.review(place.secret, film=place.film, critic=place.critic, tag=place.tag, **fields)
    return with_links(world, review, place.secret)


def with_links(world: World, review: Review, name: str) -> Review:
    """The review, with a preview link that works and links that have ended. A walk asks for the latter."""
    for how in ended_links.ENDED:
        world.called("preview", ended_links.secret(how, name))
    return ended_links.send(review, world.now, SECRET, name)


def autosave(world: World, review: Review, name: str) -> None:
    """More of a review, in a form that is open in a browser."""
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


def once_public(world: World, place: Placement, **words: Any) -> Review:
    """A review that was public three days ago, under another address, and corrected a day later."""
    review = secret_review(world, place, slug=f"{place.secret}-old-review", **words)
    with clock.frozen_at(world.now - dt.timedelta(days=3)):
        publishing.publish(review)
    with clock.frozen_at(world.now - dt.timedelta(days=2)):
        move(world, review, f"{place.secret}-review")
        publishing.publish(review, note=publishing.Note("fact", f"{SECRET}, corrected."))
    return review


def gone(world: World, place: Placement) -> None:
    """Note that the review is withdrawn or without rights: its preview link has ended, and is requested, too."""
    world.called("preview", ended_links.secret("working", place.secret))


def move(world: World, review: Review, slug: str) -> None:
    """Give the working copy another address."""
    review.slug = world.called("review", slug)
    review.save()


def rename(world: World, place: Placement) -> None:
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
