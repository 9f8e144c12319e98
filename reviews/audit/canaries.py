"""One canary of every hidden state, in every placement."""

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import replace

from reviews import clock
from reviews.audit import hiding
from reviews.audit.hiding import Hide
from reviews.audit.planting import Planted, planted
from reviews.audit.world import Placement, World, placements
from reviews.models import Edition, Tag

WORDS = {
    "approved_for_later": "scheduled reviews",
    "approved_without_edition": "approved reviews that were never published",
    "changed_but_unpublished": "unpublished changes to a live review",
    "correction_for_later": "scheduled corrections",
    "draft": "drafts",
    "embargoed": "reviews under embargo",
    "embargoed_in_the_database_alone": "live reviews of a film on which an embargo was agreed later",
    "hidden_pictures": "pictures that their own embargo or end of rights hides",
    "in_review": "submitted reviews",
    "planned_for_a_day": "drafts planned for a day",
    "returned_with_a_note": "reviews returned with a note",
    "rights_ended": "reviews whose rights have ended",
    "superseded_text": "text that a correction has replaced",
    "taken_back_before_it_went_up": "reviews unscheduled before they went live",
    "typed_and_not_saved": "unsaved text in drafts",
    "typed_into_it_and_not_saved": "unsaved text in a live review",
    "waiting_to_come_back": "withdrawn reviews scheduled to return",
    "withdrawn": "withdrawn reviews",
    "without_a_review": "films, critics, people and tags without a review",
}
"""The kinds of hiding, for people."""
OWN = "own"
"""The name, in a world, of the film, critic and tag of a review that the site itself has."""


def new_mark() -> str:
    """What all names of an audit contain, and no others."""
    return secrets.token_hex(4)


def world_of_the_copy(mark: str) -> World:
    """A world with marked names, and in it something of the site's own to hide something beside."""
    world = World(clock.now(), public=f"public-{mark}", other=f"other-{mark}", hidden=f"hidden-{mark}")
    own = Edition.objects.public().select_related("film", "critic").order_by("-visible_from", "pk").first()
    if own:
        world.films[OWN], world.critics[OWN] = own.film, own.critic
        if tag := Tag.objects.public().first():
            world.tags[OWN] = tag
    return world


def canaries_of(world: World, kinds: Sequence[str] = (), places: int | None = None) -> list[Planted]:
    """The hidden states to plant, in every placement or in so many; only those of some ``kinds`` if any are named."""
    return [state for state in _all(world, places) if not kinds or state.state in kinds]


def _all(world: World, most: int | None) -> Iterator[Planted]:
    places = placements(public=world.public, other=world.other, hidden=world.hidden)
    beside = [_beside(world)] if OWN in world.films else []
    yield from planted(hiding.SECRETS, [*places, *beside][:most])
    yield from planted(hiding.EMBARGOES, [place for place in places if place.film == place.secret])
    yield from planted({"without_a_review": hiding.without_a_review}, places[:1])
    of_what_is_public = Placement("of what is public", world.public, world.public, world.public, world.public)
    for state, change in hiding.CHANGES.items():
        yield Planted(state, _of_the_world(change), of_what_is_public)


def _beside(world: World) -> Placement:
    tag = OWN if OWN in world.tags else world.public
    return Placement("on the site’s own", OWN, OWN, tag, world.hidden)


def _of_the_world(change: hiding.Change) -> Hide:
    return lambda world, place: change(world)


def grown(world: World) -> World:
    """The world with room for more, which the first one does not get."""
    return replace(
        world,
        films=dict(world.films),
        critics=dict(world.critics),
        tags=dict(world.tags),
        slugs=dict(world.slugs),
    )


def in_words(state: str) -> str:
    """The kind of hiding, for people."""
    return WORDS.get(state, state.replace("_", " "))
