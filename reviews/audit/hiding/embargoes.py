"""Embargoes, on a film of their own."""

import datetime as dt

from reviews import clock
from reviews.audit.hiding.copies import secret_review
from reviews.audit.hiding.reviews import Hide
from reviews.audit.world import SECRET, Placement, World, uid
from reviews.desk.verbs import embargoes, publishing
from reviews.models import Embargo
from reviews.seeding.factories import make_embargo


def embargoed(world: World, place: Placement) -> None:
    embargoes.impose(
        Embargo(
            uid=uid(f"embargo {place.secret}"),
            film=world.film(place.film),
            lifts_at=world.lift,
            zone="America/New_York",
        )
    )
    publishing.publish(secret_review(world, place))


def embargoed_in_the_database_alone(world: World, place: Placement) -> None:
    """The window is open; only the embargo's own condition hides the edition."""
    review = secret_review(world, place)
    with clock.frozen_at(world.now - dt.timedelta(days=3)):
        publishing.publish(review)
    with clock.frozen_at(world.now - dt.timedelta(days=2)):
        publishing.publish(review, note=publishing.Note("fact", f"{SECRET}, corrected."))
    with clock.frozen_at(world.now - dt.timedelta(days=1)):
        make_embargo(world.film(place.film), world.lift, uid=uid(f"embargo {place.secret}"))


EMBARGOES: dict[str, Hide] = {hide.__name__: hide for hide in (embargoed, embargoed_in_the_database_alone)}
